//! A group's permissions: managed policies attached to it, and its inline policies.

use leptos::prelude::*;
use model::iam::{AttachedPolicy, ListAttachedGroupPolicies};

use super::{details::GroupPage, pick};
use crate::{
    CallError,
    iam::{
        denied::Problem,
        hidden,
        inline::Owner,
        paths::policy_path,
        simulator_paths,
        words::{count, policy_kind},
    },
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, Column, Direction, EmptyState, Form, Header, IconName, Link,
        LinkVariant, Modal, Rows, Severity, Space, SpaceBetween, Table, Text, slug,
    },
};

/// One policy of the group.
#[derive(Clone)]
enum Granting {
    /// Attached.
    Managed(AttachedPolicy),
    /// Embedded: its name, and its page.
    Inline(String, String),
}

impl Granting {
    fn name(&self) -> &str {
        match self {
            Self::Managed(policy) => &policy.policy_name,
            Self::Inline(name, _) => name,
        }
    }

    /// Id of the dialog that takes it away. Names of one spelling but for case have one slug: the place tells them
    /// apart.
    fn dialog(&self, place: usize) -> String {
        format!("remove-policy-{place}-{}", slug(self.name()))
    }
}

/// The managed policies attached to the group; ten at most.
pub(super) async fn attached(group: &str) -> Result<Vec<AttachedPolicy>, CallError> {
    let asked = ListAttachedGroupPolicies { group_name: group.to_owned(), ..ListAttachedGroupPolicies::default() };
    Ok(crate::call(asked).await?.attached_policies)
}

/// The tab "Permissions".
pub(super) async fn tab(view: &GroupPage) -> AnyView {
    let managed = attached(&view.name).await;
    if view.page.query("action") == "attach" {
        return pick::attach(view, managed.unwrap_or_default()).await;
    }
    let owner = Owner::Group(view.name.clone());
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    match managed {
        Ok(policies) => rows.extend(policies.into_iter().map(Granting::Managed)),
        Err(error) => problems.push(error),
    }
    match owner.policies().await {
        Ok(names) => rows.extend(names.into_iter().map(|name| {
            let path = owner.policy_path(&name);
            Granting::Inline(name, path)
        })),
        Err(error) => problems.push(error),
    }
    let undefined = (rows.is_empty() && problems.is_empty()).then(|| {
        view! {
            <Alert severity=Severity::Warning header="Permissions are not defined" testid="permissions-not-defined">
                "This group has no policy: being in it allows its members nothing."
            </Alert>
        }
    });
    let problems =
        problems.into_iter().map(|error| view! { <Problem error retry=view.at("permissions", "") /> }).collect_view();
    let table = table(view, &owner, rows);
    view! { <SpaceBetween>{problems} {undefined} {table}</SpaceBetween> }.into_any()
}

fn table(view: &GroupPage, owner: &Owner, rows: Vec<Granting>) -> AnyView {
    let title = view.page.label("Permissions", "Permissions policies").to_owned();
    let counter = format!("({})", count(rows.len(), "policy", "policies"));
    let simulate = view.answer.as_ref().ok().map(|output| simulator_paths::of_principal(&output.group.arn));
    let dialogs: Vec<_> =
        rows.iter().enumerate().map(|(place, row)| remove_dialog(view, row, &row.dialog(place))).collect();
    let columns = vec![
        Column::new("policy-name", view.page.label("Policy Name", "Policy name"), |(_, row): &(usize, Granting)| {
            match row {
                Granting::Managed(policy) => {
                    let href = policy_path(&policy.policy_arn);
                    let (text, testid) = (policy.policy_name.clone(), format!("policy-{}", slug(&policy.policy_name)));
                    view! { <Link href variant=LinkVariant::Primary testid>{text}</Link> }.into_any()
                }
                Granting::Inline(name, href) => {
                    let testid = format!("inline-{}", slug(name));
                    let text = name.clone();
                    view! { <Link href=href.clone() variant=LinkVariant::Primary testid>{text}</Link> }.into_any()
                }
            }
        })
        .row_header(),
        Column::text("policy-type", view.page.label("Policy type", "Type"), |(_, row): &(usize, Granting)| match row {
            Granting::Managed(policy) => policy_kind(&policy.policy_arn).into(),
            Granting::Inline(..) => "Inline policy".into(),
        }),
        Column::new("remove", "Actions", |(place, row): &(usize, Granting)| {
            let name = row.name();
            let label = match row {
                Granting::Managed(_) => format!("Detach {name}"),
                Granting::Inline(..) => format!("Delete {name}"),
            };
            view! {
                <Button
                    variant=ButtonVariant::Icon
                    icon=IconName::Close
                    opens=row.dialog(*place)
                    label
                    testid=format!("remove-{}", slug(name))
                />
            }
        }),
    ];
    let (attach, create) = (view.at("permissions", "attach"), owner.create_path());
    let (attach_label, create_label) = (
        view.page.label("Attach Policy", "Attach policies").to_owned(),
        view.page.label("Create Group Policy", "Create inline policy").to_owned(),
    );
    let rows = Rows::Ready(rows.into_iter().enumerate().collect());
    view! {
        <Table
            id="group-policies"
            label="Permissions policies"
            columns
            rows
            header=move || {
                view! {
                    <Header
                        title
                        counter
                        testid="policies-title"
                        actions=move || {
                            view! {
                                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                                    {simulate.map(|href| view! { <Button href testid="simulate">"Simulate"</Button> })}
                                    <Button href=create testid="add-inline-policy">{create_label}</Button>
                                    <Button href=attach variant=ButtonVariant::Primary testid="attach-policies">{attach_label}</Button>
                                </SpaceBetween>
                            }
                        }
                    />
                }
            }
            empty=|| view! { <EmptyState title="No policies" text="No policy is attached to this group or embedded in it." testid="no-policies" /> }
        />
        {dialogs}
    }
    .into_any()
}

/// Asks before a policy is detached, or an inline one deleted.
fn remove_dialog(view: &GroupPage, row: &Granting, id: &str) -> AnyView {
    let form = format!("{id}-form");
    let (back, group) = (view.at("permissions", ""), &view.name);
    let (title, submit, text, fields) = match row {
        Granting::Managed(policy) => {
            let flash = format!("Policy {} detached.", policy.policy_name);
            let about = [
                ("GroupName", group.as_str()),
                ("PolicyArn", &policy.policy_arn),
                ("_next", &back),
                ("_flash", &flash),
            ];
            let text = format!("Detach the policy {} from the group {group}?", policy.policy_name);
            ("Detach policy", "Detach", text, hidden("iam:DetachGroupPolicy", &about))
        }
        Granting::Inline(name, _) => {
            let about = [
                ("GroupName", group.as_str()),
                ("PolicyName", name),
                ("_next", &back),
                ("_flash", "Policy {PolicyName} deleted."),
            ];
            let text = format!("Delete the inline policy {name} of the group {group}? This cannot be undone.");
            ("Delete policy", "Delete", text, hidden("iam:DeleteGroupPolicy", &about))
        }
    };
    let (id, closes, sends) = (id.to_owned(), id.to_owned(), form.clone());
    view! {
        <Modal
            id
            title
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes=closes>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=sends testid="confirm-remove-policy">
                        {submit}
                    </Button>
                }
            }
        >
            <Form action=back hidden=fields id=form>
                <Text>{text}</Text>
            </Form>
        </Modal>
    }
    .into_any()
}
