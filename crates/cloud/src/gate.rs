//! A gate before work that keeps a core busy: off the async threads, and never more of it at once than there are
//! places. Nobody waits for a place with a transaction open: `prepare` is where operations do such work.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::anyhow;
use model::ApiError;
use tokio::sync::Semaphore;

use crate::error::Result;

/// How many may wait for a place; the next one is told to come back.
const QUEUE: usize = 64;
/// How long one waits.
const PATIENCE: Duration = Duration::from_secs(15);

/// A number of places for work, and those who wait for one.
pub(crate) struct Gate {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// Counts a waiting caller until it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Gate {
    /// A gate with a place for each core.
    pub(crate) fn of_cores() -> Self {
        Self::new(std::thread::available_parallelism().map_or(2, usize::from))
    }

    /// A gate with a place for every second core: what may wait leaves the others to those who may not.
    pub(crate) fn of_half_the_cores() -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, |cores| cores.get().div_ceil(2)))
    }

    fn new(places: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), waiting: AtomicUsize::new(0) }
    }

    /// Does the job on a thread of its own once there is a place.
    ///
    /// # Errors
    /// [`ApiError::Unavailable`] where too many wait or one waits too long, and what the job says.
    pub(crate) async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= QUEUE {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(ApiError::Unavailable.into());
        }
        let waiting = Waiting(&self.waiting);
        let place = tokio::time::timeout(PATIENCE, self.places.clone().acquire_owned())
            .await
            .map_err(|_| ApiError::Unavailable)?
            .map_err(|error| anyhow!(error))?;
        drop(waiting);
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            job()
        });
        done.await.map_err(|error| anyhow!(error))?
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::error::Error;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn whoever_finds_the_queue_full_is_told_so() {
        let gate = Arc::new(Gate::new(1));
        let (done, wait) = mpsc::channel::<()>();
        let wait = Arc::new(std::sync::Mutex::new(wait));
        let caller = || {
            let (gate, wait) = (gate.clone(), wait.clone());
            tokio::spawn(async move { gate.run(move || Ok(wait.lock().is_ok_and(|wait| wait.recv().is_ok()))).await })
        };
        let until = async |waiting: usize| {
            while gate.waiting.load(Ordering::Relaxed) != waiting || gate.places.available_permits() > 0 {
                tokio::task::yield_now().await;
            }
        };
        // One works, then the queue is full: only then is the next one turned away.
        let mut callers = vec![caller()];
        until(0).await;
        callers.extend((0..QUEUE).map(|_| caller()));
        until(QUEUE).await;
        assert!(matches!(gate.run(|| Ok(())).await, Err(Error::Api(ApiError::Unavailable))));
        for _ in 0..=QUEUE {
            done.send(()).expect("somebody works");
        }
        for caller in callers {
            assert!(caller.await.expect("runs").expect("has its turn"));
        }
    }
}
