//! What a policy says: gathered by service, or its JSON.

use leptos::prelude::*;
use model::iam::{GetPolicy, GetPolicyVersion};

use super::{
    details::{PolicyPage, Summary},
    import_path, is_own, summary,
    versions::spoken,
};
use crate::{
    CallError,
    call::decode,
    iam::{denied::Problem, simulator_paths},
    ui::{Alert, Button, CodeView, Container, Direction, Header, Link, Space, SpaceBetween, Tab, Tabs},
};

/// The tab "Permissions".
pub(super) async fn tab(view: &PolicyPage, summary: &Summary, editor: bool) -> AnyView {
    let json = match view.page.query("view").as_str() {
        "json" => true,
        "summary" => false,
        _ => editor,
    };
    let title = view.page.label("Permissions", "Permissions defined in this policy").to_owned();
    let tabs = vec![
        Tab::new("summary", view.page.label("Policy summary", "Summary"), view.at("permissions", "&view=summary")),
        Tab::new("json", view.page.label("{} JSON", "JSON"), view.at("permissions", "&view=json")),
    ];
    let panel = if json { document(view).await } else { summary::summary(view, summary) };
    let current = if json { "json" } else { "summary" };
    let actions = actions(view);
    view! {
        <Container header=move || view! { <Header title testid="permissions-title" actions=move || actions /> } testid="policy-permissions">
            <Tabs label="How the permissions are shown" tabs current contained=true>
                {panel}
            </Tabs>
        </Container>
    }
    .into_any()
}

/// The way to the simulator, and to change one of the account's own or to a copy of one of AWS's.
fn actions(view: &PolicyPage) -> AnyView {
    let change = if is_own(&view.arn) {
        let (href, text) = (view.at("permissions", "&action=edit"), view.page.label("Edit policy", "Edit").to_owned());
        view! { <Button href testid="edit-policy">{text}</Button> }.into_any()
    } else {
        view! { <Button href=import_path(&view.arn) testid="import-copy">"Import a copy"</Button> }.into_any()
    };
    let (simulate, href) =
        (view.page.label("Simulate policy", "Simulate").to_owned(), simulator_paths::of_policy(&view.arn));
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Button href testid="simulate">{simulate}</Button>
            {change}
        </SpaceBetween>
    }
    .into_any()
}

/// The operative version, or the one that the address names.
async fn document(view: &PolicyPage) -> AnyView {
    match read(view).await {
        Ok((version, code)) => {
            let label = format!("Policy document, version {version}");
            let other = view.policy.as_ref().filter(|policy| policy.default_version_id != version).map(|policy| {
                let header = format!("{} is not the one in effect.", spoken(&version));
                let (href, text) = (view.at("permissions", "&view=json"), spoken(&policy.default_version_id));
                view! {
                    <Alert header testid="not-in-effect">
                        <Link href>{format!("{text} is the default.")}</Link>
                    </Alert>
                }
            });
            view! { <SpaceBetween>{other} <CodeView code label json=true testid="policy-json" /></SpaceBetween> }
                .into_any()
        }
        Err(error) => {
            let retry = view.at("permissions", "&view=json");
            view! { <SpaceBetween><Problem error retry /></SpaceBetween> }.into_any()
        }
    }
}

/// The version that the address names, or else the operative one: its id and its document.
pub(super) async fn read(view: &PolicyPage) -> Result<(String, String), CallError> {
    let asked = view.page.query("version");
    let version_id = match (&view.policy, asked.is_empty()) {
        (_, false) => asked,
        (Some(policy), true) => policy.default_version_id.clone(),
        (None, true) => super::versions::operative(&view.arn).await?,
    };
    document_of(&view.arn, &version_id).await
}

/// One version's id and its document as it was put.
pub(super) async fn document_of(arn: &str, version_id: &str) -> Result<(String, String), CallError> {
    let read = GetPolicyVersion { policy_arn: arn.to_owned(), version_id: version_id.to_owned() };
    let version = crate::call(read).await?.policy_version;
    Ok((version.version_id, decode(&version.document.unwrap_or_default())))
}

/// A managed policy's name, and its document in effect as it was put.
pub(in crate::iam) async fn in_effect(arn: &str) -> Result<(String, String), CallError> {
    let policy = crate::call(GetPolicy { policy_arn: arn.to_owned() }).await?.policy;
    Ok((policy.policy_name, document_of(arn, &policy.default_version_id).await?.1))
}
