//! The private PostgreSQL that a server without `DATABASE_URL` brings along.
//!
//! It lives in the data directory, listens on a Unix socket only, and is shared by every process that is
//! started on the same data directory: the first one starts it, the last one that leaves stops it. Two file
//! locks decide who is who, because the kernel lets go of them however a process ends:
//!
//! - `postgres.start` is held while a process starts or stops the server, so that two never do it at once;
//! - `postgres.users` is shared by every process that uses it; whoever can have it alone is the last.
//!
//! A process that is killed leaves the server running, and the next one finds it. A server that is killed is
//! started again by whichever process notices first. Durability is never given up for speed.

mod binaries;
mod cluster;
mod home;
mod identity;
mod lock;
mod postmaster;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use self::binaries::Binaries;
use self::home::Home;
use self::identity::Identity;
use self::lock::FileLock;
use self::postmaster::Postmaster;

/// The role that owns the database: ordinary, so that row-level security applies to it.
pub const ROLE: &str = "understudy";
/// The database.
pub const DATABASE: &str = "understudy";
/// The bootstrap superuser, for backups by whoever holds the host.
pub const SUPERUSER: &str = "postgres";

/// How often a process looks whether the server still lives.
const WATCH: Duration = Duration::from_millis(500);
/// How long to wait for another process that is starting or stopping the server.
const PATIENCE: Duration = Duration::from_secs(180);

/// A private PostgreSQL in use by this process.
#[derive(Debug)]
pub struct PrivatePostgres {
    url: String,
    server: Arc<Server>,
    users: FileLock,
    leaving: Arc<Notify>,
    watcher: JoinHandle<()>,
}

/// Everything needed to start the server, and to find it again.
#[derive(Debug)]
struct Server {
    home: Home,
    binaries: Binaries,
    identity: Identity,
}

impl PrivatePostgres {
    /// Makes the cluster if there is none, starts its server unless another process already has, and joins its
    /// users.
    ///
    /// # Errors
    /// When no PostgreSQL is installed, when the data directory belongs to somebody else, or when the server
    /// does not come up; the message says what to do.
    pub async fn start(data: &Path) -> Result<Self> {
        let server = Arc::new(Server::find(data)?);
        let starting = FileLock::exclusive(&server.home.start_lock(), PATIENCE)
            .await
            .context("another process has been starting or stopping PostgreSQL for minutes")?;
        cluster::ensure(&server.home, &server.binaries, &server.identity).await?;
        server.ensure_running().await?;
        let users = FileLock::shared(&server.home.users_lock())?;
        drop(starting);

        let leaving = Arc::new(Notify::new());
        let watcher = tokio::spawn(watch(Arc::clone(&server), Arc::clone(&leaving)));
        Ok(Self { url: server.home.url(), server, users, leaving, watcher })
    }

    /// The connection URL of the ordinary role, through the Unix socket.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Leaves, and stops the server if nobody else uses it.
    ///
    /// # Errors
    /// When the server does not stop within half a minute; it then still runs.
    pub async fn stop(self) -> Result<()> {
        self.leaving.notify_one();
        self.watcher.await.context("the watcher of PostgreSQL")?;
        let _stopping = FileLock::exclusive(&self.server.home.start_lock(), PATIENCE).await?;
        drop(self.users);
        let Some(_alone) = FileLock::try_exclusive(&self.server.home.users_lock())? else {
            tracing::info!("PostgreSQL stays: another process uses it");
            return Ok(());
        };
        match Postmaster::find(&self.server.home.cluster())? {
            Some(postmaster) => postmaster.stop().await,
            None => Ok(()),
        }
    }
}

impl Server {
    fn find(data: &Path) -> Result<Self> {
        let identity = Identity::choose(data)?;
        let home = Home::prepare(data, &identity)?;
        let binaries = Binaries::find(home.version()?.as_deref())?;
        Ok(Self { home, binaries, identity })
    }

    /// Starts the server unless it runs. Call it with the start lock held.
    async fn ensure_running(&self) -> Result<()> {
        let cluster = self.home.cluster();
        if let Some(postmaster) = Postmaster::find(&cluster)?
            && postmaster.until_ready().await?
        {
            return Ok(());
        }
        postmaster::start(&self.home, &self.binaries, &self.identity).await
    }

    async fn restart_if_dead(&self) -> Result<()> {
        if Postmaster::find(&self.home.cluster())?.is_some() {
            return Ok(());
        }
        let Some(_starting) = FileLock::try_exclusive(&self.home.start_lock())? else {
            return Ok(());
        };
        if Postmaster::find(&self.home.cluster())?.is_none() {
            tracing::error!("PostgreSQL is gone; starting it again");
            self.ensure_running().await?;
            tracing::info!("PostgreSQL is back");
        }
        Ok(())
    }
}

/// Brings the server back when it died under us.
async fn watch(server: Arc<Server>, leaving: Arc<Notify>) {
    loop {
        tokio::select! {
            () = leaving.notified() => return,
            () = tokio::time::sleep(WATCH) => {}
        }
        if let Err(error) = server.restart_if_dead().await {
            tracing::error!("PostgreSQL cannot be started again: {error:#}");
        }
    }
}
