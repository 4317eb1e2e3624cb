//! The master key: from the environment, or from a file that the first start makes.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use anyhow::{Context, Result, bail};
use cloud::MasterKey;

use crate::config::{Config, Hidden};

const FILE: &str = "master.key";

/// The key that secrets at rest are sealed under, with the former ones that still open some.
///
/// # Errors
/// When a setting is no key, or the file can be read by others than its owner.
pub fn load(config: &Config) -> Result<MasterKey> {
    let mut key = present(config)?;
    for text in config.former_master_keys.iter().map(Hidden::expose).filter(|text| !text.trim().is_empty()) {
        key = key.beside(&MasterKey::parse(text).context("UNDERSTUDY_FORMER_MASTER_KEYS")?);
    }
    Ok(key)
}

fn present(config: &Config) -> Result<MasterKey> {
    if let Some(text) = &config.master_key {
        return MasterKey::parse(text.expose()).context("UNDERSTUDY_MASTER_KEY");
    }
    fs::create_dir_all(&config.data).with_context(|| format!("making {}", config.data.display()))?;
    let path = config.data.join(FILE);
    match read(&path)? {
        Some(key) => Ok(key),
        None => make(&config.data, &path),
    }
}

fn read(path: &Path) -> Result<Option<MasterKey>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
    };
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        bail!("{} can be read by others: chmod 600 it, and think about who has", path.display());
    }
    MasterKey::parse(&text).with_context(|| path.display().to_string()).map(Some)
}

/// Writes a new key whole under another name and links it: of two processes that start at once, one wins, and
/// both use the winner's. Losing the file means losing every sealed secret, so it is on disk before it is used.
fn make(folder: &Path, path: &Path) -> Result<MasterKey> {
    let key = MasterKey::generate();
    let draft = folder.join(format!("{FILE}.{}", std::process::id()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(key.to_hex().as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Ok(()) => {
            fs::File::open(folder)?.sync_all()?;
            tracing::info!("made the master key {}: back it up beside the database", path.display());
            Ok(key)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            read(path)?.context("the master key vanished while it was read")
        }
        Err(error) => Err(error).with_context(|| format!("making {}", path.display())),
    }
}
