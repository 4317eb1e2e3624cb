//! What a policy says: gathered by service, or its JSON.

use leptos::prelude::*;
use model::iam::GetPolicyVersion;

use super::{details::PolicyPage, summary};
use crate::{
    CallError,
    call::decode,
    iam::{denied::Problem, simulator},
    ui::{Button, CodeView, Container, Header, SpaceBetween, Tab, Tabs},
};

/// The tab "Permissions".
pub(super) async fn tab(view: &PolicyPage, editor: bool) -> AnyView {
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
    let panel = if json { document(view).await } else { summary::summary(view) };
    let current = if json { "json" } else { "summary" };
    let (simulate, href) = (view.page.label("Simulate policy", "Simulate").to_owned(), simulator::of_policy(&view.arn));
    let actions = move || view! { <Button href testid="simulate">{simulate}</Button> };
    view! {
        <Container
            header=move || view! { <Header title actions testid="permissions-title" /> }
            testid="policy-permissions"
        >
            <Tabs label="How the permissions are shown" tabs current contained=true>
                {panel}
            </Tabs>
        </Container>
    }
    .into_any()
}

/// The operative version, or the one that the address names.
async fn document(view: &PolicyPage) -> AnyView {
    match read(view).await {
        Ok((version, code)) => {
            let label = format!("Policy document, version {version}");
            view! { <CodeView code label json=true testid="policy-json" /> }.into_any()
        }
        Err(error) => {
            let retry = view.at("permissions", "&view=json");
            view! { <SpaceBetween><Problem error retry /></SpaceBetween> }.into_any()
        }
    }
}

async fn read(view: &PolicyPage) -> Result<(String, String), CallError> {
    let asked = view.page.query("version");
    let version_id = match (&view.policy, asked.is_empty()) {
        (_, false) => asked,
        (Some(policy), true) => policy.default_version_id.clone(),
        (None, true) => super::versions::operative(&view.arn).await?,
    };
    let read = GetPolicyVersion { policy_arn: view.arn.clone(), version_id };
    let version = crate::call(read).await?.policy_version;
    Ok((version.version_id, decode(&version.document.unwrap_or_default())))
}
