//! A policy's page: the summary, and a tab for what it says, whom it is attached to, its tags and its versions.

use leptos::prelude::*;
use model::{
    ApiError,
    console::{GetPolicySummary, GetPolicySummaryOutput},
    iam::{GetPolicy, Policy},
};

use super::{
    PATH, attach, delete, edit, forms, permissions, plan, policy_path, tags, usage, version_dialogs, versions,
};
use crate::{
    CallError, Frame, PageContext, Section,
    iam::{crumbs, denied::Problem, last_accessed},
    ui::{
        Alert, Button, Container, Date, Header, HeaderLevel, KeyValue, KeyValuePairs, Severity, SpaceBetween, Tab, Tabs,
    },
};

/// What the tabs know of the page they stand on.
pub(super) struct PolicyPage {
    /// The request.
    pub page: PageContext,
    /// The ARN asked for.
    pub arn: String,
    /// The policy's name.
    pub name: String,
    /// The policy; absent where reading is denied.
    pub policy: Option<Policy>,
}

/// What a policy says, or why that cannot be told.
pub(super) type Summary = Result<GetPolicySummaryOutput, CallError>;

impl PolicyPage {
    /// Where one of the tabs stands, with further members of the query (`&action=attach`).
    pub fn at(&self, section: &str, more: &str) -> String {
        format!("{}?section={section}{more}", policy_path(&self.arn))
    }

    /// Hidden fields of a form about this policy.
    pub fn form(&self, operation: &str) -> Vec<(String, String)> {
        crate::iam::hidden(operation, &[("PolicyArn", &self.arn)])
    }
}

/// The ARN in the address, and what a tutorial's address shows of the policy: `…$jsonEditor`.
fn asked(page: &PageContext) -> (String, String) {
    let mut parts: Vec<&str> = page.segments.iter().skip(2).map(String::as_str).collect();
    // Today's console has one word more: `#/policies/details/arn…`.
    if parts.first() == Some(&"details") {
        parts.remove(0);
    }
    let place = parts.join("/");
    let (arn, shown) = place.split_once('$').unwrap_or((&place, ""));
    (arn.to_owned(), shown.to_owned())
}

/// `/iam/policies/<arn>`.
#[component]
pub fn Details() -> impl IntoView {
    let page = PageContext::current();
    let (arn, shown) = asked(&page);
    let name = arn.rsplit('/').next().unwrap_or(&arn).to_owned();
    view! {
        <Frame title=name.clone() section=Section::Iam crumbs=crumbs(&[("Policies", PATH)], &name) help=help()>
            <Suspense>{Suspend::new(async move { content(page, arn, name, shown).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "A policy".into(),
        vec![
            "The policy summary gathers the document's statements by service: which actions, on which resources, under which conditions. What no policy allows is denied; a denial always wins.".into(),
            "The JSON is what is evaluated. An AWS managed policy can only be read.".into(),
            "Attached as a permissions policy it grants what it says. As a permissions boundary it grants nothing and limits what a user's other policies can grant.".into(),
        ],
    )
}

async fn content(page: PageContext, arn: String, name: String, shown: String) -> AnyView {
    let (policy, problem) = match crate::call(GetPolicy { policy_arn: arn.clone() }).await {
        Ok(output) => (Some(output.policy), None),
        Err(CallError::Api(error @ ApiError::NoSuchEntity { .. })) => return missing(&error),
        Err(error) => {
            crate::iam::denied::tell(&error);
            (None, Some(error))
        }
    };
    let view = PolicyPage { page, arn, name, policy };
    if view.page.query("action") == "edit" {
        return edit::content(&view).await;
    }
    let summary = crate::call(GetPolicySummary { policy_arn: view.arn.clone() }).await;
    let (panel, current) = match view.page.query("section").as_str() {
        "policy_usage" | "entities_attached" if view.page.query("action") == "attach" => {
            (attach::list(&view).await, "policy_usage")
        }
        "policy_usage" | "entities_attached" => (usage::tab(&view).await, "policy_usage"),
        "tags" => (tags::tab(&view), "tags"),
        "policy_versions" => (versions::tab(&view).await, "policy_versions"),
        last_accessed::SECTION => {
            let about = "the services that this policy allows, and when those it is attached to last used them";
            (last_accessed::place(&view.page, about), last_accessed::SECTION)
        }
        _ => (permissions::tab(&view, &summary, shown == "jsonEditor").await, "permissions"),
    };
    let title = view.page.label("Summary", &view.name).to_owned();
    let facts = match problem {
        Some(error) => view! { <Problem error retry=policy_path(&view.arn) /> }.into_any(),
        None => facts(&view, &summary),
    };
    let (dialog, outcome, tabs) = (usage::dialog(&view), usage::outcome(&view), tabs(&view));
    let (delete_button, delete_dialog) = (delete::button(&view), delete::dialog(&view));
    let refused = refused(&view);
    view! {
        <SpaceBetween>
            <Header title level=HeaderLevel::H1 testid="page-title" actions=move || delete_button />
            {refused}
            {outcome}
            {facts}
            <Tabs label="Policy details" tabs current>
                {panel}
            </Tabs>
            {dialog}
            {delete_dialog}
        </SpaceBetween>
    }
    .into_any()
}

/// Why the policy or one of its versions was not changed. What was typed wrong is said in the dialog.
fn refused(view: &PolicyPage) -> Option<AnyView> {
    let forms = [forms::DELETE, version_dialogs::SET_DEFAULT, version_dialogs::DELETE];
    let error = forms.iter().find_map(|form| view.page.error_of(form))?;
    error.field("confirmation").is_none().then(|| view! { <Problem error /> }.into_any())
}

fn missing(error: &ApiError) -> AnyView {
    crate::call::set_status(404);
    let sentence = error.to_string();
    view! {
        <SpaceBetween>
            <Header title="Policy not found" level=HeaderLevel::H1 testid="page-title" />
            <Alert
                severity=Severity::Error
                header=sentence
                testid="no-such-policy"
                action=|| view! { <Button href=PATH>"Go to Policies"</Button> }
            />
        </SpaceBetween>
    }
    .into_any()
}

/// Why a policy cannot be attached by hand, if so.
pub(super) fn unattachable(view: &PolicyPage) -> Option<&'static str> {
    let attachable = view.policy.as_ref().is_none_or(|policy| policy.is_attachable);
    (!attachable).then_some("This policy belongs to a service-linked role: only its service can attach it")
}

fn facts(view: &PolicyPage, summary: &Summary) -> AnyView {
    let Some(policy) = view.policy.clone() else { return ().into_any() };
    let label = |in_2020, now| view.page.label(in_2020, now).to_owned();
    let created = view! { <Date iso=policy.create_date.to_string() testid="creation-time" /> };
    let edited = view! { <Date iso=policy.update_date.to_string() testid="edited-time" /> };
    let (kind, description) = match summary {
        Ok(summary) => (summary.kind.clone(), summary.description.clone()),
        Err(_) => (crate::iam::words::policy_kind(&policy.arn).to_owned(), String::new()),
    };
    let items = vec![
        KeyValue::copy(label("Policy ARN", "ARN"), policy.arn),
        KeyValue::text("Type", kind),
        KeyValue::text("Description", policy.description.unwrap_or(description)),
        KeyValue::new("Creation time", created),
        KeyValue::new("Edited time", edited),
    ];
    let note = unattachable(view).map(|reason| {
        view! { <Alert severity=Severity::Info testid="not-attachable">{format!("{reason}.")}</Alert> }
    });
    let title = (!view.page.labels_2020()).then_some("Policy details");
    view! {
        <Container header=title.map(|title| move || view! { <Header title /> }) testid="policy-summary">
            <SpaceBetween>{note} <KeyValuePairs items columns=3 /></SpaceBetween>
        </Container>
    }
    .into_any()
}

fn tabs(view: &PolicyPage) -> Vec<Tab> {
    let usage = view.page.label("Policy usage", "Entities attached");
    [("permissions", "Permissions"), ("policy_usage", usage), ("tags", "Tags"), ("policy_versions", "Policy versions")]
        .into_iter()
        .map(|(section, text)| Tab::new(section, text, view.at(section, "")))
        .chain([last_accessed::tab(&view.page, view.at(last_accessed::SECTION, ""))])
        .collect()
}

/// The operations whose answers this page shows.
pub(super) const SHOWN: [&str; 2] = [plan::ATTACH, plan::DETACH];
