//! Messages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{EXAMPLE, MESSAGE, SnsFault, check_topic, invalid};
use crate::{Access, Action, ApiError, Fields, Operation};

/// One attribute of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MessageAttributeValue {
    /// `String`, `String.Array`, `Number`, `Binary`.
    pub data_type: String,
    /// The value of a text or a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub string_value: Option<String>,
    /// The value of bytes, in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binary_value: Option<String>,
}

/// Sends a message to a topic's confirmed subscriptions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Publish {
    /// Which topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic_arn: Option<String>,
    /// The same by another name; AWS has other targets too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_arn: Option<String>,
    /// A telephone: refused if there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// The message, up to [`MESSAGE`] bytes.
    #[serde(default)]
    pub message: String,
    /// The mails' subject: up to a hundred ASCII characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// `json`: the message is an object with a text for each protocol, and `default`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_structure: Option<String>,
    /// Attributes, which go with email-json.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub message_attributes: BTreeMap<String, MessageAttributeValue>,
    /// For FIFO topics: refused if there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_deduplication_id: Option<String>,
    /// Fair queues' groups; without meaning for mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_group_id: Option<String>,
}

/// What Publish answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PublishOutput {
    /// The message's id.
    pub message_id: String,
    /// Of FIFO topics only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence_number: Option<String>,
}

impl Publish {
    /// The topic's ARN and the parameter that holds it.
    pub fn destination(&self) -> (&'static str, &str) {
        match (&self.topic_arn, &self.target_arn) {
            (None, Some(target)) => ("TargetArn", target),
            (topic, _) => ("TopicArn", topic.as_deref().unwrap_or_default()),
        }
    }

    /// The text for a protocol.
    ///
    /// # Errors
    /// A message that says it is JSON by protocol and is not.
    pub fn text_for(&self, protocol: &str) -> Result<String, ApiError> {
        if self.message_structure.is_none() {
            return Ok(self.message.clone());
        }
        let texts: BTreeMap<String, serde_json::Value> = serde_json::from_str(&self.message)
            .map_err(|_| invalid("Message Structure - JSON message body failed to parse"))?;
        let text = |key: &str| texts.get(key).and_then(serde_json::Value::as_str);
        let default =
            text("default").ok_or_else(|| invalid("Message Structure - No default entry in JSON message body"))?;
        Ok(text(protocol).unwrap_or(default).to_owned())
    }

    fn size(&self) -> usize {
        let attributes = self.message_attributes.iter().map(|(name, value)| {
            let [text, bytes] =
                [&value.string_value, &value.binary_value].map(|value| value.as_ref().map_or(0, String::len));
            name.len() + value.data_type.len() + text + bytes
        });
        self.message.len() + attributes.sum::<usize>()
    }
}

/// Whether a mail may have this subject (SNS API Reference, `Publish`): begins with a letter, digit or punctuation.
pub fn is_subject(subject: &str) -> bool {
    (1..=100).contains(&subject.len())
        && subject.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        && !subject.starts_with(' ')
}

fn attribute_fault(name: &str, value: &MessageAttributeValue) -> Option<String> {
    let kind = value.data_type.split('.').next().unwrap_or_default();
    let field = if kind == "Binary" { "Binary" } else { "String" };
    let (own, other) = match field {
        "Binary" => (&value.binary_value, &value.string_value),
        _ => (&value.string_value, &value.binary_value),
    };
    if name.len() > 256 {
        return Some("Length of message attribute name must be less than 256 bytes.".into());
    }
    if let Some(odd) = name.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))) {
        return Some(format!(
            "Invalid non-alphanumeric character '#x{:X}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
            u32::from(odd)
        ));
    }
    if name.starts_with('.') || name.ends_with('.') {
        let place = if name.starts_with('.') { "starting" } else { "ending" };
        return Some(format!("Invalid message attribute name {place} with character '.' was found."));
    }
    if name.contains("..") {
        return Some("Message attribute name can not have successive '.' character.".into());
    }
    if !["String", "Number", "Binary"].contains(&kind) {
        return Some(format!(
            "The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."
        ));
    }
    match own.as_deref() {
        Some(text) if !text.is_empty() => None,
        _ if other.is_some() => {
            Some(format!("The message attribute '{name}' with type '{}' must use field '{field}'.", value.data_type))
        }
        _ => Some(format!(
            "The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{}'.",
            value.data_type
        )),
    }
}

impl Operation for Publish {
    const ACTION: Action = Action::new("sns", "Publish");
    const ACCESS: Access = Access::Write;
    const HIDDEN: &'static [&'static str] = &["Message", "Subject", "MessageAttributes", "PhoneNumber"];
    type Output = PublishOutput;

    fn check(&self, fields: &mut Fields) {
        if self.phone_number.is_some() {
            fields.refuse(invalid(
                "PhoneNumber is not available: this version of Understudy delivers by email and email-json",
            ));
        } else if self.topic_arn.is_none() && self.target_arn.is_none() {
            fields.refuse(invalid("TopicArn or TargetArn Reason: no value for required parameter"));
        } else {
            let (field, arn) = self.destination();
            check_topic(fields, field, arn);
        }
        if self.message.is_empty() {
            fields.refuse(invalid("Empty message"));
        }
        if self.size() > MESSAGE {
            fields.refuse(invalid("Message too long"));
        }
        if self.subject.as_deref().is_some_and(|subject| !is_subject(subject)) {
            fields.refuse(invalid("Subject"));
        }
        match self.message_structure.as_deref() {
            None | Some("json") => {
                if let Err(error) = self.text_for("default") {
                    fields.refuse(error);
                }
            }
            Some(_) => fields.refuse(invalid("MessageStructure")),
        }
        if self.message_deduplication_id.is_some() {
            fields.refuse(invalid(
                "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
            ));
        }
        for (name, value) in &self.message_attributes {
            if let Some(fault) = attribute_fault(name, value) {
                fields.refuse(SnsFault::ParameterValueInvalid.says(fault));
            }
        }
    }

    fn example() -> Self {
        Self {
            topic_arn: Some(EXAMPLE.into()),
            message: "Canary-Message-1".into(),
            subject: Some("Canary-Subject-1".into()),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(change: impl Fn(&mut Publish)) -> String {
        let mut publish = Publish::example();
        change(&mut publish);
        publish.checked().expect_err("a fault").to_string()
    }

    #[test]
    fn messages_keep_aws_rules() {
        assert_eq!(said(|p| p.message.clear()), "Invalid parameter: Empty message");
        assert_eq!(said(|p| p.message = "x".repeat(MESSAGE + 1)), "Invalid parameter: Message too long");
        for subject in ["", " a", "a\nb", "ä", &"x".repeat(101)] {
            assert_eq!(said(|p| p.subject = Some(subject.into())), "Invalid parameter: Subject", "{subject:?}");
        }
        let json = |text: &str| said(|p| (p.message, p.message_structure) = (text.to_owned(), Some("json".to_owned())));
        assert_eq!(json("{"), "Invalid parameter: Message Structure - JSON message body failed to parse");
        assert_eq!(
            json(r#"{"email":"x"}"#),
            "Invalid parameter: Message Structure - No default entry in JSON message body"
        );
        let mut publish = Publish { message: "x".repeat(MESSAGE), ..Publish::example() };
        assert_eq!(publish.checked(), Ok(()));
        publish.message = r#"{"default":"d","email":"e"}"#.into();
        publish.message_structure = Some("json".into());
        assert_eq!((publish.text_for("email"), publish.text_for("email-json")), (Ok("e".into()), Ok("d".into())));
    }

    #[test]
    fn attributes_of_messages_keep_aws_rules() {
        let value = |kind: &str, text: Option<&str>| MessageAttributeValue {
            data_type: kind.into(),
            string_value: text.map(Into::into),
            binary_value: None,
        };
        let of = |name: &str, value: MessageAttributeValue| {
            said(|p| drop(p.message_attributes.insert(name.into(), value.clone())))
        };
        assert_eq!(
            of("a^", value("String", Some("x"))),
            "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots."
        );
        assert_eq!(
            of("a..b", value("String", Some("x"))),
            "Message attribute name can not have successive '.' character."
        );
        assert_eq!(
            of("a", value("Binary", Some("x"))),
            "The message attribute 'a' with type 'Binary' must use field 'Binary'."
        );
        assert_eq!(
            of("a", value("String", None)),
            "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'."
        );
    }
}
