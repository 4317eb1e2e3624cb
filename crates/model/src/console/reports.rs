//! What the pages of reports ask beyond AWS's operations.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Operation};

/// Makes a credential report anew although the newest one is still good: who practises need not wait four hours.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RegenerateCredentialReport {}

impl Operation for RegenerateCredentialReport {
    const ACTION: Action = Action::new("console", "RegenerateCredentialReport");
    const ACCESS: Access = Access::Read;
    type Output = ();

    fn example() -> Self {
        Self {}
    }
}
