//! Pages that the console of AWS has and this version has not, and the labs that need them.

use crate::services;

/// What is not in this version.
#[derive(Clone, Copy, Debug)]
pub(super) struct Absent {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// The labs that need it; nothing where none does.
    pub needed_by: Option<&'static str>,
}

/// The first part or parts of a path, and what would stand there.
const PAGES: [(&str, Absent); 3] = [
    (
        "/organizations",
        Absent { name: "Organizations", description: "Several accounts under one management", needed_by: None },
    ),
    ("/servicequotas", Absent { name: "Service Quotas", description: "The limits of each service", needed_by: None }),
    (
        "/switchrole",
        Absent {
            name: "Switch role",
            description: "Going on under a role of this or another account",
            needed_by: Some("Lab 11 (roles and switch role)"),
        },
    ),
];

/// A service by the id in its path.
pub(super) fn service(id: &str) -> Option<Absent> {
    let service = services::by_id(id)?;
    let needed_by = Some(service.missing?);
    Some(Absent { name: service.name, description: service.description, needed_by })
}

/// What would stand at this path.
pub(super) fn at(path: &str) -> Option<Absent> {
    let page = PAGES
        .iter()
        .find(|(prefix, _)| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    page.map(|(_, absent)| *absent).or_else(|| service(path.split('/').nth(1).unwrap_or_default()))
}
