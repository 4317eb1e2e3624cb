//! A folder that a test has for itself.

use std::fs;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal, kill_process};

/// Removed with everything in it at the end.
pub struct Folder(PathBuf);

impl Folder {
    /// A new one, with a short name: sockets live in it.
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("understudy-test-{}", uuid::Uuid::new_v4().simple()));
        fs::create_dir(&path).expect("the temporary folder is writable");
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A test that failed, or that killed what would have stopped it, leaves a PostgreSQL behind.
        let file = fs::read_to_string(self.0.join("postgres/postmaster.pid")).unwrap_or_default();
        let pid = file.lines().next().and_then(|line| line.trim().parse().ok()).and_then(Pid::from_raw);
        let is_ours = |pid: &Pid| {
            let command = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&command).contains(&*self.0.to_string_lossy())
        };
        if let Some(pid) = pid.filter(is_ours) {
            let _ = kill_process(pid, Signal::KILL);
        }
        // Whatever a failed test left behind is of no use to anybody.
        let _ = fs::remove_dir_all(&self.0);
    }
}
