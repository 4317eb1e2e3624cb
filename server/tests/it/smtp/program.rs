//! The program and a real mail server: the doctor's test mail, and a mail server that is away for a while.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::counterpart::{Certificates, Counterpart, header};
use crate::folder::Folder;
use crate::house::{House, understudy};
use crate::visitor::{Browser, account};

/// What the doctor prints, and whether it is content.
fn doctor(folder: &Folder, settings: &[(&str, &str)], arguments: &[&str]) -> (String, bool) {
    let mut command = understudy(folder.path());
    command.arg("doctor").args(arguments).envs(settings.iter().copied());
    let output = command.output().expect("the program runs");
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success())
}

fn line<'a>(report: &'a str, what: &str) -> &'a str {
    let mut lines = report.lines();
    lines.find(|line| line.split_whitespace().nth(1).is_some_and(|_| line.contains(what))).unwrap_or_default()
}

#[test]
fn the_doctor_sends_a_test_mail() {
    let folder = Folder::new();
    let (report, _) = doctor(&folder, &[], &["--mail-to", "ann@example.com"]);
    assert!(line(&report, " test mail ").starts_with("ATTENTION"), "{report}");
    assert!(line(&report, " test mail ").contains("UNDERSTUDY_SMTP_URL"), "{report}");

    let certificates = Certificates::make(&folder, "localhost");
    let server = Counterpart::start(&certificates.settings("implicit"));
    let url = format!("smtps://localhost:{}", server.port);
    let authority = certificates.authority.to_str().expect("UTF-8");
    let settings = [
        ("UNDERSTUDY_SMTP_URL", url.as_str()),
        ("UNDERSTUDY_SMTP_CA_FILE", authority),
        ("UNDERSTUDY_MAIL_FROM", "console@class.example"),
    ];
    let (report, _) = doctor(&folder, &settings, &["--mail-to", "ann@example.com"]);
    assert!(line(&report, " test mail ").starts_with("ok"), "{report}");
    let mail = server.wait_for("mail", 1).remove(0);
    assert_eq!(header(&mail, "Subject"), "Understudy: test mail");
    assert_eq!(header(&mail, "From"), "Understudy <console@class.example>");
    let (report, good) = doctor(&folder, &settings, &["--mail-to", "unknown@example.com"]);
    assert!(line(&report, " test mail ").contains("550") && !good, "{report}");
    let (report, good) = doctor(&folder, &settings[..1], &[]);
    assert!(line(&report, " mail ").contains("certificate") && !good, "{report}");
}

fn mails(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    let output = understudy(folder.path()).args(["mail", "list", "--json"]).args(arguments).output();
    let output = output.expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON array")
}

fn reset_password(house: &House, email: &str) {
    let form = [("_op", "signin:RequestPasswordReset"), ("Email", email)];
    let answer = Browser::new(house.console).post("/signin/forgot-password", &form);
    assert!(answer.status < 400, "{answer:?}");
}

/// Asks until there is an answer; a test that waits here in vain has found a fault.
fn soon<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "it never came to pass: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// A browser that has used the operator's link.
fn operators_browser(folder: &Folder, house: &House) -> Browser {
    let output = understudy(folder.path()).arg("operator-link").output().expect("the program runs");
    let link = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let token = link.split_once("token=").expect("a link").1;
    let mut browser = Browser::new(house.console);
    browser.submit("/operator", &[("_op", "operator:OpenOperatorLink"), ("_next", "/inbox"), ("Token", token)]);
    browser
}

/// A mail that is written while the mail server is away waits, without a try being counted, and leaves once it is back.
/// One that it then refuses is a dead letter, which the operator sends again or discards.
#[test]
fn mail_waits_for_a_server_that_is_away() {
    let folder = Folder::new();
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.local_addr().expect("it is bound").port()
    };
    let url = format!("smtp://127.0.0.1:{port}");
    let settings = [("UNDERSTUDY_SMTP_URL", url.as_str()), ("UNDERSTUDY_MAIL_ALLOW", "@example.com")];
    let house = House::start(folder.path(), &settings);
    for email in ["ann@example.com", "unknown@example.com"] {
        account(&folder, email);
    }
    reset_password(&house, "ann@example.com");
    let (report, good) = soon("the outage is noticed", || {
        let (report, good) = doctor(&folder, &settings, &[]);
        line(&report, " outbox ").contains("refused").then_some((report, good))
    });
    assert!(!good && line(&report, " outbox ").contains("1 waiting, 0 given up"), "{report}");
    let waiting = mails(&folder, &["--waiting"]);
    assert_eq!((waiting.len(), &waiting[0]["Tries"]), (1, &json!(0)));

    let server = Counterpart::start(&json!({ "port": port }));
    let resend = |argument: &str| {
        let mut command = understudy(folder.path());
        command.env("UNDERSTUDY_SMTP_URL", &url).args(["mail", "resend", argument]);
        assert!(command.status().expect("the program runs").success());
    };
    resend(waiting[0]["MailId"].as_str().expect("an id"));
    let mail = server.wait_for("mail", 1).remove(0);
    assert_eq!(header(&mail, "To"), "ann@example.com");

    reset_password(&house, "unknown@example.com");
    let dead = soon("a refused mail is a dead letter", || mails(&folder, &[]).pop());
    assert!(dead["Reason"].as_str().is_some_and(|reason| reason.contains("No such user here")), "{dead:?}");
    let (tried, id) = (server.all("MAIL").len(), dead["MailId"].as_str().expect("an id"));
    assert_eq!(Browser::new(house.console).get("/inbox/outbox").status, 403, "it is the operator's");
    let mut browser = operators_browser(&folder, &house);
    let page = browser.get("/inbox/outbox").text();
    for shown in ["Dead letters (1)", "Waiting (0)", "No such user here", "unknown@example.com", id] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    browser.submit("/inbox/outbox", &[("_op", "operator:ResendMail"), ("_next", "/inbox/outbox"), ("MailId", id)]);
    server.wait_for("MAIL", tried + 1);
    soon("it is refused again", || mails(&folder, &[]).pop());
    resend("--all");
    server.wait_for("MAIL", tried + 2);
    soon("it is discarded", || {
        let discard = understudy(folder.path()).args(["mail", "discard", id]).output().expect("the program runs");
        discard.status.success().then_some(())
    });
    assert!(mails(&folder, &[]).is_empty());
    let page = browser.get(&format!("/inbox/{id}")).text();
    assert!(page.contains("Discarded") && page.contains("operator:ResendMail"), "it can still be sent: {page}");
    assert!(house.leave().success());
    assert_eq!(server.all("mail").len(), 1, "sent once");
}
