//! A user's permissions: policies attached directly and through groups, and the boundary around them.

use leptos::prelude::*;
use model::iam::{AttachedPolicy, ListAttachedUserPolicies};

use super::{boundary, details::UserPage, groups, pick};
use crate::{
    CallError,
    iam::{
        denied::Problem,
        words::{count, policy_kind, user_path},
    },
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Direction, EmptyState, Form, Header, IconName, Modal, Rows, Space,
        SpaceBetween, Table, Text, slug,
    },
};

/// One policy with a say in what the user may do.
struct Granted {
    policy: AttachedPolicy,
    /// The group it comes from; attached directly without one.
    group: Option<String>,
}

/// The tab "Permissions".
pub(super) async fn tab(view: &UserPage) -> AnyView {
    if view.page.query("action") == "boundary" {
        return pick::boundary(view).await;
    }
    let (direct, through_groups) = (attached(view).await, groups::of(&view.name).await);
    let mut problems = Vec::new();
    let mut rows: Vec<Granted> = Vec::new();
    match direct {
        Ok(policies) => rows.extend(policies.into_iter().map(|policy| Granted { policy, group: None })),
        Err(error) => problems.push(error),
    }
    match through_groups {
        Ok(groups) => {
            for (group, policies) in groups {
                let from = |policy| Granted { policy, group: Some(group.group_name.clone()) };
                match policies {
                    Ok(policies) => rows.extend(policies.into_iter().map(from)),
                    Err(error) => problems.push(error),
                }
            }
        }
        Err(error) => problems.push(error),
    }
    let problems =
        problems.into_iter().map(|error| view! { <Problem error retry=view.at("permissions", "") /> }).collect_view();
    let (table, boundary) = (table(view, rows), boundary::card(view));
    view! { <SpaceBetween>{problems} {table} {boundary}</SpaceBetween> }.into_any()
}

async fn attached(view: &UserPage) -> Result<Vec<AttachedPolicy>, CallError> {
    let asked = ListAttachedUserPolicies { user_name: view.name.clone(), ..ListAttachedUserPolicies::default() };
    Ok(crate::call(asked).await?.attached_policies)
}

fn table(view: &UserPage, rows: Vec<Granted>) -> AnyView {
    let title = view.page.label("Permissions policies", "Permissions policies").to_owned();
    let counter = format!("({})", count(rows.len(), "policy applied", "policies applied"));
    let href = format!("{}/add-permissions", user_path(&view.name));
    let mut left: Vec<&str> = Vec::new();
    let mut dialogs = Vec::new();
    for row in &rows {
        match &row.group {
            None => dialogs.push(detach_dialog(view, &row.policy)),
            Some(group) if !left.contains(&group.as_str()) => {
                left.push(group);
                dialogs.push(groups::leave_dialog(view, group, "permissions"));
            }
            Some(_) => {}
        }
    }
    let columns = vec![
        Column::text("policy-name", "Policy name", |row: &Granted| row.policy.policy_name.clone()).row_header(),
        Column::text("policy-type", view.page.label("Policy type", "Type"), |row: &Granted| {
            policy_kind(&row.policy.policy_arn).into()
        }),
        Column::text("attached-via", "Attached", |row: &Granted| match &row.group {
            None => "Attached directly".into(),
            Some(group) => format!("Attached from group {group}"),
        }),
        Column::new("remove", "Actions", remove_button),
    ];
    view! {
        <Table
            id="user-policies"
            label="Permissions policies"
            columns
            rows=Rows::Ready(rows)
            header=move || {
                view! { <Header title counter testid="policies-title" actions=move || actions(href) /> }
            }
            empty=|| {
                view! {
                    <EmptyState
                        title="No policies"
                        text="No policy is attached to this user or to a group of this user: the user may do nothing."
                    />
                }
            }
        />
        {dialogs}
    }
    .into_any()
}

fn actions(add: String) -> AnyView {
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Button disabled=true disabled_reason="Inline policies come in a later version (Lab 12)" testid="add-inline-policy">
                "Add inline policy"
            </Button>
            <Button href=add variant=ButtonVariant::Primary testid="add-permissions">"Add permissions"</Button>
        </SpaceBetween>
    }
    .into_any()
}

/// The ✕ of a row: detaches what is attached directly, and leaves the group that anything else comes from.
fn remove_button(row: &Granted) -> AnyView {
    let name = &row.policy.policy_name;
    let (opens, label, testid) = match &row.group {
        None => (detach_id(&row.policy), format!("Detach {name}"), format!("detach-{}", slug(name))),
        Some(group) => (
            groups::leave_id(group),
            format!("Remove user from group {group}, which grants {name}"),
            format!("leave-{}-{}", slug(group), slug(name)),
        ),
    };
    view! { <Button variant=ButtonVariant::Icon icon=IconName::Close opens label testid /> }.into_any()
}

fn detach_id(policy: &AttachedPolicy) -> String {
    format!("detach-policy-{}", slug(&policy.policy_name))
}

fn detach_dialog(view: &UserPage, policy: &AttachedPolicy) -> AnyView {
    let id = detach_id(policy);
    let form = format!("{id}-form");
    let flash = format!("Policy {} detached.", policy.policy_name);
    let mut fields = view.form("iam:DetachUserPolicy", "permissions", &flash);
    fields.push(("PolicyArn".into(), policy.policy_arn.clone()));
    let (closes, sends) = (id.clone(), form.clone());
    let text = format!("Detach the policy {} from the user {}?", policy.policy_name, view.name);
    let action = view.at("permissions", "");
    view! {
        <Modal
            id
            title="Detach policy"
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes=closes>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=sends testid="confirm-detach">"Detach"</Button>
                }
            }
        >
            <Form action hidden=fields id=form>
                <Text>{text}</Text>
            </Form>
        </Modal>
    }
    .into_any()
}
