//! The pages of managed policies: the table of all of them, what one of them grants, whom it may be attached to.

use serde::{Deserialize, Serialize};
pub use services::{AccessLevel, AccessLevels, Finding, FindingKind, ServiceSummary};

use crate::{Access, Action, Fields, Operation, name, page};

/// A managed policy in the Policies table, also one that only its service may attach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ManagedPolicyRow {
    /// Its name.
    pub policy_name: String,
    /// Its ARN.
    pub policy_arn: String,
    /// `AWS managed`, `AWS managed - job function` or `Customer managed`.
    pub kind: String,
    /// Whether it may be attached by hand.
    pub is_attachable: bool,
    /// To how many entities of the caller's account it is attached.
    pub attachment_count: i64,
    /// How many entities of the caller's account it bounds.
    pub permissions_boundary_usage_count: i64,
    /// What it is for: for AWS's own, which services its document opens.
    pub description: String,
}

/// The kinds that [`ListManagedPolicyRows`] can be narrowed to.
pub const POLICY_KINDS: [&str; 3] = ["AwsManaged", "JobFunction", "CustomerManaged"];
/// The columns that [`ListManagedPolicyRows`] can be ordered by.
pub const POLICY_ORDERS: [&str; 3] = ["policy-name", "type", "used-as"];

/// A numbered page of all managed policies: asks `iam:ListPolicies`. The pages have numbers because AWS's own
/// policies lie in memory in their order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListManagedPolicyRows {
    /// Only policies whose name or description contains this, whatever its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Only policies of this kind, one of [`POLICY_KINDS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The column to order by, one of [`POLICY_ORDERS`]; by name, what bears the query in its name first, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// From the last to the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub descending: Option<bool>,
    /// Which page, from 1; one behind the last is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<i64>,
    /// How many rows a page has, 1 to 1000; 100 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<i64>,
}

/// What ListManagedPolicyRows answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListManagedPolicyRowsOutput {
    /// The page.
    pub rows: Vec<ManagedPolicyRow>,
    /// How many policies match.
    pub matching: i64,
    /// How many policies there are.
    pub total: i64,
}

impl Operation for ListManagedPolicyRows {
    const ACTION: Action = Action::new("console", "ListManagedPolicyRows");
    const ACCESS: Access = Access::List;
    type Output = ListManagedPolicyRowsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.optional("query", self.query.as_deref(), &name::LINE);
        if let Some(kind) = &self.kind {
            fields.one_of("kind", kind, &POLICY_KINDS);
        }
        if let Some(order) = &self.order {
            fields.one_of("order", order, &POLICY_ORDERS);
        }
        if let Some(page) = self.page {
            fields.range("page", page, 1, 1_000_000);
        }
        if let Some(size) = self.page_size {
            fields.range("pageSize", size, 1, page::MAX_ITEMS);
        }
    }

    fn example() -> Self {
        Self::default()
    }
}

/// A service of which a policy allows nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RemainingService {
    /// What its actions begin with.
    pub prefix: String,
    /// Its short name.
    pub name: String,
}

/// Reads what a managed policy's operative version says, service by service: asks `iam:GetPolicyVersion`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicySummary {
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
}

/// What GetPolicySummary answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicySummaryOutput {
    /// `AWS managed`, `AWS managed - job function` or `Customer managed`.
    pub kind: String,
    /// What it is for, as in [`ManagedPolicyRow`].
    pub description: String,
    /// What the document says, a row for each service: denials first, then by the services' names.
    pub services: Vec<ServiceSummary>,
    /// The services of AWS's that the document allows nothing of, by their names.
    pub remaining: Vec<RemainingService>,
}

impl Operation for GetPolicySummary {
    const ACTION: Action = Action::new("console", "GetPolicySummary");
    const ACCESS: Access = Access::Read;
    type Output = GetPolicySummaryOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
    }

    fn example() -> Self {
        Self { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess".into() }
    }
}

/// A user or a group beside a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyEntityRow {
    /// `User` or `Group`.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// The uses of [`ListPolicyEntityRows`].
pub const POLICY_USES: [&str; 3] = ["PermissionsPolicy", "PermissionsBoundary", "None"];

/// Lists the users and groups that a policy is attached to, or that it could be attached to, and finds them by name.
/// Asks `iam:ListEntitiesForPolicy`, and with `None` also `iam:ListUsers` and `iam:ListGroups`, each for its own rows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyEntityRows {
    /// The policy's ARN.
    #[serde(default)]
    pub policy_arn: String,
    /// One of [`POLICY_USES`]: those with the policy attached, those bounded by it, or those without it attached;
    /// attached if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_as: Option<String>,
    /// `User` or `Group`; both if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_filter: Option<String>,
    /// Only those whose name contains this, whatever its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListPolicyEntityRows answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyEntityRowsOutput {
    /// The page: groups first, each kind in the order of the names.
    pub rows: Vec<PolicyEntityRow>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The actions whose absence leaves a kind out.
    pub refused: Vec<String>,
}

impl Operation for ListPolicyEntityRows {
    const ACTION: Action = Action::new("console", "ListPolicyEntityRows");
    const ACCESS: Access = Access::List;
    type Output = ListPolicyEntityRowsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("policyArn", &self.policy_arn, &name::ARN);
        if let Some(used_as) = &self.used_as {
            fields.one_of("usedAs", used_as, &POLICY_USES);
        }
        if let Some(filter) = &self.entity_filter {
            fields.one_of("entityFilter", filter, &["User", "Group"]);
        }
        fields.optional("query", self.query.as_deref(), &name::LINE);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess".into(), ..Self::default() }
    }
}
