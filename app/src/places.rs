//! What the search finds without asking the account: services, and this version's pages.

use crate::{
    PageContext,
    layout::{SearchEntry, SearchGroup},
    services,
};

/// Pages whose label was another one in 2020: today's, and that of then.
const IN_2020: [(&str, &str); 3] =
    [("Create user", "Add user"), ("User groups", "Groups"), ("Create user group", "Create New Group")];

/// Everything that can be found, under the labels of this principal's era.
pub fn places(page: &PageContext) -> Vec<SearchEntry> {
    let services = services::ALL.iter().map(|service| SearchEntry {
        group: SearchGroup::Services,
        label: service.name.to_owned(),
        description: match service.missing {
            None => service.description.to_owned(),
            Some(_) => format!("{} (not in this version)", service.description),
        },
        href: service.href.to_owned(),
        keywords: format!("{} {}", service.id, service.keywords),
    });
    let pages = services::PAGES.iter().map(|place| {
        let then = IN_2020.iter().find(|(now, _)| *now == place.name).map_or(place.name, |(_, then)| *then);
        SearchEntry {
            group: SearchGroup::Features,
            label: page.label(then, place.name).to_owned(),
            description: place.description.to_owned(),
            href: place.href.to_owned(),
            keywords: format!("{} {}", place.keywords, page.label(place.name, then).to_lowercase()),
        }
    });
    services.chain(pages).collect()
}
