//! What a load balancer and a supervisor ask: does the process live (`/healthz`), and should it get requests
//! (`/readyz`)?

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use cloud::{Cloud, Health};
use http::StatusCode;

use crate::shutdown::{Lifecycle, Phase};

/// A database that does not answer for this long is as good as none.
const PATIENCE: Duration = Duration::from_secs(2);
/// Signatures and one-time codes are judged by our clock, everything else by the database's: further apart than
/// this, the two would contradict each other.
const SKEW: Duration = Duration::from_secs(30);

#[derive(Clone)]
struct Asked {
    cloud: Cloud,
    lifecycle: Lifecycle,
}

/// Both addresses.
pub fn router(cloud: Cloud, lifecycle: Lifecycle) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .with_state(Asked { cloud, lifecycle })
}

/// Says no more than whether: the reasons are for whoever holds the host, in the log and in `understudy doctor`.
async fn ready(State(asked): State<Asked>) -> (StatusCode, &'static str) {
    if asked.lifecycle.phase() != Phase::Serving {
        return (StatusCode::SERVICE_UNAVAILABLE, "leaving\n");
    }
    match tokio::time::timeout(PATIENCE, asked.cloud.health()).await {
        Ok(Ok(health)) => match trouble(&health) {
            None => return (StatusCode::OK, "ready\n"),
            Some(trouble) => tracing::warn!("not ready: {trouble}"),
        },
        Ok(Err(error)) => tracing::warn!("not ready: {error:#}"),
        Err(_) => tracing::warn!("not ready: the database does not answer"),
    }
    (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
}

/// Why a database that answers should not be worked on.
pub fn trouble(health: &Health) -> Option<String> {
    if !health.durable {
        return Some("PostgreSQL may lose commits: fsync, full_page_writes and synchronous_commit must be on".into());
    }
    let skew = skew(health);
    (skew > SKEW).then(|| format!("this machine's clock and the database's are {} s apart", skew.as_secs()))
}

/// How far our clock and the database's are apart.
pub fn skew(health: &Health) -> Duration {
    let database = UNIX_EPOCH + Duration::from_millis(u64::try_from(health.now).unwrap_or_default());
    let ours = SystemTime::now();
    ours.duration_since(database).unwrap_or_else(|error| error.duration())
}
