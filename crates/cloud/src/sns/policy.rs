//! A topic's policy: what a new topic has, what may be set, and what it says to the evaluator.

use model::{
    ApiError,
    sns::{IN_SCOPE, TopicArn, invalid},
};
use policy::{Attached, Attachment, PolicyKind, Source, validate::validate};
use serde_json::{Value, json};

use crate::documents;

/// What AWS gives a new topic: its owner's account, named by whatever service acts for it.
pub(super) fn default(arn: &TopicArn) -> String {
    let actions: Vec<String> = IN_SCOPE.iter().map(|action| format!("SNS:{action}")).collect();
    json!({
        "Version": "2008-10-17",
        "Id": "__default_policy_ID",
        "Statement": [{
            "Sid": "__default_statement_ID",
            "Effect": "Allow",
            "Principal": { "AWS": "*" },
            "Action": actions,
            "Resource": arn.to_string(),
            "Condition": { "StringEquals": { "AWS:SourceOwner": arn.account } },
        }],
    })
    .to_string()
}

/// What is wrong with a policy that shall be a topic's, said behind "Invalid parameter: ".
pub(super) fn checked(text: &str) -> Result<(), ApiError> {
    let document = validate(text, PolicyKind::Resource)
        .map_err(|malformed| invalid(format_args!("Policy Error: {malformed} ({})", malformed.position.line)))?;
    let in_scope = |action: &String| {
        let Some(name) = action.to_ascii_lowercase().strip_prefix("sns:").map(str::to_owned) else {
            return action == "*";
        };
        name.contains(['*', '?']) || IN_SCOPE.iter().any(|known| known.to_ascii_lowercase() == name)
    };
    if document.statements.iter().all(|statement| statement.action.values.iter().all(in_scope)) {
        Ok(())
    } else {
        Err(invalid("Policy statement action out of service scope!"))
    }
}

/// The policy as the evaluator takes it; nothing for one without statements. One that cannot be read any more could
/// have held a Deny, so it denies everything.
pub(super) fn attached(topic: &str, text: &str) -> Option<Attached> {
    let is_empty = |value: &Value| value["Statement"].as_array().is_some_and(Vec::is_empty);
    if serde_json::from_str(text).is_ok_and(|value: Value| is_empty(&value)) {
        return None;
    }
    let policy = documents::compiled_resource(text).or_else(|error| {
        tracing::error!(%topic, %error, "a topic's policy cannot be read");
        documents::compiled_resource(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}"#,
        )
    });
    let source = Source::inline(format!("access policy of topic {topic}"), Attachment::Resource);
    policy.ok().map(|policy| Attached::new(source, policy))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPIC: &str = "arn:aws:sns:us-east-1:111122223333:t";

    #[test]
    fn the_default_can_be_set_and_read() {
        let arn: TopicArn = TOPIC.parse().expect("an ARN");
        assert_eq!(checked(&default(&arn)), Ok(()));
        assert!(attached("t", &default(&arn)).is_some());
    }

    #[test]
    fn a_policy_speaks_of_topics() {
        let policy = |action: &str| {
            format!(
                r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":"*","Action":"{action}","Resource":"{TOPIC}"}}]}}"#
            )
        };
        for good in ["sns:Publish", "SNS:*", "sns:Get*", "*"] {
            assert_eq!(checked(&policy(good)), Ok(()), "{good}");
        }
        for bad in ["sns:CreateTopic", "s3:GetObject"] {
            let said = checked(&policy(bad)).expect_err(bad).to_string();
            assert_eq!(said, "Invalid parameter: Policy statement action out of service scope!");
        }
        assert!(checked("{").expect_err("no JSON").to_string().starts_with("Invalid parameter: Policy Error: "));
        assert!(attached("t", r#"{"Version":"2012-10-17","Statement":[]}"#).is_none());
    }
}
