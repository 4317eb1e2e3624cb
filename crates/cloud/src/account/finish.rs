//! Step five, and where a sign-up stands.

use model::account::{CompleteSignUp, GetSignUp, GetSignUpOutput, SignUpStep};

use super::{reach, sign_up_of, step_of, step_text};
use crate::{
    Identity,
    error::Result,
    execute::{Execute, Target},
    mail::Message,
    outbox::{Route, To, enqueue},
    tx::Tx,
};

impl Execute for CompleteSignUp {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        reach(tx, SignUpStep::Plan).await?;
        let account = tx.account().clone();
        let row = sqlx::query!(
            "update account set plan = $2, support_plan = $3, sign_up_step = $4, status = 'ACTIVE' where account_id = $1
             returning email, name",
            account.as_str(),
            self.plan,
            self.support_plan,
            step_text(SignUpStep::Complete)
        )
        .fetch_one(tx.conn())
        .await?;
        let to = To {
            recipient: &row.email,
            account: Some(&account),
            sign_up: None,
            route: Route::Rule,
            dedupe: Some(format!("welcome:{account}")),
        };
        enqueue(tx, to, &Message::Welcome { account: &account, name: &row.name }).await
    }
}

impl Execute for GetSignUp {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetSignUpOutput> {
        let session = tx.request.session.clone();
        if let Some(row) = sign_up_of(tx.conn(), session.as_ref()).await? {
            return Ok(GetSignUpOutput {
                step: if row.verified { SignUpStep::Password } else { SignUpStep::VerifyEmail },
                email: row.email,
                account_name: row.account_name,
                ..GetSignUpOutput::default()
            });
        }
        if tx.caller().identity() != &Identity::Root {
            return Ok(GetSignUpOutput::default());
        }
        let account = tx.account().clone();
        let row = sqlx::query!(
            "select email, name, sign_up_step, contact from account where account_id = $1",
            account.as_str()
        )
        .fetch_one(tx.conn())
        .await?;
        Ok(GetSignUpOutput {
            step: step_of(&row.sign_up_step)?,
            email: row.email,
            account_name: row.name,
            account_id: Some(account.0),
            contact: row.contact.map(serde_json::from_value).transpose()?,
        })
    }
}
