//! The mails of SNS's topics: the question whether somebody wants them, and the messages.

use model::{Timestamp, sns::TopicArn};
use serde_json::json;

use super::{
    NAME,
    letter::{Letter, Part},
};

/// The question whether an address's owner wants a topic's messages.
#[derive(Clone, Debug)]
pub(crate) struct Confirmation<'a> {
    /// The topic.
    pub topic: &'a TopicArn,
    /// The page that says yes.
    pub link: String,
    /// What the link carries, for programs.
    pub token: &'a str,
    /// When.
    pub at: Timestamp,
    /// Whether a program reads it: email-json.
    pub json: bool,
}

impl Confirmation<'_> {
    pub(super) fn letter(&self) -> Letter {
        let subject = format!("{NAME} Notification - Subscription Confirmation");
        let topic = self.topic.to_string();
        if self.json {
            let text = json!({
                "Type": "SubscriptionConfirmation",
                "TopicArn": topic,
                "Token": self.token,
                "Message": format!("You have chosen to subscribe to the topic {topic}.\nTo confirm the subscription, visit the SubscribeURL included in this message."),
                "SubscribeURL": self.link,
                "Timestamp": self.at.to_string(),
            });
            return Letter { subject, greeting: format!("{text:#}"), parts: Vec::new() };
        }
        Letter {
            subject,
            greeting: "You have chosen to subscribe to the topic:".into(),
            parts: vec![
                Part::Text(topic),
                Part::text(
                    "To confirm this subscription, click or visit the link below (If this was in error no action is necessary):",
                ),
                Part::Link(self.link.clone()),
                Part::text("Please do not reply directly to this email."),
            ],
        }
    }

    #[cfg(test)]
    pub(super) fn example(topic: &TopicArn) -> Confirmation<'_> {
        let link = "https://class.example:8443/subscription/confirm".into();
        Confirmation { topic, link, token: "token", at: Timestamp(1_795_345_530_000), json: false }
    }
}

/// A message of a topic.
#[derive(Clone, Debug)]
pub(crate) struct TopicMessage<'a> {
    /// As its publisher wrote it.
    pub subject: Option<&'a str>,
    /// The text, or the JSON document that holds it.
    pub body: &'a str,
    /// The page that ends the subscription.
    pub link: String,
    /// Whether a program reads it: email-json.
    pub json: bool,
}

impl TopicMessage<'_> {
    pub(super) fn letter(&self) -> Letter {
        let subject = self.subject.map_or_else(|| format!("{NAME} Notification Message"), str::to_owned);
        let parts = if self.json {
            Vec::new()
        } else {
            vec![
                Part::text(
                    "--\nIf you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:",
                ),
                Part::Link(self.link.clone()),
                Part::text("Please do not reply directly to this email."),
            ]
        };
        Letter { subject, greeting: self.body.to_owned(), parts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_sent_as_it_was_written() {
        let settings = crate::Settings::default();
        let mail = TopicMessage { subject: None, body: "a\n  b", link: "http://x/u".into(), json: false };
        assert_eq!(mail.letter().subject, "Understudy Notification Message");
        let text = mail.letter().text(&settings);
        assert!(text.starts_with("a\n  b\n\n--\nIf you wish to stop") && text.contains("\nhttp://x/u\n"), "{text}");
        let json = TopicMessage { body: "{}", json: true, ..mail };
        assert_eq!(json.letter().text(&settings).split("\n\n-- \n").next(), Some("{}"));
        let topic = "arn:aws:sns:us-east-1:012345678901:Alarms".parse().expect("an ARN");
        let asked = Confirmation { json: true, ..Confirmation::example(&topic) }.letter().text(&settings);
        let asked: serde_json::Value =
            serde_json::from_str(asked.split("\n\n-- \n").next().unwrap_or_default()).expect("JSON");
        assert_eq!((&asked["Type"], &asked["Token"]), (&"SubscriptionConfirmation".into(), &"token".into()));
    }
}
