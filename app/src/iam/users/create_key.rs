//! Making an access key as today's console does: what for, a description, and the secret shown once.

use leptos::prelude::*;
use model::{
    Operation, Tag,
    iam::{AccessKey, CreateAccessKey, TagUser},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{access_keys::shown_once, list};
use crate::{
    CallError, Frame, PageContext, Section,
    iam::{
        crumbs,
        denied::Problem,
        fields::{Fields, answer},
        hidden,
        paths::{named, user_path},
        plan::Runner,
        words::plain,
    },
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, Checkbox, Container, Form, FormErrors, FormField, Header,
        HeaderLevel, Input, RadioGroup, RadioOption, Severity, SpaceBetween, Wizard, WizardFooter, WizardStep,
    },
};

/// Makes a key and notes what it is for.
pub const CREATE: &str = "console-form:CreateDescribedAccessKey";
/// Where the text of the tag stands in the form.
const DESCRIPTION: &str = "Description";
const FORM: &str = "create-key-form";

/// What CREATE answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Created {
    /// The key with its secret, this once.
    pub access_key: AccessKey,
    /// Why the description was not noted. The key exists all the same.
    pub undescribed: Option<CallError>,
}

/// Runs the form of that name; nothing if it is another's.
pub(super) async fn run(operation: &str, form: &Fields<'_>, runner: &impl Runner) -> Option<Result<Value, CallError>> {
    if operation != CREATE {
        return None;
    }
    Some(answer(create(form, runner).await))
}

/// A description is a tag of the user's whose key is the access key's id, as the original console keeps it.
async fn create(form: &Fields<'_>, runner: &impl Runner) -> Result<Created, CallError> {
    let (user_name, value) = (form.one("UserName"), form.one(DESCRIPTION));
    let noted = |key: &str| TagUser {
        user_name: user_name.clone(),
        tags: vec![Tag { key: key.to_owned(), value: value.clone() }],
    };
    // A description that breaks the rules must be known before there is a key.
    noted("description").checked()?;
    let access_key = runner.run(CreateAccessKey { user_name: Some(user_name.clone()) }).await?.access_key;
    let undescribed = if value.is_empty() { None } else { runner.run(noted(&access_key.access_key_id)).await.err() };
    Ok(Created { access_key, undescribed })
}

/// A use: its value in the address, its label, and what is better for it than a key that lives for ever.
const USES: [(&str, &str, &str); 6] = [
    (
        "cli",
        "Command Line Interface (CLI)",
        "A key on your own machine is as safe as the machine. Prefer to sign in for each session where that is possible.",
    ),
    (
        "local",
        "Local code",
        "Keep the key out of the code and of its repository: let the program read it from the CLI's files or the environment.",
    ),
    (
        "compute",
        "Application running on an AWS compute service",
        "Give the instance a role instead: its keys change by themselves and nobody has to keep them.",
    ),
    (
        "third-party",
        "Third-party service",
        "Prefer a role that the service takes on. A key that you hand out must be changed as soon as the service no longer needs it.",
    ),
    ("outside", "Application running outside AWS", "Prefer keys that live for hours over keys that live for ever."),
    ("other", "Other", "Give the key's user no more permissions than the work needs, and change the key now and then."),
];

/// `/iam/users/<name>/create-access-key`.
#[component]
pub fn CreateKey() -> impl IntoView {
    let page = PageContext::current();
    let name = named(&page.segment(2));
    let path = user_path(&name);
    let way = crumbs(&[("Users", list::PATH), (&name, &path)], "Create access key");
    view! {
        <Frame title="Create access key" section=Section::Iam crumbs=way help=help()>
            {content(page, name)}
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Access keys".into(),
        vec![
            "An access key signs the requests of programs and of the command line. It has no end of its own: it works until somebody makes it inactive or deletes it.".into(),
            "A user has two keys at most: one in use, and one more while programs change over.".into(),
        ],
    )
}

fn here(name: &str) -> String {
    format!("{}/create-access-key", user_path(name))
}

fn back(name: &str) -> String {
    format!("{}?section=security_credentials", user_path(name))
}

fn content(page: PageContext, name: String) -> AnyView {
    if let Some(created) = page.output_of::<Created>(CREATE) {
        return retrieve(&page, &name, created);
    }
    let chosen = USES.iter().any(|(value, ..)| *value == page.query("use"));
    let asked = page.query("step") == "2";
    if page.outcome_of(CREATE).is_some() || asked && chosen && !page.query("confirmed").is_empty() {
        return describe(&page, &name);
    }
    practices(&page, &name, asked)
}

fn step(page: &PageContext, current: usize, footer: AnyView, content: AnyView) -> AnyView {
    let steps = ["Access key best practices & alternatives", "Set description tag", "Retrieve access keys"];
    let steps = steps.map(WizardStep::new).to_vec();
    let circles = page.labels_2020();
    view! {
        <Wizard title="Create access key" steps current circles footer=move || view! { <WizardFooter>{footer}</WizardFooter> }>
            {content}
        </Wizard>
    }
    .into_any()
}

/// What the key is for, and what might be better.
fn practices(page: &PageContext, name: &str, asked: bool) -> AnyView {
    let fault = |missing: bool, text: &str| (asked && missing).then(|| text.to_owned());
    let use_fault = fault(page.query("use").is_empty(), "Select a use case.");
    let confirmed_fault = fault(page.query("confirmed").is_empty(), "Select the check box to go on.");
    let options = USES.iter().map(|(value, text, advice)| RadioOption::new(*value, *text).describe(*advice)).collect();
    let (action, cancel, chosen) = (here(name), back(name), page.query("use"));
    let footer = view! {
        <Button href=cancel variant=ButtonVariant::Link testid="cancel-wizard">"Cancel"</Button>
        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary form=FORM testid="next">"Next"</Button>
    }
    .into_any();
    let content = view! {
        <SpaceBetween>
            <Header title="Access key best practices & alternatives" level=HeaderLevel::H1 testid="step-title" />
            <Form action get=true hidden=vec![("step".to_owned(), "2".to_owned())] id=FORM novalidate=true>
                <Container>
                    <SpaceBetween>
                        <FormField control_id="use-case" label="Use case" group=true error=use_fault testid="use-case">
                            <RadioGroup name="use" options value=chosen testid="use" />
                        </FormField>
                        <FormField control_id="confirmation" label="Confirmation" group=true error=confirmed_fault testid="confirmation-field">
                            <Checkbox id="confirmed" name="confirmed" testid="confirmed">
                                "I understand the above recommendation and want to proceed to create an access key."
                            </Checkbox>
                        </FormField>
                    </SpaceBetween>
                </Container>
            </Form>
        </SpaceBetween>
    }
    .into_any();
    step(page, 0, footer, content)
}

/// A few words that tell the key from others.
fn describe(page: &PageContext, name: &str) -> AnyView {
    let error = page.error_of(CREATE);
    let fault = error.as_ref().and_then(|error| error.field("tags.1.member.value"));
    let problem = error.filter(|_| fault.is_none()).map(|error| view! { <Problem error /> });
    let fault = fault.map(|fault| plain(&fault, "A description", super::tag_faults::CHARACTERS));
    let message = fault.as_ref().map(|_| "The access key was not created.".to_owned());
    let value = page.typed(CREATE, DESCRIPTION);
    let fields = hidden(CREATE, &[("UserName", name)]);
    let (action, previous, cancel) = (here(name), here(name), back(name));
    let footer = view! {
        <Button href=cancel variant=ButtonVariant::Link testid="cancel-wizard">"Cancel"</Button>
        <Button href=previous testid="previous">"Previous"</Button>
        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary form=FORM testid="submit-key">"Create access key"</Button>
    }
    .into_any();
    let content = view! {
        <SpaceBetween>
            <Header title="Set description tag" level=HeaderLevel::H1 testid="step-title" />
            {problem}
            <FormErrors message />
            <Form action hidden=fields id=FORM novalidate=true>
                <Container>
                    <FormField
                        control_id="description"
                        label="Description tag value"
                        optional=true
                        description="What the key is for and where it is used. It is kept as a tag of the user."
                        constraint=format!("At most 256 characters: {}", super::tag_faults::CHARACTERS)
                        error=fault
                        testid="description-field"
                    >
                        <Input name=DESCRIPTION value=value testid="description" />
                    </FormField>
                </Container>
            </Form>
        </SpaceBetween>
    }
    .into_any();
    step(page, 1, footer, content)
}

/// The key, the one time its secret is seen.
fn retrieve(page: &PageContext, name: &str, created: Created) -> AnyView {
    let done = back(name);
    let footer =
        view! { <Button href=done variant=ButtonVariant::Primary testid="key-done">"Done"</Button> }.into_any();
    let undescribed = created.undescribed.map(|error| {
        view! {
            <Alert severity=Severity::Warning header="The description was not kept" testid="undescribed">
                "The access key exists all the same."
            </Alert>
            <Problem error />
        }
    });
    let secret = shown_once(page, Some(name), &created.access_key);
    let content = view! {
        <SpaceBetween>
            <Header title="Retrieve access keys" level=HeaderLevel::H1 testid="step-title" />
            {undescribed}
            <Container header=|| view! { <Header title="Access key" /> } testid="retrieve-key">
                {secret}
            </Container>
        </SpaceBetween>
    }
    .into_any();
    step(page, 2, footer, content)
}
