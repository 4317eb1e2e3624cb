//! The policies that open one service to a user or a group.

use leptos::prelude::*;
use model::iam::{ListPoliciesGrantingServiceAccess, PolicyGrantingServiceAccess};

use super::Entity;
use crate::{
    PageContext,
    iam::{
        denied::Problem,
        paths::{group_path, policy_path, user_path},
        words::policy_kind,
    },
    ui::{Button, Column, EmptyState, Header, Link, Rows, SpaceBetween, Table},
};

/// The list for one service.
pub(super) async fn list(page: &PageContext, entity: &Entity, namespace: &str) -> AnyView {
    let asked = ListPoliciesGrantingServiceAccess {
        arn: entity.arn.clone(),
        service_namespaces: vec![namespace.to_owned()],
        marker: None,
    };
    let back = entity.here.clone();
    let policies = match crate::call(asked).await {
        Ok(output) => output.policies_granting_service_access.into_iter().flat_map(|entry| entry.policies).collect(),
        Err(error) => return view! { <Problem error retry=back /> }.into_any(),
    };
    let title =
        format!("{} for {namespace}", page.label("Policies Granting Permissions", "Policies granting permissions"));
    view! {
        <SpaceBetween>
            <Table
                id="granting-policies"
                label="Policies granting permissions"
                columns=columns()
                rows=Rows::Ready(policies)
                header=move || {
                    view! {
                        <Header
                            title
                            testid="granting-title"
                            actions=move || view! { <Button href=back testid="all-services">"All services"</Button> }
                        />
                    }
                }
                empty=|| view! { <EmptyState title="No policies" text="No policy allows anything of this service." /> }
            />
        </SpaceBetween>
    }
    .into_any()
}

fn columns() -> Vec<Column<PolicyGrantingServiceAccess>> {
    vec![
        Column::new("policy", "Policy name", |row: &PolicyGrantingServiceAccess| {
            let name = row.policy_name.clone();
            match place(row) {
                Some(href) => view! { <Link href>{name}</Link> }.into_any(),
                None => name.into_any(),
            }
        })
        .row_header(),
        Column::text("type", "Type", |row: &PolicyGrantingServiceAccess| match &row.policy_arn {
            Some(arn) => policy_kind(arn).to_owned(),
            None => "Inline policy".to_owned(),
        }),
        Column::text("embedded-in", "Embedded in", |row: &PolicyGrantingServiceAccess| {
            match (row.entity_type.as_deref(), &row.entity_name) {
                (Some("GROUP"), Some(name)) => format!("Group {name}"),
                (Some(_), Some(name)) => format!("User {name}"),
                _ => String::new(),
            }
        }),
    ]
}

/// Where a policy stands: a managed one on its page, an inline one on its owner's.
fn place(policy: &PolicyGrantingServiceAccess) -> Option<String> {
    if let Some(arn) = &policy.policy_arn {
        return Some(policy_path(arn));
    }
    let name = policy.entity_name.as_ref()?;
    let owner = if policy.entity_type.as_deref() == Some("GROUP") { group_path(name) } else { user_path(name) };
    Some(format!("{owner}?section=permissions"))
}
