//! IAM's dashboard: the sign-in link, what the account has, and the account itself. Each part fails alone.

use leptos::prelude::*;
use model::iam::{GetAccountSummary, ListAccountAliases};

use super::{alias, crumbs, denied::Problem, security_status, words::count};
use crate::{
    Frame, PageContext, Section,
    ui::{
        Container, CopyText, Grid, Header, HeaderLevel, KeyValue, KeyValuePairs, Link, SpaceBetween, Text, TextVariant,
    },
};

/// `/iam/home`.
#[component]
pub fn Dashboard() -> impl IntoView {
    let page = PageContext::current();
    let title = page.label("Welcome to Identity and Access Management", "IAM Dashboard").to_owned();
    let (link_of, counts_of, checks_of) = (page.clone(), page.clone(), page.clone());
    view! {
        <Frame title="Dashboard" section=Section::Iam crumbs=crumbs(&[], "Dashboard") help=help()>
            <SpaceBetween>
                <Header title level=HeaderLevel::H1 testid="page-title" />
                <Suspense>{Suspend::new(async move { sign_in_link(link_of).await })}</Suspense>
                <Suspense>{Suspend::new(async move { resources(counts_of).await })}</Suspense>
                <Suspense>{Suspend::new(async move { security_status::card(checks_of).await })}</Suspense>
                {(!page.labels_2020()).then(|| account(&page))}
            </SpaceBetween>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Identity and Access Management".into(),
        vec![
            "IAM decides who may sign in to the account and what they may do there. You create users for people, put them into groups, and attach policies that say what is allowed.".into(),
            "The sign-in link is the address at which this account's users sign in. With an account alias it shows a name in place of the twelve digits; the address with the digits goes on working.".into(),
            "The counts are those of this account. AWS's own policies are not counted: everybody has them.".into(),
        ],
    )
}

/// The sign-in URL of this account's users, with the ways to give it another name.
async fn sign_in_link(page: PageContext) -> AnyView {
    let title = page.label("IAM users sign-in link:", "Sign-in URL for IAM users in this account").to_owned();
    let url = page.viewer().signin_url;
    let content = match crate::call(ListAccountAliases::default()).await {
        Ok(output) => {
            let alias = output.account_aliases.into_iter().next();
            view! {
                <CopyText text=url what="Sign-in link" testid="signin-link" />
                {alias::actions(&page, alias)}
            }
            .into_any()
        }
        Err(error) => view! { <Problem error retry="/iam/home" /> }.into_any(),
    };
    view! {
        <Container header=move || view! { <Header title testid="signin-link-title" /> } testid="signin-link-card">
            <SpaceBetween>{content}</SpaceBetween>
        </Container>
    }
    .into_any()
}

/// What the account has.
async fn resources(page: PageContext) -> AnyView {
    let title = page.label("IAM Resources", "IAM resources").to_owned();
    let content = match crate::call(GetAccountSummary {}).await {
        Ok(output) => {
            let figure = |name: &str| output.summary_map.get(name).copied().unwrap_or_default();
            let groups = page.label("Groups", "User groups").to_owned();
            let tiles = [
                ("Users".to_owned(), "Users", "/iam/users", "count-users"),
                ("Roles".to_owned(), "Roles", "/iam/roles", "count-roles"),
                (groups, "Groups", "/iam/groups", "count-groups"),
                (
                    page.label("Identity Providers", "Identity providers").to_owned(),
                    "Providers",
                    "/iam/providers",
                    "count-providers",
                ),
                (
                    page.label("Customer Managed Policies", "Policies").to_owned(),
                    "Policies",
                    "/iam/policies",
                    "count-policies",
                ),
            ]
            .map(|(label, name, href, testid)| tile(label, figure(name), href, testid));
            view! { <Grid figures=true>{tiles.collect_view()}</Grid> }.into_any()
        }
        Err(error) => view! { <Problem error retry="/iam/home" /> }.into_any(),
    };
    view! {
        <Container header=move || view! { <Header title testid="resources-title" /> } testid="iam-resources">{content}</Container>
    }
    .into_any()
}

/// "Users: 3", the label as the way there.
fn tile(label: String, figure: i64, href: &'static str, testid: &'static str) -> AnyView {
    let spoken = format!("{label}: {}", count(usize::try_from(figure).unwrap_or_default(), "resource", "resources"));
    view! {
        <div>
            <Text variant=TextVariant::Label>
                <Link href label=spoken>{label.clone()}</Link>
                ":"
            </Text>
            <Text variant=TextVariant::Display testid>{figure}</Text>
        </div>
    }
    .into_any()
}

/// The account, as today's dashboard shows it.
fn account(page: &PageContext) -> AnyView {
    let viewer = page.viewer();
    let items = vec![
        KeyValue::copy("Account ID", viewer.account_id),
        KeyValue::text("Account Alias", viewer.alias.unwrap_or_default()),
    ];
    view! {
        <Container header=|| view! { <Header title="AWS Account" /> } testid="account-card">
            <KeyValuePairs items columns=2 />
        </Container>
    }
    .into_any()
}
