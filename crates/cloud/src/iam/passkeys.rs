//! Registering passkeys and security keys for somebody. The public key goes to the database; the private one never
//! leaves the authenticator.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{
    ApiError, Kind,
    console::{
        FinishPasskeyRegistration, FinishPasskeyRegistrationOutput, StartPasskeyRegistration,
        StartPasskeyRegistrationOutput,
    },
};
use policy::Arn;
use webauthn_rs::prelude::{RegisterPublicKeyCredential, SecurityKey};

use super::{
    UserRecord,
    mfa_devices::{target, whose},
    notices,
};
use crate::{
    error::{OnConstraint as _, Result},
    execute::{Execute, Preparation, Prepared, Target},
    limits, passkey,
    tx::Tx,
};

const ENABLE: &str = "iam:EnableMFADevice";
const CEREMONY: &str = "register";
/// Characters that make a serial number unlike any other, as AWS appends them.
const SUFFIX: usize = 26;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What authenticators are told, and our relying party's word on it.
fn refused(error: impl std::fmt::Display) -> ApiError {
    tracing::info!(%error, "a passkey was refused");
    ApiError::InvalidCode { message: "The passkey or security key could not be registered. Try again.".into() }
}

/// The passkeys that somebody has already.
async fn keys_of(tx: &mut Tx, user_id: Option<&str>) -> Result<Vec<SecurityKey>> {
    let account = tx.account().clone();
    let rows = sqlx::query_scalar!(
        r#"select credential as "credential!" from mfa_device
           where account_id = $1 and user_id is not distinct from $2 and kind = 'PASSKEY'"#,
        account.as_str(),
        user_id
    )
    .fetch_all(tx.conn())
    .await?;
    let keys = rows.into_iter().map(serde_json::from_value).collect::<Result<_, _>>();
    Ok(keys.map_err(anyhow::Error::from)?)
}

fn user_id(user: Option<&UserRecord>) -> Option<&str> {
    user.map(|user| user.user_id.as_str())
}

impl Execute for StartPasskeyRegistration {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(target(tx, self.user_name.as_deref(), None).await?.judged_as(ENABLE))
    }

    async fn run(self, tx: &mut Tx) -> Result<StartPasskeyRegistrationOutput> {
        let user = whose(tx, self.user_name.as_deref())?;
        let session = tx.caller().session.clone().ok_or(ApiError::SignedOut)?;
        let account = tx.account().clone();
        let (cloud, user_id) = (tx.cloud.clone(), user_id(user.as_ref()));
        let us = passkey::relying_party(&cloud)?;
        let had = keys_of(tx, user_id).await?.iter().map(|key| key.cred_id().clone()).collect();
        let name = user.as_ref().map_or("root", |user| user.name.as_str());
        let shown = format!("{name}@{account}");
        let handle = passkey::handle(&cloud, account.as_str(), user_id);
        let (challenge, state) = us
            .start_securitykey_registration(handle, &shown, &shown, Some(had), None, None)
            .map_err(|error| anyhow::anyhow!("a passkey's challenge: {error}"))?;
        let purpose = passkey::Purpose { ceremony: CEREMONY, account: account.as_str(), user_id };
        let data_key = tx.data_keys.get(account.as_str()).cloned();
        passkey::keep(tx.conn(), &cloud, &session, &purpose, data_key, &state, passkey::SECONDS as f64).await?;
        Ok(StartPasskeyRegistrationOutput {
            device_name: self.device_name,
            creation_options: passkey::options(&challenge)?.into(),
        })
    }
}

impl Execute for FinishPasskeyRegistration {
    const PREPARES: bool = true;

    /// Takes the challenge away from the session, committed before the answer is looked at: a wrong one uses it up, too.
    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let Preparation { cloud, caller, request, .. } = *preparation;
        let session = caller.session.clone().ok_or(ApiError::SignedOut)?;
        let mut tx = Tx::begin(cloud, caller, request, Prepared::default(), false).await?;
        target(&mut tx, self.user_name.as_deref(), None).await?;
        let user = whose(&mut tx, self.user_name.as_deref())?;
        let (account, id) = (tx.account().clone(), user_id(user.as_ref()).map(str::to_owned));
        let purpose = passkey::Purpose { ceremony: CEREMONY, account: account.as_str(), user_id: id.as_deref() };
        let state = passkey::held(tx.conn(), cloud, &session, &purpose, passkey::Then::Gone).await?;
        tx.conn.commit().await?;
        preparation.prepared.registration = state.map(|state| (state, id));
        Ok(())
    }

    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(target(tx, self.user_name.as_deref(), None).await?.asking(ENABLE))
    }

    async fn run(self, tx: &mut Tx) -> Result<FinishPasskeyRegistrationOutput> {
        let user = whose(tx, self.user_name.as_deref())?;
        let account = tx.account().clone();
        let (cloud, now, user_id) = (tx.cloud.clone(), tx.now(), user_id(user.as_ref()));
        let state = match tx.prepared.registration.take() {
            Some((state, of)) if of.as_deref() == user_id => state,
            _ => {
                let message = "The challenge has expired or was answered before. Try again.".into();
                return Err(ApiError::InvalidCode { message }.into());
            }
        };
        let answer: RegisterPublicKeyCredential = serde_json::from_str(self.credential.expose()).map_err(refused)?;
        let key = passkey::relying_party(&cloud)?.finish_securitykey_registration(&answer, &state).map_err(refused)?;
        let random: [u8; SUFFIX] = tx.random();
        let suffix: String = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        let name = format!("{}-{suffix}", self.device_name);
        let of = user.as_ref().map(|user| user.name.as_str());
        let serial_number = Arn::u2f(account.as_str(), of, &name).to_string();
        let credential = serde_json::to_value(&key).map_err(anyhow::Error::from)?;
        limits::mfa_devices(tx.conn(), account.as_str(), user_id, 1).await?;
        sqlx::query!(
            "insert into mfa_device (account_id, serial_key, serial_number, path, name, kind, credential, credential_id,
                                     created_at, enabled_at, user_id)
             values ($1, $2, $3, '/', $4, 'PASSKEY', $5, $6, $7, $7, $8)",
            account.as_str(),
            serial_number.to_lowercase(),
            serial_number,
            name,
            credential,
            BASE64_URL_SAFE_NO_PAD.encode(key.cred_id()),
            now.0,
            user_id
        )
        .execute(tx.conn())
        .await
        .on_constraint("mfa_device_credential_unique", || ApiError::taken(Kind::MfaDevice, &serial_number))?;
        notices::mfa_added(tx, user.as_ref(), &serial_number).await?;
        Ok(FinishPasskeyRegistrationOutput { serial_number })
    }
}
