//! Two versions of a policy side by side.

use leptos::prelude::*;
use model::iam::PolicyVersion;

use super::{details::PolicyPage, permissions::document_of, versions::spoken};
use crate::{
    iam::denied::Problem,
    ui::{
        Button, ButtonKind, Container, DiffView, Direction, Form, FormField, Header, Select, SelectOption, Space,
        SpaceBetween,
    },
};

/// The form that asks for two versions, and what is different between them. Nothing where there is only one.
pub(super) async fn panel(view: &PolicyPage, versions: &[PolicyVersion]) -> Option<AnyView> {
    let (newest, before) = (versions.first()?, versions.get(1)?);
    let known = |name: &str, instead: &PolicyVersion| {
        let asked = view.page.query(name);
        let found = versions.iter().find(|version| version.version_id == asked);
        found.unwrap_or(instead).version_id.clone()
    };
    let (old, new) = (known("from", before), known("to", newest));
    let shown = if view.page.query.contains_key("from") { Some(compared(view, &old, &new).await) } else { None };
    let options = || -> Vec<SelectOption> {
        let option = |version: &PolicyVersion| {
            let mark = if version.is_default_version { " (default)" } else { "" };
            SelectOption::new(version.version_id.clone(), format!("{}{mark}", spoken(&version.version_id)))
        };
        versions.iter().map(option).collect()
    };
    let (from, to, action) = (options(), options(), super::policy_path(&view.arn));
    let hidden = vec![("section".to_owned(), "policy_versions".to_owned())];
    Some(
        view! {
            <Container header=|| view! { <Header title="Compare versions" /> } testid="compare-versions">
                <SpaceBetween>
                    <Form action get=true hidden label="Compare versions">
                        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                            <FormField control_id="compare-from" label="From">
                                <Select name="from" options=from value=old testid="compare-from" />
                            </FormField>
                            <FormField control_id="compare-to" label="To">
                                <Select name="to" options=to value=new testid="compare-to" />
                            </FormField>
                            <Button kind=ButtonKind::Submit testid="compare">"Compare"</Button>
                        </SpaceBetween>
                    </Form>
                    {shown}
                </SpaceBetween>
            </Container>
        }
        .into_any(),
    )
}

async fn compared(view: &PolicyPage, from: &str, to: &str) -> AnyView {
    let (old, new) = match (document_of(&view.arn, from).await, document_of(&view.arn, to).await) {
        (Ok((_, old)), Ok((_, new))) => (old, new),
        (Err(error), _) | (_, Err(error)) => {
            return view! { <Problem error retry=view.at("policy_versions", "") /> }.into_any();
        }
    };
    let (old_label, new_label) = (spoken(from), spoken(to));
    view! { <DiffView old old_label new new_label testid="version-diff" /> }.into_any()
}
