//! The device cookie: a browser that has signed in as somebody proves it, and its tries are counted apart from
//! those of strangers. So a stranger's flood cannot keep an owner out, and nobody needs to be locked
//! (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{id::AccountId, signin::SignInOutput};
use rand::RngExt as _;
use subtle::ConstantTimeEq as _;

use crate::{
    Cloud, Request,
    throttle::{Budget, DEVICE, STRANGER},
};

const NONCE: usize = 16;
const TOKEN: usize = NONCE + 32;
/// How many principals one browser remembers: who shares a machine keeps the newest.
const KEPT: usize = 8;

/// How tokens and counters name an account's root, or one of its users whatever the case of the name.
pub(super) fn holder(account: &str, user_name: Option<&str>) -> String {
    match user_name {
        Some(name) => format!("{account}/{}", name.to_lowercase()),
        None => account.to_owned(),
    }
}

impl Cloud {
    /// The value of the device cookie after a sign-in, to be handed back in [`Request::device`]. `known` is the
    /// browser's value so far: its proofs for other principals are kept.
    pub fn device_token(&self, signed_in: &SignInOutput, known: Option<&str>) -> String {
        let user = match signed_in.arn.rsplit_once(":user/") {
            Some((_, path_and_name)) => path_and_name.rsplit('/').next(),
            None => None,
        };
        let holder = holder(&signed_in.account_id, user);
        let nonce: [u8; NONCE] = rand::rng().random();
        let fresh = BASE64_URL_SAFE_NO_PAD.encode([nonce.as_slice(), &self.proof(&holder, &nonce)].concat());
        let others =
            tokens(known).filter(|token| !self.proves(token, &holder)).map(|t| BASE64_URL_SAFE_NO_PAD.encode(t));
        std::iter::once(fresh).chain(others).take(KEPT).collect::<Vec<_>>().join(".")
    }

    fn proof(&self, holder: &str, nonce: &[u8]) -> [u8; 32] {
        self.sealer().mac("device", &format!("{}|{holder}", BASE64_URL_SAFE_NO_PAD.encode(nonce)))
    }

    fn proves(&self, token: &[u8; TOKEN], holder: &str) -> bool {
        let (nonce, proof) = token.split_at(NONCE);
        self.proof(holder, nonce).ct_eq(proof).into()
    }

    /// The counter of an account's root user, as [`Cloud::tries_of`] gives it.
    pub(crate) fn tries_of_root(&self, request: &Request, account: &AccountId) -> (String, Budget) {
        self.tries_of(request, &holder(account.as_str(), None))
    }

    /// The counter that a try for `holder` is taken from. Its key tells nothing: people type passwords into the
    /// field of the name.
    pub(super) fn tries_of(&self, request: &Request, holder: &str) -> (String, Budget) {
        let key = |kind: &str, text: &str| {
            format!("{kind}:{}", BASE64_URL_SAFE_NO_PAD.encode(self.sealer().mac("tries", text)))
        };
        match tokens(request.device.as_deref()).find(|token| self.proves(token, holder)) {
            Some(token) => (key("device", &BASE64_URL_SAFE_NO_PAD.encode(token)), DEVICE),
            None => (key("user", holder), STRANGER),
        }
    }
}

/// The well-formed tokens of a cookie.
fn tokens(cookie: Option<&str>) -> impl Iterator<Item = [u8; TOKEN]> {
    cookie
        .unwrap_or_default()
        .split('.')
        .take(KEPT)
        .filter_map(|token| BASE64_URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok())
}
