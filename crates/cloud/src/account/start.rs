//! The first step: an address and a name, and the code that goes to the address.

use model::{
    ApiError,
    account::{ResendCode, StartSignUp, out_of_order},
    id::AccountId,
};
use uuid::Uuid;

use super::{EMAIL_CODE, sign_up_of};
use crate::{
    Cloud, SessionHash, SignUp,
    error::Result,
    execute::{Execute, Preparation, Target},
    mail::Message,
    outbox::{Route, To, enqueue},
    throttle::{self, RESEND},
    token,
    tx::Tx,
};

/// Counts a code asked for by this browser.
async fn count_code(preparation: &Preparation<'_>) -> Result<()> {
    let cloud = preparation.cloud;
    let session = preparation.request.session.as_ref().ok_or_else(no_session)?;
    if !cloud.admit(&browser_key(cloud, session), RESEND).await? {
        return Err(ApiError::Throttling.into());
    }
    Ok(())
}

fn browser_key(cloud: &Cloud, session: &SessionHash) -> String {
    key_of(cloud, "codes of a browser", "code", session.as_bytes())
}

/// Counts a code that SMTP takes to an address which nobody has proved yet: whoever lives there is spared a flood.
pub(super) async fn may_be_mailed(tx: &mut Tx, email_key: &str) -> Result<bool> {
    let key = key_of(&tx.cloud, "codes to an address", "proof", email_key.as_bytes());
    throttle::admit(tx.conn(), &key, RESEND).await
}

fn key_of(cloud: &Cloud, purpose: &str, kind: &str, of: &[u8]) -> String {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as B64};
    format!("{kind}:{}", B64.encode(cloud.sealer().mac(purpose, &B64.encode(of))))
}

/// A sign-up is known by its browser's session alone; the page that is shown for this error begins a new one.
fn no_session() -> ApiError {
    ApiError::SignedOut
}

/// Whether this installation lets strangers sign up, and this one among them.
async fn invited(preparation: &Preparation<'_>, class_code: Option<&str>) -> Result<()> {
    use subtle::ConstantTimeEq as _;
    let (cloud, request) = (preparation.cloud, preparation.request);
    match &cloud.settings().sign_up {
        SignUp::Open => Ok(()),
        SignUp::Closed => Err(ApiError::Forbidden {
            message: "Sign-up is closed on this installation. Ask whoever runs it for an account.".into(),
        }
        .into()),
        SignUp::Code(code) => {
            if class_code.unwrap_or_default().as_bytes().ct_eq(code.as_bytes()).into() {
                return Ok(());
            }
            cloud.address_failed(request.ip).await?;
            Err(ApiError::field("classCode", None, "The class code is not right").into())
        }
    }
}

impl Execute for StartSignUp {
    const PREPARES: bool = true;
    const ANONYMOUS: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        if !preparation.cloud.address_may_try(preparation.request.ip).await? {
            return Err(ApiError::Throttling.into());
        }
        invited(preparation, self.class_code.as_deref()).await?;
        count_code(preparation).await
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let session = tx.request.session.clone().ok_or_else(no_session)?;
        let before = sign_up_of(tx.conn(), Some(&session)).await?;
        let id = before.map_or_else(|| tx.uuid(), |row| row.sign_up_id);
        sqlx::query!(
            "insert into sign_up (sign_up_id, email, email_key, account_name) values ($1, $2, $3, $4)
             on conflict (sign_up_id) do update
             set email = $2, email_key = $3, account_name = $4, verified = false, proved = false",
            id,
            self.email,
            self.email.to_lowercase(),
            self.account_name
        )
        .execute(tx.conn())
        .await?;
        // The browser's mailbox is the sign-up's now, whichever it had opened before.
        let bound = sqlx::query!(
            "update session set sign_up_id = $2, mailbox_account_id = null where id_hash = $1 and expires_at > now()",
            session.as_bytes(),
            id
        )
        .execute(tx.conn())
        .await?;
        if bound.rows_affected() != 1 {
            return Err(no_session().into());
        }
        send_code(tx, id, &self.email).await
    }
}

impl Execute for ResendCode {
    const PREPARES: bool = true;
    const ANONYMOUS: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let row = sign_up_of(preparation.cloud.pool(), preparation.request.session.as_ref()).await?;
        if row.is_none_or(|row| row.verified) {
            return Err(out_of_order().into());
        }
        count_code(preparation).await
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let session = tx.request.session.clone();
        let row =
            sign_up_of(tx.conn(), session.as_ref()).await?.filter(|row| !row.verified).ok_or_else(out_of_order)?;
        send_code(tx, row.sign_up_id, &row.email).await
    }
}

/// Sends a new code; the one before no longer counts. A taken address gets none: its owner is told instead, and the
/// sign-up goes on as if nothing were the matter.
///
/// With SMTP there are two codes, and either goes on with the sign-up: the one in the built-in inbox, so that an
/// invented address will do, and the one that leaves. Only the latter proves that the address is read by whoever
/// typed it, and the inbox does not show it.
async fn send_code(tx: &mut Tx, id: Uuid, email: &str) -> Result<()> {
    let cloud = tx.cloud.clone();
    let key = email.to_lowercase();
    let owner = sqlx::query!(
        r#"select account_id, email, d.key_sealed as "data_key?" from account left join data_key d using (account_id)
           where email_key = $1"#,
        key
    )
    .fetch_optional(tx.conn())
    .await?;
    let hash = |code: &str| token::code_hash(cloud.sealer(), EMAIL_CODE, &id.to_string(), code).to_vec();
    let (mut kept, mut mailed) = (None, None);
    if let Some(owner) = owner {
        let account = AccountId(owner.account_id);
        tx.note_data_key(account.as_str(), owner.data_key);
        let to = To {
            recipient: &owner.email,
            account: Some(&account),
            sign_up: None,
            route: Route::Rule,
            // One notice a day is enough, however often somebody tries.
            dedupe: Some(format!("address-in-use:{account}:{}", tx.wall.0 / 86_400_000)),
        };
        enqueue(tx, to, &Message::AddressInUse).await?;
    } else {
        let to = |route| To { recipient: email, account: None, sign_up: Some(id), route, dedupe: None };
        let code = token::digits(tx, 6);
        enqueue(tx, to(Route::Inbox), &Message::VerifyEmail { code: &code }).await?;
        kept = Some(hash(&code));
        if cloud.settings().smtp && may_be_mailed(tx, &key).await? {
            let proof = loop {
                let proof = token::digits(tx, 6);
                if proof != code {
                    break proof;
                }
            };
            enqueue(tx, to(Route::Proof), &Message::VerifyEmail { code: &proof }).await?;
            mailed = Some(hash(&proof));
        }
    }
    sqlx::query!(
        "update sign_up set code_hash = $2, mailed_code_hash = $3, code_tries = 0, code_expires = now() + interval '10 minutes'
         where sign_up_id = $1",
        id,
        kept,
        mailed
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
