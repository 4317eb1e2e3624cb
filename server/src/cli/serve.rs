//! `understudy serve`: everything up, until a signal; then everything down in order.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use cloud::Cloud;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::operator;
use crate::assets::ASSETS;
use crate::config::Config;
use crate::database::Database;
use crate::http::listen::{self, Capacity};
use crate::mailer::Mailer;
use crate::shutdown::{Lifecycle, Phase, Signals};
use crate::{health, master_key, metrics, router, worker};

/// What a worker has left for its round when everything else has ended. A mail cut off here is sent again.
const WORKERS: Duration = Duration::from_secs(5);

/// Serves until SIGTERM or Ctrl-C.
pub async fn serve(config: &Config) -> Result<ExitCode> {
    // Addresses first: a port in use should not cost a database start.
    let signals = Signals::listen()?;
    let console = bind(config.addr, "UNDERSTUDY_ADDR").await?;
    let api = bind(config.api_addr, "UNDERSTUDY_API_ADDR").await?;
    let metrics = match config.metrics_addr {
        Some(address) => Some(bind(address, "UNDERSTUDY_METRICS_ADDR").await?),
        None => None,
    };
    let mailer = Mailer::new(config)?;
    let database = Database::open(config).await?;
    let served = with_database(config, &database, mailer, signals, [console, api], metrics).await;
    let closed = database.close().await;
    served?;
    closed?;
    Ok(ExitCode::SUCCESS)
}

async fn with_database(
    config: &Config,
    database: &Database,
    mailer: Option<Mailer>,
    signals: Signals,
    [console, api]: [TcpListener; 2],
    metrics: Option<TcpListener>,
) -> Result<()> {
    let key = master_key::load(config)?;
    let cloud = Cloud::start(database.url(), config.database_connections, &key, config.settings()?).await?;
    warn(&cloud).await?;

    let lifecycle = Lifecycle::default();
    let capacity = Capacity::new(config.max_connections);
    let console_router = router::console(config, cloud.clone(), lifecycle.clone());
    let api_router = router::api(config, cloud.clone());
    let mut listeners = vec![
        tokio::spawn(listen::serve(console, console_router, capacity.clone(), lifecycle.clone())),
        tokio::spawn(listen::serve(api, api_router, capacity.clone(), lifecycle.clone())),
    ];
    if let Some(metrics) = metrics {
        let router = metrics::router(cloud.clone());
        listeners.push(tokio::spawn(listen::serve(metrics, router, capacity, lifecycle.clone())));
    }
    let workers = worker::spawn(&cloud, mailer, &lifecycle);
    tracing::info!("console at {}, listening on {}", config.public_url().origin(), config.addr);
    tracing::info!("AWS protocols on http://{}", config.api_addr);
    // Not into the log, which others may read.
    println!("The operator's inbox, once within fifteen minutes: {}", operator::link(&cloud).await?.expose());

    signals.requested().await;
    tracing::info!("leaving");
    lifecycle.advance(Phase::Leaving);
    tokio::time::sleep(Duration::from_secs(config.shutdown_delay)).await;
    lifecycle.advance(Phase::Closing);
    for listener in listeners {
        listener.await?;
    }
    for worker in workers {
        end(worker).await;
    }
    cloud.close().await;
    Ok(())
}

/// What whoever runs this should know, though it keeps nothing from working.
async fn warn(cloud: &Cloud) -> Result<()> {
    if ASSETS.is_empty() {
        tracing::warn!("this binary was built without the site: pages have no style and no script");
    }
    let health = cloud.health().await?;
    if health.above_row_security {
        let role = &health.role;
        tracing::warn!("the role {role} is above row-level security: accounts are kept apart by our queries alone");
    }
    if let Some(trouble) = health::trouble(&health) {
        tracing::warn!("/readyz will answer 503: {trouble}");
    }
    Ok(())
}

async fn end(mut worker: JoinHandle<()>) {
    if tokio::time::timeout(WORKERS, &mut worker).await.is_err() {
        worker.abort();
    }
}

async fn bind(address: SocketAddr, setting: &str) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("listening on {address} ({setting})"))
}
