//! Finds an installed PostgreSQL server. Nothing is downloaded.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The oldest server the schema is written for.
const OLDEST: u32 = 14;
/// Where Debian and its relatives keep one folder per major version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The folder with `initdb` and `postgres` of one version.
#[derive(Debug)]
pub struct Binaries {
    folder: PathBuf,
}

impl Binaries {
    /// The newest installed server, or exactly the major version that an existing cluster was made by: its
    /// files can be read by no other.
    pub fn find(cluster_version: Option<&str>) -> Result<Self> {
        let mut found: Vec<(u32, PathBuf)> =
            candidates().into_iter().filter_map(|folder| Some((major(&folder)?, folder))).collect();
        found.sort();
        let chosen = match cluster_version {
            Some(version) => {
                let version: u32 = version.parse().context("the cluster's PG_VERSION is not a number")?;
                found.into_iter().find(|(major, _)| *major == version).with_context(|| {
                    format!("the data directory was made by PostgreSQL {version}: install postgresql-{version}")
                })?
            }
            None => found
                .pop()
                .context("no PostgreSQL server is installed: install the package postgresql, or set DATABASE_URL")?,
        };
        if chosen.0 < OLDEST {
            bail!("PostgreSQL {} is installed, at least {OLDEST} is needed", chosen.0);
        }
        Ok(Self { folder: chosen.1 })
    }

    /// The path of one program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

fn candidates() -> Vec<PathBuf> {
    let versions = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    let output = Command::new("pg_config").arg("--bindir").output();
    if let Some(output) = output.ok().filter(|output| output.status.success()) {
        folders.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    let is_server = |folder: &PathBuf| folder.join("postgres").is_file() && folder.join("initdb").is_file();
    folders.retain(is_server);
    folders
}

/// The major version, from the server's own word: `postgres (PostgreSQL) 15.18 (Debian …)`.
fn major(folder: &Path) -> Option<u32> {
    let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let version = text.split_whitespace().nth(2)?;
    version.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
}
