//! The rest of the question: resources and condition keys.

use leptos::prelude::*;

use super::{
    asked::{Asked, Typed},
    keys, resource_policy,
    run::Faults,
};
use crate::{
    CallError,
    iam::denied::Problem,
    ui::{BulletList, Container, ExpandableSection, FormField, Header, SpaceBetween, Textarea},
};

/// The part of the form about resources and the request.
pub(super) fn part(asked: &Asked, faults: &Faults, keys: Result<Vec<Typed>, CallError>) -> AnyView {
    let keys = match keys {
        Ok(keys) => keys::fields(asked, keys),
        Err(error) => {
            // What was typed stays, although it cannot be told whether the policies ask for it.
            let kept = keys::fields(asked, asked.context.clone());
            view! { <SpaceBetween><Problem error /> {kept}</SpaceBetween> }.into_any()
        }
    };
    let forms = forms(asked);
    let forms = (!forms.is_empty()).then(|| {
        view! {
            <ExpandableSection header="Resources that the selected actions take" testid="resource-forms">
                <BulletList items=forms />
            </ExpandableSection>
        }
    });
    let (resources, own) = (asked.resources.clone(), resource_policy::part(asked, faults));
    view! {
        <Container header=|| view! { <Header title="Global Settings" /> } testid="simulation-settings">
            <SpaceBetween>
                <FormField
                    control_id="resources"
                    label="Resources"
                    optional=true
                    constraint="One ARN a line. Each action is simulated with each of them; with none, for all resources (*)."
                    stretch=true
                >
                    <Textarea name="Resources" value=resources rows=3 code=true testid="resources" />
                </FormField>
                {forms} {own} {keys}
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

/// The ARNs of the resource types that the selected actions take, with placeholders.
fn forms(asked: &Asked) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    for whole in &asked.whole_actions {
        let Some(found) = services::action(whole) else { continue };
        for (kind, _) in found.service.resource_types_of(found.action) {
            let form = format!("{}: {}", kind.name, kind.arn);
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    forms
}
