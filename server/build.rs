//! Embeds the built site: writes a table of `include_bytes!` over the folder that the crate `site` made.
//!
//! The folder is `UNDERSTUDY_SITE`, else `pkg` in the target directory. Without one (a plain `cargo check`), or
//! without the feature `site`, the table is empty, and the server says so when it starts.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-env-changed=UNDERSTUDY_SITE");
    println!("cargo::rerun-if-env-changed=CARGO_TARGET_DIR");
    let folder = match env::var_os("UNDERSTUDY_SITE") {
        _ if env::var_os("CARGO_FEATURE_SITE").is_none() => None,
        Some(folder) => Some(PathBuf::from(folder)),
        None => env::var_os("CARGO_TARGET_DIR").map(|target| Path::new(&target).join("pkg")),
    };
    let files = match &folder {
        Some(folder) => {
            // Written last, and only when something changed.
            println!("cargo::rerun-if-changed={}", folder.join("manifest.json").display());
            files(folder)?
        }
        None => BTreeMap::new(),
    };
    let out = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(Path::new(&out).join("site.rs"), table(&files)?)?;
    Ok(())
}

/// Every file by its hashed name. A compressed variant is listed under its own name, too.
fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Box<dyn std::error::Error>> {
    let mut files = BTreeMap::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(files),
        Err(error) => return Err(error.into()),
    };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).ok_or("a file name that is not UTF-8")?;
        if name != "manifest.json" && !name.ends_with(".partial") {
            files.insert(name.to_owned(), path);
        }
    }
    Ok(files)
}

/// The source of the table, in the order of the names.
fn table(files: &BTreeMap<String, PathBuf>) -> Result<String, Box<dyn std::error::Error>> {
    let mut source = String::from("&[\n");
    for (name, path) in files {
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let logical = logical(name).ok_or_else(|| format!("{name} carries no hash"))?;
        let include = |path: &PathBuf| format!("include_bytes!({:?})", path.display().to_string());
        let variant = |suffix: &str| match files.get(&format!("{name}.{suffix}")) {
            Some(path) => format!("Some({})", include(path)),
            None => "None".to_owned(),
        };
        writeln!(
            source,
            "Asset {{ logical: {logical:?}, name: {name:?}, identity: {}, brotli: {}, gzip: {} }},",
            include(path),
            variant("br"),
            variant("gz")
        )?;
    }
    source.push_str("]\n");
    Ok(source)
}

/// `main.css` of `main.0123456789abcdef.css`.
fn logical(name: &str) -> Option<String> {
    let (rest, extension) = name.rsplit_once('.')?;
    let (stem, hash) = rest.rsplit_once('.')?;
    let hashed = hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    hashed.then(|| format!("{stem}.{extension}"))
}
