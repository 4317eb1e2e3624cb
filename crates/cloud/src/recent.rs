//! A bounded cache: the values that were asked for last.

use std::{
    hash::Hash,
    num::NonZeroUsize,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use lru::LruCache;

/// Keeps the values that were asked for last, by their key.
pub(crate) struct Recent<K: Eq + Hash, T>(Mutex<LruCache<K, Arc<T>>>);

impl<K: Eq + Hash, T> Recent<K, T> {
    /// Keeps at most `capacity` values, and at least one.
    pub(crate) fn new(capacity: usize) -> Self {
        Self(Mutex::new(LruCache::new(NonZeroUsize::new(capacity).unwrap_or(NonZeroUsize::MIN))))
    }

    /// The value, made now or a while ago. It is made without the lock: two threads may make the same value, but none
    /// waits for another's.
    ///
    /// # Errors
    /// What `make` fails with; nothing is kept then.
    pub(crate) fn get_or_make<E>(&self, key: K, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        if let Some(known) = self.get(&key) {
            return Ok(known);
        }
        let made = Arc::new(make()?);
        self.put(key, Arc::clone(&made));
        Ok(made)
    }

    /// The value, which thereby is the last one used.
    fn get(&self, key: &K) -> Option<Arc<T>> {
        self.entries().get(key).map(Arc::clone)
    }

    /// Keeps a value in place of the one that has been unused for longest.
    fn put(&self, key: K, value: Arc<T>) {
        self.entries().put(key, value);
    }

    /// A panic of another thread leaves the cache usable, because every step leaves it whole.
    fn entries(&self) -> MutexGuard<'_, LruCache<K, Arc<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_drops_what_was_unused_for_longest() {
        let recent = Recent::new(2);
        recent.put(1, Arc::new("one"));
        recent.put(2, Arc::new("two"));
        assert_eq!(recent.get(&1).as_deref(), Some(&"one"));
        recent.put(3, Arc::new("three"));
        assert_eq!(recent.get(&2), None);
        assert_eq!(recent.get(&1).as_deref(), Some(&"one"));
        recent.put(1, Arc::new("again"));
        assert_eq!(recent.get(&3).as_deref(), Some(&"three"));
        assert_eq!(recent.get(&1).as_deref(), Some(&"again"));
    }
}
