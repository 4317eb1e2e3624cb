//! The root password: with it the account comes into being, and the browser's session is its root's.

use model::{
    ApiError, Secret,
    account::{SetRootPassword, SetRootPasswordOutput, SignUpStep, out_of_order},
};

use super::{NewAccount, create, sign_up_of};
use crate::{
    common_passwords,
    error::{Error, Result},
    execute::{Execute, Preparation, Target},
    outbox,
    signin::{self, Mfa, Owner},
    tx::Tx,
};

impl Execute for SetRootPassword {
    const PREPARES: bool = true;
    const ANONYMOUS: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let cloud = preparation.cloud;
        let sign_up = sign_up_of(cloud.pool(), preparation.request.session.as_ref())
            .await?
            .filter(|row| row.verified)
            .ok_or_else(out_of_order)?;
        keeps_console_policy(preparation, &self.password, &[&sign_up.email, &sign_up.account_name])?;
        preparation.prepared.new_hash = Some(cloud.hasher().hash(&self.password).await?);
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<SetRootPasswordOutput> {
        let session = tx.request.session.clone();
        let sign_up =
            sign_up_of(tx.conn(), session.as_ref()).await?.filter(|row| row.verified).ok_or_else(out_of_order)?;
        let hash = tx.prepared.new_hash.clone();
        let new = NewAccount {
            email: &sign_up.email,
            name: &sign_up.account_name,
            password_hash: hash.as_deref(),
            step: SignUpStep::Contact,
            mailbox_key_hash: None,
        };
        // Somebody else took the address meanwhile: the sign-up cannot go on, and does not say why.
        let account = create(tx, new, out_of_order).await?;
        outbox::adopt(tx, sign_up.sign_up_id, &account).await?;
        if sign_up.proved {
            sqlx::query!("insert into verified_address values ($1) on conflict do nothing", sign_up.email_key)
                .execute(tx.conn())
                .await?;
        }
        // Whoever deletes the row has used the sign-up up; a second tab finds none.
        let used = sqlx::query!("delete from sign_up where sign_up_id = $1 and verified", sign_up.sign_up_id)
            .execute(tx.conn())
            .await?;
        if used.rows_affected() != 1 {
            return Err(Error::Api(out_of_order()));
        }
        let owner = Owner {
            account: account.clone(),
            user: None,
            must_change_password: false,
            sign_up_pending: true,
            mfa: Mfa::None,
        };
        signin::bind(tx, owner).await?;
        Ok(SetRootPasswordOutput { account_id: account.0 })
    }
}

/// Refuses a root password that the default policy does not allow.
///
/// # Errors
/// [`ApiError::PasswordPolicyViolation`] with every broken rule.
pub(crate) fn keeps_default_policy(password: &str, email: &str, account_name: &str) -> Result<()> {
    refuse(model::password::faults(password, None, &[email, account_name]))
}

/// The same where root itself chooses the password, `forbidden` being its address and the account's name: in the
/// console the most common ones are refused too.
///
/// # Errors
/// As [`keeps_default_policy`].
pub(crate) fn keeps_console_policy(preparation: &Preparation<'_>, password: &Secret, forbidden: &[&str]) -> Result<()> {
    let mut rules = model::password::faults(password.expose(), None, forbidden);
    rules.extend(common_passwords::rule(preparation.cloud, preparation.request, password.expose()));
    refuse(rules)
}

fn refuse(rules: Vec<String>) -> Result<()> {
    if rules.is_empty() {
        return Ok(());
    }
    Err(ApiError::PasswordPolicyViolation { message: rules.join(", "), rules }.into())
}
