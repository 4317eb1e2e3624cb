//! How much of a service is granted, by access level (IAM User Guide, "Understanding access level summaries within
//! policy summaries").

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::service::{AccessLevel, Action, Service};

/// The levels of which all actions are granted, and those of which some are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AccessLevels {
    /// Whether every action of the service is granted.
    #[serde(default)]
    pub everything: bool,
    /// The levels with all their actions. Empty where `everything` says it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub full: Vec<AccessLevel>,
    /// The levels with some of their actions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limited: Vec<AccessLevel>,
}

impl AccessLevels {
    /// Every action.
    #[must_use]
    pub fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    /// What granting those actions of the service for which `granted` says yes comes to.
    #[must_use]
    pub fn of(service: &Service, granted: impl Fn(&Action) -> bool) -> Self {
        let mut levels = Self::default();
        let mut count = 0;
        for level in AccessLevel::ALL {
            let actions = || service.actions.iter().filter(|action| action.level == level);
            let some = actions().filter(|action| granted(action)).count();
            count += some;
            match some {
                0 => {}
                _ if some == actions().count() => levels.full.push(level),
                _ => levels.limited.push(level),
            }
        }
        if count > 0 && count == service.actions.len() { Self::everything() } else { levels }
    }

    /// Whether nothing is granted.
    #[must_use]
    pub fn is_none(&self) -> bool {
        !self.everything && self.full.is_empty() && self.limited.is_empty()
    }
}

impl fmt::Display for AccessLevels {
    /// As the console writes it: `Full access`, or `Full: List, Read Limited: Write`, or `None`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = |levels: &[AccessLevel]| levels.iter().map(|level| level.name()).collect::<Vec<_>>().join(", ");
        match (self.full.as_slice(), self.limited.as_slice()) {
            _ if self.everything => f.write_str("Full access"),
            ([], []) => f.write_str("None"),
            (full, []) => write!(f, "Full: {}", words(full)),
            ([], limited) => write!(f, "Limited: {}", words(limited)),
            (full, limited) => write!(f, "Full: {} Limited: {}", words(full), words(limited)),
        }
    }
}
