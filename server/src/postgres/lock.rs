//! Advisory locks on files, which the kernel releases however their holder ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// A lock that lasts as long as the value.
#[derive(Debug)]
pub struct FileLock(#[expect(dead_code, reason = "holding the open file is the lock")] File);

impl FileLock {
    /// Waits until nobody else holds the lock in any way.
    pub async fn exclusive(path: &Path, patience: Duration) -> Result<Self> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(lock) = Self::try_exclusive(path)? {
                return Ok(lock);
            }
            if Instant::now() > deadline {
                bail!("{} stays locked by another process", path.display());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The lock alone, or `None` when anybody else holds it.
    pub fn try_exclusive(path: &Path) -> Result<Option<Self>> {
        let file = open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("locking {}", path.display())),
        }
    }

    /// The lock together with others. Never waits in practice: it is taken alone only by a process that holds
    /// the start lock as well.
    pub fn shared(path: &Path) -> Result<Self> {
        let file = open(path)?;
        file.lock_shared().with_context(|| format!("locking {}", path.display()))?;
        Ok(Self(file))
    }
}

fn open(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    options.open(path).with_context(|| format!("opening {}", path.display()))
}
