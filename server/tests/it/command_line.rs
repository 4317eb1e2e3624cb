//! The operator's commands.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::folder::Folder;
use crate::house::understudy;

fn run(folder: &Folder, arguments: &[&str]) -> Output {
    understudy(folder.path()).args(arguments).output().expect("the program runs")
}

fn good(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn complaint(output: &Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn accounts_are_made_listed_helped_and_deleted() {
    let folder = Folder::new();
    let create =
        ["account", "create", "--email", "root@example.com", "--name", "Class 1", "--root-access-key", "--json"];
    let made: Value = serde_json::from_str(&good(&run(&folder, &create))).expect("one JSON object");
    let id = made["AccountId"].as_str().expect("an account").to_owned();
    assert!(id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()), "{id}");
    assert!(made["AccessKeyId"].as_str().is_some_and(|key| key.starts_with("AKIA")));
    assert!(made["SecretAccessKey"].as_str().is_some_and(|secret| secret.len() == 40));
    assert!(made["MailboxUrl"].as_str().is_some_and(|url| url.starts_with("http://localhost:3000/")));

    let again = complaint(&run(&folder, &["account", "create", "--email", "root@example.com", "--name", "Other"]));
    assert!(again.starts_with("understudy: "), "{again}");

    let accounts: Value = serde_json::from_str(&good(&run(&folder, &["account", "list", "--json"]))).expect("JSON");
    assert_eq!(accounts.as_array().map(Vec::len), Some(1));
    assert_eq!(accounts[0]["AccountId"].as_str(), Some(id.as_str()));

    let password = good(&run(&folder, &["account", "reset-root-password", &id]));
    assert!(password.len() >= 20 && !password.contains(char::is_whitespace), "{password}");

    assert_eq!(good(&run(&folder, &["account", "reset-root-mfa", &id])), "", "root has no device");
    assert!(complaint(&run(&folder, &["account", "reset-root-mfa", "999999999999"])).contains("cannot be found"));

    assert!(complaint(&run(&folder, &["account", "delete", &id])).contains("--yes"));
    good(&run(&folder, &["account", "delete", &id, "--yes"]));
    assert_eq!(good(&run(&folder, &["account", "list"])), "");
}

#[test]
fn hardware_tokens_are_imported_once() {
    let folder = Folder::new();
    let list = folder.path().join("tokens.csv");
    std::fs::write(&list, "serial,seed\nGALT00000001,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n").expect("writes");
    let import = ["hardware-token", "import", list.to_str().expect("UTF-8")];
    let told = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let first = run(&folder, &import);
    assert!(first.status.success() && told(&first).contains("1 tokens were imported"), "{}", told(&first));
    let again = run(&folder, &import);
    assert!(again.status.success() && told(&again).contains("1 were known already"), "{}", told(&again));
    std::fs::write(&list, "GALT00000002,not-a-seed-at-all\n").expect("writes");
    let wrong = complaint(&run(&folder, &import));
    assert!(!wrong.contains("not-a-seed-at-all"), "{wrong}");
}

#[test]
fn a_password_is_read_from_standard_input() {
    let folder = Folder::new();
    let create = ["account", "create", "--email", "a@example.com", "--name", "A", "--password-stdin", "--json"];
    let start = |input: &[u8]| {
        let mut command = understudy(folder.path());
        command.args(create).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        child.stdin.take().expect("piped").write_all(input).expect("it reads");
        child.wait_with_output().expect("it ends")
    };
    assert!(complaint(&start(b"\n")).contains("no password"));
    good(&start(b"Practice-Makes-Perfect-1\n"));
}

#[test]
fn a_class_is_made_from_its_list_and_gets_cards() {
    let folder = Folder::new();
    let roster = folder.path().join("roster.csv");
    let (roster_path, cards) = (roster.to_str().expect("UTF-8").to_owned(), folder.path().join("cards.csv"));
    let cards_path = cards.to_str().expect("UTF-8").to_owned();
    let create = |more: &[&str]| run(&folder, &[&["account", "create", "--from", &roster_path], more].concat());
    fs::write(&roster, "name,email\nAnn,ann@example.com\nBob,not an address\n").expect("writable");
    assert!(complaint(&create(&["--cards", &cards_path])).contains("line 3"));
    assert_eq!(good(&run(&folder, &["account", "list"])), "", "nobody was made");

    fs::write(&roster, "name,email\nAnn,ann@example.com\n\"Lee, Bob\",\n").expect("writable");
    assert!(good(&create(&["--dry-run", "--cards", &cards_path])).contains("2 accounts would be made."));
    assert!(!cards.exists() && good(&run(&folder, &["account", "list"])).is_empty(), "a dry run makes nothing");
    good(&create(&["--cards", &cards_path]));
    assert_eq!(fs::metadata(&cards).expect("made").permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(&cards).expect("made");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("Account name,Account ID,Root user email,Root user password,Sign-in URL"), "{text}");
    assert!(lines[1].starts_with("Ann,") && lines[1].contains(",http://localhost:3000/signin,"), "{text}");
    assert!(lines[2].starts_with("\"Lee, Bob\",") && lines[2].contains("@example.com,"), "{text}");
    assert_eq!(good(&run(&folder, &["account", "list"])).lines().count(), 2);

    assert!(complaint(&create(&["--dry-run"])).contains("line 2: ann@example.com is the address of another account"));
    fs::write(&roster, "name\nCid & Co\n").expect("writable");
    assert!(complaint(&create(&["--cards", &cards_path])).contains("cards.csv"), "no card is overwritten");
    let sheet = folder.path().join("cards.html");
    good(&create(&["--cards", sheet.to_str().expect("UTF-8")]));
    assert!(fs::read_to_string(&sheet).expect("made").contains("<h2>Cid &amp; Co</h2>"));
}

#[test]
fn a_link_makes_a_browser_the_operator_s() {
    let folder = Folder::new();
    let [one, two] = [(); 2].map(|()| good(&run(&folder, &["operator-link"])));
    assert!(one.starts_with("http://localhost:3000/") && one != two, "{one} {two}");
}

#[test]
fn migrate_and_doctor_say_how_it_is() {
    let folder = Folder::new();
    good(&run(&folder, &["migrate"]));
    let report = run(&folder, &["doctor"]);
    let text = String::from_utf8_lossy(&report.stdout).into_owned();
    for line in
        ["ok        database", "ok        master key", "ok        role", "ok        durability", "ok        clock"]
    {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[test]
fn another_master_key_does_not_open_the_database() {
    let folder = Folder::new();
    good(&run(&folder, &["account", "list"]));
    let key = folder.path().join("master.key");
    assert_eq!(fs::metadata(&key).expect("the first start makes it").permissions().mode() & 0o777, 0o600);

    let other =
        understudy(folder.path()).env("UNDERSTUDY_MASTER_KEY", "0".repeat(64)).args(["account", "list"]).output();
    assert!(complaint(&other.expect("the program runs")).contains("another master key"));

    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).expect("the file is ours");
    assert!(complaint(&run(&folder, &["account", "list"])).contains("chmod 600"));
}

#[test]
fn wrong_settings_are_named() {
    let folder = Folder::new();
    for (name, value) in [
        ("UNDERSTUDY_PUBLIC_URL", "console.example.com"),
        ("UNDERSTUDY_ADDR", "localhost"),
        ("UNDERSTUDY_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("UNDERSTUDY_LABELS", "2019"),
    ] {
        let output = understudy(folder.path()).env(name, value).args(["account", "list"]).output();
        let text = complaint(&output.expect("the program runs"));
        let flag = name.trim_start_matches("UNDERSTUDY_").to_lowercase().replace('_', "-");
        assert!(text.contains(value) && text.contains(&flag), "{text}");
    }
    let coded = understudy(folder.path()).env("UNDERSTUDY_SIGNUP", "code").args(["account", "list"]).output();
    assert!(complaint(&coded.expect("the program runs")).contains("UNDERSTUDY_SIGNUP_CODE"));
    assert!(!folder.path().join("postgres").exists(), "nothing was started for it");
}

#[test]
fn help_names_every_setting() {
    let folder = Folder::new();
    let help = good(&run(&folder, &["--help"]));
    let source = include_str!("../../src/config/mod.rs");
    let named = source.split("env = \"").skip(1).filter_map(|rest| rest.split('"').next());
    let settings: Vec<&str> = named.collect();
    assert!(settings.len() >= 20, "{settings:?}");
    for setting in settings {
        assert!(help.contains(&format!("[env: {setting}")), "{setting} is not in --help");
    }
}
