//! Letters to an account's owner about MFA devices and root's access keys.

use model::id::AccountId;

use super::letter::{Letter, Part};

/// Whose device it is, in the middle of a sentence.
fn whose(user: Option<&str>) -> String {
    user.map_or_else(|| "the root user".to_owned(), |name| format!("the IAM user {name}"))
}

/// A device's own name. Ours stands where its ARN would say another's.
fn device(serial_number: &str) -> String {
    serial_number.rsplit('/').next().unwrap_or_default().to_owned()
}

/// What to do if it was a stranger, and where.
fn if_not_you(url: &str, user: Option<&str>) -> [Part; 2] {
    match user {
        None => [
            Part::text("If it was not you, sign in now, change your password and look through your MFA devices:"),
            Part::Link(format!("{url}/iam/security_credentials")),
        ],
        Some(_) => [
            Part::text(
                "If nobody of yours did it, look at the user's security credentials, and at who did what in your account:",
            ),
            Part::Link(format!("{url}/cloudtrail/events")),
        ],
    }
}

pub(super) fn mfa_activated(url: &str, account: &AccountId, user: Option<&str>, serial_number: &str) -> Letter {
    let text = format!(
        "An MFA device was assigned to {} of your Understudy account: it can be asked for at sign-in from now on.",
        whose(user)
    );
    let facts = vec![("Account ID".into(), account.dashed()), ("MFA device".into(), device(serial_number))];
    let [question, link] = if_not_you(url, user);
    Letter {
        subject: "Understudy: MFA device activated".into(),
        greeting: "Hello,".into(),
        parts: vec![Part::Text(text), Part::Facts(facts), question, link],
    }
}

pub(super) fn mfa_deactivated(
    url: &str,
    account: &AccountId,
    user: Option<&str>,
    serial_number: &str,
    by_operator: bool,
) -> Letter {
    let text = format!(
        "Multi-factor authentication was deactivated for {} of your Understudy account: this device is no longer asked for at sign-in.",
        whose(user)
    );
    let by = if by_operator { "the operator of this installation" } else { "the account" };
    let facts = vec![
        ("Account ID".into(), account.dashed()),
        ("MFA device".into(), device(serial_number)),
        ("Deactivated by".into(), by.into()),
    ];
    let [question, link] = if_not_you(url, user);
    Letter {
        subject: "Understudy: MFA device deactivated".into(),
        greeting: "Hello,".into(),
        parts: vec![Part::Text(text), Part::Facts(facts), question, link],
    }
}

pub(super) fn root_key_created(url: &str, account: &AccountId, access_key_id: &str) -> Letter {
    Letter {
        subject: "Understudy: root access key created".into(),
        greeting: "Hello,".into(),
        parts: vec![
            Part::text(
                "An access key was created for the root user of your Understudy account. Whoever has its secret may do everything in the account, without a password and without an MFA device.",
            ),
            Part::Facts(vec![
                ("Account ID".into(), account.dashed()),
                ("Access key ID".into(), access_key_id.to_owned()),
            ]),
            Part::text("If it was not you, delete the key at once and change your password:"),
            Part::Link(format!("{url}/iam/security_credentials")),
        ],
    }
}
