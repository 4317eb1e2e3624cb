//! What a query of the search finds.

use crate::{
    PageContext,
    layout::{SearchEntry, search},
    places::places,
    services,
};

/// What a query finds: what bears its words together, or else what bears each of them somewhere.
pub(super) fn find(page: &PageContext, query: &str) -> Vec<SearchEntry> {
    let places = places(page);
    let found = search(&places, query);
    if !found.is_empty() {
        return found;
    }
    query.split_whitespace().fold(places, |left, word| search(&left, word))
}

/// The one entry that a query means: the only one found, or the one that bears exactly this name or id.
pub(super) fn best<'a>(found: &'a [SearchEntry], query: &str) -> Option<&'a SearchEntry> {
    let query = query.trim().to_lowercase();
    if let [only] = found {
        return Some(only);
    }
    found.iter().find(|entry| entry.label.to_lowercase() == query).or_else(|| {
        let service = services::ALL.iter().find(|service| service.id == query)?;
        found.iter().find(|entry| entry.href == service.href)
    })
}
