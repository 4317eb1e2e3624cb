//! `understudy account …`: the operator's hand, through the same operations as everything else.

use std::io::{self, IsTerminal};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use cloud::Cloud;
use model::Secret;
use model::operator::{CreateAccount, DeleteAccount, ListAccounts, ResetRootPassword};
use rand::RngExt;

use super::operator::call;

/// Characters of a generated password.
const GENERATED: usize = 20;

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes an active account without a sign-up.
    Create(Create),
    /// Lists all accounts.
    List {
        /// One JSON array instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Gives a root user a new password, prints it once, and ends the root user's sessions.
    ResetRootPassword {
        /// The account's twelve digits.
        account_id: String,
        /// Takes the password from standard input instead of making one up.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Deletes an account with everything it holds. Nothing brings it back.
    Delete {
        /// The account's twelve digits.
        account_id: String,
        /// Yes, really.
        #[arg(long)]
        yes: bool,
    },
}

/// What a new account needs.
#[derive(Debug, Args)]
pub struct Create {
    /// The root user's email address.
    #[arg(long)]
    email: String,
    /// The account's name.
    #[arg(long)]
    name: String,
    /// Takes the root user's password from standard input. Without one, root signs in only after reset-root-password.
    #[arg(long)]
    password_stdin: bool,
    /// Also makes an access key for the root user.
    #[arg(long)]
    root_access_key: bool,
    /// One JSON object instead of lines for people.
    #[arg(long)]
    json: bool,
}

/// Runs one of them.
pub async fn run(cloud: &Cloud, command: Command) -> Result<()> {
    match command {
        Command::Create(create) => make(cloud, create).await,
        Command::List { json } => list(cloud, json).await,
        Command::ResetRootPassword { account_id, password_stdin } => {
            let password = if password_stdin { read_password()? } else { generate() };
            let shown = (!password_stdin).then(|| password.expose().to_owned());
            call(cloud, ResetRootPassword { account_id, password }).await?;
            if let Some(shown) = shown {
                println!("{shown}");
            }
            Ok(())
        }
        Command::Delete { account_id, yes } => {
            if !yes {
                bail!("this deletes account {account_id} with everything it holds; add --yes if you mean it");
            }
            call(cloud, DeleteAccount { account_id }).await
        }
    }
}

async fn make(cloud: &Cloud, create: Create) -> Result<()> {
    let password = if create.password_stdin { Some(read_password()?) } else { None };
    let input = CreateAccount {
        email: create.email,
        account_name: create.name,
        password,
        root_access_key: create.root_access_key,
    };
    let made = call(cloud, input).await?;
    if create.json {
        println!("{}", serde_json::to_string(&made)?);
        return Ok(());
    }
    println!("account     {}", made.account_id);
    println!("mailbox     {}", made.mailbox_url.expose());
    if let (Some(id), Some(secret)) = (&made.access_key_id, &made.secret_access_key) {
        println!("access key  {id}");
        println!("secret      {}", secret.expose());
    }
    Ok(())
}

async fn list(cloud: &Cloud, json: bool) -> Result<()> {
    let mut accounts = Vec::new();
    let mut marker = None;
    loop {
        let page = call(cloud, ListAccounts { marker, max_items: None }).await?;
        accounts.extend(page.accounts);
        marker = page.marker;
        if marker.is_none() {
            break;
        }
    }
    if json {
        println!("{}", serde_json::to_string(&accounts)?);
        return Ok(());
    }
    for account in accounts {
        println!("{}  {:<8}  {}  {}", account.account_id, account.status, account.email, account.account_name);
    }
    Ok(())
}

/// The first line of standard input.
fn read_password() -> Result<Secret> {
    if io::stdin().is_terminal() {
        eprintln!("Type the password and press Enter (it is shown as you type):");
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line).context("reading the password")?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        bail!("standard input holds no password");
    }
    Ok(Secret::new(password))
}

fn generate() -> Secret {
    let random = |count: usize| {
        let mut bytes = vec![0; count];
        rand::rng().fill(bytes.as_mut_slice());
        bytes
    };
    Secret::new(model::password::generate(GENERATED, random))
}
