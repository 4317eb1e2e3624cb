//! Find Services: a form that asks the server, so that it works without scripts.

use leptos::prelude::*;
use model::console::SearchResources;

use super::found;
use crate::{
    PageContext,
    iam::Problem,
    layout::{SearchEntry, SearchGroup, search},
    places::places,
    services,
    ui::{
        Container, EmptyState, Header, Link, LinkVariant, Space, SpaceBetween, Text, TextColor, TextFilter, TextVariant,
    },
};

/// What a query finds: what bears its words together, or else what bears each of them somewhere.
fn find(page: &PageContext, query: &str) -> Vec<SearchEntry> {
    let places = places(page);
    let found = search(&places, query);
    if !found.is_empty() {
        return found;
    }
    query.split_whitespace().fold(places, |left, word| search(&left, word))
}

/// The one entry that a query means: the only one found, or the one that bears exactly this name or id.
fn best<'a>(found: &'a [SearchEntry], query: &str) -> Option<&'a SearchEntry> {
    let query = query.trim().to_lowercase();
    if let [only] = found {
        return Some(only);
    }
    found.iter().find(|entry| entry.label.to_lowercase() == query).or_else(|| {
        let service = services::ALL.iter().find(|service| service.id == query)?;
        found.iter().find(|entry| entry.href == service.href)
    })
}

/// Where the answer of a query stands: the page it means, or nothing where there is a choice.
pub(super) fn destination(page: &PageContext, query: &str) -> Option<String> {
    best(&find(page, query), query).map(|entry| entry.href.clone())
}

/// The search line.
pub(super) fn form(page: &PageContext, query: String) -> AnyView {
    let title = page.label("Find Services", "Find services").to_owned();
    let placeholder = page.label("Example: identity, users, IAM", "Search for services and features").to_owned();
    view! {
        <SpaceBetween size=Space::Xs>
            <Header title description="You can enter names, keywords or acronyms." />
            <TextFilter
                action="/console/home"
                placeholder
                value=query
                testid="find-services"
            />
        </SpaceBetween>
    }
    .into_any()
}

/// What a query finds: among services, pages and tasks, and among what the account has.
pub(super) async fn results(page: PageContext, query: String) -> AnyView {
    let mut found = find(&page, &query);
    let problem = match crate::call(SearchResources { query: query.clone() }).await {
        Ok(output) => {
            found.extend(found::entries(&output));
            None
        }
        Err(error) => Some(view! { <Problem error /> }),
    };
    let nothing = found.is_empty() && problem.is_none();
    let groups = [SearchGroup::Services, SearchGroup::Features, SearchGroup::Resources, SearchGroup::Tasks]
        .into_iter()
        .map(|group| {
            let members: Vec<SearchEntry> = found.iter().filter(|entry| entry.group == group).cloned().collect();
            (!members.is_empty()).then(|| section(group.heading(), members))
        })
        .collect_view();
    let whole = format!("Search results for \"{query}\"");
    view! {
        <Container header=move || view! { <Header title=whole /> } testid="search-page">
            <SpaceBetween>
                {problem}
                {nothing
                    .then(|| {
                        view! {
                            <EmptyState
                                title="No matches"
                                text="We can't find a match among services, features, tasks, and the resources that you may list."
                                testid="no-results"
                            />
                        }
                    })}
                {groups}
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

fn section(heading: &'static str, entries: Vec<SearchEntry>) -> AnyView {
    let entries = entries
        .into_iter()
        .map(|entry| {
            view! {
                <li class="list__item">
                    <Link href=entry.href variant=LinkVariant::Primary testid="search-result">{entry.label}</Link>
                    " "
                    <Text variant=TextVariant::Small color=TextColor::Secondary>{entry.description}</Text>
                </li>
            }
        })
        .collect_view();
    view! {
        <SpaceBetween size=Space::Xxs>
            <Text variant=TextVariant::Label>{heading}</Text>
            <ul class="list">{entries}</ul>
        </SpaceBetween>
    }
    .into_any()
}
