//! Revoking a user's console sessions.

use model::{
    Timestamp,
    console::{OLDER_SESSIONS, RevokeUserSessions},
    iam::PutUserPolicy,
};

use crate::{
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

/// What denies sessions that began before `before`.
fn document(before: Timestamp) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Deny","Action":["*"],"Resource":["*"],"Condition":{{"DateLessThan":{{"aws:TokenIssueTime":"{before}"}}}}}}]}}"#
    )
}

fn put(user_name: String, before: Timestamp) -> PutUserPolicy {
    PutUserPolicy { user_name, policy_name: OLDER_SESSIONS.to_owned(), policy_document: document(before) }
}

impl Execute for RevokeUserSessions {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let same = put(self.user_name.clone(), tx.wall());
        Ok(same.target(tx).await?.asking("iam:PutUserPolicy"))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        // Session times are compared to the second: sessions of the present one are meant, too.
        let next = Timestamp((tx.wall().0 / 1000 + 1) * 1000);
        put(self.user_name, next).run(tx).await
    }
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
