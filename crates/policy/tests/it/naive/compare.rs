//! The two evaluators on invented policies and questions.
//!
//! `POLICY_CASES` says how many; ten thousand unless it says otherwise. Each set of policies is asked five questions.

use std::sync::Arc;

use policy::{
    Arn, Attached, Attachment, Context, Document, Outcome, Policy, PolicyKind, PolicySet, Principal, Request, Source,
    evaluate, explain,
};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::invent::{all_policies, question};
use super::{Answer, Policies, Question, Who, decide};

fn request(question: &Question) -> Request {
    let Question { who, account, action, resource, owner, context } = question;
    let principal = match who {
        Who::Root => Principal::root(account),
        Who::User { name, id } => Principal::user(Arn::user(account, "/", name), id),
        Who::Role { name, session, id } => {
            Principal::role_session(Arn::assumed_role(account, name, session), Arn::role(account, "/", name), id)
        }
        Who::Federated { name, user, id } => {
            Principal::federated_user(Arn::federated_user(account, name), Arn::user(account, "/", user), id)
        }
        Who::Service(name) => Principal::service(name),
        Who::Anonymous => Principal::Anonymous,
    };
    let request = Request::new(principal, action, resource);
    // What follows from the principal the request knows by itself.
    let given = context.iter().filter(|(key, _)| key.starts_with("ex:"));
    let context = given.fold(Context::new(), |context, (key, values)| context.with_many(key, values.iter().cloned()));
    let request = request.with_context(context);
    match owner {
        Some(owner) => request.in_account(owner),
        None => request,
    }
}

fn set(policies: &Policies) -> PolicySet {
    let attached = |statements: &Vec<Value>, kind: PolicyKind| {
        let text = json!({ "Version": policies.version, "Statement": statements }).to_string();
        let document = Document::parse(&text, kind).expect("a policy");
        assert_eq!(Document::parse(&document.to_string(), kind).as_ref(), Ok(&document), "what is printed reads back");
        Attached::new(Source::inline("P", Attachment::User), Arc::new(Policy::new(document)))
    };
    let own = |statements: &Vec<Value>| attached(statements, PolicyKind::Identity);
    let mut set = PolicySet::new().with_identities(policies.identity.iter().map(own));
    for statements in &policies.boundary {
        set = set.with_boundary(own(statements));
    }
    for statements in &policies.session {
        set = set.with_session(own(statements));
    }
    for statements in &policies.resource {
        let policy = attached(statements, PolicyKind::Resource);
        set = if policies.required { set.with_key_policy(policy) } else { set.with_resource(policy) };
    }
    policies.levels.iter().fold(set, |set, level| set.with_service_control_level(level.iter().map(own).collect()))
}

fn cases() -> u32 {
    let asked: u32 = std::env::var("POLICY_CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(10_000);
    asked.div_ceil(5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_evaluators_agree(policies in all_policies(), questions in vec(question(), 5)) {
        let set = set(&policies);
        for question in questions {
            let request = request(&question);
            let found = match evaluate(&set, &request).outcome {
                Outcome::Allowed => Answer::Allowed,
                Outcome::ExplicitDeny => Answer::ExplicitDeny,
                Outcome::ImplicitDeny => Answer::ImplicitDeny,
            };
            prop_assert_eq!(found, decide(&policies, &question), "{:?}\n{:#?}", question, explain(&set, &request));
        }
    }
}
