//! What would turn a refusal into a yes: the smallest statement, or what no Allow can help against.

use policy::Layer;
use serde::{Deserialize, Serialize};

/// What would turn a refusal into a yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remedy {
    /// Nothing is needed: it is allowed.
    Nothing,
    /// This policy, put on whoever asks: its one statement allows just this.
    Allow(String),
    /// No Allow helps while a statement of this kind of policy denies it.
    Denied(Layer),
    /// No Allow helps while this kind of policy does not allow it too.
    Limited(Layer),
    /// No policy decides about it.
    NoPolicy,
}

#[cfg(feature = "data")]
pub use with_data::{remedy, smallest_policy};

#[cfg(feature = "data")]
mod with_data {
    use std::sync::Arc;

    use policy::{
        Attached, Attachment, Document, Effect, Element, Outcome, Policy, PolicyKind, PolicySet, Position, Request,
        Source, Span, Statement, Version, evaluate,
    };

    use super::Remedy;
    use crate::actions;

    /// A policy whose one statement allows one action on one resource, laid out to be read.
    ///
    /// An action that takes no resource is allowed on `*`, as policies for it are written. Signs that would be wildcards
    /// or variables in a policy stand for themselves.
    #[must_use]
    pub fn smallest_policy(action: &str, resource: &str) -> String {
        let found = actions::action(action);
        let everything = resource == "*" || found.is_some_and(|found| found.action.resources.is_empty());
        let one = |value: String| Element { negated: false, values: vec![value] };
        let statement = Statement {
            sid: None,
            effect: Effect::Allow,
            principal: None,
            action: one(found.map_or_else(|| action.to_owned(), |found| found.name())),
            resource: Some(one(if everything { "*".to_owned() } else { literal(resource) })),
            conditions: Vec::new(),
            span: Span { start: Position::START, end: Position::START },
        };
        let document = Document { version: Some(Version::V2012), id: None, statements: vec![statement] };
        format!("{document:#}")
    }

    /// The text of a pattern that means this text alone (IAM User Guide, "Policy variables").
    fn literal(text: &str) -> String {
        let mut pattern = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '*' | '?' | '$' => pattern.extend(['$', '{', character, '}']),
                other => pattern.push(other),
            }
        }
        pattern
    }

    /// What would allow a request that these policies refuse: found by trying the smallest statement.
    #[must_use]
    pub fn remedy(set: &PolicySet, request: &Request) -> Remedy {
        let now = evaluate(set, request);
        match now.outcome {
            Outcome::Allowed => return Remedy::Nothing,
            Outcome::ExplicitDeny => return Remedy::Denied(now.layer),
            Outcome::ImplicitDeny => {}
        }
        let text = smallest_policy(request.action(), request.resource());
        let Ok(policy) = Policy::parse(&text, PolicyKind::Identity) else { return Remedy::Limited(now.layer) };
        let added = Attached::new(Source::inline("", Attachment::User), Arc::new(policy));
        let then = evaluate(&set.clone().with_identity(added), request);
        if then.is_allowed() { Remedy::Allow(text) } else { Remedy::Limited(then.layer) }
    }
}

#[cfg(all(test, feature = "data"))]
mod tests {
    use std::sync::Arc;

    use policy::{
        Arn, Attached, Attachment, Layer, Policy, PolicyKind, PolicySet, Principal, Request, Source, evaluate,
    };

    use super::*;

    fn attached(effect: &str, action: &str, condition: &str) -> Attached {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Action":"{action}","Resource":"*"{condition}}}}}"#
        );
        let policy = Policy::parse(&text, PolicyKind::Identity).expect("a policy");
        Attached::new(Source::inline("given", Attachment::User), Arc::new(policy))
    }

    fn asked(action: &str, resource: &str) -> Request {
        let arn = Arn::user("123456789012", "/", "ann");
        Request::new(Principal::user(arn, "AIDAANN"), action, resource)
    }

    fn with(policy: &str) -> PolicySet {
        let policy = Policy::parse(policy, PolicyKind::Identity).expect("the remedy is a policy");
        PolicySet::new().with_identity(Attached::new(Source::inline("remedy", Attachment::User), Arc::new(policy)))
    }

    #[test]
    fn the_smallest_statement_allows_just_what_was_asked() {
        for resource in [
            "arn:aws:s3:::bills/may.csv",
            "arn:aws:s3:::bills/*",
            "arn:aws:s3:::bills/what?",
            "arn:aws:s3:::bills/${aws:username}",
            "arn:aws:s3:::bills/$",
            "arn:aws:s3:::bills/\"quoted\"\\",
        ] {
            let request = asked("S3:getobject", resource);
            let Remedy::Allow(text) = remedy(&PolicySet::new(), &request) else { panic!("{resource}") };
            assert!(text.contains("\"s3:GetObject\""), "in the catalogue's spelling: {text}");
            let set = with(&text);
            assert!(evaluate(&set, &request).is_allowed(), "{text}");
            for other in ["arn:aws:s3:::bills/june.csv", "arn:aws:s3:::bills/ann", "arn:aws:s3:::bills/whatever", "*"] {
                assert!(!evaluate(&set, &asked("s3:GetObject", other)).is_allowed(), "{text} opens {other}");
            }
            assert!(!evaluate(&set, &asked("s3:PutObject", resource)).is_allowed());
        }
    }

    #[test]
    fn actions_without_a_resource_are_allowed_on_everything() {
        let text = smallest_policy("iam:ListUsers", "arn:aws:iam::123456789012:user/");
        assert!(text.contains("\"*\"") && !text.contains("user/"), "{text}");
        assert!(smallest_policy("iam:CreateUser", "*").contains("\"*\""));
        let unknown = smallest_policy("nimbus:Float", "arn:aws:nimbus:::cloud");
        assert!(unknown.contains("nimbus:Float") && unknown.contains("arn:aws:nimbus:::cloud"), "{unknown}");
    }

    #[test]
    fn no_allow_helps_against_a_deny_or_a_boundary() {
        let request = asked("iam:CreateUser", "arn:aws:iam::123456789012:user/bob");
        let denied = PolicySet::new().with_identity(attached("Deny", "iam:*", ""));
        assert_eq!(remedy(&denied, &request), Remedy::Denied(Layer::Identity));
        let bounded = PolicySet::new().with_boundary(attached("Allow", "s3:*", ""));
        assert_eq!(remedy(&bounded, &request), Remedy::Limited(Layer::Boundary));
        let forbidding = PolicySet::new().with_boundary(attached("Deny", "iam:CreateUser", ""));
        assert_eq!(remedy(&forbidding, &request), Remedy::Denied(Layer::Boundary));
        let roomy = PolicySet::new().with_boundary(attached("Allow", "iam:*", ""));
        assert!(matches!(remedy(&roomy, &request), Remedy::Allow(_)));
        let foreign = request.clone().in_account("210987654321");
        assert_eq!(remedy(&PolicySet::new(), &foreign), Remedy::Limited(Layer::Resource));
        let allowed = PolicySet::new().with_identity(attached("Allow", "iam:*", ""));
        assert_eq!(remedy(&allowed, &request), Remedy::Nothing);
    }

    #[test]
    fn a_condition_that_fails_is_no_obstacle_for_another_statement() {
        let condition = r#","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#;
        let set = PolicySet::new().with_identity(attached("Allow", "iam:*", condition));
        let request = asked("iam:CreateUser", "arn:aws:iam::123456789012:user/bob");
        assert!(matches!(remedy(&set, &request), Remedy::Allow(_)));
        assert_eq!(remedy(&set, &request.with("aws:MultiFactorAuthPresent", "true")), Remedy::Nothing);
    }
}
