//! The card of a user's permissions boundary.

use leptos::prelude::*;

use super::details::UserPage;
use crate::{
    iam::paths::policy_path,
    ui::{
        Button, ButtonKind, ButtonVariant, Container, CopyText, Direction, Form, Header, Link, LinkVariant, Modal,
        Space, SpaceBetween, Text,
    },
};

/// The boundary, and the ways to set, change and remove it.
pub(super) fn card(view: &UserPage) -> Option<AnyView> {
    let user = view.user.as_ref()?;
    let arn = user.permissions_boundary.as_ref().map(|boundary| boundary.permissions_boundary_arn.clone());
    let is_set = arn.is_some();
    let counter = if is_set { "(set)" } else { "(not set)" };
    let href = view.at("permissions", "boundary");
    let content = match arn {
        Some(arn) => {
            let (href, name) = (policy_path(&arn), arn.rsplit('/').next().unwrap_or(&arn).to_owned());
            view! {
                <SpaceBetween size=Space::Xs>
                    <Link href variant=LinkVariant::Primary testid="boundary-policy">{name}</Link>
                    <CopyText text=arn what="Boundary ARN" testid="boundary-arn" />
                </SpaceBetween>
            }
            .into_any()
        }
        None => view! {
            <Text>
                "A permissions boundary limits what this user can be granted by any policy. It grants nothing itself."
            </Text>
        }
        .into_any(),
    };
    let dialog = is_set.then(|| remove_dialog(view));
    Some(
        view! {
            <Container
                testid="permissions-boundary"
                header=move || {
                    view! { <Header title="Permissions boundary" counter actions=move || actions(is_set, href) /> }
                }
            >
                {content}
            </Container>
            {dialog}
        }
        .into_any(),
    )
}

fn actions(is_set: bool, href: String) -> AnyView {
    let text = if is_set { "Change boundary" } else { "Set boundary" };
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            {is_set.then(|| view! { <Button opens="remove-boundary" testid="remove-boundary-button">"Remove boundary"</Button> })}
            <Button href testid="set-boundary">{text}</Button>
        </SpaceBetween>
    }
    .into_any()
}

fn remove_dialog(view: &UserPage) -> AnyView {
    let fields =
        view.form("iam:DeleteUserPermissionsBoundary", "permissions", "Permissions boundary of {UserName} removed.");
    let text = format!(
        "Remove the permissions boundary of {}? Everything that the user's policies allow is allowed then.",
        view.name
    );
    let action = view.at("permissions", "");
    view! {
        <Modal
            id="remove-boundary"
            title="Remove boundary"
            footer=|| {
                view! {
                    <Button variant=ButtonVariant::Link closes="remove-boundary">"Cancel"</Button>
                    <Button
                        variant=ButtonVariant::Primary
                        kind=ButtonKind::Submit
                        form="remove-boundary-form"
                        testid="confirm-remove-boundary"
                    >
                        "Remove boundary"
                    </Button>
                }
            }
        >
            <Form action hidden=fields id="remove-boundary-form">
                <Text>{text}</Text>
            </Form>
        </Modal>
    }
    .into_any()
}
