//! Runs `tests/corpus/*.json`: scenes of policies, and requests with the decision and the reason that AWS's
//! documents give. A scene speaks for `alice` of account 111122223333 unless it says otherwise.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use policy::{
    Arn, Attached, Attachment, Layer, Outcome, Policy, PolicyKind, PolicySet, Principal, Request, Source, evaluate,
    explain,
};
use serde::Deserialize;

const ACCOUNT: &str = "111122223333";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scene {
    name: String,
    /// The document the rule comes from.
    source: String,
    principal: Option<String>,
    #[serde(default)]
    identity: Vec<Named>,
    boundary: Option<Named>,
    #[serde(default)]
    session: Vec<Named>,
    resource: Option<Named>,
    trust: Option<Named>,
    #[serde(default)]
    service_control: Vec<Vec<Named>>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    group: Option<String>,
    document: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    principal: Option<String>,
    action: String,
    resource: String,
    /// The account the resource belongs to.
    account: Option<String>,
    #[serde(default)]
    context: BTreeMap<String, Vec<String>>,
    expect: Outcome,
    /// The Sid of the statement that decides.
    by: Option<String>,
    layer: Option<Layer>,
    reason: Option<String>,
}

#[test]
fn every_case_is_decided_as_documented() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the corpus is there") {
        let path = entry.expect("a file").path();
        let text = fs::read_to_string(&path).expect("readable");
        let scenes: Vec<Scene> =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for scene in &scenes {
            assert!(!scene.source.is_empty(), "{} has a source", scene.name);
            let set = set(scene);
            for case in &scene.cases {
                check(scene, &set, case);
                count += 1;
            }
        }
    }
    assert!(count > 100, "the corpus has only {count} cases");
}

fn check(scene: &Scene, set: &PolicySet, case: &Case) {
    let who = case.principal.as_deref().or(scene.principal.as_deref()).unwrap_or("user/alice");
    let mut request =
        Request::new(principal(who), &case.action, &case.resource).with_context(case.context.clone().into());
    if let Some(account) = &case.account {
        request = request.in_account(account);
    }
    let decision = evaluate(set, &request);
    let explanation = explain(set, &request);
    let title =
        format!("{}: {who}, {} on {} {:?}\n{explanation:#?}", scene.name, case.action, case.resource, case.context);

    assert_eq!(decision.outcome, case.expect, "{title}");
    assert_eq!((explanation.outcome, explanation.layer), (decision.outcome, decision.layer), "{title}");
    if let Some(layer) = case.layer {
        assert_eq!(decision.layer, layer, "{title}");
    }
    if let Some(by) = &case.by {
        let decided_by = explanation.decided_by.as_ref().expect("a statement decided");
        assert_eq!(decided_by.sid.as_ref(), Some(by), "{title}");
        assert!(explanation.applied.contains(decided_by), "{title}");
    }
    match (case.expect, &case.reason) {
        (Outcome::Allowed, reason) => {
            assert!(reason.is_none() && explanation.tail.is_empty(), "{title}")
        }
        (Outcome::ExplicitDeny, None) => panic!("an explicit deny has a reason: {title}"),
        (Outcome::ImplicitDeny, None) => {
            let expected = format!("because no {} allows the {} action", decision.layer.name(), case.action);
            assert_eq!(explanation.tail, expected, "{title}");
        }
        (_, Some(reason)) => assert_eq!(&explanation.tail, reason, "{title}"),
    }
}

fn set(scene: &Scene) -> PolicySet {
    let mut set = PolicySet::new();
    for named in &scene.identity {
        let attachment = named.group.clone().map_or(Attachment::User, Attachment::Group);
        set = set.with_identity(attached(named, attachment, PolicyKind::Identity));
    }
    if let Some(named) = &scene.boundary {
        set = set.with_boundary(attached(named, Attachment::Boundary, PolicyKind::Identity));
    }
    for named in &scene.session {
        set = set.with_session(attached(named, Attachment::Session, PolicyKind::Identity));
    }
    if let Some(named) = &scene.resource {
        set = set.with_resource(attached(named, Attachment::Resource, PolicyKind::Resource));
    }
    if let Some(named) = &scene.trust {
        set = set.with_trust(attached(named, Attachment::Resource, PolicyKind::Trust));
    }
    for level in &scene.service_control {
        let policies = level.iter().map(|named| attached(named, Attachment::Organization, PolicyKind::Identity));
        set = set.with_service_control_level(policies.collect());
    }
    set
}

fn attached(named: &Named, attachment: Attachment, kind: PolicyKind) -> Attached {
    let text = named.document.to_string();
    let policy = Policy::parse(&text, kind).unwrap_or_else(|error| panic!("{}: {error}", named.name));
    Attached::new(Source::inline(&named.name, attachment), Arc::new(policy))
}

/// `root`, `user/alice`, `user/alice@444455556666`, `role/Dev/session`, `federated/bob/alice`,
/// `service/sns.amazonaws.com`, `idp/accounts.google.com` or `anonymous`.
fn principal(text: &str) -> Principal {
    let (text, account) = text.split_once('@').unwrap_or((text, ACCOUNT));
    match text.split('/').collect::<Vec<_>>().as_slice() {
        ["root"] => Principal::root(account),
        ["user", name] => Principal::user(Arn::user(account, "/", name), "AIDAEXAMPLE"),
        ["role", role, session] => {
            let arn = Arn::assumed_role(account, role, session);
            Principal::role_session(arn, Arn::role(account, "/", role), "AROAEXAMPLE")
        }
        ["federated", name, user] => {
            let arn = Arn::federated_user(account, name);
            Principal::federated_user(arn, Arn::user(account, "/", user), "AIDAEXAMPLE")
        }
        ["service", name] => Principal::service(name),
        ["idp", provider] => Principal::Federated { provider: (*provider).to_owned() },
        ["anonymous"] => Principal::Anonymous,
        _ => panic!("no such principal: {text}"),
    }
}
