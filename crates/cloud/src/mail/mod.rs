//! The mails we write, and how they read: our name in every head, the same last line in every body.
//!
//! Links are made from the installation's public URL alone; no request's host reaches a mail.

mod budget_alert;
mod credentials;
mod letter;
mod own;
mod topic;

use model::id::AccountId;

use crate::Settings;
pub(crate) use budget_alert::BudgetAlert;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Rendered> {
        let account = AccountId("012345678901".into());
        let topic = "arn:aws:sns:us-east-1:012345678901:Alarms".parse().expect("an ARN");
        let settings = Settings { public_url: "https://class.example:8443".into(), ..Settings::default() };
        [
            Message::VerifyEmail { code: "123456" },
            Message::AddressInUse,
            Message::Welcome { account: &account, name: "<script>alert(1)</script> & \"Co\"" },
            Message::BudgetAlert(BudgetAlert::example(&account)),
            Message::ConfirmSubscription(Confirmation::example(&topic)),
            Message::TopicMessage(TopicMessage {
                subject: None,
                body: "<script>alert(1)</script>",
                link: "https://class.example:8443/subscription/unsubscribe".into(),
                json: false,
            }),
            Message::MfaActivated {
                account: &account,
                user: Some("<script>"),
                serial_number: "arn:aws:iam::012345678901:mfa/phone",
            },
            Message::MfaDeactivated {
                account: &account,
                user: None,
                serial_number: "arn:aws:iam::012345678901:mfa/phone",
                by_operator: false,
            },
            Message::RootKeyCreated { account: &account, access_key_id: "AKIAEXAMPLEEXAMPLE22" },
            Message::ResetPassword { token: "token" },
            Message::PasswordChanged { account: &account },
            Message::ConfirmEmail { code: "123456" },
            Message::AddressWanted,
            Message::EmailChanged { account: &account, email: "<b>@example.com" },
            Message::PhoneCode { code: "1234", voice: true },
        ]
        .iter()
        .map(|message| message.render(&settings))
        .collect()
    }

    #[test]
    fn every_mail_bears_our_name_and_the_last_line() {
        let last = "Sent by a practice console at class.example:8443; no real account, no real cost.";
        for mail in all() {
            let html = mail.html.clone().unwrap_or_default();
            assert!(mail.subject.contains(NAME), "{mail:?}");
            assert_eq!(mail.text.lines().last(), Some(last));
            assert!(html.is_empty() || html.contains(last), "{html}");
            for theirs in ["AWS", "Amazon"] {
                assert!(!format!("{mail:?}").contains(theirs), "{mail:?}");
            }
        }
    }

    #[test]
    fn links_come_from_the_public_url_and_names_are_escaped() {
        for mail in all() {
            for link in mail.text.split_whitespace().filter(|word| word.contains("://")) {
                assert!(link.starts_with("https://class.example:8443/"), "{link}");
            }
            let html = mail.html.unwrap_or_default();
            assert!(!html.contains("<script") && !html.contains("\"Co\""), "{html}");
        }
    }

    #[test]
    fn no_control_character_survives_in_a_subject() {
        assert_eq!(one_line("a\r\nBcc: x@y.z\0"), "aBcc: x@y.z");
    }
}
