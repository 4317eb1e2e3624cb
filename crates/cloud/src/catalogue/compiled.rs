//! Parsed documents of the catalogue, the most recently used ones kept.

use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use policy::{Policy, PolicyKind};

use super::ManagedPolicy;
use crate::recent::Recent;

/// How many parsed documents stay in memory: far more than one classroom attaches, a sixth of them all.
const CAPACITY: usize = 256;

static RECENT: LazyLock<Mutex<Recent<usize, Policy>>> = LazyLock::new(|| Mutex::new(Recent::new(CAPACITY)));

/// The policy's document, parsed now or a while ago.
pub(super) fn compiled(managed: &ManagedPolicy) -> Arc<Policy> {
    if let Some(known) = recent().get(managed.position) {
        return known;
    }
    // Without the lock: two threads may parse the same document, but none waits for another's.
    let parsed = Policy::parse(&managed.document(), PolicyKind::Identity)
        .expect("a test parses every document of the catalogue");
    let parsed = Arc::new(parsed);
    recent().put(managed.position, Arc::clone(&parsed));
    parsed
}

/// The cache; a panic of another thread leaves it usable, because every step leaves it whole.
fn recent() -> MutexGuard<'static, Recent<usize, Policy>> {
    RECENT.lock().unwrap_or_else(PoisonError::into_inner)
}
