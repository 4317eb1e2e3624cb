//! Which PostgreSQL the process works on: the one it is told, or its private one.

use anyhow::Result;

use crate::config::{Config, Hidden};
use crate::postgres::PrivatePostgres;

/// A database in use. Close it at the end: a private PostgreSQL is stopped by the last process that leaves.
#[derive(Debug)]
pub enum Database {
    /// The one that `DATABASE_URL` names.
    External(Hidden),
    /// Our own, in the data directory.
    Private(PrivatePostgres),
}

impl Database {
    /// Starts the private PostgreSQL, unless `DATABASE_URL` is set.
    ///
    /// # Errors
    /// When no PostgreSQL is installed, or it does not start.
    pub async fn open(config: &Config) -> Result<Self> {
        match &config.database_url {
            Some(url) => Ok(Self::External(url.clone())),
            None => Ok(Self::Private(PrivatePostgres::start(&config.data).await?)),
        }
    }

    /// The connection URL.
    pub fn url(&self) -> &str {
        match self {
            Self::External(url) => url.expose(),
            Self::Private(postgres) => postgres.url(),
        }
    }

    /// Leaves it.
    ///
    /// # Errors
    /// When the private PostgreSQL does not stop.
    pub async fn close(self) -> Result<()> {
        match self {
            Self::External(_) => Ok(()),
            Self::Private(postgres) => postgres.stop().await,
        }
    }
}
