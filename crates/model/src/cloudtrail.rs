//! The words of CloudTrail (API version 2013-11-01): the event history.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, ApiError, Fields, Operation, Timestamp};

/// What events can be looked up by, one at a time.
pub const LOOKUP_KEYS: [&str; 8] =
    ["EventId", "EventName", "ReadOnly", "Username", "ResourceType", "ResourceName", "EventSource", "AccessKeyId"];

/// Events on a page, where no number is named the same (API reference of LookupEvents).
pub const EVENTS_PER_PAGE: i64 = 50;

/// Days that the event history goes back (CloudTrail User Guide, "Working with CloudTrail Event history").
pub const HISTORY_DAYS: i64 = 90;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LookupAttribute {
    /// One of [`LOOKUP_KEYS`].
    #[serde(default)]
    pub attribute_key: String,
    /// Its value, compared as a whole. A `Username` may also be a principal's ARN: the root user is called `root`, and a
    /// user can have that name too.
    #[serde(default)]
    pub attribute_value: String,
}

/// A page of the account's events of the last ninety days, the newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LookupEvents {
    /// What is looked for: nothing, or one attribute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lookup_attributes: Vec<LookupAttribute>,
    /// The earliest instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_time: Option<Timestamp>,
    /// The latest instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_time: Option<Timestamp>,
    /// `insight`: no account has any such events here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_category: Option<String>,
    /// Events on a page, 1 to 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// What LookupEvents answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LookupEventsOutput {
    /// The events.
    pub events: Vec<Event>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Event {
    /// Its id.
    pub event_id: String,
    /// The operation.
    pub event_name: String,
    /// `true` or `false`.
    pub read_only: String,
    /// The key that signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_key_id: Option<String>,
    /// When.
    pub event_time: Timestamp,
    /// The service: `iam.amazonaws.com`.
    pub event_source: String,
    /// Who, where somebody is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// What it was about.
    #[serde(default)]
    pub resources: Vec<EventResource>,
    /// The whole event as JSON.
    pub cloud_trail_event: String,
}

/// Something that an event was about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EventResource {
    /// `AWS::IAM::User`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<String>,
    /// Its name or ARN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_name: Option<String>,
}

impl Operation for LookupEvents {
    const ACTION: Action = Action::new("cloudtrail", "LookupEvents");
    const ACCESS: Access = Access::Read;
    type Output = LookupEventsOutput;

    fn check(&self, fields: &mut Fields) {
        if self.lookup_attributes.len() > 1 {
            let message = "You can look up events by one attribute only.".to_owned();
            fields.refuse(ApiError::InvalidLookupAttributes { message });
        }
        for attribute in &self.lookup_attributes {
            if let Some(message) = fault(attribute) {
                fields.refuse(ApiError::InvalidLookupAttributes { message });
            }
        }
        if let (Some(start), Some(end)) = (self.start_time, self.end_time)
            && start > end
        {
            fields.refuse(ApiError::InvalidTimeRange);
        }
        if let Some(max_results) = self.max_results
            && !(1..=EVENTS_PER_PAGE).contains(&max_results)
        {
            fields.refuse(ApiError::InvalidMaxResults { most: EVENTS_PER_PAGE });
        }
        if let Some(category) = &self.event_category {
            fields.one_of("eventCategory", category, &["insight"]);
        }
    }

    fn example() -> Self {
        Self {
            lookup_attributes: vec![LookupAttribute {
                attribute_key: "EventName".into(),
                attribute_value: "CreateUser".into(),
            }],
            ..Self::default()
        }
    }
}

fn fault(LookupAttribute { attribute_key: key, attribute_value: value }: &LookupAttribute) -> Option<String> {
    if !LOOKUP_KEYS.contains(&key.as_str()) {
        return Some(format!("Events cannot be looked up by {key}: use one of {}.", LOOKUP_KEYS.join(", ")));
    }
    if !(1..=2000).contains(&value.chars().count()) {
        return Some(format!("The value of {key} must have 1 to 2000 characters."));
    }
    (key == "ReadOnly" && value != "true" && value != "false")
        .then(|| "The value of ReadOnly must be true or false.".to_owned())
}
