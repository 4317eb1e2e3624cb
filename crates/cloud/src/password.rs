//! Hashing passwords: argon2id, off the async threads, a bounded number at once.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, Ordering},
};

use anyhow::anyhow;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _, password_hash::phc::PasswordHash};
use model::{ApiError, Secret};

use crate::{error::Result, gate::Gate};

/// Passwords longer than this are refused before they are hashed.
const MAX_BYTES: usize = 1024;

/// A hash of a password nobody has: what unknown users are checked against, so that they cost what known ones cost.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let unguessable = rand::random::<u128>().to_string();
    hash_now(unguessable.as_bytes()).expect("the default parameters are valid")
});

/// OWASP's floor, argon2id with m = 19,456 KiB, t = 2, p = 1: the crate's default parameters.
fn hash_now(password: &[u8]) -> anyhow::Result<String> {
    Ok(Argon2::default().hash_password(password).map_err(|error| anyhow!("argon2: {error}"))?.to_string())
}

/// Runs argon2, and counts how often.
pub(crate) struct Hasher {
    gate: Gate,
    runs: Arc<AtomicU64>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self { gate: Gate::of_cores(), runs: Arc::default() }
    }
}

impl Hasher {
    pub(crate) fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }

    /// The PHC string of a new password.
    pub(crate) async fn hash(&self, password: &Secret) -> Result<String> {
        let bytes = password.expose().as_bytes().to_vec();
        if bytes.len() > MAX_BYTES {
            return Err(ApiError::Invalid { message: "A password has at most 1,024 bytes.".into() }.into());
        }
        self.work(move || hash_now(&bytes)).await
    }

    /// Whether `password` is the one that `stored` was made from. Without a stored hash the work is done all the
    /// same, and the answer is no.
    pub(crate) async fn verify(&self, password: &Secret, stored: Option<&str>) -> Result<bool> {
        let known = stored.is_some();
        let stored = stored.map_or_else(|| NOBODY.clone(), str::to_owned);
        let bytes = password.expose().as_bytes().to_vec();
        let fits = bytes.len() <= MAX_BYTES;
        let matches = self
            .work(move || {
                let parsed = PasswordHash::new(&stored).map_err(|error| anyhow!("a stored password hash: {error}"))?;
                let bytes = if fits { bytes.as_slice() } else { &[] };
                Ok(Argon2::default().verify_password(bytes, &parsed).is_ok())
            })
            .await?;
        Ok(matches && known && fits)
    }

    async fn work<T: Send + 'static>(&self, job: impl FnOnce() -> anyhow::Result<T> + Send + 'static) -> Result<T> {
        let runs = self.runs.clone();
        self.gate
            .run(move || {
                runs.fetch_add(1, Ordering::Relaxed);
                Ok(job()?)
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn verifying_costs_the_same_for_nobody() {
        let hasher = Hasher::default();
        let hash = hasher.hash(&"Correct-Horse-1".into()).await.expect("hashes");
        assert!(hasher.verify(&"Correct-Horse-1".into(), Some(&hash)).await.expect("verifies"));
        assert!(!hasher.verify(&"Correct-Horse-2".into(), Some(&hash)).await.expect("verifies"));
        assert!(!hasher.verify(&"Correct-Horse-1".into(), None).await.expect("verifies"));
        assert_eq!(hasher.runs(), 4);
    }
}
