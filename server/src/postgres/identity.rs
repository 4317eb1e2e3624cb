//! As whom the private PostgreSQL runs. It refuses to run as root, so root needs another way.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use tokio::process::Command;

/// Users that a root process may hand the server to, best first. Both exist on every Debian that has
/// PostgreSQL; `initdb` wants one that has a name.
const UNPRIVILEGED: [&str; 2] = ["postgres", "nobody"];

/// How a program of PostgreSQL is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// As the user we are.
    Ourselves,
    /// As root in a user namespace that calls it by an ordinary user's number: the files stay root's, and
    /// work anywhere root can write.
    Namespace {
        /// The number it has inside.
        uid: u32,
        /// The group it has inside.
        gid: u32,
    },
    /// As an unprivileged user, who must own the files and reach them.
    User {
        /// The user.
        uid: u32,
        /// The user's group.
        gid: u32,
    },
}

impl Identity {
    /// Decides for a data directory. An existing cluster keeps the owner it has.
    pub fn choose(data: &Path) -> Result<Self> {
        let us = rustix::process::geteuid().as_raw();
        let owner = match fs::metadata(data.join("postgres")) {
            Ok(metadata) => Some((metadata.uid(), metadata.gid())),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error).context("looking at the cluster's folder"),
        };
        match owner {
            Some((uid, _)) if us != 0 && uid != us => bail!(
                "{} belongs to user {uid}, and this is user {us}: run as that user, or choose another UNDERSTUDY_DATA",
                data.join("postgres").display()
            ),
            _ if us != 0 => Ok(Self::Ourselves),
            Some((uid, gid)) if uid != 0 => Ok(Self::User { uid, gid }),
            _ => {
                let (uid, gid) = unprivileged()?;
                let inside = Self::Namespace { uid, gid };
                Ok(if inside.works() { inside } else { Self::User { uid, gid } })
            }
        }
    }

    /// A command that will run `program` under this identity, with an empty environment: a setting of the
    /// caller's (`PGOPTIONS`, `PGPORT`) must not reach the server, nor a secret.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = match self {
            Self::Ourselves => Command::new(program),
            Self::Namespace { uid, gid } => {
                let mut command = Command::new("unshare");
                command.arg("--user").arg(format!("--map-user={uid}")).arg(format!("--map-group={gid}"));
                command.arg(program);
                command
            }
            Self::User { uid, gid } => {
                let mut command = Command::new(program);
                command.uid(*uid).gid(*gid);
                command
            }
        };
        let path = std::env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into());
        command.env_clear().env("PATH", path).env("LC_ALL", "C").current_dir("/");
        command
    }

    /// Gives a path to the identity, where it is not ours already.
    pub fn own(&self, path: &Path) -> Result<()> {
        match self {
            Self::Ourselves | Self::Namespace { .. } => Ok(()),
            Self::User { uid, gid } => {
                chown(path, Some(*uid), Some(*gid)).with_context(|| format!("giving {} to user {uid}", path.display()))
            }
        }
    }

    /// Like [`Identity::own`], for everything below a folder: a cluster made in a namespace that can no longer
    /// be had changes hands this way.
    pub fn own_all(&self, folder: &Path) -> Result<()> {
        let Self::User { uid, .. } = self else {
            return Ok(());
        };
        let mut open = vec![folder.to_owned()];
        while let Some(path) = open.pop() {
            let metadata = fs::symlink_metadata(&path)?;
            if metadata.is_dir() {
                let entries: std::io::Result<Vec<PathBuf>> =
                    fs::read_dir(&path)?.map(|entry| Ok(entry?.path())).collect();
                open.extend(entries?);
            }
            if metadata.uid() != *uid && !metadata.is_symlink() {
                self.own(&path)?;
            }
        }
        Ok(())
    }

    /// Whether the identity can enter a folder, tried for real.
    pub fn can_enter(&self, folder: &Path) -> bool {
        let Self::User { uid, gid } = self else {
            return true;
        };
        let mut command = std::process::Command::new("test");
        std::os::unix::process::CommandExt::uid(&mut command, *uid);
        std::os::unix::process::CommandExt::gid(&mut command, *gid);
        command.arg("-x").arg(folder).status().is_ok_and(|status| status.success())
    }

    /// Whether this machine lets us run something this way. Containers often forbid namespaces.
    fn works(&self) -> bool {
        let mut command = self.command(Path::new("true"));
        let command = command.as_std_mut();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }
}

/// User and group number of the first of the unprivileged users that exists.
fn unprivileged() -> Result<(u32, u32)> {
    let passwd = fs::read_to_string("/etc/passwd").context("reading /etc/passwd")?;
    let find = |name: &str| {
        let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut numbers = line.split(':').skip(2);
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    };
    UNPRIVILEGED.into_iter().find_map(find).context(
        "PostgreSQL refuses to run as root, and there is neither a user postgres nor a user nobody to run it as",
    )
}
