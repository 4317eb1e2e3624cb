//! The browser's cookies: its session, the account it remembers, the proof that it signed in before.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, header};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use cloud::{Cloud, SessionHash, SessionStore};
use model::ApiError;
use tower_sessions::{Expiry, Session, session::Id};

use crate::{
    layout::{THEME_COOKIE, Theme},
    ui::Flash,
};

/// How long a sign-in lasts, whatever happens (AWS: twelve hours).
const LIFETIME_SECONDS: i64 = 12 * 3600;
const SESSION: &str = "understudy";
const REMEMBERED: &str = "understudy-account";
const DEVICE: &str = "understudy-device";
const FLASH: &str = "understudy-flash";
/// How long a message waits for the page that shows it.
const FLASH_SECONDS: i64 = 60;

/// What a browser sent of itself.
#[derive(Clone)]
pub(super) struct Browser {
    store: Arc<SessionStore>,
    id: Option<Id>,
    /// The account of the IAM sign-in form.
    pub remembered_account: Option<String>,
    /// The theme chosen in this browser.
    pub theme: Option<String>,
    /// Proof of an earlier sign-in.
    pub device: Option<String>,
    /// What the next page is to say.
    pub flash: Option<Flash>,
    /// Whether the console is reached over TLS.
    secure: bool,
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then_some(value)
        })
}

impl Browser {
    pub(super) fn read(cloud: &Cloud, headers: &HeaderMap) -> Self {
        let secure = cloud.settings().public_url.starts_with("https://");
        Self {
            store: Arc::new(SessionStore::new(cloud.clone())),
            id: cookie(headers, &own(SESSION, secure)).and_then(|id| id.parse().ok()),
            remembered_account: cookie(headers, &own(REMEMBERED, secure)).filter(|text| plain(text)).map(str::to_owned),
            theme: cookie(headers, THEME_COOKIE).filter(|text| plain(text)).map(str::to_owned),
            device: cookie(headers, &own(DEVICE, secure)).filter(|text| text.len() <= 1024).map(str::to_owned),
            flash: cookie(headers, &own(FLASH, secure)).and_then(|text| {
                let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
                serde_json::from_slice(&bytes).ok()
            }),
            secure,
        }
    }

    /// The hash under which the session is known, if the browser has one.
    pub(super) fn session(&self) -> Option<SessionHash> {
        self.id.as_ref().map(SessionHash::of)
    }

    /// A new session with an id of its own, saved before anybody is bound to it: what came in the cookie is never
    /// used for a sign-in, so that nobody can plant a session.
    pub(super) async fn fresh(&mut self) -> Result<SessionHash, ApiError> {
        let expiry = Expiry::OnInactivity(tower_sessions::cookie::time::Duration::seconds(LIFETIME_SECONDS));
        let session = Session::new(None, self.store.clone(), Some(expiry));
        let saved = async {
            session.insert("browser", true).await?;
            session.save().await
        };
        saved.await.map_err(|error| {
            tracing::error!(%error, "a session could not be saved");
            ApiError::Unavailable
        })?;
        self.id = session.id();
        self.session().ok_or(ApiError::Unavailable)
    }

    /// Ends a session on the server.
    pub(super) async fn end(&self, old: Option<Id>) {
        if let Some(id) = old {
            let session = Session::new(Some(id), self.store.clone(), None);
            if let Err(error) = session.delete().await {
                tracing::error!(%error, "an old session could not be deleted");
            }
        }
    }

    pub(super) fn id(&self) -> Option<Id> {
        self.id
    }

    /// Takes back the session that the browser came with.
    pub(super) fn restore(&mut self, id: Option<Id>) {
        self.id = id;
    }

    /// The header that gives the browser its session.
    pub(super) fn set_session(&self) -> Option<HeaderValue> {
        let id = self.id?;
        self.set(SESSION, &id.to_string(), LIFETIME_SECONDS)
    }

    /// The header that takes it away.
    pub(super) fn clear_session(&self) -> Option<HeaderValue> {
        self.set(SESSION, "", 0)
    }

    /// The header that remembers an account, or forgets it.
    pub(super) fn set_remembered(&self, account: Option<&str>) -> Option<HeaderValue> {
        match account.filter(|text| plain(text)) {
            Some(account) => self.set(REMEMBERED, account, 365 * 86_400),
            None => self.set(REMEMBERED, "", 0),
        }
    }

    /// The header that remembers a theme. Scripts read it too: it is no secret.
    pub(super) fn set_theme(&self, theme: Theme) -> Option<HeaderValue> {
        let word = theme.word();
        HeaderValue::from_str(&format!("{THEME_COOKIE}={word}; Path=/; SameSite=Lax; Max-Age=31536000")).ok()
    }

    /// The header that hands a message to the next page.
    pub(super) fn set_flash(&self, flash: &Flash) -> Option<HeaderValue> {
        let text = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(flash).ok()?);
        self.set(FLASH, &text, FLASH_SECONDS)
    }

    /// The header that takes the message away, once it was shown.
    pub(super) fn clear_flash(&self) -> Option<HeaderValue> {
        self.set(FLASH, "", 0)
    }

    /// The header that marks this browser as one that has signed in.
    pub(super) fn set_device(&self, token: &str) -> Option<HeaderValue> {
        self.set(DEVICE, token, 180 * 86_400)
    }

    fn set(&self, name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let name = own(name, self.secure);
        HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"))
            .ok()
    }
}

/// A cookie's name. Over TLS no other host of the same domain can set one with this prefix.
fn own(name: &str, secure: bool) -> String {
    format!("{}{name}", if secure { "__Host-" } else { "" })
}

fn plain(text: &str) -> bool {
    !text.is_empty() && text.len() <= 63 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
