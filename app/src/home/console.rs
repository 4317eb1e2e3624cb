//! The console's home: where every sign-in lands and the logo leads.

use leptos::prelude::*;
use model::iam::GetAccountSummary;

use super::{actions, find};
use crate::{
    Frame, PageContext,
    layout::{ServiceGlyph, ServiceLink},
    services::{self, Service},
    ui::{
        Alert, Button, ButtonVariant, ColumnLayout, Container, ExpandableSection, Header, HeaderLevel, Link,
        LinkVariant, Severity, Space, SpaceBetween, Text, TextColor, TextVariant,
    },
};

/// Home, and with `?q=` what a search finds.
#[component]
pub fn Home() -> impl IntoView {
    let page = PageContext::current();
    let query = page.query("q").trim().to_owned();
    if let Some(path) = find::destination(&page, &query) {
        crate::call::redirect(&path);
        return ().into_any();
    }
    let title = page.label("Management Console", "Console Home").to_owned();
    let results = (!query.is_empty()).then(|| {
        let (page, query) = (page.clone(), query.clone());
        view! { <Suspense>{Suspend::new(async move { find::results(page, query).await })}</Suspense> }
    });
    let all_open = page.path.ends_with("/services");
    let search = find::form(&page, query);
    let services = services_card(&page, all_open);
    let (build, account) = (actions::build_a_solution(&page), actions::account(&page));
    let heading = title.clone();
    view! {
        <Frame title>
            <SpaceBetween>
                <Header title=heading level=HeaderLevel::H1 testid="page-title" />
                <Suspense>
                    {Suspend::new(async move { administrator_hint(&page).await })}
                </Suspense>
                <Container testid="find-services-card">{search}</Container>
                {results}
                {services}
                <ColumnLayout columns=2>{build} {account}</ColumnLayout>
            </SpaceBetween>
        </Frame>
    }
    .into_any()
}

/// The root user of an account without users is told what to do first.
async fn administrator_hint(page: &PageContext) -> Option<AnyView> {
    page.viewer.as_ref().filter(|viewer| viewer.user_name.is_none())?;
    let summary = crate::call(GetAccountSummary {}).await.ok()?;
    if summary.summary_map.get("Users").is_none_or(|users| *users > 0) {
        return None;
    }
    let action = || {
        view! { <Button href="/iam/users/create" variant=ButtonVariant::Primary testid="create-administrator">"Create an administrator"</Button> }
    };
    Some(
        view! {
            <Alert severity=Severity::Info header="This account has no users yet" action testid="administrator-hint">
                "You are signed in as the root user, who may do everything. Create an IAM user with AdministratorAccess for everyday work, and keep the root user for what only root can do."
            </Alert>
        }
        .into_any(),
    )
}

fn services_card(page: &PageContext, all_open: bool) -> AnyView {
    let recent: Vec<&Service> =
        page.viewer().preferences.recent.iter().filter_map(|id| services::by_id(id)).take(10).collect();
    let none = recent.is_empty();
    let recent = recent.into_iter().map(|service| line(service, "recent-service")).collect_view();
    let mut categories: Vec<&str> = services::ALL.iter().map(|service| service.category).collect();
    categories.sort_unstable();
    categories.dedup();
    let all = categories
        .into_iter()
        .map(|category| {
            let members = services::ALL
                .iter()
                .filter(|service| service.category == category)
                .map(|service| line(service, "service"))
                .collect_view();
            view! {
                <div class="services-menu__category">
                    <Text variant=TextVariant::Label>{category}</Text>
                    <ul class="services-menu__list services-menu__list--spaced">{members}</ul>
                </div>
            }
        })
        .collect_view();
    let heading = page.label("Recently visited services", "Recently visited").to_owned();
    view! {
        <Container testid="services-card" id="services">
            <SpaceBetween>
                <SpaceBetween size=Space::Xs>
                    <Header title=heading />
                    {if none {
                        view! { <Text color=TextColor::Secondary>"No recently visited services. Explore one of those below."</Text> }.into_any()
                    } else {
                        view! { <ul class="services-menu__list services-menu__list--spaced" data-testid="recent-services">{recent}</ul> }.into_any()
                    }}
                </SpaceBetween>
                <ExpandableSection header="All services" open=all_open || none testid="all-services">
                    <div class="services-menu__categories">{all}</div>
                </ExpandableSection>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

/// A service in a list: its mark, its name, whether it is there, what it is for.
fn line(service: &Service, kind: &str) -> AnyView {
    let (name, href, about) = (service.name, service.href, service.description);
    let testid = format!("{kind}-{}", service.id);
    let missing = service.missing.is_some();
    let mark = ServiceLink { name: name.to_owned(), category: service.category.to_owned(), ..ServiceLink::default() };
    view! {
        <li class="services-menu__entry">
            <ServiceGlyph service=mark />
            <div>
                <Link href variant=LinkVariant::Primary testid>{name}</Link>
                {missing.then(|| view! { <span class="services-menu__absent">" not in this version"</span> })}
                <div>
                    <Text variant=TextVariant::Small color=TextColor::Secondary>{about}</Text>
                </div>
            </div>
        </li>
    }
    .into_any()
}
