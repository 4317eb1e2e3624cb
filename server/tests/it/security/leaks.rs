//! What must not come out: who exists, what was typed, what was issued.

use std::fs::{File, read_to_string};
use std::net::SocketAddr;

use app::call::PRINCIPAL_HEADER;

use super::operations::function_of;
use crate::folder::Folder;
use crate::house::House;
use crate::raw_http::{Answer, send};
use crate::visitor::{Browser, PASSWORD, account};

/// Status, headers and body without what differs from answer to answer anyway: ids, tokens, nonces, what was typed.
fn blind(answer: &Answer, typed: &[&str]) -> String {
    let mut text = format!("status: {}\n", answer.status);
    for (name, value) in answer.headers.iter().filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str())) {
        text.push_str(&format!("{name}: {value}\n"));
    }
    text.push_str(&answer.text());
    for typed in typed {
        text = text.replace(typed, "…");
    }
    let token = |c: char| c.is_ascii_alphanumeric() || "+/=_-".contains(c);
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\n']) {
        if token(c) {
            word.push(c);
            continue;
        }
        // UUIDs and nonces: no long word of a page has capitals or digits.
        let random = word.len() >= 20 && word.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        out.push_str(if random { "…" } else { &word });
        word.clear();
        out.push(c);
    }
    // A name's length shows in the sizes of the body and of its chunks.
    let size = |line: &str| line.starts_with("content-length") || line.bytes().all(|b| b.is_ascii_hexdigit());
    out.lines().filter(|line| !size(line)).collect::<Vec<_>>().join("\n")
}

/// Five reasons why nobody is signed in, byte by byte the same answer. The right password is the difference that the
/// comparison sees.
#[test]
fn enum_bytes() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    let id = account(&folder, "root@example.com");
    let mut root = Browser::new(house.console);
    root.sign_in_root("root@example.com");
    root.make_user("alice", "Canary-Alice-Passw0rd!");
    root.submit(
        "/iam/users",
        &[("_op", "iam:CreateUser"), ("_next", "/iam/users"), ("UserName", "keyless"), ("Path", "/")],
    );
    let answer = |account: &str, name: &str, password: &str| {
        let answer = Browser::new(house.console).sign_in_user(account, name, password);
        blind(&answer, &[account, name])
    };
    let expected = answer(&id, "alice", "wrong");
    for (what, account, name, password) in [
        ("unknown account", "999999999999", "alice", "Canary-Alice-Passw0rd!"),
        ("unknown user", &id, "nobody", "Canary-Alice-Passw0rd!"),
        ("user without a password", &id, "keyless", "Canary-Alice-Passw0rd!"),
        ("wrong password in another case", &id, "ALICE", "wrong"),
    ] {
        assert_eq!(answer(account, name, password), expected, "{what}");
    }
    let long = "x".repeat(5_000);
    assert_eq!(answer(&id, "alice", &long), answer(&id, "nobody", &long), "a password too long to be one");
    assert_ne!(answer(&id, "alice", "Canary-Alice-Passw0rd!"), expected, "the comparison sees nothing");

    let of_root = |email: &str, password: &str| {
        let form = [("_op", "signin:SignInRoot"), ("Email", email), ("Password", password)];
        blind(&Browser::new(house.console).post("/signin", &form), &[email])
    };
    assert_eq!(of_root("nobody@example.com", PASSWORD), of_root("root@example.com", "wrong"));
    let reset = |email: &str| {
        let form = [("_op", "signin:RequestPasswordReset"), ("Email", email)];
        blind(&Browser::new(house.console).post("/signin/forgot-password", &form), &[email])
    };
    assert_eq!(reset("nobody@example.com"), reset("root@example.com"));
    assert!(house.leave().success());
}

/// A session that somebody planted in the browser is not the one that a sign-in makes, and stays nobody's.
#[test]
fn session_fixation_by_cookie() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    account(&folder, "root@example.com");
    let mut attacker = Browser::new(house.console);
    // A session that the server itself made for the attacker: a sign-up that was begun.
    let begun = [("_op", "account:StartSignUp"), ("Email", "new@example.com"), ("AccountName", "New")];
    attacker.post("/billing/signup", &begun);
    let planted = attacker.cookies.iter().find(|(name, _)| name == "understudy").cloned().expect("a session");
    for value in [planted.1.as_str(), "AAAAAAAAAAAAAAAAAAAAAA"] {
        let mut victim = Browser::new(house.console);
        victim.cookies.push(("understudy".into(), value.into()));
        victim.sign_in_root("root@example.com");
        let own = victim.cookies.iter().find(|(name, _)| name == "understudy").expect("a session");
        assert_ne!(own.1, value, "the planted one");
        let mut thief = Browser::new(house.console);
        thief.cookies.push(("understudy".into(), value.into()));
        assert_eq!(thief.get("/iam/users").status, 303, "nobody is signed in by it");
        assert_eq!(victim.get("/iam/users").status, 200);
        // Signing out ends it on the server: a copy of the cookie is worth nothing.
        let mut copy = victim.clone();
        victim.submit("/signout", &[]);
        assert_eq!(copy.get("/iam/users").status, 303);
    }
    assert!(house.leave().success());
}

/// The secret of a new key of alice's.
fn secret_of_new_key(root: &mut Browser, console: SocketAddr) -> String {
    let path = function_of("iam:CreateAccessKey");
    let (cookie, principal) = (root.cookie(), root.principal());
    let headers = [
        ("cookie", cookie.as_str()),
        (PRINCIPAL_HEADER, principal.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/json"),
    ];
    let answer = send(console, "POST", &path, &headers, br#"{"input":{"UserName":"alice"}}"#);
    let made: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
    made["AccessKey"]["SecretAccessKey"].as_str().expect("a secret").to_owned()
}

/// Everything is logged that can be, and no secret is in it; a name that is none shows that the search works.
#[test]
fn log_canary() {
    let folder = Folder::new();
    let path = folder.path().join("log.txt");
    let log = File::create(&path).expect("a file");
    let house = House::start_logging(folder.path(), &[("UNDERSTUDY_LOG_LEVEL", "trace")], log);
    let id = account(&folder, "root@example.com");
    let mut root = Browser::new(house.console);
    root.sign_in_root("root@example.com");
    root.make_user("alice", "Canary-Alice-Passw0rd!");
    let mut alice = Browser::new(house.console);
    alice.sign_in_user(&id, "alice", "Canary-Wrong-Passw0rd!");
    alice.sign_in_user(&id, "alice", "Canary-Alice-Passw0rd!");
    root.get("/iam/users?search=canary-typed-into-the-search");
    let secret = secret_of_new_key(&mut root, house.console);
    let device = [("_op", "iam:CreateVirtualMFADevice"), ("VirtualMFADeviceName", "phone"), ("Path", "/")];
    root.post("/iam/security_credentials/mfa", &device);
    root.post("/signin/forgot-password", &[("_op", "signin:RequestPasswordReset"), ("Email", "root@example.com")]);
    root.get("/signin/reset-password?token=canary-token-of-a-link");
    let reset = [("_op", "signin:ResetPassword"), ("Token", "canary-token-in-a-form"), ("Password", "Canary-Reset-1!")];
    root.post("/signin/reset-password", &reset);
    let cookies: Vec<String> =
        [&root, &alice].iter().flat_map(|browser| browser.cookies.clone()).map(|(_, value)| value).collect();
    assert!(house.leave().success());
    let log = read_to_string(&path).expect("a log");
    assert!(log.len() > 100_000 && log.contains("iam_user"), "{} bytes are no trace", log.len());
    for canary in [
        PASSWORD,
        "Canary-Alice-Passw0rd!",
        "Canary-Wrong-Passw0rd!",
        "Canary-Reset-1!",
        "canary-typed-into-the-search",
        "canary-token-of-a-link",
        "canary-token-in-a-form",
        &secret,
    ]
    .into_iter()
    .chain(cookies.iter().map(String::as_str).filter(|value| value.len() > 16))
    {
        let line = log.lines().find(|line| line.contains(canary));
        assert_eq!(line, None, "{canary}");
    }
}
