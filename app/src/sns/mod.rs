//! SNS: topics, who subscribed to them, messages; and the pages that the links in a topic's mails lead to.

mod create;
mod links;
mod publish;
mod subscriptions;
mod topic;
mod topics;

pub use create::{CreateSubscription, CreateTopic};
pub use links::{ConfirmPage, UnsubscribePage};
pub use publish::Publish;
pub use subscriptions::List as Subscriptions;
pub use topic::{Details, Edit};
pub use topics::List as Topics;

use model::{ApiError, sns::TopicArn};

use crate::{CallError, PageContext, call::encode, ui::Crumb};

/// Where the list of topics stands.
const TOPICS: &str = "/sns/topics";
/// Where the list of subscriptions stands.
const SUBSCRIPTIONS: &str = "/sns/subscriptions";

/// Where one topic stands; the ARN stays readable in it.
pub fn topic_path(arn: &str) -> String {
    format!("{TOPICS}/{}", encode(arn).replace("%3A", ":"))
}

/// The name in a topic's ARN; the text itself if it is none.
pub fn topic_name(arn: &str) -> String {
    arn.parse::<TopicArn>().map_or_else(|_| arn.to_owned(), |arn| arn.name)
}

/// The way to a page of SNS.
fn crumbs(above: &[(&str, &str)], here: &str) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::new("Amazon SNS", TOPICS)];
    crumbs.extend(above.iter().map(|(text, href)| Crumb::new(*text, *href)));
    crumbs.push(Crumb::here(here));
    crumbs
}

/// What a form failed with, split into the sentence for one of its fields and the rest: SNS names the parameter in its
/// sentence alone.
fn split(page: &PageContext, operation: &str, parameter: &str) -> (Option<String>, Option<CallError>) {
    match page.error_of(operation) {
        Some(CallError::Api(ApiError::Sns { message, .. }))
            if message.starts_with(&format!("Invalid parameter: {parameter}")) =>
        {
            (Some(message), None)
        }
        other => (None, other),
    }
}
