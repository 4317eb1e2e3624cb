//! Assigning a hardware token: the number on its back, and two codes that it shows one after the other.

use leptos::prelude::*;

use super::{
    Owner,
    set_up::{ENABLE, codes},
};
use crate::{
    PageContext,
    ui::{Button, ButtonKind, ButtonVariant, Container, Form, FormActions, FormField, Input, SpaceBetween, Text},
};

/// Whether the form posted before was about a token: any other device is known by its ARN.
pub(super) fn was_tried(page: &PageContext) -> bool {
    page.error_of(ENABLE).is_some() && !page.typed(ENABLE, "SerialNumber").unwrap_or_default().starts_with("arn:")
}

/// The three fields.
pub(super) fn form(page: &PageContext, owner: &Owner) -> AnyView {
    let serial = page.typed(ENABLE, "SerialNumber").unwrap_or_default();
    let fault = page
        .field_error(ENABLE, "serialNumber")
        .map(|_| "Enter the serial number as it is printed on the token: at least 9 characters.".to_owned());
    let (codes, fields) = (
        codes(page, ENABLE),
        owner.form(ENABLE, &[("_next", &owner.back), ("_flash", "Hardware MFA device assigned.")]),
    );
    let (action, back, previous) = (owner.page.clone(), owner.back.clone(), owner.page.clone());
    let submit = page.label("Assign MFA", "Add MFA").to_owned();
    view! {
        <Form action hidden=fields novalidate=true>
            <Container>
                <SpaceBetween>
                    <FormField
                        control_id="token-serial"
                        label="Serial number"
                        description="It is printed on the back of the token."
                        error=fault
                        testid="token-serial-field"
                    >
                        <Input name="SerialNumber" value=serial maxlength=64_u32 required=true autocomplete="off" testid="token-serial" />
                    </FormField>
                    <Text>"Press the token's button and type the code; wait 30 seconds, press it again and type the next one."</Text>
                    {codes}
                    <Text>"The token must be one that whoever runs this installation has imported. Nobody else may have it."</Text>
                </SpaceBetween>
            </Container>
            <FormActions>
                <Button variant=ButtonVariant::Link href=back>"Cancel"</Button>
                <Button href=previous testid="previous-mfa">"Previous"</Button>
                <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit testid="assign-mfa-submit">{submit}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}
