//! `tests/corpus/decisions`: scenes of policies, and requests with the decision and the reason. A scene speaks for
//! `alice` of account 111122223333 unless it says otherwise.

use policy::{Attachment, Layer, Outcome, PolicyKind, PolicySet, Request, evaluate, explain};
use serde::Deserialize;
use serde_json::Value;

use super::{Keys, Report, attached, principal, tables};

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
    /// The policy of a key of KMS.
    key: Option<Named>,
    #[serde(default)]
    service_control: Vec<Vec<Named>>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    group: Option<String>,
    document: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: Option<String>,
    principal: Option<String>,
    action: String,
    resource: String,
    /// The account the resource belongs to.
    account: Option<String>,
    #[serde(default)]
    context: Keys,
    expect: Outcome,
    /// The Sid of the statement that decides.
    by: Option<String>,
    layer: Option<Layer>,
    /// How AWS's refusal ends.
    reason: Option<String>,
}

pub fn run(report: &mut Report) {
    for (file, scene) in tables::<Scene>("decisions") {
        assert!(!scene.source.is_empty(), "{} has a source", scene.name);
        let set = set(&scene);
        for case in &scene.cases {
            let Case { action, resource, context, .. } = case;
            let who = case.principal.as_deref().or(scene.principal.as_deref()).unwrap_or("user/alice");
            let about = case.name.as_deref().unwrap_or_default();
            let owner = case.account.as_deref().unwrap_or("the caller's");
            let title = format!(
                "decisions/{file}: {}: {about} ({who}, {action} on {resource} of account {owner},{context})",
                scene.name
            );
            match check(&set, who, case) {
                Ok(layer) => {
                    report.coverage.decision(who, layer, case.expect);
                    report.case(title, Ok(()));
                }
                Err(failure) => report.case(title, Err(failure)),
            }
        }
    }
}

/// The layer that decided.
fn check(set: &PolicySet, who: &str, case: &Case) -> Result<Layer, String> {
    let mut request = Request::new(principal(who), &case.action, &case.resource);
    if let Some(account) = &case.account {
        request = request.in_account(account);
    }
    let request = request.with_context(case.context.context());
    let decision = evaluate(set, &request);
    let explanation = explain(set, &request);
    let ensure = |right: bool, what: &str| if right { Ok(()) } else { Err(format!("{what}: {explanation:?}")) };

    ensure(decision.outcome == case.expect, "another outcome")?;
    ensure((explanation.outcome, explanation.layer) == (decision.outcome, decision.layer), "the explanation differs")?;
    ensure(case.layer.is_none_or(|layer| layer == decision.layer), "another layer")?;
    if let Some(by) = &case.by {
        let decided_by = explanation.decided_by.as_ref().ok_or("no statement decided")?;
        ensure(decided_by.sid.as_ref() == Some(by), "another statement")?;
        ensure(explanation.applied.contains(decided_by), "the statement did not apply")?;
    }
    let expected = match (&case.reason, case.expect) {
        (Some(reason), _) => reason.clone(),
        (None, Outcome::Allowed) => String::new(),
        (None, Outcome::ImplicitDeny) => {
            format!("because no {} allows the {} action", decision.layer.name(), case.action)
        }
        (None, Outcome::ExplicitDeny) => {
            ensure(case.layer.is_some() || case.by.is_some(), "an explicit deny has a layer, a statement or a reason")?;
            let article = if decision.layer == Layer::Identity { "an" } else { "a" };
            format!("with an explicit deny in {article} {}", decision.layer.name())
        }
    };
    ensure(explanation.tail == expected, "another sentence")?;
    Ok(decision.layer)
}

fn set(scene: &Scene) -> PolicySet {
    let with = |named: &Named, attachment, kind| attached(&named.name, attachment, kind, &named.document);
    let mut set = PolicySet::new();
    for named in &scene.identity {
        let attachment = named.group.clone().map_or(Attachment::User, Attachment::Group);
        set = set.with_identity(with(named, attachment, PolicyKind::Identity));
    }
    if let Some(named) = &scene.boundary {
        set = set.with_boundary(with(named, Attachment::Boundary, PolicyKind::Identity));
    }
    for named in &scene.session {
        set = set.with_session(with(named, Attachment::Session, PolicyKind::Identity));
    }
    if let Some(named) = &scene.resource {
        set = set.with_resource(with(named, Attachment::Resource, PolicyKind::Resource));
    }
    if let Some(named) = &scene.key {
        set = set.with_key_policy(with(named, Attachment::Resource, PolicyKind::Resource));
    }
    if let Some(named) = &scene.trust {
        set = set.with_trust(with(named, Attachment::Resource, PolicyKind::Trust));
    }
    for level in &scene.service_control {
        let policies = level.iter().map(|named| with(named, Attachment::Organization, PolicyKind::Identity));
        set = set.with_service_control_level(policies.collect());
    }
    set
}
