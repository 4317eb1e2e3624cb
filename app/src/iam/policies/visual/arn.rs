//! The dialog that puts an ARN together from its parts.

use ::services::visual::{ArnPart, ArnTemplate, Block};
use leptos::prelude::*;

use super::{
    fields,
    place::{Place, button},
    sent::{Editing, Section},
};
use crate::ui::{ButtonVariant, Checkbox, FormField, Input, Modal, Space, SpaceBetween, Text, TextColor, Textarea};

const DIALOG: &str = "add-arn";

/// The dialog that adds ARNs, or edits the one that it `replaces`, and where Enter sends the form. Nothing if there is no
/// such block or type; without a type an ARN is typed as a whole.
pub(super) fn dialog(
    place: &Place,
    editing: &Editing,
    number: usize,
    kind: Option<&str>,
    replaces: Option<&str>,
) -> Option<(AnyView, String)> {
    let visual = editing.blocks().ok()?;
    let Some(Block::Drawn(block)) = visual.blocks.get(number) else { return None };
    let kind = match kind {
        Some(kind) => {
            let service = ::services::service(&block.service)?;
            Some(service.resource_types.iter().find(|known| known.name == kind)?)
        }
        None => None,
    };
    let parts = kind.map(|kind| {
        let parts = ArnTemplate(&kind.arn).parts().into_iter().map(|part| self::part(editing, &part)).collect_view();
        let form = kind.arn.replace("${Partition}", "aws");
        view! {
            <Text color=TextColor::Secondary>{format!("The ARN of a {} is {form}.", kind.name)}</Text>
            {parts}
        }
    });
    let (title, save, to) = match (replaces, kind) {
        (Some(old), _) => ("Edit ARN", "Save", place.about("savearn", number, old)),
        (None, kind) => {
            let name = kind.map_or("", |kind| kind.name.as_str());
            (place.label("Add ARN(s)", "Specify ARNs"), "Add", place.about("addarn", number, name))
        }
    };
    let (title, whole) = (title.to_owned(), kind.is_none());
    let save = button(save, to.clone(), ButtonVariant::Primary, "confirm-arn");
    let cancel = place.section(number, Some(Section::Resources.word()));
    let cancel = button("Cancel", cancel, ButtonVariant::Link, "cancel-arn");
    let (error, typed) = (editing.fault_of(fields::ARNS), editing.typed(fields::ARNS));
    let by_hand = if whole { "ARN" } else { place.label("List ARNs manually", "Or type ARNs") }.to_owned();
    let constraint = match whole {
        true => "Several can take its place, one on each line.",
        false => "One on each line. They are taken in place of the parts above.",
    };
    let content = view! {
        <Modal
            id=DIALOG
            title
            open=true
            footer=move || view! { {cancel} {save} }
        >
            <SpaceBetween size=Space::M>
                {parts}
                <FormField
                    control_id="arn-list"
                    label=by_hand
                    optional=!whole
                    constraint
                    error
                    testid="arn-list-field"
                >
                    <Textarea name=fields::ARNS value=typed code=true testid="arn-list" />
                </FormField>
            </SpaceBetween>
        </Modal>
    };
    Some((content.into_any(), to))
}

fn part(editing: &Editing, part: &ArnPart<'_>) -> AnyView {
    let field = format!("{}{}", fields::PART, part.name);
    let any = format!("{}{}", fields::ANY, part.name);
    // The account is nearly always one's own.
    let value = match editing.typed.get(&field) {
        Some(typed) => typed.clone(),
        None if part.name == "Account" => editing.account.clone(),
        None => String::new(),
    };
    let (checked, error) = (editing.typed.contains_key(&any), editing.fault_of(&field));
    let (id, label, testid) = (format!("arn-part-{}", part.name), part.label.clone(), format!("arn-{}", part.name));
    let (any_id, any_testid) = (format!("{id}-any"), format!("{testid}-any"));
    let field_testid = format!("{testid}-field");
    let spoken = format!("Any {}", part.label.to_lowercase());
    view! {
        <FormField
            control_id=id
            label
            error
            testid=field_testid
            secondary=move || {
                view! {
                    <Checkbox id=any_id name=any checked testid=any_testid>
                        {spoken}
                    </Checkbox>
                }
            }
        >
            <Input name=field value testid />
        </FormField>
    }
    .into_any()
}
