//! Choosing a block's actions: by access level, one by one, by pattern, all.

use ::services::{AccessLevel, Action, Service, visual::Permissions};
use leptos::prelude::*;
use policy::Effect;

use super::{
    block::{Row, name_of},
    fields,
    place::{Place, button, token},
    sent::{Editing, Section},
    service::finder,
};
use crate::{
    iam::words::count,
    ui::{
        Alert, ButtonVariant, Checkbox, FormField, Input, RadioGroup, RadioOption, Severity, Space, SpaceBetween, Text,
        TextVariant, TokenGroup, slug,
    },
};

/// The levels in the order of the editor.
const LEVELS: [AccessLevel; 5] = [
    AccessLevel::List,
    AccessLevel::Read,
    AccessLevel::Write,
    AccessLevel::PermissionsManagement,
    AccessLevel::Tagging,
];

/// The section "Actions".
pub(super) fn row(place: &Place, editing: &Editing, number: usize, block: &Permissions, open: bool) -> Row {
    let denies = block.effect == Effect::Deny;
    let title = place.label("Actions", if denies { "Actions denied" } else { "Actions allowed" }).to_owned();
    let content = open.then(|| content(place, editing, number, block));
    Row { title, summary: summary(block), content }
}

/// "List (2 of 4), Read (all), s3:Put*".
fn summary(block: &Permissions) -> String {
    if block.service.is_empty() {
        return "Choose a service before you choose actions".to_owned();
    }
    if block.actions.is_empty() {
        return format!("Specify the actions in {}", name_of(block));
    }
    if block.means_every_action() {
        return format!("All actions ({}:*)", block.service);
    }
    let service = ::services::service(&block.service);
    let mut parts = Vec::new();
    for level in LEVELS.into_iter().filter(|_| service.is_some()) {
        let Some(service) = service else { continue };
        match block.level(service, level) {
            (_, 0) => {}
            (true, _) => parts.push(format!("{level} (all)")),
            (false, some) => {
                parts.push(format!("{level} ({some} of {})", Permissions::of_level(service, level).count()));
            }
        }
    }
    parts.extend(block.others(service).into_iter().map(str::to_owned));
    parts.join(", ")
}

fn content(place: &Place, editing: &Editing, number: usize, block: &Permissions) -> AnyView {
    let service = ::services::service(&block.service);
    let name = name_of(block);
    let effect = effect(place, number, block, &name);
    let typed = typed(place, editing, number, block, service);
    let levels = match service {
        Some(service) => all(editing, number, block, service, &name),
        None => view! {
            <Alert severity=Severity::Warning testid="unknown-service">
                "The catalogue has no service with this prefix. Its actions can be typed, but not checked."
            </Alert>
        }
        .into_any(),
    };
    let next = button(
        "Choose resources",
        place.section(number, Some(Section::Resources.word())),
        ButtonVariant::Normal,
        "to-resources",
    );
    view! { <SpaceBetween size=Space::M>{effect} {levels} {typed} {next}</SpaceBetween> }.into_any()
}

fn effect(place: &Place, number: usize, block: &Permissions, name: &str) -> AnyView {
    let denies = block.effect == Effect::Deny;
    let sentence = format!("Specify the actions {} in {name}.", if denies { "denied" } else { "allowed" });
    if place.old {
        let turn = if denies { "Switch to allow permissions" } else { "Switch to deny permissions" };
        let turn = button(turn, place.to("effect", number), ButtonVariant::Inline, "switch-effect");
        return view! { <Text>{sentence} " " {turn}</Text> }.into_any();
    }
    let chosen = block.effect.as_str();
    let options = vec![RadioOption::new("Allow", "Allow"), RadioOption::new("Deny", "Deny")];
    view! {
        <FormField control_id=format!("effect-{number}") label="Effect" group=true>
            <RadioGroup
                name=fields::EFFECT
                options
                value=chosen
                horizontal=true
                testid="effect"
            />
        </FormField>
        <Text>{sentence}</Text>
    }
    .into_any()
}

/// Names and patterns that are typed, and those that have no box.
fn typed(place: &Place, editing: &Editing, number: usize, block: &Permissions, service: Option<&Service>) -> AnyView {
    let tokens = block.others(service).into_iter().filter(|written| !written.ends_with(":*")).map(|written| {
        let name = written.split_once(':').map_or(written, |(_, name)| name);
        let note = service.map(|service| match service.actions_matching(name).len() {
            0 => "No action of this name".to_owned(),
            some => count(some, "action", "actions"),
        });
        token(written, note.as_deref(), place.about("unact", number, written), "action-token")
    });
    let tokens: Vec<AnyView> = tokens.collect();
    let tokens =
        (!tokens.is_empty()).then(|| view! { <TokenGroup label="Typed actions">{tokens.collect_view()}</TokenGroup> });
    let add = button("Add", place.section(number, Some(Section::Actions.word())), ButtonVariant::Normal, "add-action");
    let (error, value) = (editing.fault_of(fields::ADD_ACTIONS), editing.typed(fields::ADD_ACTIONS));
    view! {
        <FormField
            control_id=format!("add-actions-{number}")
            label="Add actions"
            optional=true
            description="Names or patterns, separated by commas."
            constraint=format!("For example, Get* means every action of {} that begins with Get.", block.service)
            error
            secondary=move || add
            testid="add-actions-field"
        >
            <Input name=fields::ADD_ACTIONS value testid="add-actions" />
        </FormField>
        {tokens}
    }
    .into_any()
}

fn all(editing: &Editing, number: usize, block: &Permissions, service: &Service, name: &str) -> AnyView {
    let query = editing.typed(fields::FIND_ACTION);
    let wanted = query.trim().to_lowercase();
    let everything = block.means_every_action();
    let target = format!("actions-{number}-list");
    let levels = LEVELS.into_iter().map(|level| self::level(number, block, service, level, &wanted)).collect_view();
    let apply = format!("apply-{number}");
    let label = format!("All {name} actions ({}:*)", block.service);
    view! {
        {finder(fields::FIND_ACTION, "Filter actions", query, &target, false, "find-action")}
        <div data-submits="true">
            <Checkbox id=format!("all-actions-{number}") name=fields::ALL checked=everything testid="all-actions">
                {label}
            </Checkbox>
        </div>
        <Text variant=TextVariant::Label id=apply>"Access level"</Text>
        <div class="action-levels" id=target>
            {levels}
        </div>
    }
    .into_any()
}

/// A level with its box and, folded, those of its actions.
fn level(number: usize, block: &Permissions, service: &Service, level: AccessLevel, wanted: &str) -> Option<AnyView> {
    let actions: Vec<&Action> = Permissions::of_level(service, level).collect();
    if actions.is_empty() {
        return None;
    }
    let (full, some) = block.level(service, level);
    let boxes = actions.iter().any(|action| block.pattern_of(action).is_none());
    let slug = slug(level.name());
    let list = format!("level-{number}-{slug}");
    let total = actions.len();
    let found = actions.iter().any(|action| action.name.to_lowercase().contains(wanted));
    let unfold = !wanted.is_empty() && found;
    let items = actions.into_iter().map(|action| item(number, block, action, wanted)).collect_view();
    let name = level.name();
    let id = format!("{list}-all");
    Some(
        view! {
            <div class="action-level" hidden=!found data-filter-group="true" data-testid=format!("level-{slug}")>
                <div class="checkbox action-level__box">
                    <input
                        class="checkbox__control"
                        type="checkbox"
                        id=id.clone()
                        name=fields::LEVEL
                        value=name
                        checked=full
                        disabled=!boxes
                        data-checks=list.clone()
                        data-testid=format!("level-{slug}-all")
                    />
                    <div class="checkbox__text">
                        <label class="checkbox__label" for=id>{name}</label>
                    </div>
                </div>
                <details class="action-level__actions" open=unfold>
                    <summary>
                        <span class="visually-hidden">{format!("{name}: ")}</span>
                        <span data-counts=list.clone()>{some}</span>
                        {format!(" of {}", count(total, "action", "actions"))}
                    </summary>
                    <ul class="action-list" id=list>
                        {items}
                    </ul>
                </details>
            </div>
        }
        .into_any(),
    )
}

fn item(number: usize, block: &Permissions, action: &Action, wanted: &str) -> AnyView {
    let pattern = block.pattern_of(action).map(str::to_owned);
    let checked = pattern.is_some() || block.names(action);
    let id = format!("action-{number}-{}", action.name);
    let note = pattern.as_ref().map(|pattern| format!("Chosen by {pattern}"));
    let hidden = !action.name.to_lowercase().contains(wanted);
    let name = action.name.clone();
    view! {
        <li class="checkbox" hidden=hidden data-filter-item="true" title=action.description.clone()>
            <input
                class="checkbox__control"
                type="checkbox"
                id=id.clone()
                name=fields::ACTION
                value=name.clone()
                checked=checked
                disabled=pattern.is_some()
                data-testid=format!("action-{name}")
            />
            <div class="checkbox__text">
                <label class="checkbox__label" for=id>{name}</label>
                {note.map(|note| view! { <div class="checkbox__description">{note}</div> })}
            </div>
        </li>
    }
    .into_any()
}
