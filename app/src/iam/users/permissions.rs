//! A user's permissions: policies attached, embedded or coming from groups, and the boundary around them.

use leptos::prelude::*;
use model::{
    console::{InlinePolicyRow, Part},
    iam::AttachedPolicy,
};

use super::{boundary, details::UserPage, groups, pick};
use crate::{
    CallError,
    iam::{
        denied::Problem,
        inline::Owner,
        paths::policy_path,
        paths::user_path,
        simulator_paths,
        words::{count, policy_kind},
    },
    ui::{
        Button, ButtonKind, ButtonVariant, Column, Direction, EmptyState, Form, Header, IconName, Link, LinkVariant,
        Modal, Rows, Space, SpaceBetween, Table, Text, slug,
    },
};

/// One policy with a say in what the user may do.
struct Granted {
    policy: Granting,
    /// The group it comes from; the user's own without one.
    group: Option<String>,
}

/// A managed policy, or an inline one by its name and its page.
enum Granting {
    Managed(AttachedPolicy),
    Inline { name: String, page: String },
}

impl Granting {
    fn name(&self) -> &str {
        match self {
            Self::Managed(policy) => &policy.policy_name,
            Self::Inline { name, .. } => name,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Managed(policy) => policy_kind(&policy.policy_arn),
            Self::Inline { .. } => "Inline policy",
        }
    }
}

/// What can be shown, and what could not be read.
#[derive(Default)]
struct Gathered {
    rows: Vec<Granted>,
    problems: Vec<CallError>,
}

impl Gathered {
    /// The policies of the user or, with its name, of a group.
    fn add(&mut self, owner: &Owner, attached: Part<Vec<AttachedPolicy>>, inline: Part<Vec<InlinePolicyRow>>) {
        let group = match owner {
            Owner::User(_) => None,
            Owner::Group(name) => Some(name.clone()),
        };
        let embedded = |row: InlinePolicyRow| Granting::Inline {
            page: owner.policy_path(&row.policy_name),
            name: row.policy_name,
        };
        let attached = attached.read().map(|policies| policies.into_iter().map(Granting::Managed).collect());
        let inline = inline.read().map(|rows| rows.into_iter().map(embedded).collect());
        for policies in [attached, inline] {
            match policies {
                Ok(policies) => {
                    let policies: Vec<Granting> = policies;
                    self.rows.extend(policies.into_iter().map(|policy| Granted { policy, group: group.clone() }));
                }
                Err(error) => self.problems.push(error.into()),
            }
        }
    }
}

fn gathered(view: &UserPage) -> Gathered {
    let mut gathered = Gathered::default();
    match view.permissions.clone() {
        Ok(found) => {
            gathered.add(&Owner::User(view.name.clone()), found.attached_policies, found.inline_policies);
            match found.groups.map_or_else(|| Ok(Vec::new()), Part::read) {
                Ok(groups) => {
                    for group in groups {
                        gathered.add(&Owner::Group(group.group_name), group.attached_policies, group.inline_policies);
                    }
                }
                Err(error) => gathered.problems.push(error.into()),
            }
        }
        Err(error) => gathered.problems.push(error),
    }
    gathered
}

/// The tab "Permissions".
pub(super) async fn tab(view: &UserPage) -> AnyView {
    if view.page.query("action") == "boundary" {
        return pick::boundary(view).await;
    }
    let Gathered { rows, problems } = gathered(view);
    let problems =
        problems.into_iter().map(|error| view! { <Problem error retry=view.at("permissions", "") /> }).collect_view();
    let (table, boundary) = (table(view, rows), boundary::card(view));
    view! { <SpaceBetween>{problems} {table} {boundary}</SpaceBetween> }.into_any()
}

fn table(view: &UserPage, rows: Vec<Granted>) -> AnyView {
    let title = view.page.label("Permissions policies", "Permissions policies").to_owned();
    let counter = format!("({})", count(rows.len(), "policy applied", "policies applied"));
    let href = format!("{}/add-permissions", user_path(&view.name));
    let create = Owner::User(view.name.clone()).create_path();
    let simulate = view.user.as_ref().map(|user| simulator_paths::of_principal(&user.arn));
    let mut left: Vec<&str> = Vec::new();
    let mut dialogs = Vec::new();
    for row in &rows {
        match &row.group {
            None => dialogs.push(remove_dialog(view, &row.policy)),
            Some(group) if !left.contains(&group.as_str()) => {
                left.push(group);
                dialogs.push(groups::leave_dialog(view, group, "permissions"));
            }
            Some(_) => {}
        }
    }
    let columns = vec![
        Column::new("policy-name", "Policy name", name_cell).row_header(),
        Column::text("policy-type", view.page.label("Policy type", "Type"), |row: &Granted| row.policy.kind().into()),
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
                view! { <Header title counter testid="policies-title" actions=move || actions(href, create, simulate) /> }
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

fn actions(add: String, create: String, simulate: Option<String>) -> AnyView {
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            {simulate.map(|href| view! { <Button href testid="simulate">"Simulate"</Button> })}
            <Button href=create testid="add-inline-policy">"Add inline policy"</Button>
            <Button href=add variant=ButtonVariant::Primary testid="add-permissions">"Add permissions"</Button>
        </SpaceBetween>
    }
    .into_any()
}

/// The name, which leads to what the policy says.
fn name_cell(row: &Granted) -> AnyView {
    match &row.policy {
        Granting::Managed(policy) => {
            let (text, testid) = (policy.policy_name.clone(), format!("policy-{}", slug(&policy.policy_name)));
            let href = policy_path(&policy.policy_arn);
            view! { <Link href variant=LinkVariant::Primary testid>{text}</Link> }.into_any()
        }
        Granting::Inline { name, page } => {
            let (text, testid) = (name.clone(), format!("inline-{}", slug(name)));
            view! { <Link href=page.clone() variant=LinkVariant::Primary testid>{text}</Link> }.into_any()
        }
    }
}

/// The ✕ of a row: detaches what is attached directly, deletes what is embedded in the user, and leaves the group
/// that anything else comes from.
fn remove_button(row: &Granted) -> AnyView {
    let name = row.policy.name();
    let (opens, label, testid) = match (&row.group, &row.policy) {
        (None, Granting::Managed(_)) => {
            (remove_id(&row.policy), format!("Detach {name}"), format!("detach-{}", slug(name)))
        }
        (None, Granting::Inline { .. }) => {
            (remove_id(&row.policy), format!("Delete {name}"), format!("delete-inline-{}", slug(name)))
        }
        (Some(group), _) => (
            groups::leave_id(group),
            format!("Remove user from group {group}, which grants {name}"),
            format!("leave-{}-{}", slug(group), slug(name)),
        ),
    };
    view! { <Button variant=ButtonVariant::Icon icon=IconName::Close opens label testid /> }.into_any()
}

/// Names of inline policies may differ in case or signs alone: their bytes tell the dialogs apart.
fn remove_id(policy: &Granting) -> String {
    match policy {
        Granting::Managed(policy) => format!("detach-policy-{}", slug(&policy.policy_name)),
        Granting::Inline { name, .. } => {
            let bytes: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
            format!("delete-policy-{bytes}")
        }
    }
}

/// Asks before a policy is detached from the user, or an inline one deleted.
fn remove_dialog(view: &UserPage, policy: &Granting) -> AnyView {
    let id = remove_id(policy);
    let form = format!("{id}-form");
    let (title, submit, testid, text, fields) = match policy {
        Granting::Managed(policy) => {
            let flash = format!("Policy {} detached.", policy.policy_name);
            let mut fields = view.form("iam:DetachUserPolicy", "permissions", &flash);
            fields.push(("PolicyArn".into(), policy.policy_arn.clone()));
            let text = format!("Detach the policy {} from the user {}?", policy.policy_name, view.name);
            ("Detach policy", "Detach", "confirm-detach", text, fields)
        }
        Granting::Inline { name, .. } => {
            let mut fields = view.form("iam:DeleteUserPolicy", "permissions", "Policy {PolicyName} deleted.");
            fields.push(("PolicyName".into(), name.clone()));
            let text = format!("Delete the inline policy {name} of the user {}? This cannot be undone.", view.name);
            ("Delete policy", "Delete", "confirm-delete-inline", text, fields)
        }
    };
    let (closes, sends) = (id.clone(), form.clone());
    let action = view.at("permissions", "");
    view! {
        <Modal
            id
            title
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes=closes>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=sends testid>
                        {submit}
                    </Button>
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
