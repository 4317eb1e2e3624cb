//! Opening a database: the pool with its time limits, the migrations, and what a doctor wants to know.

use std::borrow::Cow;
use std::str::FromStr as _;
use std::time::Duration;

use anyhow::Context as _;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, FromRow, PgConnection, PgPool};

use crate::{Cloud, MIGRATOR, MasterKey, Settings};

/// How long a call waits for a connection before it is answered with "try again".
const ACQUIRE: Duration = Duration::from_secs(2);
/// A statement this slow is worth a line in the log.
const SLOW: Duration = Duration::from_secs(1);

/// What is to be known of an open database, besides that it answers.
#[derive(Clone, Debug, FromRow)]
pub struct Health {
    /// The server's version: `15.18`.
    pub version: String,
    /// The role we are.
    pub role: String,
    /// Whether row-level security does not bind that role: a superuser, or BYPASSRLS.
    pub above_row_security: bool,
    /// Whether an answered commit survives a power cut: fsync, full_page_writes and synchronous_commit are on.
    pub durable: bool,
    /// The database's clock, in milliseconds since 1970.
    pub now: i64,
    /// Mails waiting for the mail server.
    pub mails_queued: i64,
    /// Mails that were given up.
    pub mails_failed: i64,
    /// What the mail server said, or what reaching it said, while no mail can be sent.
    pub mail_server_trouble: Option<String>,
}

/// Brings the schema up to this version. Any number of servers may call it at once: one works, the others wait.
///
/// A schema newer than this version is left alone, so that old and new servers can work side by side while they
/// are replaced.
///
/// # Errors
/// When the database cannot be reached, or a migration fails; then nothing of it has happened.
pub async fn migrate(url: &str) -> anyhow::Result<()> {
    let options = PgConnectOptions::from_str(url).context("DATABASE_URL")?.application_name("understudy migrate");
    let mut connection = PgConnection::connect_with(&options).await.context("connecting to PostgreSQL")?;
    let migrator =
        Migrator { migrations: Cow::Borrowed(&MIGRATOR.migrations), ignore_missing: true, ..Migrator::DEFAULT };
    migrator.run(&mut connection).await.context("migrating the schema")?;
    connection.close().await?;
    Ok(())
}

async fn connect(url: &str, connections: u32) -> anyhow::Result<PgPool> {
    let options = PgConnectOptions::from_str(url)
        .context("DATABASE_URL")?
        .application_name("understudy")
        .log_slow_statements(tracing::log::LevelFilter::Warn, SLOW)
        .options([
            ("statement_timeout", "5s"),
            ("lock_timeout", "2s"),
            ("idle_in_transaction_session_timeout", "10s"),
            // A server that is frozen or cut off silently is noticed, and so are we.
            ("tcp_keepalives_idle", "5"),
            ("tcp_keepalives_interval", "2"),
            ("tcp_keepalives_count", "3"),
        ]);
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .connect_with(options)
        .await
        .context("connecting to PostgreSQL")
}

impl Cloud {
    /// Connects, migrates and opens a database.
    ///
    /// # Errors
    /// When it cannot be reached or migrated, or was written under another master key.
    pub async fn start(url: &str, connections: u32, key: &MasterKey, settings: Settings) -> anyhow::Result<Self> {
        migrate(url).await?;
        Self::open(connect(url, connections).await?, key, settings).await
    }

    /// Closes every connection, after those in use have come back.
    pub async fn close(&self) {
        self.pool().close().await;
    }

    /// Asks the database how it is.
    ///
    /// # Errors
    /// What the database or the pool said.
    pub async fn health(&self) -> anyhow::Result<Health> {
        let health = sqlx::query_as(
            "select split_part(current_setting('server_version'), ' ', 1) as version,
                    current_user::text as role,
                    (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as above_row_security,
                    current_setting('fsync')::bool and current_setting('full_page_writes')::bool
                        and current_setting('synchronous_commit') <> 'off' as durable,
                    (extract(epoch from clock_timestamp()) * 1000)::bigint as now,
                    (select count(*) from mail where state = 'queued') as mails_queued,
                    (select count(*) from mail where state = 'failed') as mails_failed,
                    (select why from mail_server where failures > 0) as mail_server_trouble",
        );
        Ok(health.fetch_one(self.pool()).await?)
    }
}
