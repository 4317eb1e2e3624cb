//! Beside the JSON of today's console: the statements, each to be gone on with in the visual editor, and one to add.

use ::services::visual::Block;
use leptos::prelude::*;

use super::{
    place::{Place, button, named},
    sent::{Editing, Section},
};
use crate::ui::{Alert, ButtonVariant, Direction, Header, HeaderLevel, Severity, Space, SpaceBetween, Text, TextColor};

/// The panel "Edit statement".
pub(super) fn panel(place: &Place, editing: &Editing) -> AnyView {
    let statements = match editing.blocks() {
        Ok(visual) => {
            let choices = visual.statements().into_iter().enumerate().map(|(at, (sid, number))| {
                let name = sid.map_or_else(|| format!("Statement {}", at + 1), str::to_owned);
                let to = match visual.blocks.get(number) {
                    Some(Block::Drawn(drawn)) if drawn.service.is_empty() => {
                        place.section(number, Some(Section::Service.word()))
                    }
                    Some(Block::Drawn(_)) => place.section(number, Some(Section::Actions.word())),
                    _ => place.to("close", number),
                };
                let spoken = format!("Edit {name} in the visual editor");
                named(name, to, ButtonVariant::Normal, format!("edit-statement-{}", at + 1), Some(spoken))
            });
            choices.collect_view().into_any()
        }
        Err(_) => ().into_any(),
    };
    let add = button("Add new statement", place.json("statement"), ButtonVariant::Normal, "add-new-statement");
    let unread = editing.unread.clone().map(|sentence| {
        view! {
            <Alert severity=Severity::Error header="No statement was added." testid="statement-not-added">
                {sentence}
            </Alert>
        }
    });
    view! {
        <div role="group" aria-label="Edit statement" data-testid="statement-panel">
            <SpaceBetween size=Space::Xs>
                {unread}
                <Header title="Edit statement" level=HeaderLevel::H3 />
                <Text color=TextColor::Secondary>
                    "Go on with a statement in the visual editor, or add a new one to the document."
                </Text>
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>{statements} {add}</SpaceBetween>
            </SpaceBetween>
        </div>
    }
    .into_any()
}
