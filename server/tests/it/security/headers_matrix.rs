//! The header set on every kind of answer: pages, redirects, refusals, errors, functions, both doors.

use crate::folder::Folder;
use crate::house::House;
use crate::raw_http::{Answer, get, send};
use crate::visitor::{Browser, account};

/// What is missing of the set that every answer of the console bears.
fn missing(answer: &Answer) -> Vec<&'static str> {
    let expected = [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
        ("strict-transport-security", "max-age=31536000"),
    ];
    let mut missing: Vec<_> =
        expected.iter().filter(|(name, value)| answer.header(name) != Some(value)).map(|(name, _)| *name).collect();
    let policy = answer.header("content-security-policy").unwrap_or_default();
    let holds = ["frame-ancestors 'none'", "base-uri 'none'"].iter().all(|part| policy.contains(part));
    if !holds || policy.contains("unsafe-inline") || policy.contains("'unsafe-eval'") {
        missing.push("content-security-policy");
    }
    if answer.header("x-request-id").map(str::len) != Some(36) {
        missing.push("x-request-id");
    }
    if !answer.body.is_empty() && answer.header("content-type").is_none() {
        missing.push("content-type");
    }
    missing
}

/// The API's answers, which carry a part of the set alone, are the variant that the look finds wanting.
#[test]
fn headers_matrix() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[("UNDERSTUDY_PUBLIC_URL", "https://console.example.com")]);
    account(&folder, "root@example.com");
    let mut root = Browser::new(house.console);
    let signed_in = root.sign_in_root("root@example.com");
    let cookies: Vec<_> =
        signed_in.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")).collect();
    assert!(cookies.len() >= 2, "{cookies:?}");
    for (_, cookie) in cookies {
        for part in ["__Host-", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(cookie.contains(part), "{part} of {cookie}");
        }
        assert!(!cookie.to_lowercase().contains("domain="), "{cookie}");
    }
    let (console, ours) = (house.console, [("sec-fetch-site", "same-origin")]);
    let foreign = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    let json = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    let wrong = [("_op", "signin:SignInRoot"), ("Email", "nobody@example.com"), ("Password", "wrong")];
    let invalid = [("_op", "iam:CreateUser"), ("UserName", "not/allowed"), ("Path", "/")];
    let answers = [
        (303, signed_in),
        (200, get(console, "/healthz")),
        (200, get(console, "/signin")),
        (200, send(console, "HEAD", "/signin", &[], b"")),
        (200, root.get("/iam/users")),
        (303, get(console, "/iam/users")),
        (404, root.get("/no-such-page")),
        (404, get(console, "/pkg/absent.css")),
        (405, send(console, "GET", "/api/x", &[], b"")),
        (403, send(console, "POST", "/signin", &foreign, b"a=b")),
        (403, send(console, "DELETE", "/signin", &[], b"")),
        (405, send(console, "DELETE", "/signin", &ours, b"")),
        (403, send(console, "TRACE", "/signin", &[], b"")),
        (400, Browser::new(console).post("/signin", &wrong)),
        (422, root.post("/iam/users/create", &invalid)),
        (413, send(console, "POST", "/signin", &ours, &vec![b'a'; 600 * 1024])),
        (404, send(console, "POST", "/api/no-such-function", &json, b"{}")),
    ];
    for (status, answer) in answers {
        assert_eq!(answer.status, status, "{answer:?}");
        assert_eq!(missing(&answer), Vec::<&str>::new(), "{status}: {:?}", answer.headers);
        assert_eq!(answer.header("server"), None);
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    let out = root.post("/signout", &[]);
    assert_eq!(out.header("clear-site-data"), Some("\"storage\""), "{out:?}");

    let api = get(house.api, "/");
    assert_eq!(
        (api.header("cache-control"), api.header("x-content-type-options")),
        (Some("no-store"), Some("nosniff"))
    );
    assert!(!missing(&api).is_empty());
    assert!(house.leave().success());
}
