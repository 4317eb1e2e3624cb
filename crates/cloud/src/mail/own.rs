//! Letters to a root user about its own address and password, and to whoever runs the installation.

use model::id::AccountId;

use super::letter::{Letter, Part};

pub(super) fn reset_password(url: &str, token: &str) -> Letter {
    Letter {
        subject: "Understudy Password Assistance".into(),
        greeting: "Hello,".into(),
        parts: vec![
            Part::text(
                "Somebody asked for a new password for the root user of the Understudy account with this email address. If it was you, choose it here:",
            ),
            Part::Link(format!("{url}/signin/reset-password?token={token}")),
            Part::text("The link is good once, and for one hour."),
            Part::text("If it was not you, do nothing: without the link your password stays as it is."),
        ],
    }
}

pub(super) fn password_changed(url: &str, account: &AccountId) -> Letter {
    Letter {
        subject: "Understudy Password Updated".into(),
        greeting: "Hello,".into(),
        parts: vec![
            Part::text(
                "The password of the root user of your Understudy account was changed. Its other console sessions have ended.",
            ),
            Part::Facts(vec![("Account ID".into(), account.dashed())]),
            Part::text("If it was not you, choose a new password at once:"),
            Part::Link(format!("{url}/signin/forgot-password")),
        ],
    }
}

pub(super) fn confirm_email(code: &str) -> Letter {
    Letter {
        subject: "Understudy: confirm your new email address".into(),
        greeting: "Hello,".into(),
        parts: vec![
            Part::text(
                "This address is to become the root user's address of an Understudy account. Enter this code on the account's page:",
            ),
            Part::Code(code.into()),
            Part::text("The code is good for 10 minutes."),
            Part::text("If you did not ask for it, do nothing: without the code nothing is changed."),
        ],
    }
}

pub(super) fn address_wanted(url: &str) -> Letter {
    Letter {
        subject: "Understudy: your email address was asked for".into(),
        greeting: "Hello,".into(),
        parts: vec![
            Part::text(
                "The root user of another account wanted to take this email address, which is your account's root user's. Nothing was changed, and they were not told.",
            ),
            Part::text("If it was you, sign in to the account that has the address:"),
            Part::Link(format!("{url}/signin")),
            Part::text("If it was not you, there is nothing to do."),
        ],
    }
}

pub(super) fn email_changed(url: &str, account: &AccountId, email: &str) -> Letter {
    Letter {
        subject: "Your Understudy account email address was changed".into(),
        greeting: "Hello,".into(),
        parts: vec![
            Part::text("The root user of your Understudy account signs in with another email address from now on."),
            Part::Facts(vec![("Account ID".into(), account.dashed()), ("New email address".into(), email.to_owned())]),
            Part::text("If it was not you, tell whoever runs this installation. The sign-in page is here:"),
            Part::Link(format!("{url}/signin")),
        ],
    }
}

pub(super) fn test(url: &str) -> Letter {
    Letter {
        subject: "Understudy: test mail".into(),
        greeting: "Hello,".into(),
        parts: vec![
            Part::text(
                "Whoever runs this practice console asked it for a mail, to see whether its mail arrives. It does.",
            ),
            Part::text("The console is here:"),
            Part::Link(url.to_owned()),
        ],
    }
}
