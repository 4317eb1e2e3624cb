//! The words of the Security Token Service (API version 2011-06-15).

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Guard, Operation};

/// Tells who signed the request. No policy can forbid it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetCallerIdentity {}

/// What GetCallerIdentity answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetCallerIdentityOutput {
    /// `AIDA…`, or the account id for root.
    pub user_id: String,
    /// The account id.
    pub account: String,
    /// The caller's ARN.
    pub arn: String,
}

impl Operation for GetCallerIdentity {
    const ACTION: Action = Action::new("sts", "GetCallerIdentity");
    const ACCESS: Access = Access::Read;
    const GUARD: Guard = Guard::Signed("AWS answers it to every valid signature, even under an explicit deny");
    type Output = GetCallerIdentityOutput;

    fn example() -> Self {
        Self {}
    }
}
