//! Importing a real cost export: FOCUS 1.x as CSV, or the legacy Cost and Usage Report. AWS has nothing like it: the
//! names are ours.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, name};

/// Lines that one import may bring.
pub const MOST_IMPORT_LINES: i64 = 50_000;
/// Faults that an answer names one by one; of more it tells how many there are.
pub const MOST_IMPORT_ERRORS: usize = 100;
/// The longest text of an export in an input; a longer one is sent as a file.
pub const MOST_IMPORT_TEXT: usize = 100_000;

/// Imports a cost export, all of it or nothing. The browser sends it as a file; programs may put it into the input. A file
/// may be compressed by gzip. Lines of days to come count when their day comes. Budgets are evaluated at once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ImportCosts {
    /// The export's text; absent where a file comes with the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// What to call it; the file's name if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Reads and checks everything, and changes nothing.
    #[serde(default)]
    pub dry_run: bool,
}

/// What is wrong with one line of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ImportError {
    /// The line of the file, the header being line 1.
    pub line: i64,
    /// The column, where one is at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What is wrong.
    pub reason: String,
}

/// What ImportCosts answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ImportCostsOutput {
    /// `FOCUS` or `CUR`; absent if it is neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// How many lines can be imported.
    pub lines: i64,
    /// What those cost together, in US dollars.
    pub amount: String,
    /// The first day among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_day: Option<String>,
    /// The last day among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<String>,
    /// The first faults, at most [`MOST_IMPORT_ERRORS`].
    pub errors: Vec<ImportError>,
    /// How many lines are at fault. One of them is enough for nothing to be imported.
    pub error_count: i64,
    /// Whether it was imported.
    pub imported: bool,
    /// The entry: [`super::DeleteCostEntry`] takes all of it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry_id: Option<String>,
    /// How many budget alerts it set off.
    pub alerts: i64,
}

impl Operation for ImportCosts {
    const ACTION: Action = Action::new("billing", "ImportCosts");
    const ACCESS: Access = Access::Write;
    /// An export is too long for the trail, and may be somebody's own.
    const HIDDEN: &'static [&'static str] = &["Content"];
    type Output = ImportCostsOutput;

    fn check(&self, fields: &mut Fields) {
        if self.content.as_ref().is_some_and(|content| content.len() > MOST_IMPORT_TEXT) {
            let limit = format!("Member must have length less than or equal to {MOST_IMPORT_TEXT}");
            fields.fault("content", None, limit);
        }
        fields.optional("title", self.title.as_deref(), &name::LINE);
    }

    fn example() -> Self {
        let text = "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ServiceName\n\
                    1.25,USD,Usage,2026-11-01T00:00:00Z,Canary-Export-Service\n";
        Self { content: Some(text.into()), title: Some("example".into()), dry_run: true }
    }
}
