//! The account's alias: making one, changing it, taking it away.

use leptos::prelude::*;
use model::name;

use super::{hidden, typing::Typing};
use crate::{
    PageContext,
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, Direction, Form, FormErrors, FormField, Input, Modal, Severity,
        Space, SpaceBetween, Text,
    },
};

const CREATE: &str = "iam:CreateAccountAlias";
const DELETE: &str = "iam:DeleteAccountAlias";
/// What an alias is made of, in words.
const RULE: &str = "3 to 63 characters: lowercase letters, digits and single hyphens inside, not only twelve digits. It must be unique among all accounts of this installation.";

/// The buttons beside the sign-in link, and the dialogs they open; `home` is the path of the page they stand on.
pub(super) fn actions(page: &PageContext, alias: Option<String>, home: &'static str) -> AnyView {
    let has_alias = alias.is_some();
    let customize = page.label("Customize", if has_alias { "Edit" } else { "Create" }).to_owned();
    let dialogs = view! {
        {create(page, alias.as_deref(), home)}
        {alias.map(|alias| delete(page, alias, home))}
    };
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Button opens="create-alias" testid="customize-alias">{customize}</Button>
            {has_alias.then(|| view! { <Button opens="delete-alias" testid="delete-alias-button">"Delete"</Button> })}
        </SpaceBetween>
        {dialogs}
    }
    .into_any()
}

fn create(page: &PageContext, alias: Option<&str>, home: &'static str) -> AnyView {
    let error = page.error_of(CREATE);
    let field = page.field_error(CREATE, "accountAlias").map(|_| RULE.to_owned());
    let message = error.as_ref().filter(|_| field.is_none()).map(ToString::to_string);
    let value = page.typed(CREATE, "AccountAlias").or_else(|| alias.map(str::to_owned)).unwrap_or_default();
    let fields = hidden(CREATE, &[("_next", home), ("_flash", "Account alias {AccountAlias} created.")]);
    let (before, after) = around(page, alias);
    let title = page
        .label(
            "Create account alias",
            if alias.is_some() { "Edit alias for this account" } else { "Create alias for this account" },
        )
        .to_owned();
    let submit = page.label("Yes, Create", if alias.is_some() { "Save changes" } else { "Create alias" }).to_owned();
    view! {
        <Modal
            id="create-alias"
            title
            open=error.is_some()
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes="create-alias">"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form="create-alias-form" testid="create-alias-submit">
                        {submit}
                    </Button>
                }
            }
        >
            <Form action=home hidden=fields id="create-alias-form" novalidate=true>
                <FormErrors message />
                <AliasField value error=field before after />
            </Form>
        </Modal>
    }
    .into_any()
}

fn delete(page: &PageContext, alias: String, home: &'static str) -> AnyView {
    let problem = page.error_of(DELETE).map(|error| error.to_string());
    let refused = problem.is_some();
    let fields = hidden(
        DELETE,
        &[("AccountAlias", &alias), ("_next", home), ("_flash", "Account alias {AccountAlias} deleted.")],
    );
    view! {
        <Modal
            id="delete-alias"
            title="Delete account alias"
            open=refused
            footer=|| {
                view! {
                    <Button variant=ButtonVariant::Link closes="delete-alias">"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form="delete-alias-form" testid="delete-alias-submit">
                        "Yes, Delete"
                    </Button>
                }
            }
        >
            <Form action=home hidden=fields id="delete-alias-form">
                <FormErrors message=problem />
                <Alert severity=Severity::Warning>
                    "The sign-in link with " <strong>{alias}</strong> " stops working. The link with the account ID goes on working."
                </Alert>
            </Form>
        </Modal>
    }
    .into_any()
}

/// What stands before and after the alias in the sign-in link.
fn around(page: &PageContext, alias: Option<&str>) -> (String, String) {
    let viewer = page.viewer();
    let now = alias.unwrap_or(&viewer.account_id).to_owned();
    match viewer.signin_url.rsplit_once(&now) {
        Some((before, after)) => (before.to_owned(), after.to_owned()),
        None => (viewer.signin_url, String::new()),
    }
}

/// The alias, with the link it makes while it is typed.
#[island]
fn AliasField(
    /// What the field holds at first.
    value: String,
    /// What is wrong with it.
    error: Option<String>,
    /// The link before the alias.
    before: String,
    /// The link after the alias.
    after: String,
) -> impl IntoView {
    let typed = RwSignal::new(value);
    let refused = RwSignal::new(error);
    let faults = move || {
        refused.get().or_else(|| {
            let text = typed.get();
            (!text.is_empty() && !name::ALIAS.faults(&text).is_empty()).then(|| RULE.to_owned())
        })
    };
    let preview = move || {
        let text = typed.get();
        let shown = if text.is_empty() { "your-alias" } else { text.as_str() };
        format!("{before}{shown}{after}")
    };
    view! {
        <SpaceBetween size=Space::M>
            <FormField
                control_id="account-alias"
                label="Account alias"
                constraint=Signal::derive(move || faults().is_none().then(|| RULE.to_owned()))
                error=Signal::derive(faults)
                testid="account-alias-field"
            >
                <Typing heard=move |text| {
                    refused.set(None);
                    typed.set(text);
                }>
                    <Input name="AccountAlias" value=typed testid="account-alias" />
                </Typing>
            </FormField>
            <Text testid="alias-preview">"Sign-in link: " <code>{preview}</code></Text>
        </SpaceBetween>
    }
}
