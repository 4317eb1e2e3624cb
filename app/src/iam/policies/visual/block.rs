//! One block of the visual editor: what a statement says about a service, section by section, or a statement that
//! only JSON can show.

use ::services::visual::{Block, Permissions, Undrawable};
use leptos::prelude::*;
use policy::{Effect, SketchedStatement};

use super::{
    actions, conditions, fields,
    place::{Place, button, named},
    resources,
    sent::{Editing, Mode, Section},
    service,
};
use crate::{
    iam::policies::draft::NEXT,
    ui::{Badge, BadgeColor, ButtonVariant, CodeView, Direction, Icon, IconName, Space, SpaceBetween, Text, TextColor},
};

/// What a section shows.
pub(super) struct Row {
    /// Its heading.
    pub title: String,
    /// What is chosen, in a few words.
    pub summary: String,
    /// What is inside, while it is open.
    pub content: Option<AnyView>,
}

/// A block.
pub(super) fn block(place: &Place, editing: &Editing, number: usize, block: &Block) -> AnyView {
    match block {
        Block::Drawn(drawn) => permissions(place, editing, number, drawn),
        Block::Raw(statement, reason) => raw(place, number, statement, *reason),
    }
}

/// The short name of a block's service.
pub(super) fn name_of(block: &Permissions) -> String {
    ::services::entry(&block.service).map_or_else(|| block.service.clone(), |entry| entry.short_name().to_owned())
}

fn permissions(place: &Place, editing: &Editing, number: usize, block: &Permissions) -> AnyView {
    let chosen = !block.service.is_empty();
    let title = if chosen { name_of(block) } else { "Select a service".to_owned() };
    let badge = match block.effect {
        Effect::Allow => view! { <Badge color=BadgeColor::Green>"Allow"</Badge> }.into_any(),
        Effect::Deny => view! { <Badge color=BadgeColor::Red>"Deny"</Badge> }.into_any(),
    };
    let rows = Section::ALL.into_iter().map(|section| {
        let open = editing.open == Some((number, section));
        let row = match section {
            Section::Service => service::row(place, editing, number, block, open),
            Section::Actions => actions::row(place, editing, number, block, open && chosen),
            Section::Resources => resources::row(place, editing, number, block, open && chosen),
            Section::Conditions => conditions::row(place, number, block, editing, open && chosen),
        };
        let usable = chosen || section == Section::Service;
        let lack = editing.fault_of(fields::OPEN).filter(|_| open);
        view! { {self::row(place, number, section, usable, row, lack)} }
    });
    let rows = rows.collect_view();
    let sid = block.sid.clone().map(|sid| view! { <span class="visual-block__sid">{sid}</span> });
    frame(place, number, &title, view! { {badge} {sid} }.into_any(), rows.into_any())
}

/// The frame of a block with its heading and what can be done with all of it.
fn frame(place: &Place, number: usize, title: &str, beside: AnyView, content: AnyView) -> AnyView {
    let spoken = format!("{title}, statement {}", number + 1);
    let repeat = named(
        "Clone",
        place.to("repeat", number),
        ButtonVariant::Link,
        format!("clone-{number}"),
        Some(format!("Clone {spoken}")),
    );
    let remove = named(
        "Remove",
        place.to("remove", number),
        ButtonVariant::Link,
        format!("remove-{number}"),
        Some(format!("Remove {spoken}")),
    );
    let title = title.to_owned();
    view! {
        <div
            class="visual-block"
            role="group"
            id=format!("statement-{number}")
            aria-label=spoken
            data-testid=format!("statement-{number}")
        >
            <div class="visual-block__header">
                <h3 class="visual-block__title">{title}</h3>
                {beside}
                <div class="visual-block__actions">
                    <SpaceBetween direction=Direction::Horizontal size=Space::Xxs>{repeat} {remove}</SpaceBetween>
                </div>
            </div>
            {content}
        </div>
    }
    .into_any()
}

/// A section: its heading opens and closes it.
fn row(place: &Place, number: usize, section: Section, usable: bool, row: Row, lack: Option<String>) -> AnyView {
    let word = section.word();
    let Row { title, summary, content } = row;
    let open = content.is_some();
    let to = place.section(number, (!open).then_some(word));
    let id = format!("{word}-{number}");
    let controls = open.then(|| format!("{id}-content"));
    let content = content.map(|content| {
        view! { <div class="visual-section__content" id=format!("{id}-content")>{content}</div> }
    });
    let lack = lack.map(|text| {
        view! {
            <div class="form-field__error visual-section__lack" role="alert" data-testid=format!("{word}-{number}-error")>
                <Icon name=IconName::StatusWarning label="Error" />
                <span>{text}</span>
            </div>
        }
    });
    view! {
        <div class="visual-section">
            <h4 class="visual-section__heading">
                <button
                    class="visual-section__header"
                    type="submit"
                    name="_op"
                    value=NEXT
                    formaction=to
                    formnovalidate=true
                    disabled=!usable
                    aria-expanded=if open { "true" } else { "false" }
                    aria-controls=controls
                    data-testid=id
                >
                    <Icon name=IconName::CaretRightFilled />
                    <span class="visual-section__title">{title}</span>
                    <span class="visual-section__summary">{summary}</span>
                </button>
            </h4>
            {lack}
            {content}
        </div>
    }
    .into_any()
}

/// A statement that only JSON can show.
fn raw(place: &Place, number: usize, statement: &SketchedStatement, reason: Undrawable) -> AnyView {
    let why = match reason {
        Undrawable::NotAction => "It names the actions it is not about (NotAction).",
        Undrawable::NotResource => "It names the resources it is not about (NotResource).",
        Undrawable::Principal => "It names a principal, which policies of users and groups cannot do.",
        Undrawable::ManyServices => "It is about every service, or about several by a wildcard.",
        Undrawable::NoService => "It names an action without its service.",
        Undrawable::Effect => "Its Effect must be spelled Allow or Deny.",
        Undrawable::Size => "It names too many services and resources for a block of each service.",
    };
    let title = statement.sid.clone().unwrap_or_else(|| format!("Statement {}", number + 1));
    let (code, label) = (statement.to_text(), format!("Statement {}", number + 1));
    let edit = button("Edit JSON", place.tab(Mode::Json.word()), ButtonVariant::Inline, format!("edit-json-{number}"));
    let content = view! {
        <div class="visual-section__content">
            <SpaceBetween size=Space::Xs>
                <Text color=TextColor::Secondary>
                    "This statement is shown as JSON only, and stays as it is. " {why} " " {edit}
                </Text>
                <CodeView code label json=true testid=format!("raw-{number}") />
            </SpaceBetween>
        </div>
    };
    let badge = view! { <Badge>"JSON only"</Badge> }.into_any();
    frame(place, number, &title, badge, content.into_any())
}
