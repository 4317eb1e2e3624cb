//! Sign-in cards for a class: a CSV for mail merge, or a sheet to print and cut, a card an account.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use app::iam::users::csv::inert;
use html_escape::encode_text;

/// What stands on a card.
#[derive(Clone, Debug)]
pub struct Card {
    /// The account's name.
    pub name: String,
    /// Twelve digits.
    pub account_id: String,
    /// The root user's address.
    pub email: String,
    /// The root user's password.
    pub password: String,
    /// Where root signs in.
    pub signin_url: String,
    /// Where the account's IAM users sign in.
    pub users_url: String,
    /// The link that opens the account's mailbox.
    pub mailbox_url: String,
}

const LABELS: [&str; 7] = [
    "Account name",
    "Account ID",
    "Root user email",
    "Root user password",
    "Sign-in URL",
    "Sign-in URL for IAM users",
    "Mailbox",
];

impl Card {
    fn values(&self) -> [&str; 7] {
        let Self { name, account_id, email, password, signin_url, users_url, mailbox_url } = self;
        [name, account_id, email, password, signin_url, users_url, mailbox_url]
    }
}

/// Cards as they are written, each as soon as its account exists.
pub enum Cards {
    /// A line a card.
    List(Box<csv::Writer<Box<dyn Write>>>),
    /// A page to print.
    Sheet(Box<dyn Write>),
}

impl Cards {
    /// Begins a new file that only its owner may read, a sheet if its name ends with `.html`; without one, standard
    /// output. No file is overwritten.
    ///
    /// # Errors
    /// When the file exists or cannot be made.
    pub fn begin(path: Option<&Path>) -> Result<Self> {
        let sheet = path.and_then(Path::extension).is_some_and(|extension| extension.eq_ignore_ascii_case("html"));
        let mut out: Box<dyn Write> = match path {
            Some(path) => {
                let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
                Box::new(file.with_context(|| format!("making {}", path.display()))?)
            }
            None => Box::new(io::stdout()),
        };
        if sheet {
            out.write_all(HEAD.as_bytes())?;
            return Ok(Self::Sheet(out));
        }
        let mut list = csv::Writer::from_writer(out);
        list.write_record(LABELS)?;
        list.flush()?;
        Ok(Self::List(Box::new(list)))
    }

    /// Writes one card.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, card: &Card) -> Result<()> {
        match self {
            Self::List(list) => {
                list.write_record(card.values().map(inert))?;
                Ok(list.flush()?)
            }
            Self::Sheet(out) => {
                let facts: String = LABELS
                    .iter()
                    .zip(card.values())
                    .skip(1)
                    .map(|(label, value)| format!("<dt>{label}</dt><dd>{}</dd>", encode_text(value)))
                    .collect();
                writeln!(out, "<section><h2>{}</h2><dl>{facts}</dl></section>", encode_text(&card.name))?;
                Ok(out.flush()?)
            }
        }
    }
}

const HEAD: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Sign-in cards</title><style>
body { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm; margin: 8mm; font: 10pt sans-serif; }
section { border: 1px dashed; padding: 4mm; break-inside: avoid; }
h2 { margin: 0 0 2mm; font-size: 12pt; }
dl { margin: 0; } dt { font-weight: bold; } dd { margin: 0 0 1mm; font-family: monospace; overflow-wrap: anywhere; }
</style>\n";
