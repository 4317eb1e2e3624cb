//! A running PostgreSQL server: finding it, starting it, stopping it.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use super::binaries::Binaries;
use super::home::Home;
use super::identity::Identity;

/// Replaying the log after a crash can take a while.
const READY: Duration = Duration::from_secs(120);
/// A fast shutdown ends sessions and writes a checkpoint.
const STOPPED: Duration = Duration::from_secs(30);
/// How long backends of a killed server may hold its shared memory.
const ORPHANS: Duration = Duration::from_secs(15);
const STEP: Duration = Duration::from_millis(20);

/// Durability is spelled out, so that no file can take it away. The log keeps a week, and no statement with
/// its values.
const SETTINGS: [&str; 19] = [
    "listen_addresses=",
    "port=5432",
    "unix_socket_permissions=0700",
    "fsync=on",
    "synchronous_commit=on",
    "full_page_writes=on",
    "row_security=on",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "logging_collector=on",
    "log_directory=log",
    "log_filename=postgres-%a.log",
    "log_truncate_on_rotation=on",
    "log_rotation_age=1440",
    "log_rotation_size=0",
    "log_statement=none",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
];

/// A live server of one cluster.
#[derive(Debug)]
pub struct Postmaster {
    pid: Pid,
    cluster: PathBuf,
}

impl Postmaster {
    /// Looks whether the cluster's server lives. A pid file alone proves nothing: after a kill, its number may
    /// belong to anybody.
    pub fn find(cluster: &Path) -> Result<Option<Self>> {
        let Some(file) = PidFile::read(cluster)? else {
            return Ok(None);
        };
        let found = Pid::from_raw(file.pid).map(|pid| Self { pid, cluster: cluster.to_owned() });
        Ok(found.filter(Self::is_alive))
    }

    /// Waits until it takes connections. `false` when it went away instead.
    pub async fn until_ready(&self) -> Result<bool> {
        let deadline = Instant::now() + READY;
        while self.is_alive() {
            if PidFile::read(&self.cluster)?
                .is_some_and(|file| file.ready && file.pid == self.pid.as_raw_nonzero().get())
            {
                return Ok(true);
            }
            if Instant::now() > deadline {
                bail!("PostgreSQL (process {}) is not ready after {READY:?}", self.pid);
            }
            tokio::time::sleep(STEP).await;
        }
        Ok(false)
    }

    /// A fast shutdown: open transactions roll back, everything committed is on disk.
    pub async fn stop(self) -> Result<()> {
        kill_process(self.pid, Signal::INT).context("asking PostgreSQL to stop")?;
        let deadline = Instant::now() + STOPPED;
        while self.is_alive() {
            if Instant::now() > deadline {
                bail!("PostgreSQL (process {}) has not stopped after {STOPPED:?}", self.pid);
            }
            tokio::time::sleep(STEP).await;
        }
        Ok(())
    }

    /// Whether the process exists, is no zombie, and is the server of this very cluster.
    fn is_alive(&self) -> bool {
        let process = PathBuf::from(format!("/proc/{}", self.pid));
        let state = fs::read_to_string(process.join("stat")).ok();
        let state = state.as_deref().and_then(|stat| stat.rsplit_once(") ")?.1.chars().next());
        if matches!(state, None | Some('Z' | 'X')) {
            return false;
        }
        let Ok(words) = fs::read(process.join("cmdline")) else {
            return false;
        };
        let mut words = words.split(|byte| *byte == 0).map(OsStr::from_bytes);
        let is_postgres = words.next().is_some_and(|program| Path::new(program).ends_with("postgres"));
        is_postgres && words.any(|word| word == self.cluster)
    }
}

/// Starts the server and waits until it takes connections. Call it only where [`Postmaster::find`] found none.
pub async fn start(home: &Home, binaries: &Binaries, identity: &Identity) -> Result<()> {
    let deadline = Instant::now() + ORPHANS;
    loop {
        match attempt(home, binaries, identity).await? {
            None => return Ok(()),
            // Backends notice the death of their postmaster by themselves, but a busy one takes a moment. The
            // server refuses to start beside them, and it is right.
            Some(said) if said.contains("shared memory block") && Instant::now() < deadline => {
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
            Some(said) => bail!("PostgreSQL did not start; {} says:\n{}", home.start_log().display(), said.trim()),
        }
    }
}

/// One try: `None` when it runs, else what it said.
async fn attempt(home: &Home, binaries: &Binaries, identity: &Identity) -> Result<Option<String>> {
    let cluster = home.cluster();
    for file in home.socket_files() {
        match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("removing {}", file.display()));
            }
            _ => {}
        }
    }
    let log = fs::File::create(home.start_log())?;
    let mut command = identity.command(&binaries.program("postgres"));
    command.arg("-D").arg(&cluster).arg("-k").arg(home.socket());
    for setting in SETTINGS {
        command.arg("-c").arg(setting);
    }
    if let Some(stale) = PidFile::read(&cluster)? {
        // The number in the file is dead, or was given to another program since: we have looked. The server
        // itself only asks whether it lives, and would refuse; this variable names a process that does not
        // count. It still makes sure that nobody uses the old shared memory.
        command.env("PG_GRANDPARENT_PID", stale.pid.to_string());
    }
    // A process group of its own: Ctrl-C at the terminal is for us, and we stop it when we are done.
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).process_group(0);
    let mut child = command.spawn().context("running postgres")?;

    let deadline = Instant::now() + READY;
    loop {
        if child.try_wait()?.is_some() {
            return Ok(Some(fs::read_to_string(home.start_log()).unwrap_or_default()));
        }
        let ours = child.id().and_then(|id| i32::try_from(id).ok());
        if PidFile::read(&cluster)?.is_some_and(|file| file.ready && Some(file.pid) == ours) {
            // It outlives us if need be; the runtime reaps it if it ends before.
            return Ok(None);
        }
        if Instant::now() > deadline {
            child.start_kill()?;
            bail!("PostgreSQL is not ready after {READY:?}; see {}", home.start_log().display());
        }
        tokio::time::sleep(STEP).await;
    }
}

/// What `postmaster.pid` says.
struct PidFile {
    pid: i32,
    ready: bool,
}

impl PidFile {
    /// `None` when there is none, or one that is just being written.
    fn read(cluster: &Path) -> Result<Option<Self>> {
        let path = cluster.join("postmaster.pid");
        match fs::read_to_string(&path) {
            Ok(text) => {
                let mut lines = text.lines();
                let pid = lines.next().and_then(|line| line.trim().parse().ok()).filter(|pid| *pid > 0);
                let ready = lines.nth(6).is_some_and(|status| status.trim() == "ready");
                Ok(pid.map(|pid| Self { pid, ready }))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
        }
    }
}
