//! What the Policies table is asked for by its address, and the filter by type that asks for it.

use leptos::prelude::*;
use model::console::{ListManagedPolicyRows, POLICY_KINDS, POLICY_ORDERS};

use super::PATH;
use crate::{
    PageContext,
    call::encode,
    ui::{ButtonDropdown, MenuItem},
};

/// Rows of a page, as many as AWS's list has.
pub(super) const PAGE_SIZE: i64 = 20;
/// The type filter: what the address calls it, and its label.
const TYPES: [(&str, &str); 4] = [
    ("", "All types"),
    (POLICY_KINDS[0], "AWS managed"),
    (POLICY_KINDS[1], "AWS managed - job function"),
    (POLICY_KINDS[2], "Customer managed"),
];

/// What the address asks for.
#[derive(Clone)]
pub(super) struct Asked {
    /// A part of the name or description; empty for all.
    pub query: String,
    /// One of [`POLICY_KINDS`]; empty for all.
    pub kind: String,
    /// One of [`POLICY_ORDERS`]; empty for the table's own order.
    pub order: String,
    /// From the last to the first.
    pub descending: bool,
    /// Which page, from 1.
    pub page: i64,
}

impl Asked {
    /// What the page's address asks for; what it does not know counts as not asked.
    pub fn of(page: &PageContext) -> Self {
        let known = |name: &str, values: &[&str]| {
            let text = page.query(name);
            if values.contains(&text.as_str()) { text } else { String::new() }
        };
        Self {
            query: page.query("query"),
            kind: known("type", &POLICY_KINDS),
            order: known("sort", &POLICY_ORDERS),
            descending: page.query("down") == "true",
            page: page.query("page").parse().ok().filter(|page| (1..=1_000_000).contains(page)).unwrap_or(1),
        }
    }

    /// Where this stands.
    pub fn address(&self) -> String {
        let mut members = Vec::new();
        for (name, value) in [("type", &self.kind), ("query", &self.query), ("sort", &self.order)] {
            if !value.is_empty() {
                members.push(format!("{name}={}", encode(value)));
            }
        }
        if self.descending {
            members.push("down=true".to_owned());
        }
        if self.page > 1 {
            members.push(format!("page={}", self.page));
        }
        if members.is_empty() { PATH.to_owned() } else { format!("{PATH}?{}", members.join("&")) }
    }

    /// The question that answers it.
    pub fn operation(&self) -> ListManagedPolicyRows {
        let given = |text: &String| (!text.is_empty()).then(|| text.clone());
        ListManagedPolicyRows {
            query: given(&self.query),
            kind: given(&self.kind),
            order: given(&self.order),
            descending: self.descending.then_some(true),
            page: Some(self.page),
            page_size: Some(PAGE_SIZE),
        }
    }

    /// The label of the chosen type.
    pub fn type_label(&self) -> &'static str {
        TYPES.iter().find(|(kind, _)| *kind == self.kind).map_or(TYPES[0].1, |(_, label)| label)
    }
}

/// The filter by type: links, so that it works without scripts.
pub(super) fn types(page: &PageContext, asked: &Asked) -> AnyView {
    let label = asked.type_label();
    let text = format!("{}: {label}", page.label("Filter policies", "Filter by type"));
    let items = TYPES
        .iter()
        .map(|(kind, label)| MenuItem::Link {
            text: (*label).to_owned(),
            href: Asked { kind: (*kind).to_owned(), page: 1, ..asked.clone() }.address(),
            current: *kind == asked.kind,
        })
        .collect();
    view! { <ButtonDropdown id="policy-type" text items testid="policy-type" /> }.into_any()
}
