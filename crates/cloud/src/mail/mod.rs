//! The mails we write, and how they read: our name in every head, the same last line in every body.
//!
//! Links are made from the installation's public URL alone; no request's host reaches a mail.

mod budget_alert;
mod credentials;
mod free_tier_alert;
mod letter;
mod own;
#[cfg(test)]
mod tests;
mod topic;

use std::time::Duration;

use model::id::AccountId;

use crate::Settings;
pub(crate) use budget_alert::BudgetAlert;
pub(crate) use free_tier_alert::FreeTierAlert;
use letter::{Letter, Part};
pub(crate) use topic::{Confirmation, TopicMessage};

/// Our name as mails bear it.
pub(crate) const NAME: &str = "Understudy";

/// A mail to be written.
#[derive(Clone, Debug)]
pub(crate) enum Message<'a> {
    /// The code that proves a sign-up's address.
    VerifyEmail {
        /// Six digits.
        code: &'a str,
    },
    /// To the owner of an address that somebody tried to sign up with.
    AddressInUse,
    /// The account is active.
    Welcome {
        /// The account.
        account: &'a AccountId,
        /// Its name, as its owner chose it.
        name: &'a str,
    },
    /// A budget's actual cost has passed a threshold.
    BudgetAlert(BudgetAlert<'a>),
    /// A free quantity is nearly used up.
    FreeTierAlert(FreeTierAlert<'a>),
    /// Whether an address's owner wants a topic's messages.
    ConfirmSubscription(Confirmation<'a>),
    /// A topic's message.
    TopicMessage(TopicMessage<'a>),
    /// Somebody of the account has one MFA device more.
    MfaActivated {
        /// The account.
        account: &'a AccountId,
        /// Whose it is: a user's name; root's without one.
        user: Option<&'a str>,
        /// The device's.
        serial_number: &'a str,
    },
    /// An MFA device was deactivated.
    MfaDeactivated {
        /// The account.
        account: &'a AccountId,
        /// Whose it was: a user's name; root's without one.
        user: Option<&'a str>,
        /// The device's.
        serial_number: &'a str,
        /// Whether the operator did it, for an owner who has lost it.
        by_operator: bool,
    },
    /// The root user has a new access key.
    RootKeyCreated {
        /// The account.
        account: &'a AccountId,
        /// The key's.
        access_key_id: &'a str,
    },
    /// The way to a new root password.
    ResetPassword {
        /// What the link carries.
        token: &'a str,
    },
    /// The root user's password was changed.
    PasswordChanged {
        /// The account.
        account: &'a AccountId,
    },
    /// The code that confirms a root user's new address.
    ConfirmEmail {
        /// Six digits.
        code: &'a str,
    },
    /// To the owner of an address that another account's root user wanted.
    AddressWanted,
    /// To the former address of a root user, and to the new one.
    EmailChanged {
        /// The account.
        account: &'a AccountId,
        /// The address from now on.
        email: &'a str,
    },
    /// To whoever runs the installation, who asked for it.
    Test,
    /// The code that the simulated telephone shows or says.
    PhoneCode {
        /// Four digits.
        code: &'a str,
        /// Whether it is a call rather than a text message.
        voice: bool,
    },
}

/// A rendered mail.
#[derive(Debug)]
pub(crate) struct Rendered {
    /// The subject, one line.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part; a telephone has none.
    pub html: Option<String>,
    /// The page that ends the subscription that the mail is of.
    pub unsubscribe: Option<String>,
}

impl Message<'_> {
    /// Whether whoever reads it can do what only its recipient should.
    pub(crate) fn is_secret(&self) -> bool {
        matches!(
            self,
            Self::VerifyEmail { .. }
                | Self::PhoneCode { .. }
                | Self::ResetPassword { .. }
                | Self::ConfirmEmail { .. }
                | Self::ConfirmSubscription(_)
        )
    }

    /// How long it is worth sending: as long as the code or the link in it is good, else four days.
    pub(crate) fn good_for(&self) -> Duration {
        const MINUTE: u64 = 60;
        Duration::from_secs(match self {
            Self::VerifyEmail { .. } | Self::ConfirmEmail { .. } | Self::PhoneCode { .. } => 10 * MINUTE,
            Self::ResetPassword { .. } => 60 * MINUTE,
            Self::ConfirmSubscription(_) => 3 * 24 * 60 * MINUTE,
            _ => 4 * 24 * 60 * MINUTE,
        })
    }

    /// Whether it goes to the simulated telephone.
    pub(crate) fn is_phone(&self) -> bool {
        matches!(self, Self::PhoneCode { .. })
    }

    /// Whether it is text alone: a telephone shows no other, and a topic's message is shown as it was written.
    fn is_plain(&self) -> bool {
        match self {
            Self::PhoneCode { .. } | Self::TopicMessage(_) => true,
            Self::ConfirmSubscription(confirmation) => confirmation.json,
            _ => false,
        }
    }

    /// Subject, text and HTML.
    pub(crate) fn render(&self, settings: &Settings) -> Rendered {
        let letter = self.letter(settings);
        Rendered {
            subject: one_line(&letter.subject),
            text: letter.text(settings),
            html: (!self.is_plain()).then(|| letter.html(settings)),
            // A budget's alerts go to whom its owner names and are ended there, as AWS's are.
            unsubscribe: match self {
                Self::TopicMessage(message) => Some(message.link.clone()),
                _ => None,
            },
        }
    }

    fn letter(&self, settings: &Settings) -> Letter {
        let url = &settings.public_url;
        match self {
            Self::VerifyEmail { code } => Letter {
                subject: "Understudy: verify your email address".into(),
                greeting: "Hello,".into(),
                parts: vec![
                    Part::text(
                        "Thank you for starting a new Understudy account. Enter this code where you are signing up:",
                    ),
                    Part::Code((*code).into()),
                    Part::text("The code is good for 10 minutes."),
                    Part::text("If you did not start a sign-up, do nothing: without the code no account is made."),
                ],
            },
            Self::AddressInUse => Letter {
                subject: "Understudy: a sign-up with your email address".into(),
                greeting: "Hello,".into(),
                parts: vec![
                    Part::text(
                        "Somebody tried to sign up for a new account with this email address, which is already the root user's address of an account of yours. Nothing was changed, and they were not told.",
                    ),
                    Part::text("If it was you, sign in to your account instead:"),
                    Part::Link(format!("{url}/signin")),
                    Part::text("If it was not you, there is nothing to do."),
                ],
            },
            Self::Welcome { account, name } => Letter {
                subject: "Welcome to Understudy".into(),
                greeting: "Hello,".into(),
                parts: vec![
                    Part::text(
                        "Your Understudy account is ready. Keep its root user for what only root can do, and create an IAM user for everyday work.",
                    ),
                    Part::Facts(vec![("Account name".into(), (*name).into()), ("Account ID".into(), account.dashed())]),
                    Part::text("Sign in as the root user with this email address:"),
                    Part::Link(format!("{url}/signin")),
                    Part::text("Your IAM users sign in here:"),
                    Part::Link(format!("{url}/signin/{account}/console")),
                ],
            },
            Self::BudgetAlert(alert) => alert.letter(url),
            Self::FreeTierAlert(alert) => alert.letter(url),
            Self::ConfirmSubscription(confirmation) => confirmation.letter(),
            Self::TopicMessage(message) => message.letter(),
            Self::MfaActivated { account, user, serial_number } => {
                credentials::mfa_activated(url, account, *user, serial_number)
            }
            Self::MfaDeactivated { account, user, serial_number, by_operator } => {
                credentials::mfa_deactivated(url, account, *user, serial_number, *by_operator)
            }
            Self::RootKeyCreated { account, access_key_id } => {
                credentials::root_key_created(url, account, access_key_id)
            }
            Self::ResetPassword { token } => own::reset_password(url, token),
            Self::PasswordChanged { account } => own::password_changed(url, account),
            Self::ConfirmEmail { code } => own::confirm_email(code),
            Self::AddressWanted => own::address_wanted(url),
            Self::EmailChanged { account, email } => own::email_changed(url, account, email),
            Self::Test => own::test(url),
            Self::PhoneCode { code, voice } => Letter {
                subject: if *voice { "Voice call from Understudy" } else { "Text message from Understudy" }.into(),
                greeting: if *voice { "The voice says:" } else { "Understudy:" }.into(),
                parts: vec![
                    Part::text("Your verification code is"),
                    Part::Code((*code).into()),
                    Part::text("It is good for 10 minutes."),
                ],
            },
        }
    }
}

/// A text without line breaks or other control characters: nothing in it can begin a header of its own.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
