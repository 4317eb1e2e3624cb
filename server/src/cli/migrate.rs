//! `understudy migrate`.

use anyhow::Result;

use crate::config::Config;
use crate::database::Database;

/// Migrates and leaves.
pub async fn run(config: &Config) -> Result<()> {
    let database = Database::open(config).await?;
    let migrated = cloud::migrate(database.url()).await;
    database.close().await?;
    migrated?;
    println!("the schema is that of version {}", env!("CARGO_PKG_VERSION"));
    Ok(())
}
