//! Choosing a block's resources.

use ::services::{
    Service,
    visual::{Need, Permissions},
};
use leptos::prelude::*;

use super::{
    block::Row,
    fields,
    place::{Place, button, editable, named},
    sent::{Editing, Section},
};
use crate::{
    iam::words::count,
    ui::{
        Alert, ButtonVariant, Direction, FormField, Input, RadioGroup, RadioOption, Severity, Space, SpaceBetween,
        Text, TextColor, TextVariant, TokenGroup,
    },
};

/// The section "Resources".
pub(super) fn row(place: &Place, editing: &Editing, number: usize, block: &Permissions, open: bool) -> Row {
    let summary = if block.service.is_empty() {
        "Choose a service before you choose resources".to_owned()
    } else if block.is_everything() {
        "All resources".to_owned()
    } else if block.resources.is_empty() {
        "Specify the resources".to_owned()
    } else {
        some(&block.resources)
    };
    let content = open.then(|| content(place, editing, number, block));
    Row { title: "Resources".to_owned(), summary, content }
}

/// "arn:aws:s3:::bills and 2 more".
fn some(texts: &[String]) -> String {
    match texts {
        [one] => one.clone(),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        [] => String::new(),
    }
}

/// "the GetObject action", "the GetObject and 3 more actions".
fn whose(actions: &[&str]) -> String {
    match actions {
        [one] => format!("the {one} action"),
        [one, rest @ ..] => {
            format!("the {one} and {} more {}", rest.len(), if rest.len() == 1 { "action" } else { "actions" })
        }
        [] => String::new(),
    }
}

fn content(place: &Place, editing: &Editing, number: usize, block: &Permissions) -> AnyView {
    let options = vec![
        RadioOption::new("specific", "Specific").describe("Only the resources named below."),
        RadioOption::new("all", place.label("All resources", "All"))
            .describe("Every resource that the actions can be about."),
    ];
    let chosen = if block.is_everything() { "all" } else { "specific" };
    let service = ::services::service(&block.service);
    let needs = service.map(|service| block.needs(service)).unwrap_or_default();
    let homeless = service.map(|service| homeless(place, number, block, service));
    let listed: Vec<&str> = needs.iter().map(|need| need.kind.name.as_str()).collect();
    let kind_of = |arn: &str| {
        let kind = service.and_then(|service| Permissions::kind_of(service, arn)).map(|kind| kind.name.as_str());
        kind.filter(|kind| listed.contains(kind))
    };
    let tokens = |kind: Option<&str>| {
        let arns: Vec<AnyView> = block
            .resources
            .iter()
            .filter(|arn| !block.is_everything() && kind_of(arn) == kind)
            .map(|arn| {
                let (edit, remove) = (place.about("editarn", number, arn), place.about("unarn", number, arn));
                editable(arn, edit, remove, "arn-token")
            })
            .collect();
        arns
    };
    let groups =
        needs.iter().map(|need| group(place, number, need, tokens(Some(need.kind.name.as_str())))).collect_view();
    let others = tokens(None);
    let others = (!others.is_empty()).then(|| {
        view! { <TokenGroup label="Other resources">{others.collect_view()}</TokenGroup> }
    });
    let add =
        button("Add", place.section(number, Some(Section::Resources.word())), ButtonVariant::Normal, "add-resource");
    let next = button(
        "Specify conditions",
        place.section(number, Some(Section::Conditions.word())),
        ButtonVariant::Normal,
        "to-conditions",
    );
    let (error, typed) = (editing.fault_of(fields::ARN), editing.typed(fields::ARN));
    view! {
        <SpaceBetween size=Space::M>
            <FormField control_id=format!("resources-choice-{number}") label="Resources" group=true>
                <RadioGroup name=fields::RESOURCES options value=chosen testid="resources-choice" />
            </FormField>
            <div class="visual-resources">
                <SpaceBetween size=Space::M>
                    {homeless}
                    {groups}
                    <FormField
                        control_id=format!("arn-{number}")
                        label="Another ARN"
                        optional=true
                        constraint="* and ? stand for any characters; variables such as ${aws:username} can be used."
                        error
                        secondary=move || add
                        testid="resource-arn-field"
                    >
                        <Input name=fields::ARN value=typed placeholder="arn:aws:…" testid="resource-arn" />
                    </FormField>
                    {others}
                </SpaceBetween>
            </div>
            {next}
        </SpaceBetween>
    }
    .into_any()
}

/// What is said of actions that are about no resource in particular.
fn homeless(place: &Place, number: usize, block: &Permissions, service: &Service) -> Option<AnyView> {
    let actions = block.without_resource(service);
    if actions.is_empty() || block.is_everything() || block.resources.is_empty() {
        return None;
    }
    let sentence = format!(
        "{} of the actions cannot be limited to a resource ({}). They count only where all resources are chosen.",
        actions.len(),
        actions.iter().take(3).copied().collect::<Vec<_>>().join(", ") + if actions.len() > 3 { ", …" } else { "" },
    );
    let by_name = block.clone().split_off(service).is_some();
    let to = place.to("split", number);
    let apart = by_name.then(|| button("Give them a statement of their own", to, ButtonVariant::Inline, "split"));
    Some(
        view! {
            <Alert severity=Severity::Warning testid="without-resource">
                {sentence} " " {apart}
            </Alert>
        }
        .into_any(),
    )
}

/// A type of resource that the actions take, with the ARNs of it.
fn group(place: &Place, number: usize, need: &Need<'_>, arns: Vec<AnyView>) -> AnyView {
    let kind = need.kind.name.clone();
    let sentence = format!("Specify {kind} resource ARN for {}.", whose(&need.actions));
    let note = if need.required { sentence } else { format!("{sentence} It can be left out.") };
    let add = named(
        place.label("Add ARN", "Add ARNs"),
        place.about("arn", number, &kind),
        ButtonVariant::Normal,
        format!("add-arn-{kind}"),
        Some(format!("Add ARN to restrict access: {kind}")),
    );
    let any = if need.kind.arn.contains("${Account}") { "Any in this account" } else { "Any" };
    let any = named(
        any,
        place.about("any", number, &kind),
        ButtonVariant::Link,
        format!("any-{kind}"),
        Some(format!("{any}: {kind}")),
    );
    let label = format!("ARNs of the type {kind}");
    let arns = (!arns.is_empty()).then(|| view! { <TokenGroup label>{arns.collect_view()}</TokenGroup> });
    let testid = format!("resource-{kind}");
    let actions = count(need.actions.len(), "action", "actions");
    view! {
        <div class="visual-resource" data-testid=testid>
            <div class="visual-resource__head">
                <Text variant=TextVariant::Label>{kind}</Text>
                <Text variant=TextVariant::Small color=TextColor::Secondary>{actions}</Text>
            </div>
            <Text color=TextColor::Secondary>{note}</Text>
            {arns}
            <SpaceBetween direction=Direction::Horizontal size=Space::Xs>{add} {any}</SpaceBetween>
        </div>
    }
    .into_any()
}
