//! How the process ends: it says so, takes no more, finishes what it has, and leaves.

use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

/// Where in its life the process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Taking requests.
    Serving,
    /// Still taking requests, but `/readyz` already says 503.
    Leaving,
    /// Taking no new connection, and ending each open one after its request.
    Closing,
}

/// Tells everybody who asks which phase it is.
#[derive(Clone, Debug)]
pub struct Lifecycle {
    phase: watch::Sender<Phase>,
}

impl Default for Lifecycle {
    fn default() -> Self {
        Self { phase: watch::Sender::new(Phase::Serving) }
    }
}

impl Lifecycle {
    /// The phase now.
    pub fn phase(&self) -> Phase {
        *self.phase.borrow()
    }

    /// Goes on to a later phase; never back.
    pub fn advance(&self, to: Phase) {
        self.phase.send_if_modified(|phase| {
            let later = to > *phase;
            if later {
                *phase = to;
            }
            later
        });
    }

    /// Waits until `phase` has come.
    pub async fn reached(&self, phase: Phase) {
        // The sender is ours, so the channel cannot close while we wait.
        let _ = self.phase.subscribe().wait_for(|now| *now >= phase).await;
    }
}

/// A signal within this time of the first is the same one: a terminal sends Ctrl-C to everybody in the foreground, and
/// a parent among them may pass it on.
const ECHO: Duration = Duration::from_secs(1);

/// SIGTERM and Ctrl-C, listened to from the moment this is made.
#[derive(Debug)]
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Begins to listen. Made before anybody can see the server answer: a signal that came earlier would end the
    /// process without its farewell.
    ///
    /// # Errors
    /// When the signals cannot be listened to.
    pub fn listen() -> Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for the first signal. Another one later ends the process at once.
    pub async fn requested(mut self) {
        any(&mut self.terminate, &mut self.interrupt).await;
        let first = Instant::now();
        tokio::spawn(async move {
            while first.elapsed() < ECHO {
                any(&mut self.terminate, &mut self.interrupt).await;
            }
            std::process::exit(130);
        });
    }
}

async fn any(terminate: &mut Signal, interrupt: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
