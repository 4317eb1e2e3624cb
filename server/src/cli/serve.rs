//! `understudy serve`: everything up, until a signal; then everything down in order.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use cloud::Cloud;
use tokio::net::TcpListener;

use crate::assets::ASSETS;
use crate::config::Config;
use crate::database::Database;
use crate::http::listen::{self, Capacity};
use crate::shutdown::{self, Lifecycle, Phase};
use crate::{master_key, router, worker};

/// Serves until SIGTERM or Ctrl-C.
pub async fn serve(config: Config) -> Result<ExitCode> {
    // Addresses first: a port in use should not cost a database start.
    let console = bind(config.addr, "UNDERSTUDY_ADDR").await?;
    let api = bind(config.api_addr, "UNDERSTUDY_API_ADDR").await?;
    let database = Database::open(&config).await?;
    let served = with_database(&config, &database, console, api).await;
    let closed = database.close().await;
    served?;
    closed?;
    Ok(ExitCode::SUCCESS)
}

async fn with_database(
    config: &Config,
    database: &Database,
    console: TcpListener,
    api: TcpListener,
) -> Result<()> {
    let key = master_key::load(config)?;
    let cloud = Cloud::start(
        database.url(),
        config.database_connections,
        &key,
        config.settings()?,
    )
    .await?;
    if ASSETS.is_empty() {
        tracing::warn!("this binary was built without the site: pages have no style and no script");
    }

    let lifecycle = Lifecycle::default();
    let capacity = Capacity::new(config.max_connections);
    let console_router = router::console(config, cloud.clone(), lifecycle.clone());
    let api_router = router::api(config, cloud.clone());
    let serving = [
        tokio::spawn(listen::serve(
            console,
            console_router,
            capacity.clone(),
            lifecycle.clone(),
        )),
        tokio::spawn(listen::serve(api, api_router, capacity, lifecycle.clone())),
    ];
    let working = worker::spawn(config, cloud, lifecycle.clone());
    announce(config);

    shutdown::requested().await?;
    tracing::info!("leaving");
    lifecycle.advance(Phase::Leaving);
    tokio::time::sleep(Duration::from_secs(config.shutdown_delay)).await;
    lifecycle.advance(Phase::Closing);
    for task in serving.into_iter().chain(working) {
        task.await?;
    }
    Ok(())
}

async fn bind(address: SocketAddr, setting: &str) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("listening on {address} ({setting})"))
}

fn announce(config: &Config) {
    tracing::info!(
        "console at {}, listening on {}",
        config.public_url.origin(),
        config.addr
    );
    tracing::info!("AWS protocols on http://{}", config.api_addr);
}
