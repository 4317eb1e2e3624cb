//! Passkeys and security keys (WebAuthn): our part as the relying party, and a challenge that one session may answer
//! once.
//!
//! The library's "security key" ceremonies are the right ones for a second factor: they prefer that the authenticator
//! verifies its user but take a key that only feels a touch, and they register no discoverable credential.

use std::time::Duration;

use model::ApiError;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::PgConnection;
use url::Url;
use uuid::Uuid;
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::{
    Cloud, SessionHash, Settings,
    error::Result,
    mail::NAME,
    seal::{Row, data_keys},
};

/// How long a challenge may be answered, in seconds: five minutes, as WebAuthn recommends.
pub(crate) const SECONDS: u64 = 300;

impl Settings {
    /// Why browsers cannot use passkeys on this installation; nothing if they can. They want a secure context (https,
    /// or this machine itself) and a name: an IP address cannot be what a passkey is registered for.
    pub fn passkeys_refused(&self) -> Option<&'static str> {
        let Ok(url) = Url::parse(&self.public_url) else { return Some("This console has no web address.") };
        let Some(host) = url.domain() else {
            return Some("This console is reached by an IP address; a passkey needs a host name.");
        };
        let local = host == "localhost" || host.ends_with(".localhost");
        (url.scheme() != "https" && !local).then_some("This console is reached over plain http; a passkey needs https.")
    }
}

/// Us, as authenticators know us: the host name and origin of the public URL.
///
/// # Errors
/// [`ApiError::Invalid`] with the reason where browsers cannot use passkeys here.
pub(crate) fn relying_party(cloud: &Cloud) -> Result<Webauthn> {
    let settings = cloud.settings();
    if let Some(reason) = settings.passkeys_refused() {
        return Err(ApiError::Invalid { message: reason.to_owned() }.into());
    }
    let origin = Url::parse(&settings.public_url).map_err(anyhow::Error::from)?;
    let host = origin.domain().unwrap_or_default().to_owned();
    let built = WebauthnBuilder::new(&host, &origin)
        .and_then(|builder| builder.rp_name(NAME).timeout(Duration::from_secs(SECONDS)).build());
    Ok(built.map_err(|error| anyhow::anyhow!("the relying party {host}: {error}"))?)
}

/// The handle by which authenticators know a principal: it tells nobody whose it is.
pub(crate) fn handle(cloud: &Cloud, account: &str, user_id: Option<&str>) -> Uuid {
    let mac = cloud.sealer().mac("passkey", &format!("{account}|{}", user_id.unwrap_or("root")));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&mac[..16]);
    Uuid::from_bytes(bytes)
}

/// What browsers are handed. The library's hint for keys to plug in goes: a passkey of the device itself will do. So do
/// its extensions, of which it insists on none: a key that only feels a touch would be told to want a PIN at sign-in.
pub(crate) fn options(challenge: &impl Serialize) -> Result<String> {
    let mut options = serde_json::to_value(challenge).map_err(anyhow::Error::from)?;
    if let Some(options) = options.get_mut("publicKey").and_then(serde_json::Value::as_object_mut) {
        options.remove("hints");
        options.remove("extensions");
    }
    Ok(options["publicKey"].to_string())
}

/// Which challenge: one for a registration does not sign in, and one for a principal is not another's.
pub(crate) struct Purpose<'a> {
    /// What the answer does.
    pub ceremony: &'static str,
    /// The account.
    pub account: &'a str,
    /// The user, or root.
    pub user_id: Option<&'a str>,
}

impl Purpose<'_> {
    /// Where the state lies sealed.
    fn place(&self, session: &SessionHash) -> String {
        let hash: String = session.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}|{}|{hash}", self.ceremony, self.user_id.unwrap_or("root"))
    }
}

/// Keeps what the session's challenge must be answered with, for so long; the one before it can be answered no longer.
/// `data_key` is the account's, as the statement before has read it.
///
/// # Errors
/// [`ApiError::SignedOut`] if the session is gone.
pub(crate) async fn keep(
    conn: &mut PgConnection,
    cloud: &Cloud,
    session: &SessionHash,
    purpose: &Purpose<'_>,
    data_key: Option<Vec<u8>>,
    state: &impl Serialize,
    seconds: f64,
) -> Result<()> {
    let state = serde_json::to_vec(state).map_err(anyhow::Error::from)?;
    let place = purpose.place(session);
    let row = Row { table: "session", account: purpose.account, row: &place };
    let data_key = match data_key {
        Some(known) => known,
        None => data_keys::of(&mut *conn, cloud.sealer(), purpose.account).await?.ok_or(ApiError::SignedOut)?,
    };
    let sealed = cloud.sealer().seal_for(&row, &data_key, &state)?;
    let kept = sqlx::query!(
        "update session set passkey_state = $2, passkey_until = now() + make_interval(secs => $3)
         where id_hash = $1 and expires_at > now()",
        session.as_bytes(),
        sealed,
        seconds
    )
    .execute(conn)
    .await?;
    if kept.rows_affected() == 1 { Ok(()) } else { Err(ApiError::SignedOut.into()) }
}

/// What becomes of a session's state once it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// It is taken away: a challenge serves once.
    Gone,
    /// It is left where it is, and nothing is written.
    Left,
}

/// A session's state as it lies sealed, and what opens it.
struct Held {
    state: Option<Vec<u8>>,
    data_key: Option<Vec<u8>>,
}

/// The state that the session keeps. None if there is none, it is too old, or it was made for another purpose.
pub(crate) async fn held<S: DeserializeOwned>(
    conn: &mut PgConnection,
    cloud: &Cloud,
    session: &SessionHash,
    purpose: &Purpose<'_>,
    then: Then,
) -> Result<Option<S>> {
    let row = match then {
        Then::Gone => {
            let taken = sqlx::query_as!(
                Held,
                r#"with held as (
                       select id_hash, passkey_state, passkey_until > now() as fresh from session
                       where id_hash = $1 and expires_at > now() for update)
                   update session s set passkey_state = null, passkey_until = null
                   from held where s.id_hash = held.id_hash and held.fresh
                   returning held.passkey_state as "state?",
                             (select key_sealed from data_key where account_id = $2) as "data_key?""#,
                session.as_bytes(),
                purpose.account
            );
            taken.fetch_optional(conn).await?
        }
        Then::Left => {
            let seen = sqlx::query_as!(
                Held,
                r#"select passkey_state as "state?", (select key_sealed from data_key where account_id = $2) as "data_key?"
                   from session where id_hash = $1 and expires_at > now() and passkey_until > now()"#,
                session.as_bytes(),
                purpose.account
            );
            seen.fetch_optional(conn).await?
        }
    };
    Ok(row.and_then(|row| opened(cloud, session, purpose, row.data_key.as_deref(), &row.state?)))
}

fn opened<S: DeserializeOwned>(
    cloud: &Cloud,
    session: &SessionHash,
    purpose: &Purpose<'_>,
    data_key: Option<&[u8]>,
    sealed: &[u8],
) -> Option<S> {
    let place = purpose.place(session);
    let row = Row { table: "session", account: purpose.account, row: &place };
    let opened = cloud.sealer().open_for(&row, data_key, sealed);
    opened.ok().and_then(|state| serde_json::from_slice(&state).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_a_name_and_a_secure_context() {
        let refused = |url: &str| Settings { public_url: url.into(), ..Settings::default() }.passkeys_refused();
        for good in ["http://localhost:3000", "https://class.example", "https://class.example:8443"] {
            assert_eq!(refused(good), None, "{good}");
        }
        for (bad, why) in [
            ("http://127.0.0.1:3000", "IP address"),
            ("https://192.0.2.7", "IP address"),
            ("https://[::1]", "IP address"),
            ("http://class.example", "plain http"),
        ] {
            assert!(refused(bad).is_some_and(|reason| reason.contains(why)), "{bad}");
        }
    }
}
