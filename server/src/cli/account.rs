//! `understudy account …`: the operator's hand, through the same operations as everything else.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use cloud::Cloud;
use model::Secret;
use model::operator::{AccountSummary, CreateAccount, DeleteAccount, ListAccounts, ResetRootMfa, ResetRootPassword};
use rand::RngExt;

use super::cards::{Card, Cards};
use super::operator::call;
use super::roster;

/// Characters of a generated password.
const GENERATED: usize = 20;

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes an active account without a sign-up, or with `--from` one for everybody of a class.
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
    /// Takes all MFA devices from a root user who has lost them, ends the root user's sessions, and tells the owner by
    /// mail. Make sure first that whoever asks is the owner.
    ResetRootMfa {
        /// The account's twelve digits.
        account_id: String,
    },
    /// Deletes an account with everything it holds, its mails and its trail too. Nothing brings it back.
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
    #[arg(long, required_unless_present = "from")]
    email: Option<String>,
    /// The account's name.
    #[arg(long, required_unless_present = "from")]
    name: Option<String>,
    /// Takes the root user's password from standard input. Without one, root signs in only after reset-root-password.
    #[arg(long)]
    password_stdin: bool,
    /// Also makes an access key for the root user.
    #[arg(long)]
    root_access_key: bool,
    /// One JSON object instead of lines for people.
    #[arg(long)]
    json: bool,
    /// Makes an account for each line of a CSV file with the column `name` and perhaps `email`; addresses may be
    /// invented, and are where there are none. Nothing is made before the whole list is found to be in order.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["email", "name", "password_stdin", "root_access_key", "json"])]
    from: Option<PathBuf>,
    /// Where the sign-in cards of the class go: a new CSV file, or a sheet to print if it ends with `.html`. Without
    /// it, CSV to standard output. They hold passwords, which nothing shows again.
    #[arg(long, value_name = "FILE", requires = "from")]
    cards: Option<PathBuf>,
    /// Only says what would be made.
    #[arg(long, requires = "from")]
    dry_run: bool,
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
        Command::ResetRootMfa { account_id } => {
            let done = call(cloud, ResetRootMfa { account_id }).await?;
            for serial_number in &done.serial_numbers {
                println!("{serial_number}");
            }
            if done.serial_numbers.is_empty() {
                eprintln!("The root user has no MFA device.");
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

/// A whole class, or nobody where the list is not in order.
async fn make_class(cloud: &Cloud, from: PathBuf, cards: Option<PathBuf>, dry_run: bool) -> Result<()> {
    let text = fs::read_to_string(&from).with_context(|| format!("reading {}", from.display()))?;
    let taken: BTreeSet<String> = all(cloud).await?.into_iter().map(|account| account.email.to_lowercase()).collect();
    let entries = roster::read(&text, &taken).with_context(|| from.display().to_string())?;
    if dry_run {
        for entry in &entries {
            println!("{}  {}", entry.email, entry.name);
        }
        println!("{} accounts would be made.", entries.len());
        return Ok(());
    }
    let mut cards = Cards::begin(cards.as_deref())?;
    let origin = cloud.settings().public_url.clone();
    let (mut made, all) = (0, entries.len());
    for entry in entries {
        let password = generate();
        let input = CreateAccount {
            email: entry.email.clone(),
            account_name: entry.name.clone(),
            password: Some(password.clone()),
            root_access_key: false,
        };
        let account = call(cloud, input).await;
        let account = account.with_context(|| format!("{}; {made} of {all} accounts were made before", entry.email))?;
        cards.add(&Card {
            name: entry.name,
            users_url: format!("{origin}/signin/{}/console", account.account_id),
            account_id: account.account_id,
            email: entry.email,
            password: password.expose().to_owned(),
            signin_url: format!("{origin}/signin"),
            mailbox_url: account.mailbox_url.expose().to_owned(),
        })?;
        made += 1;
    }
    eprintln!("{made} accounts were made.");
    Ok(())
}

async fn make(cloud: &Cloud, create: Create) -> Result<()> {
    if let Some(from) = create.from {
        return make_class(cloud, from, create.cards, create.dry_run).await;
    }
    let password = if create.password_stdin { Some(read_password()?) } else { None };
    let input = CreateAccount {
        email: create.email.unwrap_or_default(),
        account_name: create.name.unwrap_or_default(),
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

/// Every account of the installation.
async fn all(cloud: &Cloud) -> Result<Vec<AccountSummary>> {
    let mut accounts = Vec::new();
    let mut marker = None;
    loop {
        let page = call(cloud, ListAccounts { marker, max_items: None }).await?;
        accounts.extend(page.accounts);
        marker = page.marker;
        if marker.is_none() {
            return Ok(accounts);
        }
    }
}

async fn list(cloud: &Cloud, json: bool) -> Result<()> {
    let accounts = all(cloud).await?;
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
