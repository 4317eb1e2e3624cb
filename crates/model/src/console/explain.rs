//! Why a request was refused: every policy that was asked, what its statements said, and what would help.

use policy::{Effect, Layer, MissReason, Outcome, Span};
use serde::{Deserialize, Serialize};
use services::Remedy;

use crate::{
    Access, Action, Fields, Operation,
    iam::{CONTEXT_KEY_TYPES, ContextEntry},
    name,
};

/// Asks a user's policies again what they were asked when the user was refused, and tells what each of them said.
///
/// Asks `iam:SimulatePrincipalPolicy` about the user: whoever has it can find out all of this by simulating. What stands
/// in a policy is told to those alone who may read that policy.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainDenial {
    /// The ARN of the user who was refused.
    #[serde(default)]
    pub principal_arn: String,
    /// The action, as `service:Name`.
    #[serde(default)]
    pub action_name: String,
    /// The resource as the refusal names it ("user bob"), or its ARN.
    #[serde(default)]
    pub resource: String,
    /// What is known of the request besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub context_entries: Vec<ContextEntry>,
}

/// What ExplainDenial answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ExplainDenialOutput {
    /// What the policies answer now.
    pub outcome: Outcome,
    /// How AWS's refusal ends; empty where it is allowed.
    pub because: String,
    /// The ARN that the policies were asked about.
    pub resource_arn: String,
    /// Whether path and tags of the resource were known. They are not to those who may not read it.
    pub resource_known: bool,
    /// The policies that were asked, in the order of evaluation.
    pub policies: Vec<AskedPolicy>,
    /// The condition keys that statements about the action ask for and the request does not have.
    pub missing_context_keys: Vec<String>,
    /// What would help.
    pub remedy: Remedy,
}

/// A policy that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AskedPolicy {
    /// Which kind of policy it is.
    pub layer: Layer,
    /// The group that it comes from; the user's own without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// Its name; absent where the caller may not read it and it decided nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
    /// The ARN of a managed policy; absent for an inline one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_arn: Option<String>,
    /// Whether the caller may read it.
    pub readable: bool,
    /// What it says by itself; absent where the caller may not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<Outcome>,
    /// Its statements about the action, in the order of the text.
    pub statements: Vec<AskedStatement>,
}

/// A statement that speaks of the action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AskedStatement {
    /// The author's name for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// Which of the policy's statements, from 1.
    pub number: usize,
    /// Give or take.
    pub effect: Effect,
    /// Its place in the policy's text.
    pub span: Span,
    /// Whether the decision comes from it.
    pub decides: bool,
    /// Why it does not apply; absent where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<MissReason>,
}

impl Operation for ExplainDenial {
    const ACTION: Action = Action::new("console", "ExplainDenial");
    const ACCESS: Access = Access::Read;
    type Output = ExplainDenialOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("principalArn", &self.principal_arn, &name::ARN);
        for (field, text, longest) in [("actionName", &self.action_name, 128), ("resource", &self.resource, 2048)] {
            if text.is_empty() {
                fields.fault(field, Some(text), "Member must have length greater than or equal to 1");
            } else if text.chars().count() > longest {
                fields.fault(field, Some(text), format!("Member must have length less than or equal to {longest}"));
            }
        }
        for (number, entry) in self.context_entries.iter().enumerate() {
            let field = format!("contextEntries.{}.member.contextKeyType", number + 1);
            if !entry.context_key_type.is_empty() {
                fields.one_of(&field, &entry.context_key_type, &CONTEXT_KEY_TYPES);
            }
        }
    }

    fn example() -> Self {
        Self {
            principal_arn: "arn:aws:iam::123456789012:user/example-user".into(),
            action_name: "iam:ListUsers".into(),
            resource: "arn:aws:iam::123456789012:user/".into(),
            context_entries: Vec::new(),
        }
    }
}
