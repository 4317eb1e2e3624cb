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
/// How soon budgets see costs whose day has begun.
const COSTS: Duration = Duration::from_secs(30);
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
    let (costs, alarms, ending) = (cloud.clone(), cloud.clone(), lifecycle.clone());
    loops.push(tokio::spawn(every(COSTS, lifecycle.clone(), move || evaluate(costs.clone()))));
    loops.push(tokio::spawn(every(ALARMS, lifecycle.clone(), move || evaluate_alarms(alarms.clone(), ending.clone()))));
    let cloud = cloud.clone();
    loops.push(tokio::spawn(every(SWEEP, lifecycle.clone(), move || sweep(cloud.clone()))));
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

/// Sends until nothing is due. What is on its way when the server leaves is seen to its end.
async fn deliver(cloud: Cloud, mailer: Mailer, lifecycle: Lifecycle) {
    let send = |delivery| {
        let mailer = mailer.clone();
        async move { mailer.send(delivery).await }
    };
    if let Err(error) = cloud.deliver_due_while(|| lifecycle.phase() < Phase::Closing, send).await {
        tracing::warn!("{error:#}");
    }
    mailer.rest().await;
}

/// Evaluates alarms until none is due.
async fn evaluate_alarms(cloud: Cloud, lifecycle: Lifecycle) {
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

/// Evaluates the budgets of accounts whose next costs are due.
async fn evaluate(cloud: Cloud) {
    match cloud.evaluate_due_costs().await {
        Ok(0) => {}
        Ok(accounts) => tracing::debug!(accounts, "due costs were evaluated"),
        Err(error) => tracing::warn!("evaluating due costs: {error:#}"),
    }
}
