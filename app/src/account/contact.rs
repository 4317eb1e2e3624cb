//! Step 2: contact information.

use leptos::prelude::*;
use model::account::{GetSignUpOutput, PutContactInformation};

use super::{
    countries, invent,
    step::{Field, Head, StepForm},
};
use crate::{
    PageContext,
    ui::{
        Button, ButtonKind, ButtonVariant, Checkbox, FormField, Input, RadioGroup, RadioOption, Select, SelectOption,
    },
};

pub(super) const OPERATION: &str = "account:PutContactInformation";
const FIELDS: [Field; 9] = [
    field("AccountType", "accounttype-professional", "Choose one."),
    field("FullName", "full-name", "Enter a full name."),
    field("PhoneNumber", "phone-number", "Enter a phone number."),
    field("Country", "country", "Choose a country or region."),
    field("Address", "address", "Enter a street address."),
    field("City", "city", "Enter a city."),
    field("State", "state", "Enter a state, province or region."),
    field("PostalCode", "postal-code", "Enter a postal code."),
    field("Agreed", "agreed", "Check the box to continue."),
];

const fn field(name: &'static str, id: &'static str, required: &'static str) -> Field {
    Field { name, id, required, invalid: "Use printable characters only." }
}

/// Asks for an invented person's data.
pub(super) fn fill_in(page: &PageContext, state: &GetSignUpOutput) -> AnyView {
    let form = StepForm::new(page, OPERATION, &FIELDS);
    let known = if form.filled() { Some(invented()) } else { state.contact.clone() };
    let value = |pick: fn(&PutContactInformation) -> &String| known.as_ref().map(|known| pick(known).clone());
    let kind = form.of("AccountType", value(|known| &known.account_type));
    let phone = form.of("PhoneNumber", value(|known| &known.phone_number));
    let country = form.of("Country", value(|known| &known.country));
    let agreement = form.of("Agreed", known.as_ref().map(|known| known.agreed.to_string()));
    let agreed = agreement.value.as_deref() == Some("true");
    let kinds = vec![
        RadioOption::new(
            "Professional",
            page.label("Professional", "Business - for your work, school, or organization"),
        ),
        RadioOption::new("Personal", page.label("Personal", "Personal - for your own projects")),
    ];
    let fields = view! {
        <FormField
            control_id="account-type"
            label=page.label("Account type", "How do you plan to use this account?")
            group=true
            constraint="Both work alike."
            error=kind.error
            testid="account-type"
        >
            <RadioGroup
                name="AccountType"
                options=kinds
                value=kind.value
                testid="account-type-choice"
            />
        </FormField>
        {form.text("FullName", "Full name", value(|known| &known.full_name), "Nothing real is needed: an invented name will do.")}
        <FormField
            control_id="phone-number"
            label="Phone number"
            description="With the country code: +1 541 555 0100"
            constraint="Nothing real is needed: it is never dialled."
            error=phone.error
            testid="phone-number"
        >
            <Input
                name="PhoneNumber"
                kind="tel"
                value=phone.value
                testid="phone-number-input"
            />
        </FormField>
        <FormField
            control_id="country"
            label="Country/Region"
            constraint="Nothing real is needed: any will do."
            error=country.error
            testid="country"
        >
            <Select
                name="Country"
                options=countries::ALL.iter().map(|name| SelectOption::new(*name, *name)).collect()
                value=country.value
                placeholder="Choose a country or region"
                testid="country-input"
            />
        </FormField>
        {form.text("Address", "Address", value(|known| &known.address), "Nothing real is needed: no letter is ever sent.")}
        {form.text("City", "City", value(|known| &known.city), "Nothing real is needed.")}
        {form.text("State", page.label("State / Province or region", "State, Province, or Region"), value(|known| &known.state), "Nothing real is needed.")}
        {form.text("PostalCode", "Postal code", value(|known| &known.postal_code), "Nothing real is needed.")}
        <FormField
            control_id="agreement"
            label="Customer Agreement"
            group=true
            constraint="There is no contract behind it: the box stands in for the one of the real form."
            error=agreement.error
            testid="agreement"
        >
            <Checkbox id="agreed" name="Agreed" checked=agreed testid="agreed">
                "I have read and agree to the terms of the Customer Agreement"
            </Checkbox>
        </FormField>
    };
    let text = page.label("Create Account and Continue", "Continue (step 2 of 5)").to_owned();
    let submit = view! {
        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="put-contact">{text}</Button>
    };
    let about = "Invent a person or a business. What you type stays in this installation.";
    let head = Head::new(2, "Contact Information", about, "contact-form").fill();
    let message = form.error_of_whole().map(|error| error.to_string());
    form.view(head, message, fields.into_any(), submit.into_any())
}

fn invented() -> PutContactInformation {
    let person = invent::person();
    PutContactInformation {
        account_type: "Personal".to_owned(),
        full_name: person.full_name,
        phone_number: person.phone_number,
        country: person.country,
        address: person.address,
        city: person.city,
        state: person.state,
        postal_code: person.postal_code,
        agreed: true,
    }
}
