//! Step 5: the plan and the support plan.

use leptos::prelude::*;

use super::step::{Field, Head, StepForm};
use crate::{
    PageContext,
    ui::{Button, ButtonKind, ButtonVariant, FormField, RadioGroup, RadioOption},
};

pub(super) const OPERATION: &str = "account:CompleteSignUp";
const FIELDS: [Field; 2] = [
    Field { name: "Plan", id: "plan-label", required: "Choose a plan.", invalid: "Choose a plan." },
    Field {
        name: "SupportPlan",
        id: "support-plan-label",
        required: "Choose a support plan.",
        invalid: "Choose a support plan.",
    },
];

/// Asks for both plans.
pub(super) fn choose(page: &PageContext) -> AnyView {
    let form = StepForm::new(page, OPERATION, &FIELDS);
    let plans = if page.labels_2020() {
        vec![
            RadioOption::new("FreeTier12Months", "12 Months Free Tier")
                .describe("The free tier of a new account, counted from today in the simulation."),
        ]
    } else {
        vec![
            RadioOption::new("Free", "Free (6 months)")
                .describe("Credits for six months of practice in the simulation."),
            RadioOption::new("Paid", "Paid").describe("Simulated bills without a limit in time."),
        ]
    };
    let first = plans.first().map(|plan| plan.value.clone());
    let support = vec![
        RadioOption::new("Basic", "Basic support - Free").describe("Documentation and your own help panel."),
        RadioOption::new("Developer", "Developer support").describe("A simulated $29 a month; nothing is charged."),
        RadioOption::new("Business", "Business support").describe("A simulated $100 a month; nothing is charged."),
    ];
    let (plan, level) = (form.of("Plan", first), form.of("SupportPlan", Some("Basic".to_owned())));
    let fields = view! {
        <FormField
            control_id="plan"
            label="Choose your plan"
            group=true
            constraint="Nothing real is needed, and nothing is ever charged."
            error=plan.error
            testid="plan"
        >
            <RadioGroup name="Plan" options=plans value=plan.value testid="plan-choice" />
        </FormField>
        <FormField
            control_id="support-plan"
            label="Select a support plan"
            group=true
            constraint="Nothing real is needed, and nothing is ever charged."
            error=level.error
            testid="support-plan"
        >
            <RadioGroup
                name="SupportPlan"
                options=support
                value=level.value
                testid="support-plan-choice"
            />
        </FormField>
    };
    let submit = view! {
        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary testid="complete-signup">"Complete sign up"</Button>
    };
    let head = Head::new(
        5,
        "Select a plan",
        "The last step. Plans are kept with the account; none costs anything.",
        "plan-form",
    );
    let message = form.error_of_whole().map(|error| error.to_string());
    form.view(head, message, fields.into_any(), submit.into_any())
}
