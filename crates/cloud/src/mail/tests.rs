//! Every mail as it reads, against what was read and found good.

use std::{fs, path::PathBuf};

use super::*;

fn settings() -> Settings {
    Settings { public_url: "https://class.example:8443".into(), ..Settings::default() }
}

/// Every mail, by the name of its snapshots.
fn each(check: impl Fn(&str, &Message<'_>)) {
    let account = AccountId("012345678901".into());
    let topic = "arn:aws:sns:us-east-1:012345678901:Alarms".parse().expect("an ARN");
    let serial_number = "arn:aws:iam::012345678901:mfa/phone";
    let all = [
        ("verify-email", Message::VerifyEmail { code: "123456" }),
        ("address-in-use", Message::AddressInUse),
        ("welcome", Message::Welcome { account: &account, name: "<script>alert(1)</script> & \"Co\"" }),
        ("budget-alert", Message::BudgetAlert(BudgetAlert::example(&account))),
        ("confirm-subscription", Message::ConfirmSubscription(Confirmation::example(&topic))),
        (
            "topic-message",
            Message::TopicMessage(TopicMessage {
                subject: None,
                body: "<script>alert(1)</script>",
                link: "https://class.example:8443/subscription/unsubscribe".into(),
                json: false,
            }),
        ),
        ("free-tier-alert", Message::FreeTierAlert(FreeTierAlert::example(&account))),
        ("mfa-activated", Message::MfaActivated { account: &account, user: Some("<script>"), serial_number }),
        (
            "mfa-deactivated",
            Message::MfaDeactivated { account: &account, user: None, serial_number, by_operator: false },
        ),
        (
            "mfa-deactivated-by-operator",
            Message::MfaDeactivated { account: &account, user: None, serial_number, by_operator: true },
        ),
        ("root-key-created", Message::RootKeyCreated { account: &account, access_key_id: "AKIAEXAMPLEEXAMPLE22" }),
        ("reset-password", Message::ResetPassword { token: "token" }),
        ("password-changed", Message::PasswordChanged { account: &account }),
        ("confirm-email", Message::ConfirmEmail { code: "123456" }),
        ("address-wanted", Message::AddressWanted),
        ("email-changed", Message::EmailChanged { account: &account, email: "<b>@example.com" }),
        ("test", Message::Test),
        ("phone-call", Message::PhoneCode { code: "1234", voice: true }),
        ("phone-text", Message::PhoneCode { code: "1234", voice: false }),
    ];
    for (name, message) in &all {
        check(name, message);
    }
    let kinds: std::collections::BTreeSet<_> = all.iter().map(|(_, message)| kind(message)).collect();
    assert_eq!(kinds.len(), 17, "every kind of mail has a snapshot");
}

/// A new message fails to compile here until somebody thinks of its snapshot.
fn kind(message: &Message<'_>) -> &'static str {
    match message {
        Message::VerifyEmail { .. } => "VerifyEmail",
        Message::AddressInUse => "AddressInUse",
        Message::Welcome { .. } => "Welcome",
        Message::BudgetAlert(_) => "BudgetAlert",
        Message::FreeTierAlert(_) => "FreeTierAlert",
        Message::ConfirmSubscription(_) => "ConfirmSubscription",
        Message::TopicMessage(_) => "TopicMessage",
        Message::MfaActivated { .. } => "MfaActivated",
        Message::MfaDeactivated { .. } => "MfaDeactivated",
        Message::RootKeyCreated { .. } => "RootKeyCreated",
        Message::ResetPassword { .. } => "ResetPassword",
        Message::PasswordChanged { .. } => "PasswordChanged",
        Message::ConfirmEmail { .. } => "ConfirmEmail",
        Message::AddressWanted => "AddressWanted",
        Message::EmailChanged { .. } => "EmailChanged",
        Message::Test => "Test",
        Message::PhoneCode { .. } => "PhoneCode",
    }
}

/// To take a changed mail for good: `UPDATE_SNAPSHOTS=1 cargo test -p cloud mail`, and read the difference.
#[test]
fn every_mail_reads_as_it_did() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/mail/snapshots");
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let compare = |file: String, now: String| {
        let path = folder.join(&file);
        if update {
            fs::write(&path, &now).expect("the folder is writable");
        }
        let before = fs::read_to_string(&path).unwrap_or_default();
        assert!(before == now, "{file} reads otherwise. It was:\n{before}\nIt is:\n{now}");
    };
    each(|name, message| {
        let mail = message.render(&settings());
        compare(format!("{name}.txt"), format!("Subject: {}\n\n{}\n", mail.subject, mail.text));
        assert_eq!(mail.html.is_none(), message.is_plain(), "{name}: every other mail has both parts");
        if let Some(html) = mail.html {
            compare(format!("{name}.html"), format!("{html}\n"));
        }
    });
}

#[test]
fn every_mail_bears_our_name_and_the_last_line() {
    let last = "Sent by a practice console at class.example:8443; no real account, no real cost.";
    each(|_, message| {
        let mail = message.render(&settings());
        let html = mail.html.clone().unwrap_or_default();
        assert!(mail.subject.contains(NAME), "{mail:?}");
        assert_eq!(mail.text.lines().last(), Some(last));
        assert!(html.is_empty() || html.contains(last), "{html}");
        for theirs in ["AWS", "Amazon"] {
            assert!(!format!("{mail:?}").contains(theirs), "{mail:?}");
        }
    });
}

#[test]
fn links_come_from_the_public_url_and_names_are_escaped() {
    each(|_, message| {
        let mail = message.render(&settings());
        for link in mail.text.split_whitespace().filter(|word| word.contains("://")) {
            let rest = link.strip_prefix("https://class.example:8443");
            assert!(rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')), "{link}");
        }
        let html = mail.html.unwrap_or_default();
        assert!(!html.contains("<script") && !html.contains("\"Co\""), "{html}");
    });
}

/// What holds a code or a link is sent no longer than that is good, so that nobody types a code in vain.
#[test]
fn what_opens_something_is_not_sent_for_days() {
    each(|name, message| {
        let hours = message.good_for().as_secs() / 3600;
        assert_eq!(hours < 96, message.is_secret(), "{name}: {hours} hours");
    });
}

#[test]
fn no_control_character_survives_in_a_subject() {
    assert_eq!(one_line("a\r\nBcc: x@y.z\0"), "aBcc: x@y.z");
}
