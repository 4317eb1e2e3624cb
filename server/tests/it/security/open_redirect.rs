//! Where a form or a sign-in leads to stays on this host, whatever the address in it looks like.

use url::Url;

use super::operations::every_function;
use crate::folder::Folder;
use crate::house::House;
use crate::raw_http::send;
use crate::visitor::{Browser, account, form};

/// Addresses that some browser or some check has taken for something else than they are.
const ELSEWHERE: [&str; 62] = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "//\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\n//evil.example",
    "\0//evil.example",
    "/\0/evil.example",
    "https://evil.example",
    "HTTPS://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "http://evil.example",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "\u{1}javascript:alert(1)",
    "data:text/html,<script>x</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://evil.example/x",
    "@evil.example",
    "//@evil.example",
    "//localhost@evil.example",
    "https://localhost@evil.example",
    "https://localhost:3000@evil.example/",
    "//evil.example:80",
    "//evil%2eexample",
    "//%65vil.example",
    "/%09/evil.example",
    "/%5cevil.example",
    "/%2f/evil.example",
    "%2f%2fevil.example",
    "/..//evil.example",
    "/.//evil.example",
    "./\\evil.example",
    "../../evil.example",
    "//[::1]",
    "//0x7f000001",
    "//2130706433",
    "//evil。example",
    "//ｅvil.example",
    "//xn--evil.example",
    "//evil.example/%2f..",
    "//evil.example?localhost",
    "//evil.example#localhost",
    "/ok\r\nlocation: https://evil.example",
    "/ok\r\n\r\n<script>x</script>",
    "/ok\u{2028}//evil.example",
    "/ok%0d%0alocation:%20https://evil.example",
    "",
    "?//evil.example",
];

/// Where a browser that is at `base` goes; nothing if it is no address at all.
fn lands(base: &Url, location: &str) -> Option<Url> {
    base.join(location).ok()
}

/// The obvious check, that an address begins with a slash, lets browsers go elsewhere.
#[test]
fn open_redirect() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    account(&folder, "root@example.com");
    let base = Url::parse(&format!("http://localhost:{}/signin", house.console.port())).expect("a URL");
    let beaten = ELSEWHERE.iter().filter(|payload| {
        payload.starts_with('/') && lands(&base, payload).is_some_and(|to| to.origin() != base.origin())
    });
    assert!(beaten.count() > 15, "a slash at the beginning is no check");

    let mut root = Browser::new(house.console);
    root.sign_in_root("root@example.com");
    let mut nobody = Browser::new(house.console);
    let stays = |what: &str, payload: &str, location: Option<&str>| {
        let Some(location) = location else { return };
        let location = location.trim();
        let to = lands(&base, location).unwrap_or_else(|| panic!("{what} {payload:?}: {location}"));
        assert_eq!(to.origin(), base.origin(), "{what} {payload:?}: {location}");
        assert!(!location.contains(char::is_control), "{what} {payload:?}: {location:?}");
    };
    for payload in ELSEWHERE {
        let theme = [("Theme", "dark"), ("ReturnTo", payload)];
        stays("theme", payload, nobody.post("/console/theme", &theme).header("location"));
        stays("own theme", payload, root.post("/console/theme", &theme).header("location"));
        let next = [("_op", "console:PutPreferences"), ("_next", payload), ("Theme", "dark")];
        stays("form", payload, root.post("/console/settings", &next).header("location"));
        let step = [("_op", "page:Next"), ("_next", payload), ("UserName", payload)];
        stays("step", payload, root.post("/iam/users", &step).header("location"));
        for template in ["/{UserName}", "/{UserName}{UserName}", "//{UserName}", "/{UserName}/evil.example"] {
            let step = [("_op", "page:Next"), ("_next", template), ("UserName", payload)];
            stays(template, payload, root.post("/iam/users", &step).header("location"));
        }
        // What a page was asked to return to stands in its form; a redirect of the page itself must stay, too.
        let asked = form(&[("redirect_uri", payload)]);
        stays("page", payload, nobody.get(&format!("/signin?{asked}")).header("location"));
        stays("signed in", payload, root.get(&format!("/signin/mfa?{asked}")).header("location"));
    }
    // Both sign-ins take the same way out as the forms above; a password costs too much to type sixty times.
    for payload in ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"] {
        let mut browser = Browser::new(house.console);
        let fields = [
            ("_op", "signin:SignInRoot"),
            ("Email", "root@example.com"),
            ("Password", crate::visitor::PASSWORD),
            ("_next", payload),
        ];
        assert_eq!(browser.submit("/signin", &fields).header("location"), Some("/console/home"), "{payload:?}");
    }
    // The framework answers a form's post to a function with a redirect to the Referer.
    for path in every_function() {
        let headers = [
            ("cookie", root.cookie()),
            ("sec-fetch-site", "same-origin".to_owned()),
            ("accept", "text/html".to_owned()),
            ("referer", "https://evil.example/".to_owned()),
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
        ];
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = send(house.console, "POST", &path, &headers, b"input=x");
        stays("function", &path, answer.header("location"));
    }
    assert!(house.leave().success());
}
