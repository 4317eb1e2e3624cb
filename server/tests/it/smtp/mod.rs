//! Handing mails over to a real mail server: encryption, sign-in, and whatever can go wrong on the way.

mod counterpart;
mod program;

use std::path::Path;
use std::time::Duration;

use clap::Parser;
use cloud::{Delivery, Verdict};
use serde_json::{Value, json};
use server::{config::Config, mailer::Mailer};
use uuid::Uuid;

use crate::folder::Folder;
use counterpart::{Certificates, Counterpart, header};

/// Settings from a command line.
#[derive(Parser)]
struct Words {
    #[command(flatten)]
    config: Config,
}

fn mailer(url: &str, more: &[&str]) -> Mailer {
    let words = Words::parse_from([&["understudy", "--smtp-url", url], more].concat());
    Mailer::new(&words.config).expect("good settings").expect("a mail server")
}

fn trusting(url: &str, authority: &Path) -> Mailer {
    mailer(url, &["--smtp-ca-file", authority.to_str().expect("UTF-8")])
}

fn letter(to: &str) -> Delivery {
    let mail_id = Uuid::new_v4();
    Delivery {
        mail_id,
        message_id: format!("<{mail_id}@example.com>"),
        from: "Understudy <no-reply@example.com>".into(),
        to: to.into(),
        subject: "Grüße".into(),
        text: "A text.".into(),
        html: Some("<p>A text.</p>".into()),
        unsubscribe: None,
    }
}

fn with(settings: Value, more: Value) -> Value {
    let (Value::Object(mut settings), Value::Object(more)) = (settings, more) else { panic!("two objects") };
    settings.extend(more);
    Value::Object(settings)
}

fn retried(verdict: &Verdict, why: &str) {
    assert!(matches!(verdict, Verdict::Retry(text) if text.contains(why)), "{verdict:?} for {why}");
}

fn refused(verdict: &Verdict, why: &str) {
    assert!(matches!(verdict, Verdict::Refused(text) if text.contains(why)), "{verdict:?} for {why}");
}

fn down(verdict: &Verdict, why: &str) {
    assert!(matches!(verdict, Verdict::Down(text) if text.contains(why)), "{verdict:?} for {why}");
}

const ACCOUNT: &str = "class:p%40ss%2Fword";

fn account() -> Value {
    json!({ "user": "class", "password": "p@ss/word" })
}

#[tokio::test]
async fn mail_goes_encrypted_and_signed_in() {
    let folder = Folder::new();
    let certificates = Certificates::make(&folder, "localhost");
    for (tls, scheme, query) in [("starttls", "smtp", "?tls=required"), ("implicit", "smtps", "")] {
        let server = Counterpart::start(&with(certificates.settings(tls), account()));
        let url = format!("{scheme}://{ACCOUNT}@localhost:{}{query}", server.port);
        let mailer = trusting(&url, &certificates.authority);
        mailer.test().await.expect("the server takes us");
        let sent = letter("ann@example.com");
        assert_eq!(mailer.send(sent.clone()).await, Verdict::Sent, "{tls}");
        let mail = server.wait_for("mail", 1).remove(0);
        assert_eq!((mail["encrypted"].as_bool(), mail["user"].as_str()), (Some(true), Some("class")), "{tls}");
        assert_eq!(mail["to"], json!(["ann@example.com"]));
        assert_eq!(header(&mail, "Message-ID"), sent.message_id);
        assert_eq!(header(&mail, "To"), "ann@example.com");
        assert!(server.all("AUTH").iter().all(|auth| auth["good"] == true));
    }
}

/// Nothing is said to a server that is not who it should be: no password, no mail.
#[tokio::test]
async fn a_server_that_proves_nothing_is_told_nothing() {
    let (folder, elsewhere) = (Folder::new(), Folder::new());
    let certificates = Certificates::make(&folder, "localhost");
    let strangers = Certificates::make(&elsewhere, "localhost");
    for (tls, scheme, query) in [("starttls", "smtp", "?tls=required"), ("implicit", "smtps", "")] {
        let server = Counterpart::start(&with(certificates.settings(tls), account()));
        let url = |host: &str| format!("{scheme}://{ACCOUNT}@{host}:{}{query}", server.port);
        for (mailer, what) in [
            (mailer(&url("localhost"), &[]), "an authority that nobody trusts"),
            (trusting(&url("localhost"), &strangers.authority), "another authority"),
            (trusting(&url("127.0.0.1"), &certificates.authority), "another name"),
        ] {
            let verdict = mailer.send(letter("ann@example.com")).await;
            assert!(matches!(&verdict, Verdict::Down(why) if why.contains("certificate")), "{what}: {verdict:?}");
        }
        assert!(server.all("AUTH").is_empty() && server.all("MAIL").is_empty());
    }
    // Whoever takes the offer of encryption out of the conversation gets no mail in the clear either.
    let stripped = with(certificates.settings("starttls"), json!({ "offer_starttls": false }));
    let server = Counterpart::start(&stripped);
    let mailer = trusting(&format!("smtp://localhost:{}?tls=required", server.port), &certificates.authority);
    down(&mailer.send(letter("ann@example.com")).await, "STARTTLS");
    assert!(server.all("MAIL").is_empty());
}

#[tokio::test]
async fn a_wrong_password_is_the_servers_trouble_and_no_mails() {
    let folder = Folder::new();
    let certificates = Certificates::make(&folder, "localhost");
    let server = Counterpart::start(&with(certificates.settings("starttls"), account()));
    let url = |login: &str| format!("smtp://{login}localhost:{}?tls=required", server.port);
    let wrong = trusting(&url("class:wrong@"), &certificates.authority);
    down(&wrong.send(letter("ann@example.com")).await, "535");
    assert!(wrong.test().await.is_err_and(|error| error.to_string().contains("535")));
    let nobody = trusting(&url(""), &certificates.authority);
    down(&nobody.send(letter("ann@example.com")).await, "530");
    assert!(server.all("mail").is_empty());
}

/// What a mail server answers about one mail is that mail's, and the next goes over the same connection.
#[tokio::test]
async fn answers_about_a_mail_are_that_mails() {
    let server = Counterpart::start(&json!({}));
    let mailer = mailer(&format!("smtp://localhost:{}", server.port), &[]);
    let send = |to: &str| mailer.send(letter(&format!("{to}@example.com")));
    retried(&send("later").await, "451");
    assert_eq!(send("ann").await, Verdict::Sent);
    refused(&send("unknown").await, "550");
    retried(&send("full").await, "452");
    refused(&send("spam").await, "554");
    assert_eq!(send("ben").await, Verdict::Sent);
    assert_eq!(server.wait_for("mail", 2).len(), 2);
    assert_eq!(server.all("connection").len(), 1, "one connection for all");
    // An answer after which the connection is over is about that mail too, and the next one connects anew.
    retried(&send("limited").await, "421");
    assert_eq!(send("cid").await, Verdict::Sent);
    assert_eq!(server.wait_for("connection", 2).len(), 2);
}

#[tokio::test]
async fn a_subscriptions_mail_says_how_to_end_it() {
    let server = Counterpart::start(&json!({}));
    let mailer = mailer(&format!("smtp://localhost:{}", server.port), &[]);
    let arn = "arn:aws:sns:us-east-1:012345678901:Alarms:6b0e71bd-7e97-4d97-80ce-4a0994e55286";
    let page = format!("https://class.example/subscription/unsubscribe?SubscriptionArn={arn}&Token={}", "x".repeat(43));
    let subscription = Delivery { unsubscribe: Some(page.clone()), ..letter("ann@example.com") };
    assert_eq!(mailer.send(subscription).await, Verdict::Sent);
    assert_eq!(mailer.send(letter("ben@example.com")).await, Verdict::Sent);
    let mails = server.wait_for("mail", 2);
    assert_eq!(header(&mails[0], "List-Unsubscribe"), format!("<{page}>"));
    assert!(!mails[1]["text"].as_str().expect("a text").contains("List-Unsubscribe"));
}

#[tokio::test]
async fn a_sender_that_is_refused_is_the_settings_fault() {
    let server = Counterpart::start(&json!({ "refuse_sender": true }));
    let mailer = mailer(&format!("smtp://localhost:{}", server.port), &[]);
    down(&mailer.send(letter("ann@example.com")).await, "550");
}

/// The one case that nobody can decide: the server has the whole mail, and the connection is gone before it says so. The
/// mail is sent again under its Message-ID, which shows the receiver that it is the same.
#[tokio::test]
async fn a_mail_that_was_perhaps_taken_comes_again_under_its_id() {
    let server = Counterpart::start(&json!({}));
    let mailer = mailer(&format!("smtp://localhost:{}", server.port), &[]);
    let mail = letter("cut@example.com");
    retried(&mailer.send(mail.clone()).await, "may have arrived");
    assert_eq!(mailer.send(mail.clone()).await, Verdict::Sent);
    let both = server.wait_for("mail", 2);
    assert!(both.iter().all(|copy| header(copy, "Message-ID") == mail.message_id), "{both:?}");
}

/// A connection that the server has closed meanwhile costs no try, however it was closed.
#[tokio::test]
async fn a_connection_that_waited_too_long_costs_nothing() {
    let server = Counterpart::start(&json!({ "mails_a_connection": 2 }));
    let mailer = mailer(&format!("smtp://localhost:{}", server.port), &[]);
    for at in 0..5 {
        assert_eq!(mailer.send(letter(&format!("ann{at}@example.com"))).await, Verdict::Sent, "{at}");
    }
    assert_eq!(server.all("connection").len(), 3);
    assert_eq!(mailer.send(letter("leaves@example.com")).await, Verdict::Sent);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(mailer.send(letter("ben@example.com")).await, Verdict::Sent);
    assert_eq!(server.wait_for("mail", 7).len(), 7, "each once");
}

/// Who answers late is waited for; who does not answer is not, and with one mail half way that mail is tried again.
#[tokio::test]
async fn a_server_that_stalls_is_left() {
    let slow = Counterpart::start(&json!({ "greeting_delay": 1 }));
    let url = format!("smtp://localhost:{}", slow.port);
    assert_eq!(mailer(&url, &["--smtp-timeout", "20"]).send(letter("ann@example.com")).await, Verdict::Sent);

    let mute = Counterpart::start(&json!({ "greeting_delay": 600 }));
    let url = format!("smtp://localhost:{}", mute.port);
    down(&mailer(&url, &["--smtp-timeout", "1"]).send(letter("ann@example.com")).await, "in time");

    let server = Counterpart::start(&json!({}));
    let url = format!("smtp://localhost:{}", server.port);
    let mailer = mailer(&url, &["--smtp-timeout", "2"]);
    retried(&mailer.send(letter("hangs@example.com")).await, "in time");
    assert_eq!(mailer.send(letter("ann@example.com")).await, Verdict::Sent, "over another connection");
}

#[tokio::test]
async fn nobody_listens() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.local_addr().expect("it is bound").port()
    };
    let mailer = mailer(&format!("smtp://localhost:{port}"), &[]);
    down(&mailer.send(letter("ann@example.com")).await, "refused");
}

#[test]
fn settings_that_mean_nothing_are_refused() {
    let folder = Folder::new();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "nothing").expect("the folder is writable");
    let complaint = |url: &str, more: &[&str]| {
        let words = Words::parse_from([&["understudy", "--smtp-url", url], more].concat());
        Mailer::new(&words.config).err().map(|error| format!("{error:#}")).unwrap_or_default()
    };
    for (url, says) in [
        ("mail.example.com", "no URL"),
        ("http://mail.example.com", "begins with smtps://"),
        ("smtp://mail.example.com?tls=maybe", "`required`"),
        ("smtp:///", "no host"),
    ] {
        assert!(complaint(url, &[]).contains(says), "{url}: {}", complaint(url, &[]));
    }
    for file in [empty.to_str().expect("UTF-8"), "/nowhere.pem"] {
        let said = complaint("smtps://mail.example.com", &["--smtp-ca-file", file]);
        assert!(said.contains("UNDERSTUDY_SMTP_CA_FILE"), "{said}");
    }
    let shows = |url: &str| mailer(url, &[]).shows_password();
    assert!(shows("smtp://a:b@mail.example.com") && shows("smtp://a:b@mail.example.com?tls=opportunistic"));
    for fine in [
        "smtps://a:b@mail.example.com",
        "smtp://a:b@mail.example.com?tls=required",
        "smtp://a:b@localhost:1025",
        "smtp://mail.example.com",
    ] {
        assert!(!shows(fine), "{fine}");
    }
}
