//! A policy's versions. Of AWS's own policies the operative one is all there is here.

use leptos::prelude::*;
use model::{
    ApiError, Kind,
    iam::{ListPolicyVersions, PolicyVersion},
};

use super::details::PolicyPage;
use crate::{
    CallError,
    iam::denied::Problem,
    ui::{Column, Date, Header, Link, LinkVariant, NextPage, Rows, Status, StatusIndicator, Table, slug},
};

/// The tab "Policy versions".
pub(super) async fn tab(view: &PolicyPage) -> AnyView {
    let here = view.at("policy_versions", "");
    let marker = view.page.query.get("marker").filter(|marker| !marker.is_empty()).cloned();
    let first = marker.is_some().then(|| here.clone());
    let asked = ListPolicyVersions { policy_arn: view.arn.clone(), marker, max_items: None };
    let output = match crate::call(asked).await {
        Ok(output) => output,
        Err(error) => return view! { <Problem error retry=here /> }.into_any(),
    };
    let next = output.marker.map(|marker| format!("{here}&marker={}", crate::call::encode(&marker)));
    let counter = format!("({})", output.versions.len());
    let json = view.at("permissions", "&view=json");
    let operative = view.page.label("Default", "Type").to_owned();
    let columns = vec![
        Column::new("version", "Version", move |version: &PolicyVersion| {
            let href = format!("{json}&version={}", version.version_id);
            let (text, testid) = (version.version_id.clone(), format!("version-{}", slug(&version.version_id)));
            view! { <Link href variant=LinkVariant::Primary testid>{format!("Version {}", text.trim_start_matches('v'))}</Link> }
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
    view! {
        <Table
            id="policy-versions"
            label="Policy versions"
            columns
            rows=Rows::Ready(output.versions)
            header=move || {
                view! {
                    <Header
                        title="Policy versions"
                        counter
                        description="The default version is the one in effect. Of an AWS managed policy only that one is kept here."
                    />
                }
            }
            pagination=move || view! { <NextPage first next /> }
        />
    }
    .into_any()
}

/// The version in effect, for callers who may list versions but not read the policy.
pub(super) async fn operative(arn: &str) -> Result<String, CallError> {
    let asked = ListPolicyVersions { policy_arn: arn.to_owned(), ..ListPolicyVersions::default() };
    let versions = crate::call(asked).await?.versions;
    let operative = versions.into_iter().find(|version| version.is_default_version);
    operative.map(|version| version.version_id).ok_or_else(|| ApiError::missing(Kind::PolicyVersion, arn).into())
}
