//! Which policies open a service to a user or a group.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, name};

/// How many services one request may ask about (IAM API Reference, `ServiceNamespaces`).
const MOST: usize = 200;

/// Lists, service by service, the policies by which a user, with the user's groups, or a group may do anything there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPoliciesGrantingServiceAccess {
    /// The ARN of the user or the group.
    #[serde(default)]
    pub arn: String,
    /// What the services' actions begin with, 1 to 200 of them.
    #[serde(default)]
    pub service_namespaces: Vec<String>,
    /// Where the page begins; its length is not the caller's to choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// What ListPoliciesGrantingServiceAccess answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPoliciesGrantingServiceAccessOutput {
    /// An entry for each service, in the order asked.
    pub policies_granting_service_access: Vec<ListPoliciesGrantingServiceAccessEntry>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// The policies that open one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPoliciesGrantingServiceAccessEntry {
    /// The service, as it was asked about.
    pub service_namespace: String,
    /// The policies, by their names.
    pub policies: Vec<PolicyGrantingServiceAccess>,
}

/// A policy that allows something of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyGrantingServiceAccess {
    /// Its name.
    pub policy_name: String,
    /// `INLINE` or `MANAGED`.
    pub policy_type: String,
    /// A managed policy's ARN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_arn: Option<String>,
    /// What an inline policy is embedded in, `USER` or `GROUP`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_type: Option<String>,
    /// The name of the user or group that an inline policy is embedded in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_name: Option<String>,
}

impl Operation for ListPoliciesGrantingServiceAccess {
    const ACTION: Action = Action::new("iam", "ListPoliciesGrantingServiceAccess");
    const ACCESS: Access = Access::List;
    type Output = ListPoliciesGrantingServiceAccessOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("arn", &self.arn, &name::ARN);
        match self.service_namespaces.len() {
            0 => fields.fault("serviceNamespaces", None, "Member must have length greater than or equal to 1"),
            1..=MOST => {}
            _ => {
                let constraint = format!("Member must have length less than or equal to {MOST}");
                fields.fault("serviceNamespaces", None, constraint);
            }
        }
        for (number, namespace) in self.service_namespaces.iter().enumerate() {
            fields.rule(&format!("serviceNamespaces.{}.member", number + 1), namespace, &name::SERVICE_NAMESPACE);
        }
        fields.optional("marker", self.marker.as_deref(), &name::MARKER);
    }

    fn example() -> Self {
        Self {
            arn: "arn:aws:iam::111122223333:user/example-user".into(),
            service_namespaces: vec!["s3".into(), "iam".into()],
            marker: None,
        }
    }
}
