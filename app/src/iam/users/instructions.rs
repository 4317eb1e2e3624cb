//! The draft of the mail that tells a new user how to sign in. It never holds the password.

use crate::{call::encode, layout::NAME};

/// What the mail says.
#[derive(Clone, Debug)]
pub struct Instructions<'a> {
    /// Twelve digits; only the last four are told.
    pub account_id: &'a str,
    /// The user's name.
    pub user_name: &'a str,
    /// Where they sign in.
    pub signin_url: &'a str,
    /// Whether they must choose another password at the first sign-in.
    pub reset: bool,
    /// The host of this console.
    pub host: &'a str,
}

impl Instructions<'_> {
    /// The mail's subject.
    pub fn subject() -> String {
        format!("Welcome to {NAME}")
    }

    /// The mail's text.
    pub fn body(&self) -> String {
        let ending = &self.account_id[self.account_id.len().saturating_sub(4)..];
        let reset =
            if self.reset { " When you sign in for the first time, you must change your password." } else { "" };
        format!(
            "Hello,\n\n\
             You now have access to the {NAME} Management Console for the account ID ending in {ending}. \
             You can get started by using the sign-in information provided below.\n\n\
             -------------------------------------------------\n\n\
             Sign-in URL: {}\n\
             User name: {}\n\n\
             Your initial sign-in password will be provided separately from this email.{reset}\n\n\
             -------------------------------------------------\n\n\
             Sincerely,\n\
             Your account administrator\n\n\
             Sent by a practice console at {}; no real account, no real cost.",
            self.signin_url, self.user_name, self.host
        )
    }

    /// The address that opens the draft in the mail program (RFC 6068): the recipient is left to the administrator.
    pub fn mailto(&self) -> String {
        // RFC 6068 wants line breaks as %0D%0A.
        let body = self.body().replace('\n', "\r\n");
        format!("mailto:?subject={}&body={}", encode(&Self::subject()), encode(&body))
    }
}
