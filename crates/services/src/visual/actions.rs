//! Choosing a block's actions: one by one, a level at once, all of them, by pattern.

use std::collections::BTreeSet;

use policy::Pattern;

use super::Permissions;
use crate::service::{AccessLevel, Action, Service};

/// What was chosen in a list of actions that was drawn from the block: the boxes as they were left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The box of all actions.
    pub all: bool,
    /// The boxes of whole levels.
    pub levels: BTreeSet<AccessLevel>,
    /// The boxes of single actions, by name without the service.
    pub names: BTreeSet<String>,
}

/// Why what was typed is no action of the block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StrangeAction {
    /// It begins with another service's prefix.
    OtherService(String),
    /// It holds what no action's name has.
    NoName(String),
}

impl Permissions {
    /// The pattern that means every action of the service.
    fn everything(&self) -> String {
        format!("{}:*", self.service)
    }

    /// Whether every action is meant.
    #[must_use]
    pub fn means_every_action(&self) -> bool {
        self.actions.iter().any(|action| name(action) == "*")
    }

    /// Whether an action is written by its name.
    #[must_use]
    pub fn names(&self, action: &Action) -> bool {
        self.actions.iter().any(|written| name(written).eq_ignore_ascii_case(&action.name))
    }

    /// The pattern that means an action, if one does.
    #[must_use]
    pub fn pattern_of(&self, action: &Action) -> Option<&str> {
        let wanted = action.name.to_ascii_lowercase();
        let means = |written: &&String| {
            let name = name(written);
            name.contains(['*', '?']) && Pattern::new(&name.to_ascii_lowercase()).matches(&wanted)
        };
        self.actions.iter().find(means).map(String::as_str)
    }

    /// Whether an action is meant, by its name or by a pattern.
    #[must_use]
    pub fn means(&self, action: &Action) -> bool {
        self.names(action) || self.pattern_of(action).is_some()
    }

    /// What is written beside names that the service has: patterns, and names that nobody knows.
    #[must_use]
    pub fn others<'a>(&'a self, service: Option<&'a Service>) -> Vec<&'a str> {
        let known = |written: &str| service.is_some_and(|service| service.action(name(written)).is_some());
        self.actions.iter().map(String::as_str).filter(|written| !known(written)).collect()
    }

    /// The service's actions of one level.
    pub fn of_level(service: &Service, level: AccessLevel) -> impl Iterator<Item = &Action> {
        service.actions.iter().filter(move |action| action.level == level)
    }

    /// Whether all of a level is chosen, and how many of it are.
    #[must_use]
    pub fn level(&self, service: &Service, level: AccessLevel) -> (bool, usize) {
        let all = Self::of_level(service, level).count();
        let meant = Self::of_level(service, level).filter(|action| self.means(action)).count();
        (all > 0 && meant == all, meant)
    }

    /// Makes the actions those of the boxes. A box of a level or of all that was changed decides over those below it;
    /// what a pattern means has no box of its own.
    pub fn take(&mut self, service: &Service, choice: &Choice) {
        match (self.means_every_action(), choice.all) {
            (true, true) => return,
            (false, true) => {
                self.actions = vec![self.everything()];
                return;
            }
            (true, false) => {
                self.actions.retain(|action| name(action) != "*");
                return;
            }
            (false, false) => {}
        }
        for level in [
            AccessLevel::List,
            AccessLevel::Read,
            AccessLevel::Write,
            AccessLevel::PermissionsManagement,
            AccessLevel::Tagging,
        ] {
            self.take_level(service, level, choice);
        }
    }

    fn take_level(&mut self, service: &Service, level: AccessLevel, choice: &Choice) {
        let boxes: Vec<&Action> =
            Self::of_level(service, level).filter(|action| self.pattern_of(action).is_none()).collect();
        if boxes.is_empty() {
            return;
        }
        let was_full = boxes.iter().all(|action| self.names(action));
        let all_ticked = boxes.iter().all(|action| choice.names.contains(&action.name));
        let wanted = |action: &Action| match (was_full, choice.levels.contains(&level)) {
            (false, true) => true,
            // Without scripts the boxes below are left as they were; with them they follow.
            (true, false) if all_ticked => false,
            _ => choice.names.contains(&action.name),
        };
        for action in boxes {
            match (self.names(action), wanted(action)) {
                (false, true) => self.actions.push(format!("{}:{}", self.service, action.name)),
                (true, false) => self.actions.retain(|written| !name(written).eq_ignore_ascii_case(&action.name)),
                _ => {}
            }
        }
    }

    /// Adds names and patterns that were typed, between commas or blanks, with or without the service.
    ///
    /// # Errors
    /// The first that cannot be an action of the service; nothing is added then.
    pub fn add_actions(&mut self, typed: &str) -> Result<(), StrangeAction> {
        let mut added = Vec::new();
        for word in typed.split([',', ' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()) {
            let name = match word.split_once(':') {
                Some((prefix, name)) if prefix.eq_ignore_ascii_case(&self.service) => name,
                Some(_) => return Err(StrangeAction::OtherService(word.to_owned())),
                None => word,
            };
            let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"*?-_.".contains(&byte);
            if name.is_empty() || !name.bytes().all(letter) {
                return Err(StrangeAction::NoName(word.to_owned()));
            }
            added.push(format!("{}:{name}", self.service));
        }
        for action in added {
            if !self.actions.iter().any(|written| written.eq_ignore_ascii_case(&action)) {
                self.actions.push(action);
            }
        }
        Ok(())
    }

    /// Takes away one that is written so.
    pub fn remove_action(&mut self, written: &str) {
        self.actions.retain(|action| action != written);
    }
}

/// An action without its service.
pub(super) fn name(action: &str) -> &str {
    action.split_once(':').map_or(action, |(_, name)| name)
}
