//! A folder that a test has for itself.

use std::fs;
use std::path::{Path, PathBuf};

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
        // Whatever a failed test left behind is of no use to anybody.
        let _ = fs::remove_dir_all(&self.0);
    }
}
