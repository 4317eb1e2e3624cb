//! `understudy hardware-token …`: the seeds of tokens that show codes, as their manufacturer delivers them.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use cloud::Cloud;
use model::operator::ImportHardwareToken;
use model::{ApiError, Operation as _, Secret};

use super::operator::call;

/// What can be done with tokens.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Reads a CSV file with a serial number and a seed (base32 or hexadecimal) on each line, and perhaps a first line
    /// that names the columns. Tokens that are known already keep the seed they have. Delete the file afterwards.
    Import {
        /// The file.
        file: PathBuf,
    },
}

/// Runs one of them.
pub async fn run(cloud: &Cloud, command: Command) -> Result<()> {
    let Command::Import { file } = command;
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let tokens = read(&text).with_context(|| file.display().to_string())?;
    let (mut made, mut known) = (0, 0);
    for token in tokens {
        let serial_number = token.serial_number.clone();
        match call(cloud, token).await {
            Ok(()) => made += 1,
            Err(error) if matches!(error.downcast_ref(), Some(ApiError::EntityAlreadyExists { .. })) => known += 1,
            Err(error) => return Err(error.context(format!("{serial_number}; {made} tokens were imported before"))),
        }
    }
    eprintln!("{made} tokens were imported, {known} were known already.");
    Ok(())
}

/// The tokens of a list; nothing is imported before the whole list is found to be in order. No message shows a seed.
fn read(text: &str) -> Result<Vec<ImportHardwareToken>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let (mut tokens, mut serials) = (Vec::new(), BTreeSet::new());
    for (at, row) in reader.records().enumerate() {
        let row = row?;
        let (line, field) = (at + 1, |index: usize| row.get(index).unwrap_or_default());
        if at == 0 && field(0).to_lowercase().starts_with("serial") {
            continue;
        }
        if row.len() != 2 {
            bail!("line {line} has {} columns; a serial number and a seed are needed", row.len());
        }
        let token = ImportHardwareToken { serial_number: field(0).to_owned(), seed: Secret::new(field(1)) };
        if let Err(faults) = token.checked() {
            bail!("line {line}: {faults}");
        }
        if !serials.insert(token.serial_number.to_lowercase()) {
            bail!("line {line}: the serial number {} stands in the list twice", token.serial_number);
        }
        tokens.push(token);
    }
    if tokens.is_empty() {
        bail!("the file names no token");
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_list_is_read_whole_or_not_at_all() {
        let seed = "3132333435363738393031323334353637383930";
        let tokens = read(&format!("serial,seed\nGALT00000001, {seed}\nGALT00000002,{seed}\n")).expect("reads");
        assert_eq!(tokens.len(), 2);
        assert_eq!((tokens[0].serial_number.as_str(), tokens[0].seed.expose()), ("GALT00000001", seed));
        for (wrong, why) in [
            ("serial,seed\n".to_owned(), "names no token"),
            (format!("GALT00000001,{seed}\ngalt00000001,{seed}\n"), "twice"),
            ("GALT00000001\n".to_owned(), "columns"),
            (format!("short,{seed}\n"), "serialNumber"),
        ] {
            let error = format!("{:#}", read(&wrong).expect_err(&wrong));
            assert!(error.contains(why) && !error.contains(seed), "{wrong}: {error}");
        }
    }
}
