//! A policy's versions: the list, and the buttons that change it. Of AWS's own policies the operative one is all there is.

use leptos::prelude::*;
use model::{
    ApiError, Kind,
    iam::{ListPolicyVersions, PolicyVersion},
};

use super::{compare, details::PolicyPage, is_own, policy_path, version_dialogs};
use crate::{
    CallError,
    iam::denied::Problem,
    ui::{
        Alert, Button, ButtonKind, Column, Date, Direction, Form, Header, Link, LinkVariant, NextPage, Rows, Selection,
        Severity, Space, SpaceBetween, Status, StatusIndicator, Table, slug,
    },
};

/// Id of the form that the table's radio buttons belong to.
const CHOOSE_FORM: &str = "choose-version";
/// Id of the table.
const TABLE: &str = "policy-versions";

/// The tab "Policy versions".
pub(super) async fn tab(view: &PolicyPage) -> AnyView {
    let here = view.at("policy_versions", "");
    let marker = view.page.given("marker");
    let first = marker.is_some().then(|| here.clone());
    let asked = ListPolicyVersions { policy_arn: view.arn.clone(), marker, max_items: None };
    let output = match crate::call(asked).await {
        Ok(output) => output,
        Err(error) => return view! { <Problem error retry=here /> }.into_any(),
    };
    let compare = compare::panel(view, &output.versions).await;
    let own = is_own(&view.arn);
    let next = output.marker.map(|marker| format!("{here}&marker={}", crate::call::encode(&marker)));
    let counter = format!("({})", output.versions.len());
    let json = view.at("permissions", "&view=json");
    let operative = view.page.label("Default", "Type").to_owned();
    let columns = vec![
        Column::new("version", "Version", move |version: &PolicyVersion| {
            let href = format!("{json}&version={}", version.version_id);
            let (text, testid) = (version.version_id.clone(), format!("version-{}", slug(&version.version_id)));
            view! { <Link href variant=LinkVariant::Primary testid>{spoken(&text)}</Link> }
        })
        .row_header(),
        Column::new("default", operative, |version: &PolicyVersion| match version.is_default_version {
            true => view! { <StatusIndicator status=Status::Success>"Default"</StatusIndicator> }.into_any(),
            false => "-".into_any(),
        }),
        Column::new("creation-time", "Creation time", |version: &PolicyVersion| {
            view! { <Date iso=version.create_date.to_string() /> }
        }),
    ];
    let description = if own {
        "The default version is the one in effect. A policy can have five versions."
    } else {
        "The default version is the one in effect. Of an AWS managed policy only that one is kept here."
    };
    let fields = vec![("section".to_owned(), "policy_versions".to_owned())];
    let choose = own.then(|| {
        view! { <Form action=policy_path(&view.arn) get=true hidden=fields id=CHOOSE_FORM inline=true /> }
    });
    let dialog = version_dialogs::dialog(view);
    let unchosen = (own && view.page.query.contains_key("action") && view.page.query("VersionId").is_empty())
        .then(|| view! { <Alert severity=Severity::Info testid="choose-first">"Select a version first."</Alert> });
    let header = move || {
        view! { <Header title="Policy versions" counter description actions=move || own.then(buttons) /> }
    };
    let pagination = move || view! { <NextPage first next /> };
    let rows = Rows::Ready(output.versions);
    let table = if own {
        let selection = Selection::single("VersionId", |version: &PolicyVersion| version.version_id.clone())
            .label(|version| spoken(&version.version_id))
            .form(CHOOSE_FORM);
        view! { <Table id=TABLE label="Policy versions" columns rows selection header pagination /> }.into_any()
    } else {
        view! { <Table id=TABLE label="Policy versions" columns rows header pagination /> }.into_any()
    };
    view! { <SpaceBetween>{choose} {unchosen} {table} {compare} {dialog}</SpaceBetween> }.into_any()
}

fn buttons() -> AnyView {
    let of = |action: &'static str, text: &'static str, testid: &'static str| {
        view! {
            <Button
                kind=ButtonKind::Submit
                form=CHOOSE_FORM
                name="action"
                value=action
                for_selection=(TABLE.to_owned(), true)
                testid
            >
                {text}
            </Button>
        }
    };
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            {of("delete-version", "Delete", "delete-version")}
            {of("set-default", "Set as default", "set-default")}
        </SpaceBetween>
    }
    .into_any()
}

/// "Version 2": how the pages call `v2`.
pub(super) fn spoken(version_id: &str) -> String {
    format!("Version {}", version_id.trim_start_matches('v'))
}

/// The version in effect, for callers who may list versions but not read the policy.
pub(super) async fn operative(arn: &str) -> Result<String, CallError> {
    let asked = ListPolicyVersions { policy_arn: arn.to_owned(), ..ListPolicyVersions::default() };
    let versions = crate::call(asked).await?.versions;
    let operative = versions.into_iter().find(|version| version.is_default_version);
    operative.map(|version| version.version_id).ok_or_else(|| ApiError::missing(Kind::PolicyVersion, arn).into())
}
