//! A password that is typed anew renews the browser's session (OWASP ASVS 5.0.0, 7.2.4): the cookie so far opens nothing,
//! and the browser, with all its tabs, goes on under the new one.

use crate::folder::Folder;
use crate::house::House;
use crate::raw_http::Answer;
use crate::visitor::{Browser, PASSWORD, account};

const SESSION: &str = "understudy";
const WRONG: &str = "Not-The-Password-1";
const ANN: &str = "Invented-Ann-Pass-1";
const NEW: &str = "Invented-Other-Pass-2";
const ROOTS: &str = "/billing/account";
const OWN: &str = "/iam/security_credentials";

fn session(browser: &Browser) -> String {
    browser.cookies.iter().find(|(name, _)| name == SESSION).expect("a session").1.clone()
}

/// Whether an answer gives the browser another session.
fn renews(answer: &Answer) -> bool {
    answer.headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("set-cookie") && value.starts_with("understudy=") && !value.contains("Max-Age=0")
    })
}

/// Where somebody with a dead cookie is sent.
fn put_out(browser: &mut Browser) -> bool {
    let answer = browser.get("/console/home");
    answer.status == 303
        && answer.header("location").is_some_and(|to| to.starts_with("/signin") && to.contains("ended=1"))
}

/// Posts a form with a wrong password and with the right one, and looks who is signed in by which cookie.
fn retyped(browser: &mut Browser, path: &str, form: &[(&str, &str)], password: (&str, &str)) {
    let before = session(browser);
    let filled = |typed| [form, &[(password.0, typed), ("_next", path)]].concat();
    let refused = browser.post(path, &filled(WRONG));
    assert!((400..500).contains(&refused.status) && !renews(&refused), "{form:?}: {refused:?}");
    assert_eq!(session(browser), before, "{form:?}");
    assert_eq!(browser.get("/console/home").status, 200, "{form:?}");

    let mut thief = browser.clone();
    let answer = browser.submit(path, &filled(password.1));
    assert!(renews(&answer), "{form:?}: {answer:?}");
    assert_ne!(session(browser), before, "{form:?}");
    assert!(put_out(&mut thief), "{form:?}: the cookie so far");
    assert_eq!(browser.get("/console/home").status, 200, "{form:?}: another tab of the same browser");
}

#[test]
fn a_retyped_password_renews_the_cookie() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    let id = account(&folder, "root@example.com");
    let mut root = Browser::new(house.console);
    root.sign_in_root("root@example.com");
    root.make_user("ann", ANN);
    let policy = [
        ("_op", "iam:AttachUserPolicy"),
        ("_next", "/iam/users"),
        ("UserName", "ann"),
        ("PolicyArn", "arn:aws:iam::aws:policy/IAMUserChangePassword"),
    ];
    root.submit("/iam/users", &policy);
    let mut ann = Browser::new(house.console);
    assert_eq!(ann.sign_in_user(&id, "ann", ANN).status, 303);

    let old = ("CurrentPassword", PASSWORD);
    retyped(&mut root, ROOTS, &[("_op", "account:PutAccountName"), ("AccountName", "Renamed")], old);
    let address = [("_op", "account:StartPrimaryEmailUpdate"), ("PrimaryEmail", "new@example.com")];
    retyped(&mut root, ROOTS, &address, old);
    retyped(&mut root, ROOTS, &[("_op", "account:ChangeRootPassword"), ("NewPassword", NEW)], old);
    retyped(&mut ann, OWN, &[("_op", "iam:ChangePassword"), ("NewPassword", NEW)], ("OldPassword", ANN));

    // A form that is sent twice does nothing the second time: nor does it take the session away.
    let twice = [
        ("_op", "account:PutAccountName"),
        ("_next", ROOTS),
        ("_token", "8b0c8a2e-6f0e-4c0b-9d57-0a4f5d1f2b11"),
        ("AccountName", "Renamed again"),
        ("CurrentPassword", NEW),
    ];
    assert!(renews(&root.submit(ROOTS, &twice)));
    let kept = session(&root);
    assert!(!renews(&root.submit(ROOTS, &twice)), "it gets the first answer");
    assert_eq!((session(&root), root.get("/console/home").status), (kept, 200));
    assert!(house.leave().success());
}
