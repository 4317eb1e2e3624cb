//! What holds for every form and every server function: no other site's page can use it, nobody gets in without a
//! session, nobody does what they may not, and no input comes back as markup.

use std::net::SocketAddr;

use app::call::PRINCIPAL_HEADER;
use model::Guard;
use serde_json::json;

use super::operations::{Known, every_function, every_operation, members, with_texts};
use crate::folder::Folder;
use crate::house::House;
use crate::raw_http::{Answer, send};
use crate::visitor::{Browser, account, form};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const JSON: (&str, &str) = ("content-type", "application/json");
const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");

/// What a page of another site can make a browser say of where a request comes from.
const FORGED: [&[(&str, &str)]; 8] = [
    &[],
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("origin", "https://shop.console.example.com")],
    &[("origin", "http://console.example.com")],
    &[("sec-fetch-site", "cross-site"), ("origin", "https://console.example.com")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "none")],
];

fn function_body(known: &Known) -> Vec<u8> {
    json!({ "input": known.example }).to_string().into_bytes()
}

fn form_body(known: &Known) -> Vec<u8> {
    let fields = [("_op".to_owned(), known.op.clone())].into_iter().chain(members(&known.example)).collect::<Vec<_>>();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    form(&fields).into_bytes()
}

fn post(console: SocketAddr, path: &str, headers: &[&[(&str, &str)]], body: &[u8]) -> Answer {
    send(console, "POST", path, &headers.concat(), body)
}

/// Root's browser carries its cookie along, as browsers do, and every form and function is tried with every origin that
/// is not ours. The same request with our own origin works: without the check, each of these would have.
#[test]
fn csrf_matrix() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[("UNDERSTUDY_PUBLIC_URL", "https://console.example.com")]);
    account(&folder, "root@example.com");
    let mut root = Browser::new(house.console);
    root.sign_in_root("root@example.com");
    let (principal, cookie) = (root.principal(), root.cookie());
    let cookies: &[(&str, &str)] = &[("cookie", &cookie), (PRINCIPAL_HEADER, &principal)];
    let users = |root: &mut Browser| root.get("/iam/users").text();
    let before = users(&mut root);
    let (mut forms, mut functions) = (0, 0);
    for known in every_operation() {
        for forged in FORGED {
            let answer = post(house.console, "/iam/users", &[cookies, forged, &[FORM]], &form_body(&known));
            assert_eq!(answer.status, 403, "{} with {forged:?}: {}", known.op, answer.text());
            assert!(answer.text().starts_with("This request did not come from a page of"), "{}", answer.text());
            forms += 1;
            let Some(path) = &known.function else { continue };
            let answer = post(house.console, path, &[cookies, forged, &[JSON]], &function_body(&known));
            assert_eq!(answer.status, 403, "{path} with {forged:?}: {}", answer.text());
            // Without a preflight another site can send texts and forms alone.
            let plain = [("content-type", "text/plain")];
            assert_eq!(post(house.console, path, &[cookies, forged, &plain], &function_body(&known)).status, 403);
            functions += 1;
        }
    }
    for path in every_function() {
        for method in ["GET", "HEAD"] {
            let answer = send(house.console, method, &path, &[("cookie", &cookie)], b"");
            assert_eq!(answer.status, 405, "{method} {path}");
        }
    }
    // A link does nothing, whatever it says.
    let link = format!("/iam/users?{}", form(&[("_op", "iam:CreateUser"), ("UserName", "forged"), ("Path", "/")]));
    assert_eq!(root.get(&link).status, 200);
    assert!(!users(&mut root).contains("forged") && users(&mut root).contains("data-testid"));
    assert_eq!(users(&mut root).matches("/iam/users/").count(), before.matches("/iam/users/").count());
    assert!(forms > 1000 && functions > 400, "{forms} forms and {functions} functions");

    let create = form(&[("_op", "iam:CreateUser"), ("UserName", "forged"), ("Path", "/"), ("_next", "/iam/users")]);
    let answer = post(house.console, "/iam/users", &[cookies, &[OURS, FORM]], create.as_bytes());
    assert_eq!(answer.status, 303, "our own page is believed: {}", answer.text());
    assert!(users(&mut root).contains("forged"));
    assert!(house.leave().success());
}

/// A form of an operation that needs somebody leads to the sign-in or is refused, and a function says 401.
#[test]
fn every_server_fn_denies_anonymous() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    let planted = [("cookie", "understudy=AAAAAAAAAAAAAAAAAAAAAA")];
    let (mut asked, mut signed_out) = (0, 0);
    for known in every_operation().iter().filter(|known| !matches!(known.guard, Guard::Public(_))) {
        for cookie in [&[] as &[(&str, &str)], &planted] {
            if let Some(path) = &known.function {
                let answer = post(house.console, path, &[cookie, &[OURS, JSON]], &function_body(known));
                assert_eq!(answer.status, 401, "{path}: {}", answer.text());
                asked += 1;
            }
            // The page of a sign-in is open to all; the operation in its form is not.
            for page in ["/signin", "/iam/users"] {
                let answer = post(house.console, page, &[cookie, &[OURS, FORM]], &form_body(known));
                let led_away =
                    answer.status == 303 && answer.header("location").is_some_and(|to| to.starts_with("/signin"));
                assert!(led_away || [400, 401].contains(&answer.status), "{} at {page}: {answer:?}", known.op);
                signed_out += usize::from(answer.status == 401);
            }
        }
    }
    assert!(asked > 100 && signed_out > 150, "{asked} calls, {signed_out} forms");
    // The public ones get further: the check is what stops the others.
    let wrong = [("_op", "signin:SignInRoot"), ("Email", "nobody@example.com"), ("Password", "wrong")];
    assert_eq!(Browser::new(house.console).post("/signin", &wrong).status, 400);
    assert!(house.leave().success());
}

/// A user without a policy: every function and form whose operation asks policies, root or the operator says no. Root's
/// own call of the first one works, so that it is the permission that is missing.
#[test]
fn every_server_fn_denies_unprivileged() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    let id = account(&folder, "root@example.com");
    let mut root = Browser::new(house.console);
    root.sign_in_root("root@example.com");
    root.make_user("plain", "Canary-Plain-Passw0rd!");
    let mut plain = Browser::new(house.console);
    assert_eq!(plain.sign_in_user(&id, "plain", "Canary-Plain-Passw0rd!").status, 303);
    let call = |browser: &mut Browser, path: &str, known: &Known| {
        let (cookie, principal) = (browser.cookie(), browser.principal());
        let who = [("cookie", cookie.as_str()), (PRINCIPAL_HEADER, principal.as_str())];
        post(house.console, path, &[&who, &[OURS, JSON]], &function_body(known))
    };
    let (mut functions, mut forms) = (0, 0);
    for known in every_operation() {
        if matches!(known.guard, Guard::Public(_) | Guard::Signed(_)) {
            continue;
        }
        if let Some(path) = &known.function {
            let answer = call(&mut plain, path, &known);
            assert_eq!(answer.status, 403, "{path}: {}", answer.text());
            functions += 1;
        }
        let cookie = plain.cookie();
        let answer = post(house.console, "/iam/home", &[&[("cookie", &cookie), OURS, FORM]], &form_body(&known));
        assert!([400, 403].contains(&answer.status), "{}: {} {}", known.op, answer.status, answer.text());
        forms += 1;
    }
    assert!(functions > 40 && forms > 80, "{functions} functions, {forms} forms");
    let create = every_operation().into_iter().find(|known| known.op == "iam:CreateUser").expect("is in the list");
    let path = create.function.clone().expect("islands create users");
    assert_eq!(call(&mut root, &path, &create).status, 200);
    assert!(house.leave().success());
}

/// Every form and function is made to fail, or to work, with markup in every text, and so are addresses. It may come back
/// escaped; that it does come back is what would be the hole without escaping.
#[test]
fn xss_error_path() {
    const MARKUP: &str = "</title></script><script>__pwned=1</script>";
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    account(&folder, "root@example.com");
    let mut root = Browser::new(house.console);
    root.sign_in_root("root@example.com");
    let (cookie, principal) = (root.cookie(), root.principal());
    let who: &[(&str, &str)] = &[("cookie", &cookie), (PRINCIPAL_HEADER, &principal)];
    let mut escaped = 0;
    let mut look = |what: &str, answer: &Answer| {
        let html = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        let text = answer.text();
        assert!(!html || !text.contains("<script>__pwned"), "{what}: {text}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{what}");
        escaped += usize::from(html && text.contains("__pwned"));
        let location = answer.header("location").unwrap_or_default();
        assert!(!location.contains('<'), "{what}: {location}");
    };
    for known in every_operation().iter().filter(|known| known.op != "signin:SignOut") {
        let hostile = known.with(with_texts(&known.example, MARKUP));
        for page in ["/iam/users", "/iam/users/create", "/billing/budgets/create", "/signin"] {
            let answer = post(house.console, page, &[who, &[OURS, FORM]], &form_body(&hostile));
            look(&format!("{} at {page}", known.op), &answer);
        }
        if let Some(path) = &known.function {
            let html = [("accept", "text/html"), ("referer", "https://evil.example/")];
            let answer = post(house.console, path, &[who, &[OURS, JSON], &html], &function_body(&hostile));
            look(path, &answer);
            let nonsense = post(house.console, path, &[who, &[OURS, JSON], &html], MARKUP.as_bytes());
            look(path, &nonsense);
        }
    }
    // Some of them end sessions.
    root.sign_in_root("root@example.com");
    let typed: String = form(&[("x", MARKUP)]).split_off("%78=".len());
    for page in [
        "/signin?redirect_uri=",
        "/iam/users?search=",
        "/iam/users/",
        "/iam/groups/",
        "/billing/budgets/",
        "/cloudtrail/events/",
        "/service/",
        "/no-such-page/",
        "/policysim?user=",
    ] {
        look(page, &root.get(&format!("{page}{typed}")));
    }
    assert!(escaped >= 4, "only {escaped} answers repeat what was sent");
    assert!(house.leave().success());
}
