//! Sign-in cards for a class: a CSV for mail merge, or a sheet to print and cut, a card an account.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};

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
pub struct Cards {
    out: Box<dyn Write>,
    sheet: bool,
}

impl Cards {
    /// Begins a new file that only its owner may read, a sheet if its name ends with `.html`; without one, standard
    /// output. No file is overwritten.
    ///
    /// # Errors
    /// When the file exists or cannot be made.
    pub fn begin(path: Option<&Path>) -> Result<Self> {
        let sheet = path.and_then(Path::extension).is_some_and(|extension| extension.eq_ignore_ascii_case("html"));
        let out: Box<dyn Write> = match path {
            Some(path) => {
                let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
                Box::new(file.with_context(|| format!("making {}", path.display()))?)
            }
            None => Box::new(io::stdout()),
        };
        let mut cards = Self { out, sheet };
        if sheet {
            cards.out.write_all(HEAD.as_bytes())?;
        } else {
            cards.line(&LABELS)?;
        }
        Ok(cards)
    }

    /// Writes one card.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, card: &Card) -> Result<()> {
        if !self.sheet {
            return self.line(&card.values());
        }
        let facts: String = LABELS
            .iter()
            .zip(card.values())
            .skip(1)
            .map(|(label, value)| format!("<dt>{label}</dt><dd>{}</dd>", html(value)))
            .collect();
        writeln!(self.out, "<section><h2>{}</h2><dl>{facts}</dl></section>", html(&card.name))?;
        Ok(self.out.flush()?)
    }

    fn line(&mut self, cells: &[&str]) -> Result<()> {
        let cells: Vec<String> = cells.iter().map(|cell| field(cell)).collect();
        writeln!(self.out, "{}", cells.join(","))?;
        Ok(self.out.flush()?)
    }
}

const HEAD: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Sign-in cards</title><style>
body { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm; margin: 8mm; font: 10pt sans-serif; }
section { border: 1px dashed; padding: 4mm; break-inside: avoid; }
h2 { margin: 0 0 2mm; font-size: 12pt; }
dl { margin: 0; } dt { font-weight: bold; } dd { margin: 0 0 1mm; font-family: monospace; overflow-wrap: anywhere; }
</style>\n";

/// A cell that is one cell, and that no spreadsheet takes for a formula (OWASP, "CSV Injection").
fn field(text: &str) -> String {
    let mark = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    if text.contains([',', '"', '\n']) {
        format!("\"{mark}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{mark}{text}")
    }
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
