//! A class list: which accounts it asks for, and everything that is wrong with it, told by line before anything is
//! made.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use model::{Operation as _, operator::CreateAccount};
use rand::RngExt as _;

/// One account that the list asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The account's name.
    pub name: String,
    /// The root user's address, made up where the list has none.
    pub email: String,
}

/// Reads a list with a column `name` and perhaps one `email`; any others are ignored. Commas or semicolons part the
/// columns. `taken` holds the addresses of the accounts that exist, in lower case.
///
/// # Errors
/// Names every line that cannot be made an account of, and why.
pub fn read(text: &str, taken: &BTreeSet<String>) -> Result<Vec<Entry>> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let separator = if first.contains(';') && !first.contains(',') { b';' } else { b',' };
    let mut rows = rows(text, separator)?.into_iter();
    let header: Vec<String> = rows.next().unwrap_or_default().1.iter().map(|name| name.trim().to_lowercase()).collect();
    let column = |wanted: &[&str]| header.iter().position(|name| wanted.contains(&name.as_str()));
    let Some(name) = column(&["name", "account name"]) else {
        bail!("the first line names no column \"name\"; \"email\" may follow it");
    };
    let email = column(&["email", "e-mail", "email address"]);
    let (mut entries, mut faults, mut seen) = (Vec::new(), Vec::new(), taken.clone());
    for (line, row) in rows {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(|text| text.trim().to_owned());
        let name = cell(Some(name)).unwrap_or_default();
        let given = cell(email).filter(|email| !email.is_empty());
        let email = given.unwrap_or_else(|| invented(&name));
        let asked = CreateAccount { email: email.clone(), account_name: name.clone(), ..CreateAccount::default() };
        if let Err(error) = asked.checked() {
            faults.push(format!("line {line}: {error}"));
        } else if !seen.insert(email.to_lowercase()) {
            faults.push(format!("line {line}: {email} is the address of another account"));
        }
        entries.push(Entry { name, email });
    }
    if !faults.is_empty() {
        bail!("no account was made:\n  {}", faults.join("\n  "));
    }
    if entries.is_empty() {
        bail!("the list has no line after the first");
    }
    Ok(entries)
}

/// An address that nobody has (RFC 2606): mail to it is read in the built-in inbox.
fn invented(name: &str) -> String {
    let mut local: String = name
        .to_lowercase()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .take(30)
        .collect();
    local = local.trim_matches('-').to_owned();
    let number: u32 = rand::rng().random_range(100_000..1_000_000);
    let hyphen = if local.is_empty() { "" } else { "-" };
    format!("{local}{hyphen}{number}@example.com")
}

/// The rows that hold anything, each with the number of the line it begins on.
///
/// # Errors
/// The text is no CSV.
fn rows(text: &str, separator: u8) -> Result<Vec<(usize, csv::StringRecord)>> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut rows, mut line, mut counted) = (Vec::new(), 1, 0);
    for row in reader.records() {
        let row = row?;
        // The reader's own numbers are those of the empty lines before a row.
        let from = row.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(counted);
        let begins = text.len() - text[from..].trim_start_matches(['\r', '\n']).len();
        line += text[counted..begins].matches('\n').count();
        counted = begins;
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((line, row));
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_fresh(text: &str) -> Result<Vec<Entry>> {
        read(text, &BTreeSet::from(["taken@example.com".to_owned()]))
    }

    #[test]
    fn lists_of_every_spreadsheet_are_read() {
        let expected = Entry { name: "Ann, A.".into(), email: "ann@example.com".into() };
        for text in [
            "name,email\n\"Ann, A.\",ann@example.com\n",
            "\u{feff}Room;E-Mail;Name\r\n7;ann@example.com;Ann, A.\r\n;;\r\n",
            "email,name\nann@example.com,\"Ann, A.\"",
            "email,name\n\n\nann@example.com,\"Ann, A.\"",
        ] {
            assert_eq!(read_fresh(text).expect("a list"), std::slice::from_ref(&expected), "{text}");
        }
        let quoted = read_fresh("name\n\"Bob \"\"the\"\" B.\"\n").expect("a list");
        assert_eq!(quoted[0].name, "Bob \"the\" B.");
    }

    #[test]
    fn who_has_no_address_gets_one_of_nobody() {
        let made = read_fresh("name\nAnn Lee\n++\n").expect("a list");
        assert!(made[0].email.starts_with("ann-lee-") && made[0].email.ends_with("@example.com"), "{made:?}");
        assert!(made[1].email.len() == "123456@example.com".len() && made[0].email != made[1].email, "{made:?}");
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let spaced =
            read_fresh("name,email\r\n\r\n\"A\nB\",a@example.com\r\n\r\n\r\nBob,nonsense\r\n").expect_err("a fault");
        assert!(spaced.to_string().contains("line 7"), "{spaced}");
        let text = "name,email\nAnn,ann@example.com\nBob,nonsense\n,c@example.com\nDan,ANN@example.com\nEve,taken@example.com\n";
        let told = read_fresh(text).expect_err("faults").to_string();
        for line in ["line 3", "line 4", "line 5: ANN@example.com is the address", "line 6: taken@example.com is"] {
            assert!(told.contains(line), "{line} is not in {told}");
        }
        assert!(!told.contains("line 2"), "{told}");
        for empty in ["", "name\n", "email\na@example.com\n"] {
            assert!(read_fresh(empty).is_err(), "{empty}");
        }
    }
}
