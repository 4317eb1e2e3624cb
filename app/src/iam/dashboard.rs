//! IAM's dashboard: of 2020 with the sign-in link, the resources and the security status; of today with security
//! recommendations, resources, the account, quick links and tools. Each part fails alone.

use leptos::prelude::*;
use model::iam::{GetAccountSummary, ListAccountAliases};

use super::{account_card, alias, crumbs, denied::Problem, security_status, words::count};
use crate::{
    Frame, PageContext, Section,
    ui::{
        ColumnLayout, Container, CopyText, Grid, Header, HeaderLevel, Link, LinkVariant, SpaceBetween, Text, TextColor,
        TextVariant,
    },
};

/// Where the dashboard stands.
const HOME: &str = "/iam/home";

/// `/iam/home`.
#[component]
pub fn Dashboard() -> impl IntoView {
    let page = PageContext::current();
    let title = page.label("Welcome to Identity and Access Management", "IAM Dashboard").to_owned();
    let content = if page.labels_2020() { in_2020(&page) } else { today(&page) };
    view! {
        <Frame title="Dashboard" section=Section::Iam crumbs=crumbs(&[], "Dashboard") help=help()>
            <SpaceBetween>
                <Header title level=HeaderLevel::H1 testid="page-title" />
                {content}
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
            "Security: keep the root user for what only root can do, and without access keys. Protect it, and every user who administers, with multi-factor authentication. Give each person a user of their own and permissions by groups. Let a password policy ask for good passwords, and make new access keys every 90 days.".into(),
        ],
    )
}

fn in_2020(page: &PageContext) -> AnyView {
    let (link_of, counts_of, checks_of) = (page.clone(), page.clone(), page.clone());
    view! {
        <Suspense>{Suspend::new(async move { sign_in_link(link_of).await })}</Suspense>
        <Suspense>{Suspend::new(async move { resources(counts_of).await })}</Suspense>
        <Suspense>{Suspend::new(async move { security_status::card(checks_of).await })}</Suspense>
    }
    .into_any()
}

fn today(page: &PageContext) -> AnyView {
    let (checks_of, counts_of, account_of) = (page.clone(), page.clone(), page.clone());
    view! {
        <Suspense>{Suspend::new(async move { security_status::card(checks_of).await })}</Suspense>
        <Suspense>{Suspend::new(async move { resources(counts_of).await })}</Suspense>
        <Suspense>
            {Suspend::new(async move { account_card::card(account_of, "AWS Account", HOME).await })}
        </Suspense>
        <ColumnLayout columns=2>
            {links(
                "Quick Links",
                "quick-links",
                [(
                    "My security credentials",
                    "/iam/security_credentials",
                    "Your password, multi-factor authentication (MFA) and access keys.",
                )],
            )}
            {links(
                "Tools",
                "tools",
                [
                    ("Policy simulator", "/policysim", "Asks policies what they would answer, without doing anything."),
                    (
                        "Practice authenticator",
                        "/tools/authenticator",
                        "Computes MFA codes in the browser, where no telephone is at hand.",
                    ),
                ],
            )}
        </ColumnLayout>
    }
    .into_any()
}

/// A card of links with what stands behind each.
fn links<const N: usize>(
    title: &'static str,
    testid: &'static str,
    links: [(&'static str, &'static str, &'static str); N],
) -> AnyView {
    let rows = links
        .map(|(text, href, about)| {
            view! {
                <div>
                    <Link href variant=LinkVariant::Primary>{text}</Link>
                    <Text variant=TextVariant::Small color=TextColor::Secondary>{about}</Text>
                </div>
            }
        })
        .collect_view();
    view! {
        <Container header=move || view! { <Header title /> } fit_height=true testid>
            <SpaceBetween>{rows}</SpaceBetween>
        </Container>
    }
    .into_any()
}

/// The sign-in URL of this account's users, with the ways to give it another name.
async fn sign_in_link(page: PageContext) -> AnyView {
    let url = page.viewer().signin_url;
    let content = match crate::call(ListAccountAliases::default()).await {
        Ok(output) => alias::actions(&page, output.account_aliases.into_iter().next(), HOME),
        Err(error) => view! { <Problem error retry=HOME /> }.into_any(),
    };
    view! {
        <Container
            header=|| view! { <Header title="IAM users sign-in link:" testid="signin-link-title" /> }
            testid="signin-link-card"
        >
            <SpaceBetween>
                <CopyText text=url what="Sign-in link" testid="signin-link" />
                {content}
            </SpaceBetween>
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
        Err(error) => view! { <Problem error retry=HOME /> }.into_any(),
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
