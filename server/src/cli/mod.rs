//! The command line: `understudy [serve]`, and what whoever holds the host does beside it.

mod account;
mod cards;
mod doctor;
mod hardware_token;
mod key;
mod mail;
mod migrate;
mod operator;
mod roster;
mod serve;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use cloud::Cloud;

use crate::config::Config;
use crate::database::Database;
use crate::{log, master_key};

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
    /// Makes, lists and deletes accounts, and helps a root user back in.
    #[command(subcommand)]
    Account(account::Command),
    /// Makes hardware TOTP tokens known, so that principals can be given them.
    #[command(subcommand)]
    HardwareToken(hardware_token::Command),
    /// Shows mails that did not leave, sends them again, discards them.
    #[command(subcommand)]
    Mail(mail::Command),
    /// Changes the key that secrets at rest are sealed under.
    #[command(subcommand)]
    MasterKey(key::Command),
    /// Brings the database's schema up to this version, and does nothing else. `serve` does it, too.
    Migrate,
    /// Prints a link, good once and for fifteen minutes, that opens the operator's inbox in a browser.
    OperatorLink,
    /// Looks whether everything is as it should be.
    Doctor(doctor::Options),
}

/// Runs one command to its end.
///
/// # Errors
/// Whatever kept it from being done, for people to read.
pub fn run(cli: Cli) -> Result<ExitCode> {
    let config = &cli.config;
    let command = cli.command.unwrap_or(Command::Serve);
    config.check()?;
    log::start(config, if matches!(command, Command::Serve) { "info" } else { "warn" })?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Serve => serve::serve(config).await,
            Command::Account(command) => {
                let (database, cloud) = open(config).await?;
                let done = account::run(&cloud, command).await;
                close(database, cloud).await?;
                done.map(|()| ExitCode::SUCCESS)
            }
            Command::HardwareToken(command) => {
                let (database, cloud) = open(config).await?;
                let done = hardware_token::run(&cloud, command).await;
                close(database, cloud).await?;
                done.map(|()| ExitCode::SUCCESS)
            }
            Command::Mail(command) => {
                let (database, cloud) = open(config).await?;
                let done = mail::run(&cloud, command).await;
                close(database, cloud).await?;
                done.map(|()| ExitCode::SUCCESS)
            }
            Command::MasterKey(command) => {
                let (database, cloud) = open(config).await?;
                let done = key::run(&cloud, command).await;
                close(database, cloud).await?;
                done.map(|()| ExitCode::SUCCESS)
            }
            Command::OperatorLink => {
                let (database, cloud) = open(config).await?;
                let link = operator::link(&cloud).await;
                close(database, cloud).await?;
                println!("{}", link?.expose());
                Ok(ExitCode::SUCCESS)
            }
            Command::Migrate => migrate::run(config).await.map(|()| ExitCode::SUCCESS),
            Command::Doctor(options) => doctor::run(config, &options).await,
        }
    })
}

/// The installation's database, for a command that needs it for a moment. A server that runs is not disturbed.
async fn open(config: &Config) -> Result<(Database, Cloud)> {
    /// More than a command needs at once.
    const CONNECTIONS: u32 = 2;
    let database = Database::open(config).await?;
    let cloud = async {
        let key = master_key::load(config)?;
        Cloud::start(database.url(), CONNECTIONS, &key, config.settings()?).await
    };
    match cloud.await {
        Ok(cloud) => Ok((database, cloud)),
        Err(error) => {
            database.close().await?;
            Err(error)
        }
    }
}

async fn close(database: Database, cloud: Cloud) -> Result<()> {
    cloud.close().await;
    database.close().await
}
