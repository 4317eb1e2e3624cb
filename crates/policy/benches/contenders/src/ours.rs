//! Our evaluator.

use std::sync::Arc;

use policy::{Arn, Attached, Attachment, Policy, PolicyKind, PolicySet, Principal, Request, Source, evaluate};

use crate::Contender;
use crate::cases::{ACCOUNT, Case, Fact, Question, USER};

pub struct Ours {
    policies: PolicySet,
    requests: Vec<Request>,
}

impl Ours {
    pub fn new(case: &Case) -> Self {
        let attached = |text: &String| {
            let policy = Policy::parse(text, PolicyKind::Identity).expect("a policy");
            Attached::new(Source::inline("P", Attachment::User), Arc::new(policy))
        };
        let policies = PolicySet::new().with_identities(case.documents().iter().map(attached));
        Self { policies, requests: case.questions.iter().map(request).collect() }
    }
}

fn request(question: &Question) -> Request {
    let who = Principal::user(Arn::user(ACCOUNT, "/", USER), "AIDAEXAMPLE");
    let request = Request::new(who, &question.action, &question.resource);
    question.context.iter().fold(request, |request, (key, fact)| {
        let value = match fact {
            Fact::Text(text) | Fact::Address(text) | Fact::Instant(text) => text.clone(),
            Fact::Truth(yes) => yes.to_string(),
            Fact::Number(number) => number.to_string(),
        };
        request.with(key, value)
    })
}

impl Contender for Ours {
    fn name(&self) -> &'static str {
        "ours"
    }

    fn allows(&self, question: usize) -> bool {
        evaluate(&self.policies, &self.requests[question]).is_allowed()
    }
}
