//! The command line: `understudy [serve]`, and what whoever holds the host does beside it.

mod serve;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::log;

/// A self-hosted stand-in for the AWS Management Console and its API, for practice. Independent of Amazon Web
/// Services; no real account, no real cost.
#[derive(Debug, Parser)]
#[command(name = "understudy", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    config: Config,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the console and the AWS protocols. This is what happens without a command.
    Serve,
}

/// Runs one command to its end.
///
/// # Errors
/// Whatever kept it from being done, for people to read.
pub fn run(cli: Cli) -> Result<ExitCode> {
    cli.config.check()?;
    log::start(&cli.config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match cli.command.unwrap_or(Command::Serve) {
            Command::Serve => serve::serve(cli.config).await,
        }
    })
}
