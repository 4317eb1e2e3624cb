//! CloudTrail: the event history, plain.

mod asked;
mod details;
mod history;

pub use {details::EventDetails, history::EventHistory};

use model::cloudtrail::EventResource;

/// Where the event history stands.
const PATH: &str = "/cloudtrail/events";

/// A word for each lookup attribute: today's console's.
const ATTRIBUTES: [(&str, &str); 8] = [
    ("ReadOnly", "Read-only"),
    ("EventName", "Event name"),
    ("Username", "User name"),
    ("ResourceName", "Resource name"),
    ("ResourceType", "Resource type"),
    ("EventSource", "Event source"),
    ("EventId", "Event ID"),
    ("AccessKeyId", "AWS access key"),
];

/// One member of all resources, in a line.
fn resources(all: &[EventResource], member: impl Fn(&EventResource) -> Option<&String>) -> String {
    all.iter().filter_map(member).map(String::as_str).collect::<Vec<_>>().join(", ")
}
