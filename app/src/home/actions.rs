//! What can be done in this version: the labs that it carries, each with the page where it begins.

use leptos::prelude::*;

use crate::{
    PageContext,
    ui::{
        Container, Header, KeyValue, KeyValuePairs, Link, LinkVariant, Space, SpaceBetween, Text, TextColor,
        TextVariant,
    },
};

/// Labs of this version: their labels of 2020 and today, what they are, where they begin.
const LABS: [(&str, &str, &str, &str); 4] = [
    (
        "Create an administrator",
        "Create an administrator",
        "Lab 6: the add-user wizard, from the name to the .csv file",
        "/iam/users/create",
    ),
    ("Sign in as an IAM user", "Sign in as an IAM user", "Lab 7: the account's own sign-in link", "/iam/home"),
    ("Customize the sign-in link", "Create an account alias", "Lab 9: an alias in place of twelve digits", "/iam/home"),
    ("Create another account", "Create another account", "Lab 1: the sign-up, once more", "/billing/signup?again=1"),
];

/// "Build a solution": what to begin with.
pub(super) fn build_a_solution(page: &PageContext) -> AnyView {
    let labs = LABS
        .iter()
        .map(|(in_2020, now, about, href)| {
            let label = page.label(in_2020, now);
            view! {
                <li class="list__item">
                    <Link href=*href variant=LinkVariant::Primary>{label}</Link>
                    " "
                    <Text variant=TextVariant::Small color=TextColor::Secondary>{*about}</Text>
                </li>
            }
        })
        .collect_view();
    view! {
        <Container
            header=|| view! { <Header title="Build a solution" description="What can be done from end to end in this version." /> }
            fit_height=true
            testid="build-a-solution"
        >
            <ul class="list">{labs}</ul>
        </Container>
    }
    .into_any()
}

/// The account, as its people need it at hand.
pub(super) fn account(page: &PageContext) -> AnyView {
    let viewer = page.viewer();
    let root = viewer.user_name.is_none();
    let mut facts = vec![
        KeyValue::copy("Account ID", viewer.account_id.clone()),
        KeyValue::text("Account name", viewer.account_name.clone()),
        KeyValue::copy(
            page.label("IAM users sign-in link", "Sign-in URL for IAM users in this account"),
            viewer.signin_url.clone(),
        ),
    ];
    facts.push(match &viewer.user_name {
        Some(name) => KeyValue::text("Signed in as", name.clone()),
        None => KeyValue::text("Signed in as", format!("Root user, {}", viewer.email)),
    });
    view! {
        <Container header=|| view! { <Header title="Account" /> } fit_height=true testid="home-account">
            <SpaceBetween size=Space::M>
                <KeyValuePairs items=facts columns=1 />
                {root.then(|| view! { <Link href="/inbox" testid="open-inbox">"Open the account's inbox"</Link> })}
                <Link href="/console/settings" testid="open-settings">"Settings: labels, theme, region"</Link>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}
