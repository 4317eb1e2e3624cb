//! Parsed documents of the catalogue, the most recently used ones kept.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use policy::{Policy, PolicyKind};

use super::ManagedPolicy;

/// How many parsed documents stay in memory: far more than one classroom attaches, a sixth of them all.
const CAPACITY: usize = 256;

static RECENT: LazyLock<Mutex<Recent<Policy>>> = LazyLock::new(|| Mutex::new(Recent::new(CAPACITY)));

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
fn recent() -> MutexGuard<'static, Recent<Policy>> {
    RECENT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps the values that were asked for last, by their place in the catalogue.
pub(super) struct Recent<T> {
    capacity: usize,
    /// Counts the uses; each entry remembers the count at its last one.
    clock: u64,
    entries: HashMap<usize, (u64, Arc<T>)>,
}

impl<T> Recent<T> {
    /// Keeps at most `capacity` values, which is not zero.
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, clock: 0, entries: HashMap::with_capacity(capacity) }
    }

    /// The value, which thereby is the last one used.
    pub(super) fn get(&mut self, position: usize) -> Option<Arc<T>> {
        self.clock += 1;
        let (used, value) = self.entries.get_mut(&position)?;
        *used = self.clock;
        Some(Arc::clone(value))
    }

    /// Keeps a value in place of the one that has been unused for longest.
    pub(super) fn put(&mut self, position: usize, value: Arc<T>) {
        self.clock += 1;
        if self.entries.len() >= self.capacity && !self.entries.contains_key(&position) {
            let oldest = self.entries.iter().min_by_key(|(_, (used, _))| *used);
            if let Some(oldest) = oldest.map(|(&position, _)| position) {
                self.entries.remove(&oldest);
            }
        }
        self.entries.insert(position, (self.clock, value));
    }
}
