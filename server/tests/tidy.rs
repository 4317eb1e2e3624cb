//! The rules of the house that no compiler checks: who may name whom, how long a file may be, which versions are
//! too old. Only the standard library, so that it never waits for anything.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A file longer than this holds two nouns.
const LONGEST: usize = 500;

/// Files of `app` that may tell the server from the browser: the crate's root, the shell (the browser never renders
/// it), and the one room that knows the server.
const TWO_FACED: [&str; 3] = ["app/src/lib.rs", "app/src/shell.rs", "app/src/call/"];

/// Which crates a room must never depend on (ARCHITECTURE.md, "The rules of the rooms").
const CLOSED: [(&str, &[&str]); 9] = [
    ("crates/policy", &["model", "cloud", "aws", "app", "server", "tokio", "axum", "leptos", "sqlx"]),
    ("crates/services", &["model", "cloud", "aws", "app", "server", "tokio", "axum", "leptos", "sqlx"]),
    ("crates/model", &["cloud", "aws", "app", "server", "tokio", "axum", "leptos"]),
    ("crates/cloud", &["aws", "app", "server", "axum", "leptos", "leptos_axum", "lettre"]),
    ("crates/aws", &["app", "server", "leptos", "leptos_axum", "sqlx"]),
    ("app", &["aws", "server", "sqlx", "lettre", "argon2"]),
    ("server", &["sqlx", "argon2"]),
    ("frontend", &["cloud", "aws", "server", "model", "policy", "services", "tokio", "axum", "sqlx"]),
    ("crates/site", &["app", "cloud", "aws", "model", "policy", "server", "tokio", "axum", "sqlx", "leptos"]),
];

/// The oldest version of a dependency without a known hole, where it is used at all.
const FLOORS: [(&str, &str); 9] = [
    ("axum-core", "0.2.8"),         // RUSTSEC-2022-0055: no limit of bodies
    ("h2", "0.4.16"),               // RUSTSEC-2026-0258, and the floods before it
    ("hydration_context", "0.3.1"), // leptos PR 4747: script injection through error texts
    ("hyper", "1.4.0"),             // the header timeout starts with the connection
    ("lettre", "0.11.22"),          // RUSTSEC-2026-0141
    ("quick-xml", "0.41.0"),        // RUSTSEC-2026-0194 and -0195
    ("rustls", "0.23.18"),          // RUSTSEC-2024-0336 and -0399
    ("sqlx", "0.8.1"),              // RUSTSEC-2024-0363: the wire protocol wraps around
    ("totp-rs", "5.0.0"),           // RUSTSEC-2022-0018: comparison takes telling time
];

/// Crates that must not come in by any way.
const BANNED: [&str; 4] = ["openssl", "openssl-sys", "native-tls", "tower-sessions-sqlx-store"];

fn root() -> PathBuf {
    let server = Path::new(env!("CARGO_MANIFEST_DIR"));
    server.parent().expect("the server lies in the workspace").to_owned()
}

/// The repository's own files, by their path from its root. Nothing that is derived, fetched or ignored.
fn files() -> BTreeMap<String, String> {
    const TOP: [&str; 9] = ["app", "crates", "end2end", "frontend", "migrations", "scripts", "server", "style", ".ci"];
    const SKIPPED: [&str; 6] = ["node_modules", "target", ".sqlx", "artefacts", "data", "test-results"];
    let root = root();
    let mut found = BTreeMap::new();
    let mut open: Vec<PathBuf> = TOP.iter().map(|top| root.join(top)).filter(|top| top.is_dir()).collect();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("a readable folder").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if !SKIPPED.contains(&name.as_str()) {
                    open.push(path);
                }
            } else if let Ok(text) = fs::read_to_string(&path) {
                let from_root = path.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
                found.insert(from_root, text);
            }
        }
    }
    assert!(found.len() > 100, "only {} files were found: the walk is wrong", found.len());
    found
}

fn rust_files() -> BTreeMap<String, String> {
    let mut files = files();
    files.retain(|path, _| path.ends_with(".rs"));
    files
}

/// Fails with every finding, not with the first.
fn none(rule: &str, findings: Vec<String>) {
    assert!(findings.is_empty(), "{rule}:\n  {}", findings.join("\n  "));
}

/// Places where a line of a file answers a question.
fn lines_where<'a>(
    files: &'a BTreeMap<String, String>,
    test: impl Fn(&str, &str) -> bool + 'a,
) -> impl Iterator<Item = String> + 'a {
    files.iter().flat_map(move |(path, text)| {
        let lines = text.lines().enumerate();
        let hits: Vec<_> = lines.filter(|(_, line)| test(path, line)).collect();
        hits.into_iter().map(move |(number, line)| format!("{path}:{}: {}", number + 1, line.trim()))
    })
}

/// Whether a text holds a word, not just its letters inside a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let part = |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !part(before) && !part(after)
    })
}

/// This file names what it forbids.
fn is_this(path: &str) -> bool {
    path == "server/tests/tidy.rs"
}

#[test]
fn every_file_says_what_it_is_for() {
    let mute = rust_files().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path);
    none("a .rs file begins with //! and what it is for", mute.collect());
}

#[test]
fn no_file_is_too_long() {
    let mut sources = files();
    sources.retain(|path, _| [".rs", ".ts", ".mjs", ".scss", ".sql"].iter().any(|ending| path.ends_with(ending)));
    let long = sources.into_iter().map(|(path, text)| (path, text.lines().count()));
    let long = long.filter(|(path, lines)| *lines > LONGEST && !path.contains("generated"));
    none(
        "a file has 500 lines at most: split it by noun or verb",
        long.map(|(path, n)| format!("{path}: {n}")).collect(),
    );
}

#[test]
fn only_cloud_runs_sql() {
    let files = rust_files();
    let named = lines_where(&files, |path, line| {
        let may = path.starts_with("crates/cloud/") || path == "crates/model/src/id.rs" || is_this(path);
        !may && (line.contains("sqlx::") || line.contains("use sqlx"))
    });
    none("sqlx is named in cloud, and in model's id types", named.collect());

    let manifest = fs::read_to_string(root().join("crates/model/Cargo.toml")).expect("model has a manifest");
    let line = manifest.lines().find(|line| line.starts_with("sqlx = {"));
    assert!(line.is_some_and(|line| line.contains("optional = true")), "model takes sqlx by option only");
}

/// Deeds take the time from their transaction (`tx.now()`), and make none of their own: a transaction that does not
/// name its account sees no row, or too many.
#[test]
fn clocks_and_transactions_have_one_place() {
    const PLACES: [(&str, &[&str]); 4] = [
        ("now_utc", &["crates/aws/src/dispatch/", "crates/cloud/src/sessions.rs"]),
        ("SystemTime::now", &["server/src/health.rs"]),
        (".begin()", &[]),
        (".begin_with(", &["crates/cloud/src/tx.rs", "crates/cloud/src/outbox/"]),
    ];
    let files = rust_files();
    let found = lines_where(&files, |path, line| {
        let asked = |(word, places): &(&str, &[&str])| {
            line.contains(word) && !places.iter().any(|place| path.starts_with(place))
        };
        !path.contains("/tests/") && !path.contains("/benches/") && PLACES.iter().any(asked)
    });
    none("the time comes from the transaction, and a transaction from Cloud::call", found.collect());
}

#[test]
fn rooms_depend_on_the_rooms_below_only() {
    let mut wrong = Vec::new();
    for (room, closed) in CLOSED {
        let manifest = fs::read_to_string(root().join(room).join("Cargo.toml")).expect("every room has a manifest");
        let mut in_dependencies = false;
        for line in manifest.lines() {
            if let Some(section) = line.strip_prefix('[') {
                in_dependencies = section.starts_with("dependencies]") || section.starts_with("build-dependencies]");
            } else if in_dependencies {
                let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
                if closed.contains(&name) {
                    wrong.push(format!("{room} depends on {name}"));
                }
            }
        }
    }
    none("rooms", wrong);
}

#[test]
fn native_builds_leave_the_browser_and_the_builder_out() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace has a manifest");
    let line = manifest.lines().find(|line| line.starts_with("default-members")).expect("default-members are named");
    assert!(!line.contains("frontend") && !line.contains("site"), "{line}");
}

#[test]
fn pages_do_not_tell_server_and_browser_apart() {
    let files = rust_files();
    let found = lines_where(&files, |path, line| {
        let may = !path.starts_with("app/") || TWO_FACED.iter().any(|room| path.starts_with(room));
        !may && line.contains("feature = \"ssr\"")
    });
    none("cfg(feature = \"ssr\") stays in lib.rs, shell.rs and call/", found.collect());
}

#[test]
fn the_browser_is_given_text_and_posts() {
    let files = rust_files();
    let found = lines_where(&files, |path, line| {
        !is_this(path) && ["inner_html", "GetUrl", "GetCbor"].iter().any(|word| has_word(line, word))
    });
    none("no raw HTML, and no server function that GET can reach", found.collect());
}

#[test]
fn nothing_is_left_for_later() {
    let files = files();
    let marks = ["TODO", "FIXME", "XXX"];
    let found = lines_where(&files, |path, line| !is_this(path) && marks.iter().any(|mark| has_word(line, mark)));
    none("no marks for later: do it, or file an issue", found.collect());
}

#[test]
fn colours_come_from_tokens() {
    let mut sheets = files();
    sheets.retain(|path, _| path.ends_with(".scss") && !path.starts_with("style/tokens/"));
    let found = lines_where(&sheets, |_, line| {
        let code = line.split("//").next().unwrap_or_default();
        let hex = code.split('#').skip(1).any(|rest| {
            let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
            let ends = rest[digits..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '_');
            matches!(digits, 3 | 4 | 6 | 8) && ends
        });
        hex || code.contains("rgb(") || code.contains("rgba(") || code.contains("hsl(") || code.contains("!important")
    });
    none("colours are tokens, and nothing is !important", found.collect());
}

#[test]
fn architecture_names_places_that_exist() {
    let root = root();
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("there is an ARCHITECTURE.md");
    let tops: Vec<String> = fs::read_dir(&root)
        .expect("a readable root")
        .map(|entry| entry.expect("a readable root").file_name().to_string_lossy().into_owned())
        .collect();
    let quoted = text.split('`').skip(1).step_by(2);
    let is_path = |name: &&str| {
        let top = name.split('/').next().unwrap_or_default();
        name.contains('/') && !name.contains([' ', '*', '<', '{', '…']) && tops.iter().any(|known| known == top)
    };
    let missing = quoted.filter(is_path).filter(|path| !root.join(path.trim_end_matches('/')).exists());
    none("ARCHITECTURE.md names what is not there", missing.map(str::to_owned).collect());
    assert!(text.lines().count() <= 150, "ARCHITECTURE.md has 150 lines at most");
}

/// The first line of the bundle names the sources it was made from, and itself (frontend/editor/build.mjs).
#[test]
fn security_names_tests_and_places_that_exist() {
    let text = fs::read_to_string(root().join("docs/security.md")).expect("the document is committed");
    let rust: String = rust_files().into_values().collect();
    let mut named = 0;
    let missing = text.split('`').skip(1).step_by(2).filter(|name| {
        let is_test =
            name.contains('_') && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        named += usize::from(is_test);
        let there = if is_test { rust.contains(&format!("fn {name}(")) } else { root().join(name).exists() };
        let is_place = name.contains('/') && !name.contains(':');
        (is_test || is_place) && !there
    });
    let missing: Vec<String> = missing.map(str::to_owned).collect();
    none("docs/security.md names what is not there", missing);
    assert!(named > 80, "only {named} tests are named");
}

#[test]
fn the_editor_is_made_from_its_sources() {
    let folder = root().join("frontend/editor");
    let read = |name: &str| fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut names: Vec<String> = ["build.mjs", "package-lock.json", "package.json"].map(str::to_owned).into();
    let mut sources: Vec<String> = fs::read_dir(folder.join("src"))
        .expect("the editor has sources")
        .map(|entry| format!("src/{}", entry.expect("a readable folder").file_name().to_string_lossy()))
        .collect();
    sources.sort();
    names.append(&mut sources);
    let parts = names.iter().flat_map(|name| [name.as_bytes(), b"\0", &read(name), b"\0"].concat());
    let made_from = fingerprint(parts);

    let bundle = read("policy-editor.js");
    let end = bundle.iter().position(|byte| *byte == b'\n').expect("the bundle has a first line");
    let head = String::from_utf8_lossy(&bundle[..end]);
    let body = fingerprint(bundle[end + 1..].iter().copied());
    let told = format!("sources {made_from:016x}, bundle {body:016x}.");
    assert!(head.contains(&told), "run `scripts/prepare editor`: the bundle says {head:?}, which should hold {told:?}");
}

/// FNV-1a, 64 bits.
fn fingerprint(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[test]
fn no_dependency_is_older_than_its_last_known_hole() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the lock file is committed");
    let mut wrong = Vec::new();
    let mut name = "";
    for line in lock.lines() {
        if let Some(text) = line.strip_prefix("name = ") {
            name = text.trim_matches('"');
            if BANNED.contains(&name) {
                wrong.push(format!("{name} is banned"));
            }
        } else if let Some(text) = line.strip_prefix("version = ") {
            let found = text.trim_matches('"');
            let floor = FLOORS.iter().find(|(floored, _)| *floored == name).map(|(_, floor)| *floor);
            if floor.is_some_and(|floor| numbers(found) < numbers(floor)) {
                wrong.push(format!("{name} {found} is older than {}", floor.unwrap_or_default()));
            }
        }
    }
    none("dependencies", wrong);
}

fn numbers(version: &str) -> Vec<u64> {
    let release = version.split(['-', '+']).next().unwrap_or_default();
    release.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}

#[test]
fn the_rules_can_be_broken() {
    assert!(has_word("// TODO later", "TODO") && !has_word("TODOS", "TODO") && !has_word("A_TODO", "TODO"));
    assert!(numbers("0.4.9") < numbers("0.4.16") && numbers("1.0.0-rc.1") == numbers("1.0.0"));
    let files = BTreeMap::from([("app/src/x.rs".to_owned(), "a\nlet bad = 1;\n".to_owned())]);
    let found: Vec<_> = lines_where(&files, |_, line| line.contains("bad")).collect();
    assert_eq!(found, ["app/src/x.rs:2: let bad = 1;"]);
}
