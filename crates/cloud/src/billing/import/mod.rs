//! Importing a cost export. It is read twice, a line at a time: first with no transaction open, to find every fault of
//! it; then, if there was none, into the ledger. Lines are never held but for the thousand that one statement writes.

mod columns;
mod reader;

use model::{
    ApiError,
    billing::{ImportCosts, ImportCostsOutput, ImportError, MOST_IMPORT_ERRORS, MOST_IMPORT_LINES},
    decimal::Decimal,
};
use sha2::{Digest as _, Sha256};

use self::reader::{Fault, Lines};
use super::{
    MODIFY,
    ledger::{self, AT_ONCE, NewEntry},
};
use crate::{
    Uploaded, budgets,
    error::Result,
    execute::{Execute, Preparation, Target},
    tx::Tx,
};

/// Where the text comes from; cheap to clone.
#[derive(Clone)]
enum Export {
    Text(std::sync::Arc<[u8]>),
    File(Uploaded),
}

impl Export {
    fn of(operation: &ImportCosts, uploaded: Option<&Uploaded>) -> Result<Self> {
        match (&operation.content, uploaded) {
            (Some(text), _) => Ok(Self::Text(text.as_bytes().into())),
            (None, Some(file)) => Ok(Self::File(file.clone())),
            (None, None) => Err(ApiError::field("content", None, "Member must not be null").into()),
        }
    }

    fn open(&self) -> anyhow::Result<Box<dyn std::io::Read + Send>> {
        Ok(match self {
            Self::Text(text) => Box::new(std::io::Cursor::new(text.clone())),
            Self::File(file) => Box::new(file.open()?),
        })
    }
}

/// What reading it once has found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Survey {
    format: Option<&'static str>,
    lines: usize,
    amount: Decimal,
    days: Option<(String, String)>,
    errors: Vec<ImportError>,
    error_count: usize,
    digest: Vec<u8>,
}

impl Survey {
    fn fault(&mut self, fault: Fault) {
        self.error_count += 1;
        if self.errors.len() < MOST_IMPORT_ERRORS {
            let line = i64::try_from(fault.line).unwrap_or(i64::MAX);
            self.errors.push(ImportError { line, column: fault.column, reason: fault.reason });
        }
    }

    /// Reads everything once. Nothing that is in a file is an error of ours.
    fn of(export: &Export) -> anyhow::Result<Self> {
        let mut survey = Self { digest: digest(export)?, ..Self::default() };
        let mut lines = match Lines::of(export.open()?) {
            Ok(lines) => lines,
            Err(fault) => {
                survey.fault(fault);
                return Ok(survey);
            }
        };
        survey.format = Some(lines.format());
        let most = usize::try_from(MOST_IMPORT_LINES).unwrap_or(usize::MAX);
        while let Some(line) = lines.next() {
            let at = lines.line();
            match line {
                Ok(line) => {
                    survey.lines += 1;
                    survey.amount = survey.amount + line.unblended;
                    let (first, last) = survey.days.take().unwrap_or_else(|| (line.day.clone(), line.day.clone()));
                    survey.days = Some((first.min(line.day.clone()), last.max(line.day)));
                }
                Err(fault) => survey.fault(fault),
            }
            if survey.lines + survey.error_count > most {
                let reason = format!("There are more than {most} lines. Import the export in parts.");
                survey.fault(Fault { line: at, column: None, reason });
                break;
            }
        }
        if survey.lines + survey.error_count == 0 {
            survey.fault(Fault { line: 1, column: None, reason: "There is no line behind the header.".into() });
        }
        Ok(survey)
    }

    fn answer(self) -> ImportCostsOutput {
        let (first_day, last_day) = self.days.unzip();
        ImportCostsOutput {
            format: self.format.map(str::to_owned),
            lines: i64::try_from(self.lines).unwrap_or(i64::MAX),
            amount: ledger::shown(self.amount),
            first_day,
            last_day,
            errors: self.errors,
            error_count: i64::try_from(self.error_count).unwrap_or(i64::MAX),
            ..ImportCostsOutput::default()
        }
    }
}

/// Knows a file again, whatever it is called.
fn digest(export: &Export) -> anyhow::Result<Vec<u8>> {
    let mut hash = Sha256::new();
    std::io::copy(&mut export.open()?, &mut Hashing(&mut hash))?;
    Ok(hash.finalize().to_vec())
}

struct Hashing<'a>(&'a mut Sha256);

impl std::io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whether these very bytes are in the ledger already, and under which title.
async fn imported_as(tx: &mut Tx, digest: &[u8]) -> Result<Option<String>> {
    let account = tx.account().clone();
    Ok(sqlx::query_scalar!(
        "select title from cost_entry where account_id = $1 and digest = $2",
        account.as_str(),
        digest
    )
    .fetch_optional(tx.conn())
    .await?)
}

impl Execute for ImportCosts {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let export = Export::of(self, preparation.request.upload.as_ref())?;
        let survey = tokio::task::spawn_blocking(move || Survey::of(&export)).await.map_err(anyhow::Error::from)??;
        preparation.prepared.survey = Some(survey);
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(MODIFY))
    }

    async fn run(self, tx: &mut Tx) -> Result<ImportCostsOutput> {
        let survey = tx.prepared.survey.take().ok_or_else(|| anyhow::anyhow!("an import that was not prepared"))?;
        budgets::hold(tx).await?;
        if let Some(title) = imported_as(tx, &survey.digest).await? {
            let message =
                format!("This export is in the ledger already, as {title}. Delete that entry to import it again.");
            return Err(ApiError::InvalidInput { message }.into());
        }
        let (lines, amount, digest) = (survey.lines, survey.amount, survey.digest.clone());
        let answer = survey.answer();
        if self.dry_run || answer.error_count > 0 {
            return Ok(answer);
        }
        let file = tx.request.upload.as_ref().map(|file| file.name().to_owned()).filter(|name| !name.is_empty());
        let title = self.title.clone().or(file).unwrap_or_else(|| "An import".to_owned());
        let new = NewEntry { kind: "IMPORT", title: &title, lines, amount, digest: Some(&digest) };
        let entry = ledger::begin(tx, &new).await?;
        let export = Export::of(&self, tx.request.upload.as_ref())?;
        let changed = |fault: Fault| anyhow::anyhow!("line {} had no fault a moment ago: {}", fault.line, fault.reason);
        let mut reading = Lines::of(export.open()?).map_err(changed)?;
        let mut some = Vec::with_capacity(AT_ONCE);
        while let Some(line) = reading.next() {
            some.push(line.map_err(changed)?);
            if some.len() == AT_ONCE {
                ledger::write(tx, entry, &some).await?;
                some.clear();
            }
        }
        ledger::write(tx, entry, &some).await?;
        let alerts = ledger::settle(tx).await?;
        Ok(ImportCostsOutput { imported: true, entry_id: Some(entry.to_string()), alerts, ..answer })
    }
}
