//! `/iam/users/<name>/inline` and `/iam/groups/<name>/inline`: a new inline policy; one level below, one that exists.

use leptos::prelude::*;
use model::ApiError;

use super::{
    Owner,
    editor::{self, Editing},
};
use crate::{
    CallError, Frame, PageContext, Section,
    iam::{crumbs, denied::Problem, hidden, paths::named},
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, CodeView, Container, Direction, Form, Header, HeaderLevel, KeyValue,
        KeyValuePairs, Link, Modal, Severity, Space, SpaceBetween, Text,
    },
};

const DIALOG: &str = "delete-inline-policy";
const DELETE_FORM: &str = "delete-inline-policy-form";

/// A new inline policy of a user or group, or one that exists.
#[component]
pub fn Page() -> impl IntoView {
    let page = PageContext::current();
    let owner = Owner::of(&page);
    let policy = page.segments.get(4).map(|segment| named(segment));
    let here = policy.clone().unwrap_or_else(|| "Create policy".to_owned());
    let (list, list_path) = match owner {
        Owner::User(_) => ("Users", "/iam/users"),
        Owner::Group(_) => (page.label("Groups", "User groups"), "/iam/groups"),
    };
    let way = crumbs(&[(list, list_path), (owner.name(), &owner.permissions())], &here);
    view! {
        <Frame title=here.clone() section=Section::Iam crumbs=way help=help()>
            <Suspense>
                {Suspend::new(async move {
                    match policy {
                        Some(policy) => existing(page, owner, policy).await,
                        None => new(page, owner).await,
                    }
                })}
            </Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Inline policies".into(),
        vec![
            "An inline policy belongs to one user or one group and goes with it. It does not appear in the list of policies and cannot be attached to anything else.".into(),
            "Policies for more than one user or group are better made as managed policies.".into(),
            "A Deny in any policy wins over every Allow.".into(),
        ],
    )
}

async fn new(page: PageContext, owner: Owner) -> AnyView {
    // Whoever may not list the policies may still be allowed to put one; an owner who is not there can have none.
    if let Err(error @ CallError::Api(ApiError::NoSuchEntity { .. })) = owner.policies().await {
        return missing(&owner, error);
    }
    let title = page.label("Create Policy", "Create policy").to_owned();
    let description = format!("An inline policy of the {} {}.", owner.noun(), owner.name());
    let form = editor::form(&page, &owner, Editing::New).await;
    view! {
        <SpaceBetween>
            <Header title level=HeaderLevel::H1 description testid="page-title" />
            {form}
        </SpaceBetween>
    }
    .into_any()
}

async fn existing(page: PageContext, owner: Owner, policy: String) -> AnyView {
    let edits = page.query("action") == "edit";
    // What was typed needs nothing that is stored.
    let stored = match edits && editor::is_sent(&page) {
        true => Ok(String::new()),
        false => owner.document(&policy).await,
    };
    let document = match stored {
        Ok(document) => document,
        Err(error @ CallError::Api(ApiError::NoSuchEntity { .. })) => return missing(&owner, error),
        Err(error) => {
            crate::iam::denied::tell(&error);
            return view! {
                <SpaceBetween>
                    <Header title=policy.clone() level=HeaderLevel::H1 testid="page-title" />
                    <Problem error retry=owner.policy_path(&policy) />
                </SpaceBetween>
            }
            .into_any();
        }
    };
    if edits {
        let title = format!("Edit {policy}");
        let form = editor::form(&page, &owner, Editing::Existing { name: policy, document }).await;
        return view! {
            <SpaceBetween>
                <Header title level=HeaderLevel::H1 testid="page-title" />
                {form}
            </SpaceBetween>
        }
        .into_any();
    }
    let refused = page.error_of(owner.delete_operation()).map(|error| view! { <Problem error /> });
    let edit = format!("{}?action=edit", owner.policy_path(&policy));
    let label = if owner.noun() == "user" { "User" } else { page.label("Group", "User group") }.to_owned();
    let (path, name) = (owner.permissions(), owner.name().to_owned());
    let facts = vec![
        KeyValue::text(page.label("Policy type", "Type"), "Inline policy"),
        KeyValue::new(label, view! { <Link href=path testid="policy-owner">{name}</Link> }),
    ];
    let dialog = delete_dialog(&owner, &policy);
    view! {
        <SpaceBetween>
            <Header
                title=policy.clone()
                level=HeaderLevel::H1
                testid="page-title"
                actions=move || {
                    view! {
                        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                            <Button opens=DIALOG testid="delete-policy">"Delete"</Button>
                            <Button href=edit variant=ButtonVariant::Primary testid="edit-policy">"Edit"</Button>
                        </SpaceBetween>
                    }
                }
            />
            {refused}
            <Container>
                <KeyValuePairs items=facts columns=2 />
            </Container>
            <Container header=|| view! { <Header title="Policy document" /> }>
                <CodeView code=document label="Policy document" json=true testid="policy-json" />
            </Container>
            {dialog}
        </SpaceBetween>
    }
    .into_any()
}

fn delete_dialog(owner: &Owner, policy: &str) -> AnyView {
    let fields = hidden(
        owner.delete_operation(),
        &[
            (owner.field(), owner.name()),
            ("PolicyName", policy),
            ("_next", &owner.permissions()),
            ("_flash", "Policy {PolicyName} deleted."),
        ],
    );
    let text = format!(
        "Delete the inline policy {policy}? The {} {} loses what it grants at once. This cannot be undone.",
        owner.noun(),
        owner.name()
    );
    let action = owner.policy_path(policy);
    view! {
        <Modal
            id=DIALOG
            title="Delete policy"
            footer=|| {
                view! {
                    <Button variant=ButtonVariant::Link closes=DIALOG>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=DELETE_FORM testid="confirm-delete-policy">
                        "Delete"
                    </Button>
                }
            }
        >
            <Form action hidden=fields id=DELETE_FORM>
                <Text>{text}</Text>
            </Form>
        </Modal>
    }
    .into_any()
}

fn missing(owner: &Owner, error: CallError) -> AnyView {
    crate::call::set_status(404);
    let (header, back) = (error.to_string(), owner.permissions());
    view! {
        <SpaceBetween>
            <Header title="Policy not found" level=HeaderLevel::H1 testid="page-title" />
            <Alert
                severity=Severity::Error
                header
                testid="no-such-policy"
                action=move || view! { <Button href=back.clone()>"Go back"</Button> }
            />
        </SpaceBetween>
    }
    .into_any()
}
