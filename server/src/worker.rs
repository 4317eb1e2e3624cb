//! Loops beside the requests. Every server runs all of them: rows are claimed with leases, so that no work is done
//! twice and none waits for a server that is gone.

use std::future::Future;
use std::time::Duration;

use cloud::Cloud;
use tokio::task::JoinHandle;

use crate::mailer::Mailer;
use crate::shutdown::{Lifecycle, Phase};

/// How soon a mail leaves.
const MAIL: Duration = Duration::from_secs(1);
/// How often what has expired is thrown away.
const SWEEP: Duration = Duration::from_secs(300);

/// How often alarms that are due are looked for; each is due once a minute.
const ALARMS: Duration = Duration::from_secs(5);

/// Starts every loop; each ends when the lifecycle closes, after the round it is in.
pub fn spawn(cloud: &Cloud, mailer: Option<Mailer>, lifecycle: &Lifecycle) -> Vec<JoinHandle<()>> {
    let mut loops = Vec::new();
    if let Some(mailer) = mailer {
        let (cloud, ending) = (cloud.clone(), lifecycle.clone());
        loops.push(tokio::spawn(every(MAIL, lifecycle.clone(), move || {
            deliver(cloud.clone(), mailer.clone(), ending.clone())
        })));
    }
    let (sweeping, cloud, ending) = (cloud.clone(), cloud.clone(), lifecycle.clone());
    loops.push(tokio::spawn(every(SWEEP, lifecycle.clone(), move || sweep(sweeping.clone()))));
    loops.push(tokio::spawn(every(ALARMS, lifecycle.clone(), move || evaluate(cloud.clone(), ending.clone()))));
    loops
}

async fn every<F, R>(pause: Duration, lifecycle: Lifecycle, mut round: F)
where
    F: FnMut() -> R,
    R: Future<Output = ()>,
{
    loop {
        tokio::select! {
            () = lifecycle.reached(Phase::Closing) => return,
            () = tokio::time::sleep(pause) => {}
        }
        round().await;
    }
}

/// Sends until nothing is due.
async fn deliver(cloud: Cloud, mailer: Mailer, lifecycle: Lifecycle) {
    while lifecycle.phase() < Phase::Closing {
        let send = |delivery| {
            let mailer = mailer.clone();
            async move { mailer.send(delivery).await }
        };
        match cloud.deliver_due(send).await {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!("{error:#}");
                return;
            }
        }
    }
}

/// Evaluates until nothing is due.
async fn evaluate(cloud: Cloud, lifecycle: Lifecycle) {
    while lifecycle.phase() < Phase::Closing {
        match cloud.evaluate_alarms().await {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!("{error:#}");
                return;
            }
        }
    }
}

async fn sweep(cloud: Cloud) {
    if let Err(error) = cloud.sweep().await {
        tracing::warn!("{error:#}");
    }
}
