//! Which condition keys policies ask for: what a simulation needs to be told.

use serde::{Deserialize, Serialize};

use super::simulate::{EXAMPLE_POLICY, EXAMPLE_SOURCE, policies};
use crate::{Access, Action, Fields, Operation, name};

/// Lists the condition keys that policies given as text ask for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetContextKeysForCustomPolicy {
    /// The policies, as text.
    #[serde(default)]
    pub policy_input_list: Vec<String>,
}

/// Lists the condition keys that the policies of a user, with the groups', or of a group ask for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetContextKeysForPrincipalPolicy {
    /// The ARN of the user or the group.
    #[serde(default)]
    pub policy_source_arn: String,
    /// Further policies, as text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policy_input_list: Vec<String>,
}

/// What both operations about condition keys answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetContextKeysOutput {
    /// The keys as the policies spell them, each once.
    pub context_key_names: Vec<String>,
}

impl Operation for GetContextKeysForCustomPolicy {
    const ACTION: Action = Action::new("iam", "GetContextKeysForCustomPolicy");
    const ACCESS: Access = Access::Read;
    type Output = GetContextKeysOutput;

    fn check(&self, fields: &mut Fields) {
        policies(fields, "policyInputList", &self.policy_input_list);
        if self.policy_input_list.is_empty() {
            fields.fault("policyInputList", None, "Member must not be null");
        }
    }

    fn example() -> Self {
        Self { policy_input_list: vec![EXAMPLE_POLICY.into()] }
    }
}

impl Operation for GetContextKeysForPrincipalPolicy {
    const ACTION: Action = Action::new("iam", "GetContextKeysForPrincipalPolicy");
    const ACCESS: Access = Access::Read;
    type Output = GetContextKeysOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("policySourceArn", &self.policy_source_arn, &name::ARN);
        policies(fields, "policyInputList", &self.policy_input_list);
    }

    fn example() -> Self {
        Self { policy_source_arn: EXAMPLE_SOURCE.into(), policy_input_list: Vec::new() }
    }
}
