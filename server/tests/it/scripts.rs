//! The scripts explain themselves before they install or build anything.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::folder::Folder;

/// Our scripts in a place where nothing was built, and where whoever installs or builds fails.
fn copied(folder: &Folder) -> PathBuf {
    let (from, to) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts"), folder.path().join("scripts"));
    fs::create_dir(&to).expect("a folder");
    for name in ["run", "test", "env"] {
        fs::copy(from.join(name), to.join(name)).expect("a script");
    }
    for name in ["setup", "build"] {
        program(&to.join(name), "exit 9");
    }
    to
}

fn program(path: &Path, does: &str) {
    fs::create_dir_all(path.parent().expect("it lies somewhere")).expect("a folder");
    fs::write(path, format!("#!/usr/bin/env bash\n{does}\n")).expect("written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("may be run");
}

/// What the script prints; it must end well.
fn help(folder: &Folder, scripts: &Path, name: &str, flag: &str) -> String {
    let mut command = Command::new("bash");
    command.arg(scripts.join(name)).arg(flag).env("UNDERSTUDY_CACHE", folder.path().join("cache"));
    let output = command.output().expect("bash runs");
    assert!(output.status.success(), "{name} {flag}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn help_is_given_where_nothing_is_built() {
    let folder = Folder::new();
    let scripts = copied(&folder);
    let built = Command::new("bash")
        .arg(scripts.join("run"))
        .env("UNDERSTUDY_CACHE", folder.path().join("cache"))
        .status()
        .expect("bash runs");
    assert_eq!(built.code(), Some(9), "without a flag it would install and build");
    for flag in ["--help", "-h"] {
        let run = help(&folder, &scripts, "run", flag);
        assert!(run.starts_with("Usage: scripts/run") && run.contains("README.md"), "{run}");
        let test = help(&folder, &scripts, "test", flag);
        assert!(test.starts_with("Usage: scripts/test") && test.contains("--journeys"), "{test}");
    }
    // An old program explains itself, too: its settings are better than none.
    program(&folder.path().join("cache/target/release/understudy"), "echo \"the program's own: $*\"");
    let run = help(&folder, &scripts, "run", "--help");
    assert!(run.starts_with("Usage: scripts/run") && run.ends_with("\n\nthe program's own: --help\n"), "{run}");
}
