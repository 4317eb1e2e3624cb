//! A file that comes with a request. It lies on the host while the operation reads it, line by line, and goes with the
//! request: a cost export is longer than what a process should hold for every browser that sends one.

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use tokio::io::AsyncWriteExt as _;
use uuid::Uuid;

/// A file on its way in.
#[derive(Debug)]
pub struct Upload {
    path: Spool,
    file: tokio::fs::File,
    written: u64,
    name: String,
}

/// A file that has come. It is deleted with the last of these.
#[derive(Clone, Debug)]
pub struct Uploaded {
    path: Arc<Spool>,
    name: String,
}

/// A path whose file is deleted with it.
#[derive(Debug)]
struct Spool(PathBuf);

impl Drop for Spool {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::warn!(path = %self.0.display(), %error, "an uploaded file could not be deleted");
        }
    }
}

/// Readable by nobody else on the host.
async fn create(path: &Path) -> std::io::Result<tokio::fs::File> {
    tokio::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).await
}

impl Upload {
    /// The longest file, in bytes.
    pub const MOST: u64 = 64 * 1024 * 1024;

    /// Begins a file that its sender calls `name`.
    ///
    /// # Errors
    /// What the host's file system said.
    pub async fn begin(name: &str) -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("understudy-{}", Uuid::new_v4()));
        let file = create(&path).await.with_context(|| format!("creating {}", path.display()))?;
        let name = name.chars().filter(|c| !c.is_control()).take(100).collect();
        Ok(Self { path: Spool(path), file, written: 0, name })
    }

    /// Takes the next bytes; no if the file is too long.
    ///
    /// # Errors
    /// What the host's file system said.
    pub async fn take(&mut self, bytes: &[u8]) -> anyhow::Result<bool> {
        self.written += bytes.len() as u64;
        if self.written > Self::MOST {
            return Ok(false);
        }
        self.file.write_all(bytes).await?;
        Ok(true)
    }

    /// Ends the file. One without a byte was not chosen: there is none.
    ///
    /// # Errors
    /// What the host's file system said.
    pub async fn end(mut self) -> anyhow::Result<Option<Uploaded>> {
        self.file.flush().await?;
        Ok((self.written > 0).then(|| Uploaded { path: Arc::new(self.path), name: self.name }))
    }
}

impl Uploaded {
    /// What its sender calls it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Opens it from its beginning.
    pub(crate) fn open(&self) -> std::io::Result<File> {
        File::open(&self.path.0)
    }
}
