//! What the search finds without asking the account: services, this version's pages, and what one does on them.

use crate::{
    PageContext,
    layout::{SearchEntry, SearchGroup},
    services,
};

/// Pages whose label was another one in 2020: today's, and that of then.
const IN_2020: [(&str, &str); 3] =
    [("Create user", "Add user"), ("User groups", "Groups"), ("Create user group", "Create New Group")];

/// What one does on a page that has another name: the task, where, its path, further words that find it.
const TASKS: [(&str, &str, &str, &str); 6] = [
    ("Attach policy", "Task in IAM", "/iam/policies", "grant permissions detach managed"),
    ("Change password policy", "Task in IAM", "/iam/account_settings?action=edit", "set edit account settings length"),
    ("Create account alias", "Task in IAM", "/iam/account_settings", "customize sign-in link url"),
    ("Activate MFA", "Task in IAM", "/iam/security_credentials", "assign device multi-factor authentication own"),
    ("Change password", "Task in IAM", "/iam/security_credentials", "own console"),
    ("Sign out other sessions", "Task in IAM", "/iam/security_credentials/sessions", "active browsers end own log off"),
];

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
        // Pages on which something is done say so in their description.
        let group = if place.description.starts_with("Task") { SearchGroup::Tasks } else { SearchGroup::Features };
        SearchEntry {
            group,
            label: page.label(then, place.name).to_owned(),
            description: place.description.to_owned(),
            href: place.href.to_owned(),
            keywords: format!("{} {}", place.keywords, page.label(place.name, then).to_lowercase()),
        }
    });
    let tasks = TASKS.iter().map(|(label, description, href, keywords)| SearchEntry {
        group: SearchGroup::Tasks,
        label: (*label).to_owned(),
        description: (*description).to_owned(),
        href: (*href).to_owned(),
        keywords: (*keywords).to_owned(),
    });
    services.chain(pages).chain(tasks).collect()
}
