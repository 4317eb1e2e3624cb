//! What a load balancer and a supervisor ask: does the process live (`/healthz`), and should it get requests
//! (`/readyz`)?

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use cloud::Cloud;
use http::StatusCode;

use crate::shutdown::{Lifecycle, Phase};

/// A database that does not answer for this long is as good as none.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Clone)]
struct Health {
    cloud: Cloud,
    lifecycle: Lifecycle,
}

/// Both addresses.
pub fn router(cloud: Cloud, lifecycle: Lifecycle) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .with_state(Health { cloud, lifecycle })
}

/// Says no more than whether: the reasons are for whoever holds the host, in the log and in `understudy doctor`.
async fn ready(State(health): State<Health>) -> (StatusCode, &'static str) {
    if health.lifecycle.phase() != Phase::Serving {
        return (StatusCode::SERVICE_UNAVAILABLE, "leaving\n");
    }
    match tokio::time::timeout(PATIENCE, health.cloud.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::warn!("not ready: {error:#}");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
        Err(_) => {
            tracing::warn!("not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}
