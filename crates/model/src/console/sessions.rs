//! Ending a user's console sessions.

use serde::{Deserialize, Serialize};

use crate::{
    check::Fields,
    name,
    operation::{Access, Action, Operation},
};

/// Revokes a user's active console sessions, as AWS's console does it: by the inline policy [`OLDER_SESSIONS`], which denies
/// everything to sessions from before this moment. An older one of that name is replaced. Access keys are not touched.
/// To policies and in the trail it is `iam:PutUserPolicy`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RevokeUserSessions {
    /// Which user.
    #[serde(default)]
    pub user_name: String,
}

/// The name that the original console gives the policy.
pub const OLDER_SESSIONS: &str = "AWSRevokeOlderSessions";

impl Operation for RevokeUserSessions {
    const ACTION: Action = Action::new("console", "RevokeUserSessions");
    const ACCESS: Access = Access::PermissionsManagement;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("userName", &self.user_name, &name::USER_NAME);
    }

    fn example() -> Self {
        Self { user_name: "example-user".into() }
    }
}
