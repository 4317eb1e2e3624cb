//! Tags on topics. Their keys' case tells them apart.

use serde::{Deserialize, Serialize};

use super::{EXAMPLE, SnsFault, check_topic, invalid};
use crate::{Access, Action, Fields, Operation, Tag, tag};

/// Notes what is wrong with tags that a topic shall bear.
pub(super) fn check(fields: &mut Fields, tags: &[Tag]) {
    if tags.len() > tag::MAX_TAGS {
        fields.refuse(too_many());
    }
    for (index, one) in tags.iter().enumerate() {
        tag::check_key(fields, &format!("tags.{}.member.key", index + 1), &one.key);
        let at = format!("tags.{}.member.value", index + 1);
        if one.value.chars().count() > 256 || !one.value.chars().all(tag::allows) {
            fields.fault(
                &at,
                Some(&one.value),
                "Member must have length less than or equal to 256 and hold letters, digits, spaces and _.:/=+-@",
            );
        }
        if tags[..index].iter().any(|other| other.key == one.key) {
            fields.refuse(invalid("Duplicated keys are not allowed."));
        }
    }
}

/// More tags than a topic may bear.
pub fn too_many() -> crate::ApiError {
    SnsFault::TagLimitExceeded.says("Could not complete request: tag quota of per resource exceeded")
}

/// Adds tags to a topic.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagResource {
    /// Which topic.
    pub resource_arn: String,
    /// Its new tags; a key that it has gets the new value.
    pub tags: Vec<Tag>,
}

/// What TagResource and UntagResource answer: nothing, in an element of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TagResourceOutput {}

impl Operation for TagResource {
    const ACTION: Action = Action::new("sns", "TagResource");
    const ACCESS: Access = Access::Tagging;
    type Output = TagResourceOutput;

    fn check(&self, fields: &mut Fields) {
        check_topic(fields, "ResourceArn", &self.resource_arn);
        check(fields, &self.tags);
    }

    fn example() -> Self {
        Self { resource_arn: EXAMPLE.into(), tags: vec![Tag { key: "team".into(), value: "example".into() }] }
    }
}

/// Takes tags from a topic.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagResource {
    /// Which topic.
    pub resource_arn: String,
    /// The keys.
    pub tag_keys: Vec<String>,
}

impl Operation for UntagResource {
    const ACTION: Action = Action::new("sns", "UntagResource");
    const ACCESS: Access = Access::Tagging;
    type Output = TagResourceOutput;

    fn check(&self, fields: &mut Fields) {
        check_topic(fields, "ResourceArn", &self.resource_arn);
    }

    fn example() -> Self {
        Self { resource_arn: EXAMPLE.into(), tag_keys: vec!["team".into()] }
    }
}

/// Lists a topic's tags.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagsForResource {
    /// Which topic.
    pub resource_arn: String,
}

/// What ListTagsForResource answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagsForResourceOutput {
    /// In the order of their keys.
    pub tags: Vec<Tag>,
}

impl Operation for ListTagsForResource {
    const ACTION: Action = Action::new("sns", "ListTagsForResource");
    const ACCESS: Access = Access::Read;
    type Output = ListTagsForResourceOutput;

    fn check(&self, fields: &mut Fields) {
        check_topic(fields, "ResourceArn", &self.resource_arn);
    }

    fn example() -> Self {
        Self { resource_arn: EXAMPLE.into() }
    }
}
