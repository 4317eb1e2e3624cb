//! The form of an inline policy: its name and its document, with what is wrong and where.

use leptos::{prelude::*, server_fn::ServerFn};
use model::ApiError;

use super::{
    Owner,
    count::{CharactersLeft, grouped},
    plan,
};
use crate::{
    CallError, PageContext,
    call::catalogue,
    iam::{
        calls::CheckPolicyDocument,
        fields::Fields,
        policies::{
            draft::NEXT,
            steps,
            visual::{self, Mode, Quota},
        },
        words::{NAME_CHARACTERS, plain},
    },
    ui::{
        Button, ButtonKind, ButtonVariant, Container, Form, FormActions, FormField, Header, Input, SpaceBetween, Text,
        Textarea,
    },
};

/// Id of the text area with the document.
const DOCUMENT: &str = "policy-document";
/// What a new policy's document begins with.
pub(in crate::iam) const EMPTY: &str = "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": []\n}";

/// What is in the form.
pub(super) enum Editing {
    /// A policy that is still to be named.
    New,
    /// One that exists, with its document.
    Existing {
        /// Its name.
        name: String,
        /// Its document.
        document: String,
    },
}

/// Whether the page is asked for by its own form, which holds all that was typed.
pub(super) fn is_sent(page: &PageContext) -> bool {
    page.outcome_of(NEXT).is_some() || page.outcome_of(plan::PUT).is_some()
}

/// The form; what was typed stays after an error.
pub(super) async fn form(page: &PageContext, owner: &Owner, editing: Editing) -> AnyView {
    let (name, stored) = match editing {
        Editing::New => (None, None),
        Editing::Existing { name, document } => (Some(name), Some(document)),
    };
    let sent = page.outcome_of(NEXT).or_else(|| page.outcome_of(plan::PUT)).map(|outcome| Fields(&outcome.fields));
    let mut document = match (&sent, stored) {
        (Some(sent), _) => visual::Editing::sent(sent, page),
        (None, Some(stored)) => visual::Editing::begun(page, stored, Mode::Json),
        (None, None) => visual::Editing::begun(page, EMPTY.to_owned(), Mode::Visual),
    };
    let mut refused = visual::import(&mut document).await.err().or_else(|| page.error_of(plan::PUT));
    let name_error = name_error(refused.as_ref());
    if page.outcome_of(plan::PUT).is_some() && document.lacks() {
        // It stands beside what is missing.
        refused = None;
    }
    let problem = refused.filter(|_| name_error.is_none());
    let mut fields = vec![(owner.field().to_owned(), owner.name().to_owned())];
    let (action, back, submit) = match &name {
        None => {
            fields.push(("New".into(), "true".into()));
            fields.push(("_next".into(), owner.permissions()));
            fields.push(("_flash".into(), "Policy {PolicyName} created.".into()));
            (owner.create_path(), owner.permissions(), "Create policy")
        }
        Some(name) => {
            fields.push(("PolicyName".into(), name.clone()));
            fields.push(("_next".into(), owner.policy_path(name)));
            fields.push(("_flash".into(), "Policy {PolicyName} updated.".into()));
            (format!("{}?action=edit", owner.policy_path(name)), owner.policy_path(name), "Save changes")
        }
    };
    let naming = name.is_none().then(|| {
        let typed = sent.as_ref().map(|sent| sent.one("PolicyName"));
        let field = name_field("Name", typed, name_error);
        view! { <Container header=|| view! { <Header title="Policy details" /> }>{field}</Container> }
    });
    let words = format!(
        "All inline policies of a {} can have {} characters together, white space apart.",
        owner.noun(),
        grouped(owner.quota())
    );
    let quota = Quota { most: owner.quota(), others: owner.size_of_others(name.as_deref()).await, words };
    let (editor, within) = visual::editor(page, &document, action.clone(), quota, problem).await;
    let enter = match within {
        Some(to) => steps::first(NEXT, to),
        None => steps::first(plan::PUT, action.clone()),
    };
    let to = action.clone();
    view! {
        <Form action hidden=fields novalidate=true testid="inline-policy-form">
            {enter}
            <SpaceBetween>
                {naming} {editor}
                <FormActions>
                    <Button href=back variant=ButtonVariant::Link testid="cancel">"Cancel"</Button>
                    <Button
                        kind=ButtonKind::Submit
                        variant=ButtonVariant::Primary
                        name="_op"
                        value=plan::PUT
                        formaction=to
                        testid="save-policy"
                    >
                        {submit}
                    </Button>
                </FormActions>
            </SpaceBetween>
        </Form>
    }
    .into_any()
}

/// The field of a policy's name.
pub(in crate::iam) fn name_field(label: &'static str, value: Option<String>, error: Option<String>) -> AnyView {
    view! {
        <FormField
            control_id="policy-name"
            label
            constraint="Maximum 128 characters. Letters, digits and + = , . @ _ - (hyphen)."
            error
            testid="policy-name-field"
        >
            <Input name="PolicyName" value required=true maxlength=128u32 testid="policy-name" />
        </FormField>
    }
    .into_any()
}

/// The field of a policy's document, with the characters that it may still have out of `quota`. `constraint` says the
/// quota in words; `others` is what other documents take of it.
pub(in crate::iam) fn document_field(
    document: String,
    constraint: String,
    error: Option<String>,
    quota: usize,
    others: Option<usize>,
) -> AnyView {
    let size = policy::size_without_white_space(&document);
    let check = <CheckPolicyDocument as ServerFn>::PATH;
    // Without scripts the text area is all there is; with them the editor takes its place (frontend/editor).
    view! {
        <div data-editor="policy" data-check=check data-catalogue=catalogue()>
            <FormField control_id=DOCUMENT label="JSON" constraint error stretch=true testid="policy-document-field">
                <Textarea name="PolicyDocument" value=document rows=20 code=true required=true testid="policy-document" />
            </FormField>
        </div>
        <CharactersLeft control=DOCUMENT.to_owned() size quota others />
        <Text>
            "A statement says whether it allows or denies (Effect), what (Action), on which resources (Resource) and, if need be, when (Condition)."
        </Text>
    }
    .into_any()
}

/// What is wrong with the name that was sent.
pub(in crate::iam) fn name_error(error: Option<&CallError>) -> Option<String> {
    match error? {
        CallError::Api(error @ ApiError::EntityAlreadyExists { .. }) => Some(error.to_string()),
        error => error.field("policyName").map(|fault| plain(&fault, "A policy name", NAME_CHARACTERS)),
    }
}

/// "Syntax errors in policy. Line 3, column 1: …": AWS's sentence, and the place with what is wrong there.
pub(in crate::iam) fn document_error(error: Option<&CallError>) -> Option<String> {
    match error? {
        CallError::Api(ApiError::MalformedPolicyDocument { message, position, detail }) => {
            let at = position.map(|at| format!(" Line {}, column {}", at.line, at.column));
            let detail = detail.as_ref().map(|detail| format!(": {detail}"));
            let end = if at.is_some() { "." } else { "" };
            Some(format!("{message}{}{}{end}", at.unwrap_or_default(), detail.unwrap_or_default()))
        }
        CallError::Api(error @ ApiError::PolicySizeExceeded { .. }) => Some(format!("{error}.")),
        CallError::Api(error @ ApiError::LimitExceeded { quota, .. }) if quota == "PolicySize" => {
            Some(format!("{error}."))
        }
        error => error.field("policyDocument").map(|fault| {
            plain(&fault, "A policy document", "tabs, line ends and the characters of Latin-1 (U+0020 to U+00FF)")
        }),
    }
}
