//! The account as IAM sees it: its alias and its counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, name, page};

/// Gives the account an alias for its sign-in URL, in place of the one it had.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAccountAlias {
    /// The alias, unique among all accounts.
    #[serde(default)]
    pub account_alias: String,
}

impl Operation for CreateAccountAlias {
    const ACTION: Action = Action::new("iam", "CreateAccountAlias");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("accountAlias", &self.account_alias, &name::ALIAS);
    }

    fn example() -> Self {
        Self { account_alias: "example-alias".into() }
    }
}

/// Takes the account's alias away.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteAccountAlias {
    /// The alias it has.
    #[serde(default)]
    pub account_alias: String,
}

impl Operation for DeleteAccountAlias {
    const ACTION: Action = Action::new("iam", "DeleteAccountAlias");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("accountAlias", &self.account_alias, &name::ALIAS);
    }

    fn example() -> Self {
        Self { account_alias: "example-alias".into() }
    }
}

/// Tells the account's alias, if it has one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccountAliases {
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListAccountAliases answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccountAliasesOutput {
    /// At most one.
    pub account_aliases: Vec<String>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListAccountAliases {
    const ACTION: Action = Action::new("iam", "ListAccountAliases");
    const ACCESS: Access = Access::List;
    type Output = ListAccountAliasesOutput;

    fn check(&self, fields: &mut Fields) {
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}

/// Counts what the account has, and tells its quotas.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountSummary {}

/// What GetAccountSummary answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountSummaryOutput {
    /// AWS's names of the counts, such as `Users` and `UsersQuota`.
    pub summary_map: BTreeMap<String, i64>,
}

impl Operation for GetAccountSummary {
    const ACTION: Action = Action::new("iam", "GetAccountSummary");
    const ACCESS: Access = Access::List;
    type Output = GetAccountSummaryOutput;

    fn example() -> Self {
        Self {}
    }
}
