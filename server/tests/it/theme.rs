//! Light and dark for whoever has neither scripts nor a session.

use crate::folder::Folder;
use crate::house::House;
use crate::raw_http::send;
use crate::visitor::{Browser, account, form};

const THEME: &str = "/console/theme";

/// The value of the theme form's hidden field on a page.
fn field(page: &str, name: &str) -> String {
    let (_, form) = page.split_once(&format!("action=\"{THEME}\"")).expect("the page has the form");
    let (_, value) = form.split_once(&format!("name=\"{name}\" value=\"")).expect("the form has the field");
    value.split('"').next().unwrap_or_default().to_owned()
}

/// The theme that a page is shown in; the system's where none was chosen.
fn shown(page: &str) -> Option<&str> {
    let (_, html) = page.split_once("<html").expect("a document");
    let (_, theme) = html.split_once('>')?.0.split_once("data-theme=\"")?;
    theme.split('"').next()
}

/// The first toggle is told nothing of the system's theme and chooses dark; the next ones change over.
#[test]
fn theme_without_scripts_or_a_session() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    let page = "/inbox?from=theme";
    let mut nobody = Browser::new(house.console);
    let mut seen = vec![None];
    for next in ["dark", "light", "dark"] {
        let before = nobody.get(page).text();
        assert_eq!(shown(&before).map(str::to_owned), seen.pop().flatten());
        let (theme, back) = (field(&before, "Theme"), field(&before, "ReturnTo"));
        assert_eq!((theme.as_str(), back.as_str()), (next, page), "the same page, with what it was asked");
        let answer = nobody.submit(THEME, &[("Theme", &theme), ("ReturnTo", &back)]);
        assert_eq!(answer.header("location"), Some(page));
        assert_eq!(answer.header("set-cookie").map(|cookie| cookie.starts_with("understudy-theme=")), Some(true));
        seen.push(Some(next.to_owned()));
    }
    assert_eq!(shown(&nobody.get("/signin").text()), Some("dark"), "on every page of this browser");

    let elsewhere = nobody.submit(THEME, &[("Theme", "light"), ("ReturnTo", "https://evil.example/")]);
    assert_eq!(elsewhere.header("location"), Some("/"));
    let unknown = nobody.submit(THEME, &[("Theme", "purple"), ("ReturnTo", page)]);
    assert_eq!((unknown.header("set-cookie"), unknown.header("location")), (None, Some(page)));
    let strange = [("sec-fetch-site", "cross-site"), ("content-type", "application/x-www-form-urlencoded")];
    let refused = send(house.console, "POST", THEME, &strange, form(&[("Theme", "dark")]).as_bytes());
    assert_eq!((refused.status, refused.header("set-cookie")), (403, None), "another site's form");
    let asked = nobody.get(THEME);
    assert_eq!((asked.status, asked.header("set-cookie")), (303, None), "there is no such page");
    assert!(asked.header("location").is_some_and(|to| to.starts_with("/signin")));

    // Whoever is signed in keeps it with the account's other preferences, and comes back, too.
    account(&folder, "root@example.com");
    let mut root = Browser::new(house.console);
    root.sign_in_root("root@example.com");
    let page = "/iam/users?q=al";
    let before = root.get(page).text();
    let back = field(&before, "ReturnTo");
    assert_eq!(back, page);
    let token = field(&before, "_token");
    let kept = root.submit(THEME, &[("_token", &token), ("Theme", "dark"), ("ReturnTo", &back)]);
    assert_eq!(kept.header("location"), Some(page));
    root.cookies.retain(|(name, _)| name != "understudy-theme");
    assert_eq!(shown(&root.get(page).text()), Some("dark"));
    assert!(house.leave().success());
}
