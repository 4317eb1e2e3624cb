//! Collecting the faults of an input, in AWS's words.

use serde::{Deserialize, Serialize};

use crate::{ApiError, Tag, name::Rule, password};

/// One fault of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name on the wire in lower camel case: `userName`.
    pub field: String,
    /// The value as given; empty where showing it would be wrong.
    pub value: Option<String>,
    /// The broken constraint: "Member must have length less than or equal to 64".
    pub constraint: String,
}

impl FieldError {
    /// AWS's clause: `Value 'a b' at 'userName' failed to satisfy constraint: …`.
    pub fn clause(&self) -> String {
        match &self.value {
            Some(value) => {
                format!("Value '{value}' at '{}' failed to satisfy constraint: {}", self.field, self.constraint)
            }
            None => format!("Value at '{}' failed to satisfy constraint: {}", self.field, self.constraint),
        }
    }
}

/// The faults of one input, collected before anything runs.
#[derive(Debug, Default)]
pub struct Fields {
    errors: Vec<FieldError>,
    /// A fault that AWS words in a sentence of its own; the first one wins.
    special: Option<ApiError>,
}

impl Fields {
    /// Notes that `field` breaks `constraint`.
    pub fn fault(&mut self, field: &str, value: Option<&str>, constraint: impl Into<String>) {
        self.errors.push(FieldError {
            field: field.to_owned(),
            value: value.map(str::to_owned),
            constraint: constraint.into(),
        });
    }

    /// Notes an error that has its own code or sentence (for example `InvalidInput`).
    pub fn refuse(&mut self, error: ApiError) {
        self.special.get_or_insert(error);
    }

    /// `text` keeps `rule`.
    pub fn rule(&mut self, field: &str, text: &str, rule: &Rule) {
        for constraint in rule.faults(text) {
            self.fault(field, Some(text), constraint);
        }
    }

    /// An optional `text` keeps `rule` where it is given.
    pub fn optional(&mut self, field: &str, text: Option<&str>, rule: &Rule) {
        if let Some(text) = text {
            self.rule(field, text, rule);
        }
    }

    /// A secret keeps the length `min..=max`; its value is never shown.
    pub fn secret_length(&mut self, field: &str, text: &str, min: usize, max: usize) {
        let length = text.chars().count();
        if length < min {
            self.fault(field, None, format!("Member must have length greater than or equal to {min}"));
        } else if length > max {
            self.fault(field, None, format!("Member must have length less than or equal to {max}"));
        }
    }

    /// A new password of an IAM user keeps AWS's length and characters; its value is never shown.
    pub fn new_password(&mut self, field: &str, text: &str) {
        self.secret_length(field, text, 1, password::MAXIMUM);
        if !password::is_latin(text) {
            self.fault(field, None, format!("Member must satisfy regular expression pattern: {}", password::PATTERN));
        }
    }

    /// `value` lies in `min..=max`.
    pub fn range(&mut self, field: &str, value: i64, min: i64, max: i64) {
        if value < min {
            self.fault(
                field,
                Some(&value.to_string()),
                format!("Member must have value greater than or equal to {min}"),
            );
        } else if value > max {
            self.fault(field, Some(&value.to_string()), format!("Member must have value less than or equal to {max}"));
        }
    }

    /// `text` is one of `values`.
    pub fn one_of(&mut self, field: &str, text: &str, values: &[&str]) {
        if !values.contains(&text) {
            self.fault(field, Some(text), format!("Member must satisfy enum value set: [{}]", values.join(", ")));
        }
    }

    /// A list of tags keeps IAM's rules: at most 50, keys unique whatever their case, not `aws:`.
    pub fn tags(&mut self, field: &str, tags: &[Tag]) {
        crate::tag::check(self, field, tags);
    }

    /// The collected faults as one error.
    ///
    /// # Errors
    /// The special error if one was noted, else [`ApiError::Validation`] if any field is at fault.
    pub fn finish(self) -> Result<(), ApiError> {
        if !self.errors.is_empty() {
            return Err(ApiError::Validation { fields: self.errors });
        }
        self.special.map_or(Ok(()), Err)
    }
}
