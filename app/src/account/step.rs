//! What the forms of all steps share: what was typed, what is wrong with it, what may be invented.

use leptos::prelude::*;
use model::ApiError;

use crate::{
    CallError, PageContext,
    ui::{
        Button, Direction, Form, FormActions, FormErrors, FormField, Header, HeaderLevel, Input, Space, SpaceBetween,
        Text, TextColor, TextVariant,
    },
};

/// Where the sign-up stands, whatever its step.
pub(super) const PATH: &str = "/billing/signup";
const FILLED: &str = "/billing/signup?fill=1";

/// One member of a step's operation, and what to say when it is wrong.
pub(super) struct Field {
    /// The member, as the form sends it.
    pub name: &'static str,
    /// Id of its control.
    pub id: &'static str,
    /// What to say when it is left out.
    pub required: &'static str,
    /// What to say when it is not well formed; empty where any text is.
    pub invalid: &'static str,
}

/// The form of one step.
#[derive(Clone)]
pub(super) struct StepForm {
    page: PageContext,
    operation: &'static str,
    fields: &'static [Field],
}

impl StepForm {
    pub(super) fn new(page: &PageContext, operation: &'static str, fields: &'static [Field]) -> Self {
        Self { page: page.clone(), operation, fields }
    }

    /// Whether "Fill with invented data" was chosen, and nothing was sent since.
    pub(super) fn filled(&self) -> bool {
        self.page.query.contains_key("fill") && self.page.outcome.is_none()
    }

    /// What was typed into a field, or else `known`.
    pub(super) fn value(&self, name: &str, known: Option<String>) -> Option<String> {
        if self.page.outcome_of(self.operation).is_some() { self.page.typed(self.operation, name) } else { known }
    }

    /// What is wrong with a field, in words for people.
    pub(super) fn error(&self, name: &str) -> Option<String> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        let constraint = self.page.field_error(self.operation, &lower_camel(name))?;
        Some(if let Some(most) = constraint.strip_prefix("Member must have length less than or equal to ") {
            format!("Enter at most {most} characters.")
        } else if constraint.starts_with("Member must have length greater")
            || self.value(name, None).is_none() && constraint.starts_with("Member must")
        {
            field.required.to_owned()
        } else if constraint.starts_with("Member must satisfy") && !field.invalid.is_empty() {
            field.invalid.to_owned()
        } else {
            constraint
        })
    }

    /// What was typed into a field, or else `known`, and what is wrong with it.
    pub(super) fn of(&self, name: &str, known: Option<String>) -> Answer {
        Answer { value: self.value(name, known), error: self.error(name) }
    }

    /// The error that belongs to no field.
    pub(super) fn error_of_whole(&self) -> Option<CallError> {
        self.page.error_of(self.operation).filter(|error| !matches!(error, CallError::Api(ApiError::Validation { .. })))
    }

    /// The step: its heading, what is wrong, the fields, the button.
    pub(super) fn view(self, head: Head, message: Option<String>, fields: AnyView, submit: AnyView) -> AnyView {
        let (heading, fill) = (heading(&head), head.fill);
        let form = self.form(head, message, fields, submit);
        view! {
            <SpaceBetween>
                {heading}
                {fill
                    .then(|| {
                        view! {
                            <SpaceBetween direction=Direction::Horizontal>
                                <Button href=FILLED testid="fill">"Fill with invented data"</Button>
                            </SpaceBetween>
                        }
                    })}
                {form}
            </SpaceBetween>
        }
        .into_any()
    }

    /// What is wrong, the fields, the button.
    pub(super) fn form(self, head: Head, message: Option<String>, fields: AnyView, submit: AnyView) -> AnyView {
        let faults: Vec<(String, String)> =
            self.fields.iter().filter_map(|field| Some((field.id.to_owned(), self.error(field.name)?))).collect();
        let mut hidden = vec![("_op".to_owned(), self.operation.to_owned())];
        if head.goes_on {
            hidden.push(("_next".to_owned(), PATH.to_owned()));
        }
        view! {
            <FormErrors message fields=faults />
            <Form action=head.action hidden novalidate=!head.checked_by_browser testid=head.testid>
                <SpaceBetween>
                    {fields}
                    <FormActions>{submit}</FormActions>
                </SpaceBetween>
            </Form>
        }
        .into_any()
    }

    /// A one-line field of any text.
    pub(super) fn text(&self, name: &'static str, label: &str, known: Option<String>, hint: &'static str) -> AnyView {
        let id = self.fields.iter().find(|field| field.name == name).map_or("", |field| field.id);
        let Answer { value, error } = self.of(name, known);
        view! {
            <FormField control_id=id label=label constraint=hint error testid=id>
                <Input name=name value testid=format!("{id}-input") />
            </FormField>
        }
        .into_any()
    }
}

/// What a field shows.
pub(super) struct Answer {
    /// What stands in it.
    pub value: Option<String>,
    /// What is wrong with that.
    pub error: Option<String>,
}

/// What stands over a step, and how its form behaves.
pub(super) struct Head {
    /// Which of the five steps.
    pub number: u8,
    /// The step's name.
    pub title: &'static str,
    /// A sentence below it.
    pub about: String,
    /// Whether the step can be filled with invented data.
    pub fill: bool,
    /// Whether the browser checks the fields before it sends them.
    pub checked_by_browser: bool,
    /// Whether the next step follows when it worked; else this page shows the answer.
    pub goes_on: bool,
    /// Where the form is sent.
    pub action: &'static str,
    /// `data-testid` of the form.
    pub testid: &'static str,
}

impl Head {
    pub(super) fn new(number: u8, title: &'static str, about: impl Into<String>, testid: &'static str) -> Self {
        let about = about.into();
        Self { number, title, about, fill: false, checked_by_browser: false, goes_on: true, action: PATH, testid }
    }

    pub(super) fn fill(mut self) -> Self {
        self.fill = true;
        self
    }
}

fn heading(head: &Head) -> AnyView {
    let (title, about) = (head.title, head.about.clone());
    let step = format!("Sign up for Understudy. Step {} of 5", head.number);
    view! {
        <SpaceBetween size=Space::Xxs>
            <Text variant=TextVariant::Small color=TextColor::Secondary testid="signup-step">{step}</Text>
            <Header title level=HeaderLevel::H1 description=about testid="signup-title" />
        </SpaceBetween>
    }
    .into_any()
}

/// `AccountName` → `accountName`, as faults name members.
fn lower_camel(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}
