//! The dialog behind the gear: columns and rows on a page, kept for each principal.

use leptos::prelude::*;
use model::console::PAGE_SIZES;

use super::{
    list_columns::{choices, list_name, preference},
    list_place::Place,
};
use crate::{
    PageContext,
    iam::hidden,
    ui::{
        Button, ButtonKind, ButtonVariant, Checkbox, ColumnLayout, Form, FormErrors, FormField, Modal, RadioGroup,
        RadioOption, SpaceBetween,
    },
};

const OPERATION: &str = "console:PutPreferences";
/// Id of the dialog.
pub(super) const ID: &str = "manage-columns";
const FORM: &str = "manage-columns-form";

/// The dialog. What is chosen holds from the first page on.
pub(super) fn dialog(page: &PageContext, place: &Place) -> AnyView {
    let back = place.first().href();
    let fields = hidden(OPERATION, &[("List[Name]", list_name(page)), ("_next", &back)]);
    let title = page.label("Manage Columns", "Preferences").to_owned();
    let submit = page.label("Save", "Confirm").to_owned();
    let error = page.error_of(OPERATION).map(|error| error.to_string());
    let sizes = PAGE_SIZES.iter().map(|size| RadioOption::new(size.to_string(), format!("{size} users"))).collect();
    let size = preference(page).page_size.to_string();
    let boxes = choices(page)
        .into_iter()
        .map(|(id, heading, shown)| {
            view! {
                <Checkbox
                    id=format!("column-{id}")
                    name="List[Columns][]"
                    value=id
                    checked=shown
                    testid=format!("column-{id}")
                >
                    {heading}
                </Checkbox>
            }
        })
        .collect_view();
    let opened = error.is_some();
    view! {
        <Modal
            id=ID
            title
            open=opened
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes=ID>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=FORM testid="save-columns">{submit}</Button>
                }
            }
        >
            <Form action=back hidden=fields id=FORM>
                <SpaceBetween>
                    <FormErrors message=error />
                    <FormField control_id="page-size" label="Page size" group=true>
                        <RadioGroup name="List[PageSize]" options=sizes value=size horizontal=true testid="page-size" />
                    </FormField>
                    <FormField control_id="columns" label="Columns" description="The user name is always shown." group=true stretch=true>
                        <ColumnLayout columns=2>{boxes}</ColumnLayout>
                    </FormField>
                </SpaceBetween>
            </Form>
        </Modal>
    }
    .into_any()
}
