//! `iam-rs`, which reads the same JSON as we do.

use iam_rs::{Arn, Context, ContextValue, Decision, IAMPolicy, IAMRequest, PolicyEvaluator, Principal, PrincipalId};

use crate::Contender;
use crate::cases::{ACCOUNT, Case, Fact, Question, USER};

pub struct IamRs {
    evaluator: PolicyEvaluator,
    requests: Vec<IAMRequest>,
}

impl IamRs {
    pub fn new(case: &Case) -> Self {
        let policies = case.documents().iter().map(|text| IAMPolicy::from_json(text).expect("a policy")).collect();
        Self {
            evaluator: PolicyEvaluator::with_policies(policies),
            requests: case.questions.iter().map(request).collect(),
        }
    }
}

fn request(question: &Question) -> IAMRequest {
    let who = Principal::Aws(PrincipalId::String(format!("arn:aws:iam::{ACCOUNT}:user/{USER}")));
    let mut context = Context::new();
    for (key, fact) in &question.context {
        let value = match fact {
            Fact::Text(text) | Fact::Address(text) | Fact::Instant(text) => ContextValue::String(text.clone()),
            Fact::Truth(yes) => ContextValue::Boolean(*yes),
            // Numbers are `f64` here; the cases' are small.
            Fact::Number(number) => ContextValue::Number(*number as f64),
        };
        context.insert((*key).to_owned(), value);
    }
    let resource = Arn::parse(&question.resource).expect("an ARN");
    IAMRequest::new_with_context(who, question.action.as_str(), resource, context)
}

impl Contender for IamRs {
    fn name(&self) -> &'static str {
        "iam-rs"
    }

    fn allows(&self, question: usize) -> bool {
        let answer = self.evaluator.evaluate(&self.requests[question]).expect("it can evaluate this");
        answer.decision == Decision::Allow
    }
}
