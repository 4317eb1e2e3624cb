//! What the policies answered: a row for each action with each resource, and the texts that decided.

use leptos::prelude::*;
use model::iam::{EvaluationResult, SimulatePolicyOutput};
use services::Entry;

use super::{
    asked::Asked,
    matched::{self, Deciding},
    texts::{self, Known},
};
use crate::{
    CallError,
    iam::{denied::Problem, simulator_paths::explanation},
    ui::{
        Alert, Column, Container, Header, Link, LinkVariant, Rows, Severity, SpaceBetween, Status, StatusIndicator,
        Table, Text, TextColor, TextVariant, slug,
    },
};

/// Where the results stand on the page.
pub(super) const RESULTS: &str = "results";

/// One answer, as its row shows it.
struct Row {
    service: String,
    action: String,
    resource: String,
    allowed: bool,
    /// How many statements matched, in the console's words.
    matching: String,
    /// What else there is to say.
    notes: Vec<String>,
    statements: Vec<(String, Option<String>)>,
    /// Where a denial of a user's is explained.
    explain: Option<String>,
}

fn row(asked: &Asked, result: &EvaluationResult, policies: &[Deciding]) -> Row {
    let (prefix, action) = result.eval_action_name.split_once(':').unwrap_or(("", &result.eval_action_name));
    let mut notes = Vec::new();
    if result.permissions_boundary_decision_detail.is_some_and(|detail| !detail.allowed_by_permissions_boundary) {
        notes.push("The permissions boundary does not allow it.".to_owned());
    }
    if !result.eval_decision_details.is_empty() {
        let says = |(kind, word): (&String, &String)| format!("{kind}: {}", in_words(word));
        let sides: Vec<String> = result.eval_decision_details.iter().map(says).collect();
        notes.push(format!("Another account's resource, so both sides must allow. {}.", sides.join("; ")));
    }
    if !result.missing_context_values.is_empty() {
        notes.push(format!("Missing context keys: {}", result.missing_context_values.join(", ")));
    }
    Row {
        service: services::entry(prefix).map_or(prefix, Entry::short_name).to_owned(),
        action: action.to_owned(),
        resource: result.eval_resource_name.clone(),
        allowed: result.eval_decision == "allowed",
        matching: match result.matched_statements.len() {
            0 => "Implicitly denied (no matching statements).".to_owned(),
            count => format!("{count} matching statements."),
        },
        notes,
        statements: matched::lines(policies, result),
        explain: (asked.explains() && result.eval_decision != "allowed")
            .then(|| explanation(&asked.source, &result.eval_action_name, &result.eval_resource_name, &asked.facts())),
    }
}

/// A decision of the simulation.
fn in_words(decision: &str) -> &str {
    match decision {
        "explicitDeny" => "explicitly denied",
        "implicitDeny" => "implicitly denied",
        word => word,
    }
}

/// The results, or why there are none.
pub(super) async fn shown(asked: &Asked, answer: Result<SimulatePolicyOutput, CallError>) -> AnyView {
    let output = match answer {
        Ok(output) => output,
        Err(error) => {
            crate::iam::denied::tell(&error);
            return view! { <Problem error /> }.into_any();
        }
    };
    let (known, problems) = texts::known(asked).await;
    let policies = matched::gather(&output.evaluation_results, &known).await;
    let rows: Vec<Row> = output.evaluation_results.iter().map(|result| row(asked, result, &policies)).collect();
    let allowed = rows.iter().filter(|row| row.allowed).count();
    let (selected, denied) = (asked.whole_actions.len(), rows.len() - allowed);
    // With several resources an action has several answers.
    let what = if rows.len() == selected { "actions" } else { "results" };
    let counter = format!("[{selected} actions selected. {allowed} {what} allowed. {denied} {what} denied.]");
    let more = output.is_truncated.then(|| {
        let text = format!("Only the first {} results are shown. Select fewer actions or resources.", rows.len());
        view! { <Alert severity=Severity::Warning testid="more-results">{text}</Alert> }
    });
    let texts = texts_of(policies, &known, problems);
    view! {
        <SpaceBetween>
            {more}
            <Table
                id="simulation-results"
                label="Action Settings and Results"
                columns=columns()
                rows=Rows::Ready(rows)
                header=move || {
                    view! { <Header title="Action Settings and Results" counter id=RESULTS testid="results-title" /> }
                }
            />
            {texts}
        </SpaceBetween>
    }
    .into_any()
}

fn columns() -> Vec<Column<Row>> {
    vec![
        Column::text("service", "Service", |row: &Row| row.service.clone()),
        Column::text("action", "Action", |row: &Row| row.action.clone()).row_header(),
        Column::text("resource", "Resource", |row: &Row| row.resource.clone()),
        Column::new("permission", "Permission", permission),
        Column::new("statements", "Matching statement", |row: &Row| {
            let explain = row.explain.clone().map(|href| {
                let label = format!("Explain why {} is denied", row.action);
                view! { <div><Link href variant=LinkVariant::Plain label testid="explain-result">"Explain"</Link></div> }
            });
            if row.statements.is_empty() && explain.is_none() {
                return "-".into_any();
            }
            let line = |(text, href): (String, Option<String>)| match href {
                Some(href) => {
                    view! { <div><Link href variant=LinkVariant::Plain testid="matching-statement">{text}</Link></div> }
                        .into_any()
                }
                None => view! { <div data-testid="matching-statement">{text}</div> }.into_any(),
            };
            let lines = row.statements.clone().into_iter().map(line).collect_view();
            view! { {lines} {explain} }.into_any()
        }),
    ]
}

fn permission(row: &Row) -> AnyView {
    let (status, word) = if row.allowed { (Status::Success, "allowed") } else { (Status::Error, "denied") };
    let notes = row.notes.clone().into_iter().map(|note| {
        view! { <div><Text variant=TextVariant::Small color=TextColor::Secondary>{note}</Text></div> }
    });
    let (notes, matching) = (notes.collect_view(), row.matching.clone());
    let testid = format!("permission-{}", slug(&row.action));
    view! {
        <div data-testid=testid>
            <StatusIndicator status>{word}</StatusIndicator>
            " "
            {matching}
            {notes}
        </div>
    }
    .into_any()
}

/// The deciding policies' texts, what was asked besides, and what could not be listed.
fn texts_of(policies: Vec<Deciding>, known: &[Known], problems: Vec<CallError>) -> AnyView {
    let asked: Vec<String> = known.iter().map(|policy| policy.title.clone()).collect();
    let asked = match asked.as_slice() {
        [] if problems.is_empty() => "No policy was asked: there is none.".to_owned(),
        [] => String::new(),
        titles => format!("Policies asked: {}.", titles.join(", ")),
    };
    let problems = problems.into_iter().map(|error| view! { <Problem error /> }).collect_view();
    let sections = matched::sections(policies);
    view! {
        <Container header=|| view! { <Header title="Matching statements" /> } testid="matching-policies">
            <SpaceBetween>
                <Text testid="policies-asked">{asked}</Text>
                {sections} {problems}
            </SpaceBetween>
        </Container>
    }
    .into_any()
}
