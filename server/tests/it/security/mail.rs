//! Mails: their links lead to the configured origin, and nothing in them becomes a command or a header.

use std::io::{Read, Write};
use std::net::TcpStream;

use clap::Parser;
use cloud::{Delivery, Verdict};
use server::{config::Config, mailer::Mailer};
use uuid::Uuid;

use crate::folder::Folder;
use crate::house::House;
use crate::raw_http::{connect, read};
use crate::smtp_sink::{Received, Sink};
use crate::visitor::{account, form};

/// The origins of all links of a text.
fn origins(text: &str) -> Vec<String> {
    let ends = |c: char| c.is_whitespace() || "\"'<>".contains(c);
    let links = text.match_indices("://").map(|(at, _)| {
        let begin = text[..at].rfind(ends).map_or(0, |begin| begin + 1);
        &text[begin..at + text[at..].find(ends).unwrap_or(text.len() - at)]
    });
    links.map(|link| url::Url::parse(link).map_or(link.to_owned(), |url| url.origin().ascii_serialization())).collect()
}

/// A password reset asked for with six forged hosts. A link made of the host would be found: the first line shows it.
#[test]
fn mail_host_header() {
    assert_eq!(origins("go to http://evil.example/signin/reset-password?token=x\n"), ["http://evil.example"]);
    let (folder, sink) = (Folder::new(), Sink::start());
    let url = sink.url();
    let ours = "https://console.example.com";
    let settings = [
        ("UNDERSTUDY_SMTP_URL", url.as_str()),
        ("UNDERSTUDY_MAIL_ALLOW", "@example.com"),
        ("UNDERSTUDY_PUBLIC_URL", ours),
    ];
    let house = House::start(folder.path(), &settings);
    let forged = [
        "host: evil.example\r\n",
        "host: evil.example:443\r\n",
        "host: console.example.com.evil.example\r\n",
        "host: console.example.com\r\nx-forwarded-host: evil.example\r\n",
        "host: console.example.com\r\nforwarded: host=evil.example;proto=http\r\nx-forwarded-proto: http\r\n",
        "host: console.example.com\r\nx-original-host: evil.example\r\nx-host: evil.example\r\n",
    ];
    for (at, hosts) in forged.iter().enumerate() {
        let email = format!("root{at}@example.com");
        account(&folder, &email);
        let body = form(&[("_op", "signin:RequestPasswordReset"), ("Email", &email)]);
        let head = format!(
            "POST /signin/forgot-password HTTP/1.1\r\n{hosts}connection: close\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut socket = connect(house.console);
        socket.write_all(head.as_bytes()).expect("the request is taken");
        let answer = read(&mut socket);
        assert!(answer.status < 400, "{hosts}: {answer:?}");
    }
    let mails = sink.wait_for(forged.len());
    for mail in &mails {
        let text = mail.part("text/plain").unwrap_or_else(|| mail.body());
        let html = mail.part("text/html").unwrap_or_default();
        let found = [origins(&text), origins(&html)].concat();
        assert!(!found.is_empty() && found.iter().all(|origin| origin == ours), "{found:?}: {text}");
        assert!(!mail.raw().contains("evil.example"), "{}", mail.raw());
    }
    assert!(house.leave().success());
}

/// Settings from a command line.
#[derive(Parser)]
struct Words {
    #[command(flatten)]
    config: Config,
}

/// What a client that pastes texts into the conversation would send; answers when the server has hung up.
fn paste(sink: &Sink, subject: &str, text: &str) {
    let mut socket = TcpStream::connect(sink.url().trim_start_matches("smtp://")).expect("the sink listens");
    let said = format!(
        "HELO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: {subject}\r\n\r\n{text}\r\n.\r\nQUIT\r\n"
    );
    socket.write_all(said.as_bytes()).expect("the sink reads");
    let _ = socket.read_to_end(&mut Vec::new());
}

fn heads(mail: &Received) -> Vec<String> {
    let head = mail.raw().split_once("\n\n").map_or_else(|| mail.raw().to_owned(), |(head, _)| head.to_owned());
    let mut names: Vec<String> = head
        .lines()
        .filter(|line| !line.starts_with([' ', '\t']))
        .filter_map(|line| Some(line.split_once(':')?.0.to_lowercase()))
        .collect();
    names.sort();
    names
}

const SMUGGLED: &str =
    "x\r\n.\r\nMAIL FROM:<evil@example.com>\r\nRCPT TO:<victim@example.com>\r\nDATA\r\nSubject: y\r\n\r\nz";

/// Hostile subjects, texts and recipients against a socket that records what comes: one envelope a mail, and the same
/// headers in each. A client that pastes sends two letters with a blind copy where one was meant.
#[tokio::test]
async fn smtp_injection() {
    let naive = Sink::start();
    paste(&naive, "Hello\r\nBcc: victim@example.com", SMUGGLED);
    let pasted = naive.wait_for(2);
    assert!(heads(&pasted[0]).contains(&"bcc".to_owned()) && pasted[1].to == "victim@example.com");

    let sink = Sink::start();
    let words = Words::parse_from(["understudy", "--smtp-url", &sink.url()]);
    let mailer = Mailer::new(&words.config).expect("a URL").expect("a mail server");
    let letter = |to: &str, subject: &str, text: &str, html: Option<&str>| Delivery {
        mail_id: Uuid::new_v4(),
        message_id: format!("<{}@example.com>", Uuid::new_v4()),
        from: "Understudy <no-reply@example.com>".into(),
        to: to.into(),
        subject: subject.into(),
        text: text.into(),
        html: html.map(str::to_owned),
        unsubscribe: None,
    };
    let long = "n".repeat(2_000);
    let texts = [
        "Hello\r\nBcc: victim@example.com",
        "Hello\nBcc: victim@example.com",
        "Hello\rBcc: victim@example.com",
        "Hello\r\n\r\nbody",
        "\r\n.\r\nMAIL FROM:<evil@example.com>",
        "=?utf-8?q?=0D=0ABcc:_victim@example.com?=",
        "Grüße, 世界 \u{202e}",
        &long,
        SMUGGLED,
    ];
    let (mut sent, mut refused) = (0, 0);
    for text in texts {
        for html in [None, Some(text)] {
            match mailer.send(letter("ann@example.com", text, text, html)).await {
                Verdict::Sent => sent += 1,
                _ => refused += 1,
            }
            assert!(matches!(mailer.send(letter("ann@example.com", "Plain", text, html)).await, Verdict::Sent));
            sent += 1;
        }
    }
    for to in [
        "ann@example.com\r\nRCPT TO:<victim@example.com>",
        "ann@example.com>\r\nDATA",
        "<a@b>,victim@example.com",
        "\"a\r\nb\"@example.com",
    ] {
        let verdict = mailer.send(letter(to, "Plain", "text", None)).await;
        assert!(matches!(verdict, Verdict::Refused(_)), "{to:?}");
    }
    let mails = sink.wait_for(sent);
    assert_eq!(mails.len(), sent, "{refused} were refused");
    assert!(sent >= 20, "{sent}");
    let plain = heads(&mails[0]);
    for mail in &mails {
        assert_eq!(mail.to, "ann@example.com");
        let mut names = heads(mail);
        names.retain(|name| name != "content-transfer-encoding");
        let mut expected = plain.clone();
        expected.retain(|name| name != "content-transfer-encoding");
        assert_eq!(names, expected, "{}", mail.raw());
        assert!(!names.iter().any(|name| name == "bcc" || name == "cc"), "{}", mail.raw());
    }
    let envelopes = sink.commands().iter().filter(|line| line.starts_with("MAIL FROM")).count();
    assert_eq!(envelopes, sent);
    assert!(sink.commands().iter().all(|line| !line.contains("victim") && !line.contains("evil")));
}
