//! Tags on budgets.

use serde::{Deserialize, Serialize};

use super::invalid;
use crate::{Access, Action, Fields, Operation, Tag, name, tag};

/// The name in a budget's ARN, `arn:aws:budgets::111122223333:budget/name`, and whose it is.
pub fn named_by(arn: &str) -> Option<(&str, &str)> {
    let (account, name) = arn.strip_prefix("arn:aws:budgets::")?.split_once(":budget/")?;
    (name::ACCOUNT_ID.faults(account).is_empty() && name::BUDGET_NAME.faults(name).is_empty())
        .then_some((account, name))
}

fn check_arn(fields: &mut Fields, arn: &str) {
    if named_by(arn).is_none() {
        invalid(fields, "ResourceARN is not the ARN of a budget.");
    }
}

/// Adds tags to a budget, or changes the values of those it has.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagResource {
    /// The budget's ARN.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: String,
    /// The tags.
    pub resource_tags: Vec<Tag>,
}

impl Operation for TagResource {
    const ACTION: Action = Action::new("budgets", "TagResource");
    const ACCESS: Access = Access::Tagging;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_arn(fields, &self.resource_arn);
        tag::check(fields, "resourceTags", &self.resource_tags);
    }

    fn example() -> Self {
        Self {
            resource_arn: "arn:aws:budgets::111122223333:budget/example-budget".into(),
            resource_tags: vec![Tag { key: "team".into(), value: "red".into() }],
        }
    }
}

/// Takes tags off a budget.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UntagResource {
    /// The budget's ARN.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: String,
    /// The tags' keys.
    pub resource_tag_keys: Vec<String>,
}

impl Operation for UntagResource {
    const ACTION: Action = Action::new("budgets", "UntagResource");
    const ACCESS: Access = Access::Tagging;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_arn(fields, &self.resource_arn);
        for (index, key) in self.resource_tag_keys.iter().enumerate() {
            tag::check_key(fields, &format!("resourceTagKeys.{}.member", index + 1), key);
        }
    }

    fn example() -> Self {
        Self {
            resource_arn: "arn:aws:budgets::111122223333:budget/example-budget".into(),
            resource_tag_keys: vec!["team".into()],
        }
    }
}

/// Reads a budget's tags.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagsForResource {
    /// The budget's ARN.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: String,
}

/// What ListTagsForResource answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagsForResourceOutput {
    /// The tags, by key.
    pub resource_tags: Vec<Tag>,
}

impl Operation for ListTagsForResource {
    const ACTION: Action = Action::new("budgets", "ListTagsForResource");
    const ACCESS: Access = Access::Read;
    type Output = ListTagsForResourceOutput;

    fn check(&self, fields: &mut Fields) {
        check_arn(fields, &self.resource_arn);
    }

    fn example() -> Self {
        Self { resource_arn: "arn:aws:budgets::111122223333:budget/example-budget".into() }
    }
}
