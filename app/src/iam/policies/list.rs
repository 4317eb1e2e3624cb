//! The Policies table: every managed policy, by type, by name or description, a numbered page at a time.

use leptos::prelude::*;
use model::console::{ListManagedPolicyRowsOutput, ManagedPolicyRow};

use super::{
    PATH,
    asked::{Asked, PAGE_SIZE, types},
    create::CREATE_PATH,
    policy_path,
};
use crate::{
    Frame, PageContext, Section,
    iam::{
        crumbs,
        denied::Problem,
        words::{count, showing},
    },
    ui::{
        Alert, Button, ButtonDropdown, ButtonVariant, Column, Direction, EmptyState, Form, Header, HeaderLevel,
        IconName, Link, LinkVariant, MenuAlign, MenuItem, Pagination, Rows, Selection, Severity, Sort, Space,
        SpaceBetween, Table, TextFilter, slug,
    },
};

/// Id of the form that the table's radio buttons belong to.
const CHOOSE_FORM: &str = "choose-policy";

/// `/iam/policies`.
#[component]
pub fn List() -> impl IntoView {
    let page = PageContext::current();
    let (arn, action) = (page.query("PolicyArn"), page.query("action"));
    if !arn.is_empty() && !action.is_empty() {
        let place = match action.as_str() {
            "attach" => "section=policy_usage&action=attach",
            "delete" => "action=delete",
            _ => "section=policy_usage",
        };
        crate::call::redirect(&format!("{}?{place}", policy_path(&arn)));
        return ().into_any();
    }
    view! {
        <Frame title="Policies" section=Section::Iam crumbs=crumbs(&[], "Policies") help=help()>
            <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
        </Frame>
    }
    .into_any()
}

fn help() -> (String, Vec<String>) {
    (
        "Policies".into(),
        vec![
            "A policy says what is allowed and what is denied. It has an effect once it is attached to a user or a group, or set as a user's permissions boundary.".into(),
            "AWS managed policies are the same in every account and can only be read. Those for job functions gather what a kind of work needs.".into(),
            "The descriptions of AWS managed policies here are read from their documents: they name the services that a policy opens.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let asked = Asked::of(&page);
    let unchosen = (!page.query("action").is_empty())
        .then(|| view! { <Alert severity=Severity::Info testid="choose-first">"Select a policy first."</Alert> });
    let table = match crate::call(asked.operation()).await {
        Ok(list) => table(&page, list, asked),
        Err(error) => {
            crate::iam::denied::tell(&error);
            view! {
                <SpaceBetween>
                    <Header title="Policies" level=HeaderLevel::H1 testid="page-title" />
                    <Problem error retry=asked.address() />
                </SpaceBetween>
            }
            .into_any()
        }
    };
    view! { <SpaceBetween>{unchosen} {table}</SpaceBetween> }.into_any()
}

/// "Permissions policy (2)", "Boundary (1)", both, or "None".
fn used_as(row: &ManagedPolicyRow) -> String {
    let attached = (row.attachment_count > 0).then(|| format!("Permissions policy ({})", row.attachment_count));
    let bounding = (row.permissions_boundary_usage_count > 0)
        .then(|| format!("Boundary ({})", row.permissions_boundary_usage_count));
    match (attached, bounding) {
        (Some(attached), Some(bounding)) => format!("{attached} and {bounding}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "None".to_owned(),
    }
}

fn columns() -> Vec<Column<ManagedPolicyRow>> {
    vec![
        Column::new("policy-name", "Policy name", |row: &ManagedPolicyRow| {
            let (name, href) = (row.policy_name.clone(), policy_path(&row.policy_arn));
            view! {
                <Link href variant=LinkVariant::Primary testid=format!("policy-{}", slug(&name))>{name.clone()}</Link>
            }
        })
        .row_header()
        .sortable(),
        Column::text("type", "Type", |row: &ManagedPolicyRow| row.kind.clone()).sortable(),
        Column::text("used-as", "Used as", used_as).sortable(),
        Column::text("description", "Description", |row: &ManagedPolicyRow| row.description.clone()),
    ]
}

fn actions(page: &PageContext) -> AnyView {
    let text = page.label("Policy actions", "Actions").to_owned();
    let chosen = |word: &str, action: &str| MenuItem::Submit {
        text: word.to_owned(),
        form: CHOOSE_FORM.to_owned(),
        field: Some(("action".to_owned(), action.to_owned())),
    };
    let items = vec![chosen("Attach", "attach"), chosen("Detach", "detach"), chosen("Delete", "delete")];
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Button href=PATH icon=IconName::Refresh label="Refresh" testid="refresh" />
            <ButtonDropdown
                id="policy-actions"
                text
                items
                align=MenuAlign::End
                for_selection=("policies".to_owned(), true)
                testid="policy-actions"
            />
            <Button variant=ButtonVariant::Primary href=CREATE_PATH testid="create-policy">"Create policy"</Button>
        </SpaceBetween>
    }
    .into_any()
}

fn table(page: &PageContext, list: ListManagedPolicyRowsOutput, asked: Asked) -> AnyView {
    let ListManagedPolicyRowsOutput { rows, matching, total } = list;
    let pages = u32::try_from((matching + PAGE_SIZE - 1) / PAGE_SIZE).unwrap_or(u32::MAX);
    if rows.is_empty() && matching > 0 {
        crate::call::redirect(&Asked { page: i64::from(pages), ..asked }.address());
        return ().into_any();
    }
    let rows = match rows {
        rows if !rows.is_empty() => Rows::Ready(rows),
        _ if asked.query.is_empty() => Rows::Instead(no_policies(&asked)),
        _ => Rows::NoMatch { clear: PATH.into() },
    };
    let current = u32::try_from(asked.page).unwrap_or(1);
    let found = if page.labels_2020() {
        Some(showing(matching))
    } else {
        (!asked.query.is_empty() || !asked.kind.is_empty())
            .then(|| count(usize::try_from(matching).unwrap_or_default(), "match", "matches"))
    };
    let counter = (!page.labels_2020()).then(|| format!("({total})"));
    let placeholder = page.label("Search", "Search by policy name or description").to_owned();
    let selection = Selection::single("PolicyArn", |row: &ManagedPolicyRow| row.policy_arn.clone())
        .label(|row| row.policy_name.clone())
        .form(CHOOSE_FORM);
    let (at, kept) = (asked.clone(), asked.clone());
    let order = if asked.order.is_empty() && asked.query.is_empty() { "policy-name" } else { asked.order.as_str() };
    let sort = Sort::new(order, asked.descending, move |column, descending| {
        Asked { order: column.to_owned(), descending, page: 1, ..at.clone() }.address()
    });
    let (types, buttons) = (types(page, &asked), actions(page));
    let unfiltered = Asked { query: String::new(), page: 1, ..asked.clone() }.address();
    let hidden: Vec<(String, String)> = [("type", asked.kind.clone())]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let description = (!page.labels_2020()).then(|| {
        "A policy says what is allowed and denied. Attach it to users and groups to give them its permissions."
            .to_owned()
    });
    view! {
        <Form action=PATH get=true id=CHOOSE_FORM inline=true />
        <Table
            id="policies"
            label="Policies"
            columns=columns()
            rows
            selection
            sort
            header=move || {
                view! {
                    <Header
                        title="Policies"
                        level=HeaderLevel::H1
                        counter
                        description
                        testid="page-title"
                        actions=move || buttons
                    />
                }
            }
            filter=move || {
                view! {
                    <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                        {types}
                        <TextFilter
                            action=unfiltered
                            placeholder
                            value=asked.query
                            name="query"
                            hidden
                            count=found
                            testid="find-policies"
                        />
                    </SpaceBetween>
                }
            }
            pagination=move || {
                view! {
                    <Pagination
                        current
                        pages
                        href=move |page: u32| Asked { page: i64::from(page), ..kept.clone() }.address()
                    />
                }
            }
        />
    }
    .into_any()
}

/// A type without any policy.
fn no_policies(asked: &Asked) -> AnyView {
    let label = asked.type_label().to_lowercase();
    view! {
        <EmptyState
            title=format!("No {label} policies")
            text="This account has made no policies of its own."
            testid="no-policies"
            action=|| view! { <Button href=PATH>"Show all types"</Button> }
        />
    }
    .into_any()
}
