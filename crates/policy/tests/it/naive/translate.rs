//! The same policies and questions in the words of the crate under test, and whether the two evaluators differ.

use std::sync::Arc;

use policy::{
    Arn, Attached, Attachment, Context, Document, Outcome, Policy, PolicyKind, PolicySet, Principal, Request, Source,
    evaluate, explain,
};
use serde_json::{Value, json};

use super::{Answer, Policies, Question, Who, decide};

/// What the two evaluators answer and why ours does, if they differ.
pub fn disagreement(policies: &Policies, questions: &[Question]) -> Option<String> {
    let set = set(policies);
    questions.iter().find_map(|question| {
        let request = request(question);
        let found = match evaluate(&set, &request).outcome {
            Outcome::Allowed => Answer::Allowed,
            Outcome::ExplicitDeny => Answer::ExplicitDeny,
            Outcome::ImplicitDeny => Answer::ImplicitDeny,
        };
        let expected = decide(policies, question);
        let why = || format!("{found:?}, not {expected:?}, to {question:?}\n{:#?}", explain(&set, &request));
        (found != expected).then(why)
    })
}

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
