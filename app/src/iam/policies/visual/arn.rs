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

/// The dialog for a type of resource, and where Enter sends the form; nothing if there is no such type.
pub(super) fn dialog(place: &Place, editing: &Editing, number: usize, kind: &str) -> Option<(AnyView, String)> {
    let visual = editing.blocks().ok()?;
    let Some(Block::Drawn(block)) = visual.blocks.get(number) else { return None };
    let service = ::services::service(&block.service)?;
    let kind = service.resource_types.iter().find(|known| known.name == kind)?;
    let template = ArnTemplate(&kind.arn);
    let parts = template.parts().into_iter().map(|part| self::part(editing, &part)).collect_view();
    let to = place.about("addarn", number, &kind.name);
    let add = button("Add", to.clone(), ButtonVariant::Primary, "confirm-arn");
    let cancel = place.section(number, Some(Section::Resources.word()));
    let cancel = button("Cancel", cancel, ButtonVariant::Link, "cancel-arn");
    let form = kind.arn.replace("${Partition}", "aws");
    let (error, typed) = (editing.fault_of(fields::ARNS), editing.typed(fields::ARNS));
    let by_hand = place.label("List ARNs manually", "Or type ARNs").to_owned();
    let explained = format!("The ARN of a {} is {form}.", kind.name);
    let content = view! {
        <Modal
            id=DIALOG
            title=place.label("Add ARN(s)", "Specify ARNs").to_owned()
            open=true
            footer=move || view! { {cancel} {add} }
        >
            <SpaceBetween size=Space::M>
                <Text color=TextColor::Secondary>{explained}</Text>
                {parts}
                <FormField
                    control_id="arn-list"
                    label=by_hand
                    optional=true
                    constraint="One on each line. They are taken in place of the parts above."
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
