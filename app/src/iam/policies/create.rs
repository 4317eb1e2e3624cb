//! `/iam/policies/create`: a new managed policy. One form that the server renders anew at every step, with everything
//! typed in it; no scripts are needed.

use leptos::prelude::*;

use super::{
    PATH, check,
    draft::Draft,
    forms,
    permissions::in_effect,
    steps::{self, Way},
    visual::{self, Mode},
};
use crate::{
    CallError, Frame, PageContext, Section,
    iam::{
        crumbs,
        denied::Problem,
        inline::{EMPTY, name_error, name_field},
        users::tags,
    },
    ui::{
        Column, Container, EmptyState, Form, FormField, Header, HeaderLevel, Rows, SpaceBetween, Table, TagEditor,
        TagRow, Textarea, Wizard, WizardStep,
    },
};

/// Where a policy is written.
pub(crate) const CREATE_PATH: &str = "/iam/policies/create";

/// The step with the document.
const EDITOR: usize = 1;
/// The step with the tags: one of its own in 2020 alone.
const TAGS: usize = 2;
/// The step with name, description and summary.
const REVIEW: usize = 3;

/// `/iam/policies/create`.
#[component]
pub fn Create() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Create policy" section=Section::Iam crumbs=crumbs(&[("Policies", PATH)], "Create policy") help=help()>
            <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Creating a policy".into(),
        vec![
            "A policy of the account's own can be attached to users and groups, and can bound users. Until then it has no effect.".into(),
            "The document is checked before the next step, and the place of a fault is named by line and column.".into(),
            "Its name and description cannot be changed later; what it says can, version by version.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let mut problem = None;
    // A copy is shown as it is; what is new is built by service, as in AWS's console.
    let mode = if page.query("import").is_empty() { Mode::Visual } else { Mode::Json };
    let (mut draft, asked) = match Draft::of(&page, forms::CREATE) {
        Some(draft) => (draft, page.query("step").parse().unwrap_or(EDITOR).clamp(EDITOR, REVIEW)),
        None => match begun(&page).await {
            Ok(document) => (Draft::begun(&page, document, mode), EDITOR),
            Err(error) => {
                crate::iam::denied::tell(&error);
                problem = Some(error);
                (Draft::begun(&page, EMPTY.to_owned(), mode), EDITOR)
            }
        },
    };
    if let Err(error) = visual::import(&mut draft.editing).await {
        crate::iam::denied::tell(&error);
        problem = Some(error);
    }
    let rows = tags::rows(&draft.tags);
    let tags_wrong = rows.iter().any(|row| row.key_error.is_some() || row.value_error.is_some());
    let refused = page.error_of(forms::CREATE);
    let asked = if asked > EDITOR && draft.editing.lacks() { EDITOR } else { asked };
    if !draft.editing.faults.is_empty() {
        crate::call::set_status(422);
    }
    let checked = if asked > EDITOR { check::reviewed(&draft.editing.document).await.map(Some) } else { Ok(None) };
    let mut panel = Panel { page, draft, rows, step: asked, summary: None, fault: None, refused: None };
    match checked {
        Err(error) => {
            crate::iam::denied::tell(&error);
            panel.step = EDITOR;
            panel.fault = Some(error);
        }
        Ok(summary) => {
            panel.summary = summary;
            if panel.step > EDITOR && !panel.page.labels_2020() {
                panel.step = REVIEW;
            }
            if panel.step == REVIEW && tags_wrong && panel.page.labels_2020() {
                crate::call::set_status(422);
                panel.step = TAGS;
            }
            // What the tags' own fields say is not said twice.
            panel.refused = refused;
            problem = problem.or_else(|| {
                let error = panel.refused.clone()?;
                (name_error(Some(&error)).is_none() && description_error(&error).is_none() && !tags_wrong)
                    .then_some(error)
            });
        }
    }
    form(panel, problem).await
}

/// The document to begin with: that of the policy whose copy is asked for, or an empty one.
async fn begun(page: &PageContext) -> Result<String, CallError> {
    let policy_arn = page.query("import");
    if policy_arn.is_empty() {
        return Ok(EMPTY.to_owned());
    }
    Ok(in_effect(&policy_arn).await?.1)
}

/// What a step is shown with.
struct Panel {
    page: PageContext,
    draft: Draft,
    rows: Vec<TagRow>,
    step: usize,
    /// What the document says, once it is past the editor.
    summary: Option<AnyView>,
    /// What is wrong with the document.
    fault: Option<CallError>,
    /// Why the policy was not made.
    refused: Option<CallError>,
}

async fn form(panel: Panel, problem: Option<CallError>) -> AnyView {
    let old = panel.page.labels_2020();
    let names: &[&str] = if old {
        &["Create policy", "Add tags (optional)", "Review policy"]
    } else {
        &["Specify permissions", "Review and create"]
    };
    let current = match panel.step {
        EDITOR => 0,
        TAGS => 1,
        _ => names.len() - 1,
    };
    let title = names.get(current).copied().unwrap_or_default();
    let step_names = names.iter().map(|name| WizardStep::new(*name)).collect();
    let at = |step: usize| format!("{CREATE_PATH}?step={step}");
    let way = match panel.step {
        EDITOR if old => Way::on(PATH.to_owned(), None, at(TAGS), "Next: Tags"),
        EDITOR => Way::on(PATH.to_owned(), None, at(REVIEW), "Next"),
        TAGS => Way::on(PATH.to_owned(), Some(at(EDITOR)), at(REVIEW), "Next: Review"),
        _ => Way {
            cancel: PATH.to_owned(),
            previous: Some(at(if old { TAGS } else { EDITOR })),
            runs: forms::CREATE,
            to: at(REVIEW),
            text: "Create policy",
            testid: "create",
        },
    };
    let problem = problem.map(|error| view! { <Problem error /> });
    let kept = steps::kept(kept(&panel));
    let (heading, level) = if old { (title, HeaderLevel::H2) } else { (title, HeaderLevel::H1) };
    let (content, within) = match panel.step {
        EDITOR => steps::editor(&panel.page, &panel.draft.editing, at(EDITOR), panel.fault).await,
        TAGS => (tags_panel(panel.rows), None),
        _ => (review(panel), None),
    };
    let enter = steps::enter(&way, within);
    let hidden = vec![
        ("_next".to_owned(), format!("{PATH}?type=CustomerManaged")),
        ("_flash".to_owned(), "The policy {PolicyName} has been created.".to_owned()),
    ];
    view! {
        <Form action=CREATE_PATH hidden novalidate=true testid="create-policy-form">
            {enter}
            {kept}
            <Wizard
                title="Create policy"
                steps=step_names
                current
                circles=old
                footer=move || steps::buttons(way)
            >
                <SpaceBetween>
                    <Header title=heading level testid="step-title" />
                    {problem}
                    {content}
                </SpaceBetween>
            </Wizard>
        </Form>
    }
    .into_any()
}

/// What the other steps hold.
fn kept(panel: &Panel) -> Vec<(String, String)> {
    let (draft, old) = (&panel.draft, panel.page.labels_2020());
    let mut fields = Vec::new();
    if panel.step != EDITOR {
        fields.extend(draft.editing.kept());
    }
    if panel.step != REVIEW {
        fields.push(("PolicyName".to_owned(), draft.name.clone()));
        fields.push(("Description".to_owned(), draft.description.clone()));
    }
    if !(panel.step == TAGS || panel.step == REVIEW && !old) {
        fields.extend(draft.hidden_tags());
    }
    fields
}

fn tags_panel(rows: Vec<TagRow>) -> AnyView {
    view! {
        <Container header=|| {
            view! {
                <Header
                    title="Add tags - optional"
                    description="Tags are key-value pairs you can add to resources to organize them and to control access to them."
                />
            }
        }>
            <TagEditor rows testid="tags" />
        </Container>
    }
    .into_any()
}

fn description_error(error: &CallError) -> Option<String> {
    let constraint = error.field("description")?;
    Some(crate::iam::words::plain(&constraint, "A description", "printable characters, tabs and line ends"))
}

fn review(panel: Panel) -> AnyView {
    let Panel { page, draft, rows, summary, refused, .. } = panel;
    let old = page.labels_2020();
    let name_fault = name_error(refused.as_ref());
    let description_fault = refused.as_ref().and_then(description_error);
    let name = name_field(if old { "Name" } else { "Policy name" }, Some(draft.name), name_fault);
    let title = page.label("Review policy", "Policy details").to_owned();
    let summary_title = page.label("Summary", "Permissions defined in this policy").to_owned();
    let tags = if old { tags_table(rows) } else { tags_panel(rows) };
    view! {
        <Container header=move || view! { <Header title /> }>
            <SpaceBetween>
                {name}
                <FormField
                    control_id="policy-description"
                    label="Description"
                    optional=true
                    constraint="Maximum 1,000 characters. It cannot be changed later."
                    error=description_fault
                    testid="policy-description-field"
                >
                    <Textarea name="Description" value=draft.description maxlength=1000u32 testid="policy-description" />
                </FormField>
            </SpaceBetween>
        </Container>
        <Container header=move || view! { <Header title=summary_title /> } testid="review-summary">
            {summary}
        </Container>
        {tags}
    }
    .into_any()
}

fn tags_table(rows: Vec<TagRow>) -> AnyView {
    let columns = vec![
        Column::text("key", "Key", |row: &TagRow| row.key.clone()).row_header(),
        Column::text(
            "value",
            "Value",
            |row: &TagRow| if row.value.is_empty() { "-".into() } else { row.value.clone() },
        ),
    ];
    view! {
        <Table
            id="review-tags"
            label="Tags"
            columns
            rows=Rows::Ready(rows)
            header=|| view! { <Header title="Tags" /> }
            empty=|| view! { <EmptyState title="No tags" text="The new policy will have no tags." /> }
        />
    }
    .into_any()
}
