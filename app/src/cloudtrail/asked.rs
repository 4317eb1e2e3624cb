//! What the address of the event history asks for.

use model::{
    ApiError, Timestamp,
    cloudtrail::{LOOKUP_KEYS, LookupAttribute, LookupEvents},
};

use super::PATH;
use crate::{PageContext, call::encode};

/// Milliseconds from a day's first second to its last.
const DAY: i64 = 86_399_000;

/// An attribute, a time range, a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// What is looked up by; empty for every event.
    pub attribute: String,
    /// Its value.
    pub value: String,
    /// The first day, `2026-11-22`; empty for the beginning.
    pub from: String,
    /// The last day.
    pub to: String,
    /// Where the page begins.
    pub token: Option<String>,
}

impl Asked {
    /// Without a wish, the events that changed something: that is what the original shows first.
    pub fn of(page: &PageContext) -> Self {
        let (from, to) = (page.query("from"), page.query("to"));
        let token = page.given("token");
        // Links of the original name the attribute itself: `#/events?EventName=CreateUser`.
        let named = LOOKUP_KEYS.into_iter().find(|key| page.query.contains_key(*key));
        let (attribute, value) = match named {
            Some(key) => (key.to_owned(), page.query(key)),
            None if page.query.contains_key("attribute") => (page.query("attribute"), page.query("value")),
            None => ("ReadOnly".to_owned(), "false".to_owned()),
        };
        Self { attribute, value: value.trim().to_owned(), from, to, token }
    }

    /// The address of these events, from this page on.
    pub fn address(&self, token: Option<&str>) -> String {
        let members = [("attribute", &self.attribute), ("value", &self.value), ("from", &self.from), ("to", &self.to)];
        let members = members.map(|(name, value)| format!("{name}={}", encode(value))).join("&");
        let token = token.map(|token| format!("&token={}", encode(token))).unwrap_or_default();
        format!("{PATH}?{members}{token}")
    }

    /// The same as an operation.
    ///
    /// # Errors
    /// A fault of `startTime` or `endTime` that is no day.
    pub fn lookup(&self) -> Result<LookupEvents, ApiError> {
        let attribute = (!self.attribute.is_empty())
            .then(|| LookupAttribute { attribute_key: self.attribute.clone(), attribute_value: self.value.clone() });
        Ok(LookupEvents {
            lookup_attributes: attribute.into_iter().collect(),
            start_time: day("startTime", &self.from, 0)?,
            end_time: day("endTime", &self.to, DAY)?,
            next_token: self.token.clone(),
            ..LookupEvents::default()
        })
    }
}

/// An instant of a day, so many milliseconds after its first.
fn day(field: &str, text: &str, after: i64) -> Result<Option<Timestamp>, ApiError> {
    if text.is_empty() {
        return Ok(None);
    }
    match format!("{text}T00:00:00Z").parse::<Timestamp>() {
        // What is no day of the calendar comes back as another one.
        Ok(Timestamp(first)) if Timestamp(first).day() == text => Ok(Some(Timestamp(first + after))),
        _ => Err(ApiError::field(field, Some(text), "Type a day such as 2026-11-22.")),
    }
}
