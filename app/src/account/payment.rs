//! Step 3: the simulated card. It is chosen among test cards, or typed into a field that takes no other number.

use leptos::prelude::*;
use model::account::{GetSignUpOutput, PutContactInformation, TEST_CARDS};

use super::{
    invent,
    step::{Field, Head, PATH, StepForm},
};
use crate::{
    PageContext,
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, FormField, Input, KeyValue, KeyValuePairs, Link, RadioGroup,
        RadioOption, Severity, Space, SpaceBetween,
    },
};

pub(super) const OPERATION: &str = "account:PutPaymentMethod";
const TYPED: &str = "/billing/signup?card=typed";
const FIELDS: [Field; 3] = [
    Field { name: "TestCard", id: "test-card", required: "Choose one of the test cards.", invalid: "" },
    Field { name: "Expiration", id: "expiration", required: "Enter a month and a year such as 12/2030.", invalid: "" },
    Field { name: "Holder", id: "holder", required: "Enter an invented name.", invalid: "Enter an invented name." },
];

/// Asks for a test card.
pub(super) fn choose(page: &PageContext, state: &GetSignUpOutput) -> AnyView {
    let form = StepForm::new(page, OPERATION, &FIELDS);
    let typed = page.query("card") == "typed";
    let invented = form.filled();
    // The answer never says what was typed, so that a real number can come back by no mistake.
    let failed = page.error_of(OPERATION).is_some();
    let holder = invented.then(|| match &state.contact {
        Some(contact) => contact.full_name.clone(),
        None => invent::person().full_name,
    });
    let card = if typed { number(&form) } else { choice(&form, invented) };
    let fields = view! {
        <Alert severity=Severity::Warning header="Never type a real card number" testid="card-warning">
            "This card is simulated. Only the published test numbers below are taken, which no bank issues; any other number is refused, and neither shown, logged nor kept. There is no security code to enter, and nothing is ever charged."
        </Alert>
        {failed.then(|| view! { <Alert testid="card-not-shown">"What was entered is not shown again. Enter it once more."</Alert> })}
        {card}
        <FormField
            control_id="expiration"
            label="Expiration date"
            description="MM/YYYY"
            constraint="Nothing real is needed: any month to come will do."
            error=form.error("Expiration")
            testid="expiration"
        >
            <Input
                name="Expiration"
                value=invented.then(|| "12/2030".to_owned())
                placeholder="12/2030"
                maxlength=7u32
                pattern="(0?[1-9]|1[0-2])/20[0-9]{2}"
                title="A month and a year such as 12/2030"
                testid="expiration-input"
            />
        </FormField>
        <FormField
            control_id="holder"
            label="Cardholder's name"
            constraint="Nothing real is needed: an invented name without digits will do."
            error=form.error("Holder")
            testid="holder"
        >
            <Input name="Holder" value=holder pattern="[^0-9]+" title="A name without digits" testid="holder-input" />
        </FormField>
        {state.contact.as_ref().map(billing_address)}
    };
    let submit = view! {
        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="put-payment">
            "Verify and Continue (step 3 of 5)"
        </Button>
    };
    let about = "A test card stands in for the card of the real form.";
    let mut head = Head::new(3, "Billing Information", about, "payment-form").fill();
    head.checked_by_browser = true;
    head.action = if typed { TYPED } else { PATH };
    let message = form.error_of_whole().map(|error| error.to_string());
    form.view(head, message, fields.into_any(), submit.into_any())
}

fn choice(form: &StepForm, invented: bool) -> AnyView {
    let cards = TEST_CARDS
        .iter()
        .map(|card| {
            RadioOption::new(*card, format!("{} ending in {}", brand(card), &card[card.len() - 4..]))
                .describe(spaced(card, " "))
        })
        .collect();
    let error = form.error("TestCard");
    view! {
        <SpaceBetween size=Space::Xs>
            <FormField
                control_id="test-card"
                label="Credit or Debit card number"
                group=true
                constraint="Nothing real is needed: these are test cards."
                error
                testid="test-card"
            >
                <RadioGroup
                    name="TestCard"
                    options=cards
                    value=invented.then(|| TEST_CARDS[0].to_owned())
                    required=true
                    testid="test-card-choice"
                />
            </FormField>
            <Link href=TYPED testid="type-card">"Type the number of a test card instead"</Link>
        </SpaceBetween>
    }
    .into_any()
}

fn number(form: &StepForm) -> AnyView {
    let error = form.error("TestCard");
    let allowed = TEST_CARDS.map(|card| spaced(card, " ")).join(", ");
    view! {
        <SpaceBetween size=Space::Xs>
            <FormField
                control_id="test-card"
                label="Number of a test card"
                description=format!("Only these: {allowed}")
                constraint="Nothing real is needed, and no other number is taken."
                error
                testid="test-card"
            >
                <Input
                    name="TestCard"
                    inputmode="numeric"
                    required=true
                    pattern=TEST_CARDS.map(|card| spaced(card, r"[ \-]?")).join("|")
                    title="Only the test cards named here. Never type a real card number."
                    maxlength=19u32
                    autocomplete="off"
                    testid="test-card-input"
                />
            </FormField>
            <Link href=PATH testid="choose-card">"Choose a test card instead"</Link>
        </SpaceBetween>
    }
    .into_any()
}

fn brand(card: &str) -> &'static str {
    match card.as_bytes().first() {
        Some(b'4') => "Visa",
        Some(b'5') => "Mastercard",
        _ => "American Express",
    }
}

/// A card's digits in the groups that are printed on it.
fn spaced(card: &str, between: &str) -> String {
    let cuts: &[usize] = if card.len() == 15 { &[4, 10, 15] } else { &[4, 8, 12, 16] };
    let mut from = 0;
    let groups: Vec<&str> = cuts
        .iter()
        .filter_map(|to| {
            let group = card.get(from..*to);
            from = *to;
            group
        })
        .collect();
    groups.join(between)
}

fn billing_address(contact: &PutContactInformation) -> AnyView {
    let address = format!(
        "{}, {}, {} {}, {}",
        contact.address, contact.city, contact.state, contact.postal_code, contact.country
    );
    view! {
        <KeyValuePairs columns=1 items=vec![KeyValue::text("Billing address: use my contact address", address)] testid="billing-address" />
    }
    .into_any()
}
