//! `understudy master-key …`: another key for the secrets at rest, without a pause.

use anyhow::Result;
use clap::Subcommand;
use cloud::Cloud;

/// What can be done with the master key.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Seals anew under the current key, while servers work. It may be stopped and run again.
    ///
    /// First set UNDERSTUDY_MASTER_KEY to the new key and UNDERSTUDY_FORMER_MASTER_KEYS to the one so far, for every
    /// server, and start them anew one after the other. Then run this with the same settings. When it has finished,
    /// take the former key out of the settings: a server that still needs it would not start. Codes that were mailed
    /// in the minutes before the new key are asked for anew, and browsers are strangers to the sign-in page once.
    Rotate,
    /// Counts what is still sealed under a former key, or as it was before accounts had keys of their own.
    Status,
}

/// Runs one of them.
pub async fn run(cloud: &Cloud, command: Command) -> Result<()> {
    match command {
        Command::Rotate => {
            let done = cloud.reseal().await?;
            println!("sealed anew: {done}; former keys are no longer needed");
        }
        Command::Status => {
            let left = cloud.sealed_otherwise().await?;
            println!("to be sealed anew: {left}");
        }
    }
    Ok(())
}
