//! The members of a posted form, for the plans that run it.

use model::ApiError;
use serde::Serialize;
use serde_json::Value;

use crate::CallError;

/// A form's members, in the order they were sent.
pub(super) struct Fields<'a>(pub &'a [(String, String)]);

impl Fields<'_> {
    /// The first member of that name; empty if there is none.
    pub fn one(&self, name: &str) -> String {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// All members of that name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }

    /// Whether there is a member of that name.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }
}

/// A plan's answer as the page gets it.
pub(super) fn answer<T: Serialize>(result: Result<T, CallError>) -> Result<Value, CallError> {
    serde_json::to_value(result?).map_err(|error| CallError::Transport(error.to_string()))
}

/// What was chosen, if anything was: `what` names one of it ("user").
pub(super) fn required(chosen: Vec<String>, what: &str) -> Result<Vec<String>, CallError> {
    if chosen.is_empty() {
        return Err(ApiError::InvalidInput { message: format!("Select at least one {what}.") }.into());
    }
    Ok(chosen)
}
