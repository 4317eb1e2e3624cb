//! Importing a cost export: a file, checked first or imported at once, and what is wrong with it line by line.

use leptos::prelude::*;
use model::billing::{ImportCostsOutput, ImportError, ListCostEntries, MOST_IMPORT_LINES};

use super::{crumbs, denied::Refusal, home::dollars};
use crate::{
    Frame, PageContext, Section,
    iam::Problem,
    layout::paths::IMPORT_COSTS as PATH,
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, Checkbox, Column, Container, FormField, FormGuard, Header,
        HeaderLevel, KeyValue, KeyValuePairs, Link, Rows, Severity, SpaceBetween, Table, Text,
    },
};

const IMPORT: &str = "billing:ImportCosts";

/// `/billing/import`.
#[component]
pub fn Import() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Import costs" section=Section::Billing crumbs=crumbs(&[], "Import costs") help=help()>
            <SpaceBetween>
                <Header
                    title="Import costs"
                    level=HeaderLevel::H1
                    description="Practise with the bill of a real account: its cost export, line by line."
                    testid="page-title"
                />
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

async fn content(page: PageContext) -> AnyView {
    // Whoever may not see costs is told so before a file is chosen.
    if let Err(error) = crate::call(ListCostEntries { marker: None, max_items: Some(1) }).await {
        return view! { <Refusal error retry=PATH /> }.into_any();
    }
    let answer = page.output_of::<ImportCostsOutput>(IMPORT);
    if answer.as_ref().is_some_and(|answer| answer.error_count > 0) {
        crate::call::set_status(422);
    }
    let missing = page.field_error(IMPORT, "content").map(|_| "Choose a file".to_owned());
    let problem = page.error_of(IMPORT).filter(|_| missing.is_none());
    view! {
        {problem.map(|error| view! { <Problem error retry=PATH /> })}
        {answer.map(outcome)}
        {form(missing)}
    }
    .into_any()
}

fn help() -> (String, Vec<String>) {
    (
        "Importing an export".into(),
        vec![
            "Two kinds are understood: FOCUS 1.x as CSV, and the legacy Cost and Usage Report as CSV. Either may be packed with gzip. The currency must be US dollars.".into(),
            format!("A file has at most {MOST_IMPORT_LINES} lines and 64 MiB. All of it is imported or nothing: one line at fault is enough. Check first shows the faults and changes nothing."),
            "Account ids and invoices of the export are not kept; resource ids and tags are. The same file is not imported twice.".into(),
        ],
    )
}

/// A form with a file has another encoding than the others, and is drawn here.
fn form(missing: Option<String>) -> AnyView {
    let guard = use_context::<FormGuard>();
    let guarded = guard.map(|guard| {
        let token = (guard.token)();
        view! {
            <input type="hidden" name=FormGuard::TOKEN value=token />
            <input type="hidden" name=FormGuard::PRINCIPAL value=guard.principal />
        }
    });
    let described = missing.is_some().then_some("import-file-field-error import-file-field-constraint");
    let described = described.unwrap_or("import-file-field-constraint");
    let invalid = missing.is_some().then_some("true");
    view! {
        <Container header=|| view! { <Header title="File" /> } testid="import-costs">
            <form class="form" method="post" action=PATH enctype="multipart/form-data" data-testid="import-form">
                {guarded}
                <SpaceBetween>
                    <FormField
                        control_id="import-file"
                        label="Cost export"
                        constraint="FOCUS 1.x or Cost and Usage Report, .csv or .csv.gz, up to 64 MiB"
                        error=missing
                        testid="import-file-field"
                    >
                        <input
                            type="file"
                            class="file-input"
                            id="import-file"
                            name="File"
                            accept=".csv,.gz,text/csv,application/gzip"
                            aria-describedby=described
                            aria-invalid=invalid
                            data-testid="import-file"
                        />
                    </FormField>
                    <Checkbox id="import-dry-run" name="DryRun" value="true" checked=true testid="import-dry-run"
                        description="Reads the whole file and tells what is wrong with it. Nothing is changed.">
                        "Check first"
                    </Checkbox>
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="import-submit">"Send file"</Button>
                </SpaceBetween>
            </form>
        </Container>
    }
    .into_any()
}

fn outcome(answer: ImportCostsOutput) -> AnyView {
    let (severity, header) = if answer.imported {
        (Severity::Success, format!("{} lines were imported.", answer.lines))
    } else if answer.error_count == 1 {
        (Severity::Error, "Nothing was imported: one line is at fault.".to_owned())
    } else if answer.error_count > 0 {
        (Severity::Error, format!("Nothing was imported: {} lines are at fault.", answer.error_count))
    } else {
        (Severity::Info, format!("{} lines can be imported. Nothing was changed.", answer.lines))
    };
    let days = match (&answer.first_day, &answer.last_day) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => String::new(),
    };
    let format = match answer.format.as_deref() {
        Some("FOCUS") => "FOCUS 1.x",
        Some(_) => "Cost and Usage Report",
        None => "",
    };
    let facts = vec![
        KeyValue::text("Format", format),
        KeyValue::text("Lines without fault", answer.lines.to_string()),
        KeyValue::text("Amount", dollars(&answer.amount)),
        KeyValue::text("Days", days),
        KeyValue::text("Budget alerts", if answer.imported { answer.alerts.to_string() } else { String::new() }),
    ];
    let shown = answer.errors.len();
    let more = usize::try_from(answer.error_count).is_ok_and(|count| count > shown);
    let more =
        more.then(|| view! { <Text testid="more-errors">{format!("The first {shown} faults are shown.")}</Text> });
    let errors = (!answer.errors.is_empty()).then(|| errors(answer.errors));
    let entry = answer.imported.then(|| {
        view! { <Text><Link href="/billing/ledger">"Open the ledger"</Link>" or "<Link href="/billing/simulator">"take the import back"</Link>"."</Text> }
    });
    view! {
        <Alert severity header testid="import-outcome">{entry}</Alert>
        <Container header=|| view! { <Header title="What the file holds" /> } testid="import-facts">
            <KeyValuePairs items=facts />
        </Container>
        {errors}
        {more}
    }
    .into_any()
}

fn errors(errors: Vec<ImportError>) -> AnyView {
    let columns = vec![
        Column::text("line", "Line", |row: &ImportError| row.line.to_string()).row_header().end(),
        Column::text("column", "Column", |row: &ImportError| row.column.clone().unwrap_or_default()),
        Column::text("reason", "Fault", |row: &ImportError| row.reason.clone()),
    ];
    view! {
        <Table
            id="import-errors"
            label="Faults"
            columns
            rows=Rows::Ready(errors)
            header=|| view! { <Header title="Faults" /> }
        />
    }
    .into_any()
}
