//! A bounded cache: the values that were asked for last.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// Keeps the values that were asked for last, by their key.
pub(crate) struct Recent<K, T> {
    capacity: usize,
    /// Counts the uses; each entry remembers the count at its last one.
    clock: u64,
    entries: HashMap<K, (u64, Arc<T>)>,
}

impl<K: Copy + Eq + Hash, T> Recent<K, T> {
    /// Keeps at most `capacity` values, which is not zero.
    pub(crate) fn new(capacity: usize) -> Self {
        Self { capacity, clock: 0, entries: HashMap::with_capacity(capacity) }
    }

    /// The value, which thereby is the last one used.
    pub(crate) fn get(&mut self, key: K) -> Option<Arc<T>> {
        self.clock += 1;
        let (used, value) = self.entries.get_mut(&key)?;
        *used = self.clock;
        Some(Arc::clone(value))
    }

    /// Keeps a value in place of the one that has been unused for longest.
    pub(crate) fn put(&mut self, key: K, value: Arc<T>) {
        self.clock += 1;
        if self.entries.len() >= self.capacity && !self.entries.contains_key(&key) {
            let oldest = self.entries.iter().min_by_key(|(_, (used, _))| *used);
            if let Some(oldest) = oldest.map(|(&key, _)| key) {
                self.entries.remove(&oldest);
            }
        }
        self.entries.insert(key, (self.clock, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_drops_what_was_unused_for_longest() {
        let mut recent = Recent::new(2);
        recent.put(1, Arc::new("one"));
        recent.put(2, Arc::new("two"));
        assert_eq!(recent.get(1).as_deref(), Some(&"one"));
        recent.put(3, Arc::new("three"));
        assert_eq!(recent.get(2), None);
        assert_eq!(recent.get(1).as_deref(), Some(&"one"));
        recent.put(1, Arc::new("again"));
        assert_eq!(recent.get(3).as_deref(), Some(&"three"));
        assert_eq!(recent.get(1).as_deref(), Some(&"again"));
    }
}
