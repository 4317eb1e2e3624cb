//! The policy simulator: what policies would answer, without anybody doing anything.

use serde::{Deserialize, Serialize};

use super::SimulatePolicyOutput;
use crate::{Access, Action, Fields, Operation, name, page};

/// A condition key of the simulated request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ContextEntry {
    /// The key's name; its case does not count.
    #[serde(default)]
    pub context_key_name: String,
    /// Its values.
    #[serde(default)]
    pub context_key_values: Vec<String>,
    /// What the values are, one of [`CONTEXT_KEY_TYPES`].
    #[serde(default)]
    pub context_key_type: String,
}

/// The types of a [`ContextEntry`].
pub const CONTEXT_KEY_TYPES: [&str; 12] = [
    "string",
    "stringList",
    "numeric",
    "numericList",
    "boolean",
    "booleanList",
    "ip",
    "ipList",
    "binary",
    "binaryList",
    "date",
    "dateList",
];

/// Simulates policies that are given as text. Asks nothing of the account but the permission to simulate.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SimulateCustomPolicy {
    /// The policies, as text.
    #[serde(default)]
    pub policy_input_list: Vec<String>,
    /// The permissions boundary, as text: none or one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub permissions_boundary_policy_input_list: Vec<String>,
    /// The actions, each as `service:Name`.
    #[serde(default)]
    pub action_names: Vec<String>,
    /// The resources; `*` if none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_arns: Vec<String>,
    /// The resources' own policy, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_policy: Option<String>,
    /// The account that the resources belong to, as its number or its ARN; the caller's if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_owner: Option<String>,
    /// The user who asks; needed with `resource_policy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller_arn: Option<String>,
    /// What is known of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub context_entries: Vec<ContextEntry>,
    /// Which resources an instance of EC2 is started with. Every resource is asked about by itself here, whatever it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_handling_option: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// Simulates the policies of a user, with those of the user's groups, or of a group; and what is given in addition.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SimulatePrincipalPolicy {
    /// The ARN of the user or the group.
    #[serde(default)]
    pub policy_source_arn: String,
    /// Further policies, as text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policy_input_list: Vec<String>,
    /// A permissions boundary, as text, in place of the user's own: none or one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub permissions_boundary_policy_input_list: Vec<String>,
    /// As in [`SimulateCustomPolicy`].
    #[serde(default)]
    pub action_names: Vec<String>,
    /// As in [`SimulateCustomPolicy`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_arns: Vec<String>,
    /// As in [`SimulateCustomPolicy`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_policy: Option<String>,
    /// As in [`SimulateCustomPolicy`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_owner: Option<String>,
    /// The user who asks; the policies' user if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller_arn: Option<String>,
    /// As in [`SimulateCustomPolicy`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub context_entries: Vec<ContextEntry>,
    /// As in [`SimulateCustomPolicy`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_handling_option: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// How many policies, actions or resources one request may name: AWS documents no number, a page's size is enough.
const MOST: usize = 1000;

/// Notes the faults of policies given as text.
pub(super) fn policies(fields: &mut Fields, field: &str, policies: &[String]) {
    if policies.len() > MOST {
        fields.fault(field, None, format!("Member must have length less than or equal to {MOST}"));
    }
    for (number, policy) in policies.iter().enumerate() {
        fields.rule(&format!("{field}.{}.member", number + 1), policy, &name::POLICY_DOCUMENT);
    }
}

impl SimulateCustomPolicy {
    /// Notes the faults of everything but the policies themselves: what both simulations are asked.
    fn check_question(&self, fields: &mut Fields) {
        policies(fields, "permissionsBoundaryPolicyInputList", &self.permissions_boundary_policy_input_list);
        if self.permissions_boundary_policy_input_list.len() > 1 {
            fields.fault("permissionsBoundaryPolicyInputList", None, "Member must have length less than or equal to 1");
        }
        for (field, list, shortest, longest) in
            [("actionNames", &self.action_names, 3, 128), ("resourceArns", &self.resource_arns, 1, 2048)]
        {
            if list.len() > MOST {
                fields.fault(field, None, format!("Member must have length less than or equal to {MOST}"));
            }
            for (number, text) in list.iter().enumerate() {
                length(fields, &format!("{field}.{}.member", number + 1), text, shortest, longest);
            }
        }
        if self.action_names.is_empty() {
            fields.fault("actionNames", None, "Member must not be null");
        }
        fields.optional("resourcePolicy", self.resource_policy.as_deref(), &name::POLICY_DOCUMENT);
        for (field, text) in [("resourceOwner", &self.resource_owner), ("callerArn", &self.caller_arn)] {
            if let Some(text) = text {
                length(fields, field, text, 1, 2048);
            }
        }
        if let Some(handling) = &self.resource_handling_option {
            length(fields, "resourceHandlingOption", handling, 1, 64);
        }
        for (number, entry) in self.context_entries.iter().enumerate() {
            let field = format!("contextEntries.{}.member", number + 1);
            length(fields, &format!("{field}.contextKeyName"), &entry.context_key_name, 5, 256);
            if !entry.context_key_type.is_empty() {
                fields.one_of(&format!("{field}.contextKeyType"), &entry.context_key_type, &CONTEXT_KEY_TYPES);
            }
        }
        page::check(fields, self.marker.as_deref(), self.max_items);
    }
}

impl SimulatePrincipalPolicy {
    /// Whose policies are simulated, and everything else: the same as of policies given as text.
    #[must_use]
    pub fn apart(self) -> (String, SimulateCustomPolicy) {
        let question = SimulateCustomPolicy {
            policy_input_list: self.policy_input_list,
            permissions_boundary_policy_input_list: self.permissions_boundary_policy_input_list,
            action_names: self.action_names,
            resource_arns: self.resource_arns,
            resource_policy: self.resource_policy,
            resource_owner: self.resource_owner,
            caller_arn: self.caller_arn,
            context_entries: self.context_entries,
            resource_handling_option: self.resource_handling_option,
            marker: self.marker,
            max_items: self.max_items,
        };
        (self.policy_source_arn, question)
    }
}

fn length(fields: &mut Fields, field: &str, text: &str, shortest: usize, longest: usize) {
    let found = text.chars().count();
    if found < shortest {
        fields.fault(field, Some(text), format!("Member must have length greater than or equal to {shortest}"));
    } else if found > longest {
        fields.fault(field, Some(text), format!("Member must have length less than or equal to {longest}"));
    }
}

/// A policy given as text.
pub(super) const EXAMPLE_POLICY: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
/// Whose policies are asked.
pub(super) const EXAMPLE_SOURCE: &str = "arn:aws:iam::123456789012:user/example-user";

impl Operation for SimulateCustomPolicy {
    const ACTION: Action = Action::new("iam", "SimulateCustomPolicy");
    const ACCESS: Access = Access::Read;
    type Output = SimulatePolicyOutput;

    fn check(&self, fields: &mut Fields) {
        policies(fields, "policyInputList", &self.policy_input_list);
        if self.policy_input_list.is_empty() {
            fields.fault("policyInputList", None, "Member must not be null");
        }
        self.check_question(fields);
    }

    fn example() -> Self {
        Self {
            policy_input_list: vec![EXAMPLE_POLICY.into()],
            action_names: vec!["s3:ListAllMyBuckets".into()],
            ..Self::default()
        }
    }
}

impl Operation for SimulatePrincipalPolicy {
    const ACTION: Action = Action::new("iam", "SimulatePrincipalPolicy");
    const ACCESS: Access = Access::Read;
    type Output = SimulatePolicyOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("policySourceArn", &self.policy_source_arn, &name::ARN);
        policies(fields, "policyInputList", &self.policy_input_list);
        self.clone().apart().1.check_question(fields);
    }

    fn example() -> Self {
        Self {
            policy_source_arn: EXAMPLE_SOURCE.into(),
            action_names: vec!["s3:ListAllMyBuckets".into()],
            ..Self::default()
        }
    }
}
