//! The columns of the list of groups: those of 2020, or today's.

use leptos::prelude::*;
use model::console::GroupRow;

use crate::{
    PageContext,
    iam::paths::group_path,
    ui::{Column, Date, DateStyle, Link, LinkVariant, Status, StatusIndicator, slug},
};

/// The columns, in the order of the era's labels.
pub(super) fn columns(page: &PageContext) -> Vec<Column<GroupRow>> {
    let name = Column::new("name", page.label("Group Name", "Group name"), |row: &GroupRow| {
        let name = row.group_name.clone();
        view! {
            <Link href=group_path(&name) variant=LinkVariant::Primary testid=format!("group-{}", slug(&name))>
                {name.clone()}
            </Link>
        }
    })
    .row_header()
    .sortable();
    let users = Column::text("users", "Users", |row: &GroupRow| {
        row.users.map_or_else(|| "Access denied".into(), |users| users.to_string())
    })
    .sortable();
    let policies = if page.labels_2020() {
        Column::text("inline-policy", "Inline Policy", |row: &GroupRow| match row.inline_policies.as_deref() {
            None => "Access denied".into(),
            Some([]) => String::new(),
            Some(_) => "Yes".into(),
        })
    } else {
        Column::new("permissions", "Permissions", permissions)
    };
    let created = Column::new("created", page.label("Creation Time", "Creation time"), |row: &GroupRow| {
        view! { <Date iso=row.create_date.to_string() style=DateStyle::Short /> }
    })
    .sortable()
    .nowrap();
    vec![name, users, policies, created]
}

/// "Defined", or with a warning "Not defined": such a group allows its members nothing.
fn permissions(row: &GroupRow) -> AnyView {
    let (attached, inline) = (row.attached_policies.as_deref(), row.inline_policies.as_deref());
    let some = attached.is_some_and(|list| !list.is_empty()) || inline.is_some_and(|list| !list.is_empty());
    let (status, text) = match (some, attached.is_some() && inline.is_some()) {
        (true, _) => (Status::Success, "Defined"),
        (false, true) => (Status::Warning, "Not defined"),
        (false, false) => return "Access denied".into_any(),
    };
    view! { <StatusIndicator status testid="permissions-state">{text}</StatusIndicator> }.into_any()
}
