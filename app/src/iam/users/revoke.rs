//! Revoking a user's active console sessions as today's console does it: by an inline policy that denies everything to
//! sessions from before this moment. Signing in again works; access keys are not touched.

use std::time::{SystemTime, UNIX_EPOCH};

use model::{Timestamp, iam::PutUserPolicy};

use crate::{CallError, iam::plan::Runner};

/// The name that the original console gives the policy.
pub const POLICY: &str = "AWSRevokeOlderSessions";

/// What denies sessions that began before `before`. Session times are compared to the second.
fn document(before: Timestamp) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Deny","Action":["*"],"Resource":["*"],"Condition":{{"DateLessThan":{{"aws:TokenIssueTime":"{before}"}}}}}}]}}"#
    )
}

/// Puts the policy; an older one of that name is replaced.
pub async fn run(user_name: String, runner: &impl Runner) -> Result<(), CallError> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    // The present second is over when the next one begins: sessions of this second are meant, too.
    let before = Timestamp(i64::try_from(now).unwrap_or_default() * 1000 + 1000);
    let policy_document = document(before);
    runner.run(PutUserPolicy { user_name, policy_name: POLICY.to_owned(), policy_document }).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_one_that_the_language_knows() {
        let text = document(Timestamp(1_606_040_000_000));
        assert!(policy::Policy::parse(&text, policy::PolicyKind::Identity).is_ok(), "{text}");
        assert!(text.contains("2020-11-22T10:13:20Z"), "{text}");
    }
}
