//! Another version of one of the account's own policies: the editor, then a review with what changes.

use leptos::prelude::*;
use model::iam::{ListPolicyVersions, PolicyVersion};

use super::{
    check,
    details::PolicyPage,
    draft::Draft,
    forms, import_path, is_own,
    permissions::read,
    steps::{self, Way},
    versions::spoken,
    visual::{self, Mode},
};
use crate::{
    CallError,
    iam::denied::Problem,
    ui::{
        Alert, Button, Checkbox, Container, DateStyle, DiffView, Form, FormField, Header, HeaderLevel, RadioGroup,
        RadioOption, Severity, SpaceBetween, Wizard, WizardStep, format_instant,
    },
};

/// How many versions a policy can have (IAM quotas).
const MOST_VERSIONS: usize = 5;

/// The page in place of the policy's own.
pub(super) async fn content(view: &PolicyPage) -> AnyView {
    let title = view.page.label("Edit", "Modify permissions in").to_owned() + " " + &view.name;
    if !is_own(&view.arn) {
        return read_only(title, import_path(&view.arn));
    }
    let (mut draft, review) = match Draft::of(&view.page, forms::SAVE) {
        Some(draft) => (draft, view.page.query("step") == "2"),
        None => match read(view).await {
            Ok((_, stored)) => (Draft::begun(&view.page, stored, Mode::Json), false),
            Err(error) => return unread(view, title, error),
        },
    };
    let refused = visual::import(&mut draft.editing).await.err();
    let review = review && !draft.editing.lacks();
    if !draft.editing.faults.is_empty() {
        crate::call::set_status(422);
    }
    let checked = if review { check::reviewed(&draft.editing.document).await.map(Some) } else { Ok(None) };
    let (panel, fault) = match checked {
        Ok(Some(summary)) => (Some(reviewed(view, &draft, summary).await), None),
        Ok(None) => (None, None),
        Err(error) => {
            crate::iam::denied::tell(&error);
            (None, Some(error))
        }
    };
    form(view, draft, title, panel, fault.or(refused)).await
}

fn unread(view: &PolicyPage, title: String, error: CallError) -> AnyView {
    crate::iam::denied::tell(&error);
    let retry = view.at("permissions", "&action=edit");
    view! {
        <SpaceBetween>
            <Header title level=HeaderLevel::H1 testid="page-title" />
            <Problem error retry />
        </SpaceBetween>
    }
    .into_any()
}

fn read_only(title: String, copy: String) -> AnyView {
    view! {
        <SpaceBetween>
            <Header title level=HeaderLevel::H1 testid="page-title" />
            <Alert
                severity=Severity::Warning
                header="AWS managed policies can only be read."
                testid="read-only"
                action=move || view! { <Button href=copy.clone()>"Import a copy"</Button> }
            >
                "A copy of its document can become a policy of the account's own."
            </Alert>
        </SpaceBetween>
    }
    .into_any()
}

async fn form(
    view: &PolicyPage,
    draft: Draft,
    title: String,
    review: Option<AnyView>,
    fault: Option<CallError>,
) -> AnyView {
    let old = view.page.labels_2020();
    let at = |step: &str| view.at("permissions", &format!("&action=edit&step={step}"));
    let cancel = view.at("permissions", "");
    let way = if review.is_some() {
        Way { cancel, previous: Some(at("1")), runs: forms::SAVE, to: at("2"), text: "Save changes", testid: "save" }
    } else {
        Way::on(cancel, None, at("2"), if old { "Review policy" } else { "Next" })
    };
    let step_names = vec![
        WizardStep::new(if old { "Edit policy" } else { "Modify permissions" }),
        WizardStep::new(if old { "Review policy" } else { "Review and save" }),
    ];
    let current = usize::from(review.is_some());
    // What the other step holds goes along unseen.
    let set = |chosen: bool| if chosen { "true".to_owned() } else { String::new() };
    let kept = if review.is_some() {
        let mut kept = draft.editing.kept();
        kept.push(("Reviewed".into(), set(true)));
        steps::kept(kept)
    } else {
        steps::kept(vec![
            ("Reviewed".into(), set(!draft.set_as_default)),
            ("DeleteVersionId".into(), draft.delete_version.clone()),
        ])
    };
    let mut hidden = vec![("PolicyArn".to_owned(), view.arn.clone()), ("PolicyName".to_owned(), view.name.clone())];
    hidden.extend([
        ("_next".to_owned(), view.at("permissions", "")),
        ("_flash".to_owned(), "The policy {PolicyName} has been updated.".to_owned()),
    ]);
    let (content, within) = match review {
        Some(review) => (review, None),
        None => steps::editor(&view.page, &draft.editing, at("1"), fault).await,
    };
    let enter = steps::enter(&way, within);
    let heading = (!old).then(|| title.clone()).map(|title| {
        view! { <Header title level=HeaderLevel::H1 testid="page-title" /> }
    });
    view! {
        <Form action=at("1") hidden novalidate=true testid="edit-policy-form">
            {enter}
            {kept}
            <Wizard title steps=step_names current circles=old footer=move || steps::buttons(way)>
                <SpaceBetween>{heading} {content}</SpaceBetween>
            </Wizard>
        </Form>
    }
    .into_any()
}

async fn reviewed(view: &PolicyPage, draft: &Draft, summary: AnyView) -> AnyView {
    let asked = ListPolicyVersions { policy_arn: view.arn.clone(), ..ListPolicyVersions::default() };
    let versions = crate::call(asked).await.map(|output| output.versions).unwrap_or_default();
    let refused = view.page.error_of(forms::SAVE).map(|error| view! { <Problem error /> });
    let full = (versions.len() >= MOST_VERSIONS).then(|| choice(&versions, draft));
    let new = draft.editing.document.clone();
    let changes = match read(view).await {
        Ok((version, old)) => {
            let old_label = spoken(&version);
            view! { <DiffView old old_label new new_label="New version" testid="changes" /> }.into_any()
        }
        Err(error) => view! { <Problem error /> }.into_any(),
    };
    let set_as_default = draft.set_as_default;
    let title = view.page.label("Summary", "Permissions defined in this policy").to_owned();
    view! {
        <SpaceBetween>
            {refused}
            {full}
            <Container header=move || view! { <Header title /> } testid="review-summary">
                {summary}
            </Container>
            <Container header=|| view! { <Header title="Changes" /> }>
                {changes}
            </Container>
            <Container>
                <Checkbox
                    id="set-as-default"
                    name="SetAsDefault"
                    checked=set_as_default
                    description="It counts for everybody the policy is attached to, with their next request."
                    testid="set-as-default"
                >
                    "Set this new version as the default."
                </Checkbox>
            </Container>
        </SpaceBetween>
    }
    .into_any()
}

/// Which version makes room: those that are not in effect, the oldest unless another was chosen.
fn choice(versions: &[PolicyVersion], draft: &Draft) -> AnyView {
    let others: Vec<&PolicyVersion> = versions.iter().filter(|version| !version.is_default_version).collect();
    let chosen = others
        .iter()
        .find(|version| version.version_id == draft.delete_version)
        .or(others.last())
        .map(|version| version.version_id.clone())
        .unwrap_or_default();
    let options = others
        .iter()
        .rev()
        .map(|version| {
            RadioOption::new(version.version_id.clone(), spoken(&version.version_id))
                .describe(format!("Created {}", format_instant(&version.create_date.to_string(), DateStyle::default())))
        })
        .collect();
    view! {
        <Container header=|| {
            view! {
                <Header
                    title="Delete a version"
                    description="A policy can have five versions. The one chosen here makes room for the new one."
                />
            }
        }>
            <FormField control_id="delete-version" label="Version to delete" group=true testid="delete-version-field">
                <RadioGroup name="DeleteVersionId" options value=chosen testid="delete-version" />
            </FormField>
        </Container>
    }
    .into_any()
}
