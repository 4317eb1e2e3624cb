//! The dialog that puts an ARN together from its parts.

use ::services::visual::{ArnPart, ArnTemplate, Block};
use leptos::prelude::*;

use super::{
    fields,
    place::{Place, button},
    sent::{Editing, Section},
};
use crate::{
    call::reference,
    ui::{ButtonVariant, Checkbox, FormField, Input, Modal, Space, SpaceBetween, Text, TextColor, Textarea},
};

const DIALOG: &str = "add-arn";

/// The dialog for a type of resource, and where Enter sends the form; nothing if there is no such type.
pub(super) fn dialog(place: &Place, editing: &Editing, number: usize, kind: &str) -> Option<(AnyView, String)> {
    let visual = editing.blocks().ok()?;
    let Some(Block::Drawn(block)) = visual.blocks.get(number) else { return None };
    let service = reference::service(&block.service)?;
    let kind = service.resource_types.iter().find(|known| known.name == kind)?;
    let template = ArnTemplate(&kind.arn);
    let parts = template.parts().into_iter().map(|part| self::part(editing, &part)).collect_view();
    let to = place.about("addarn", number, &kind.name);
    let add = button("Add", to.clone(), ButtonVariant::Primary, "confirm-arn");
    let cancel = place.section(number, Some(Section::Resources.word()));
    let cancel = button("Cancel", cancel, ButtonVariant::Link, "cancel-arn");
    let form = kind.arn.replace("${Partition}", "aws");
    let content = view! {
        <Modal
            id=DIALOG
            title=place.label("Add ARN(s)", "Specify ARNs").to_owned()
            open=true
            footer=move || view! { {cancel} {add} }
        >
            <SpaceBetween size=Space::M>
                <Text color=TextColor::Secondary>
                    {format!("The ARN of a {} is {form}.", kind.name)}
                </Text>
                {parts}
                <FormField
                    control_id="arn-list"
                    label=place.label("List ARNs manually", "Or type ARNs").to_owned()
                    optional=true
                    constraint="One on each line. They are taken in place of the parts above."
                    error=editing.fault_of(fields::ARNS)
                    testid="arn-list-field"
                >
                    <Textarea name=fields::ARNS value=editing.typed(fields::ARNS) code=true testid="arn-list" />
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
    let spoken = format!("Any {}", part.label.to_lowercase());
    view! {
        <FormField
            control_id=id.clone()
            label
            error
            testid=format!("{testid}-field")
            secondary=move || {
                view! {
                    <Checkbox id=format!("{id}-any") name=any checked testid=format!("{testid}-any")>
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
