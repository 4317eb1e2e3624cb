//! Actions by name and by pattern.

use policy::Pattern;

use crate::catalogue::{all, service};
use crate::service::{AccessLevel, Action, Service};

/// An action with its service.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The service.
    pub service: &'static Service,
    /// The action.
    pub action: &'static Action,
}

impl Found {
    /// The action as policies name it: `s3:GetObject`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}:{}", self.service.prefix, self.action.name)
    }
}

/// The action that a whole name such as `iam:CreateUser` means, whatever its case.
#[must_use]
pub fn action(name: &str) -> Option<Found> {
    let (prefix, name) = name.split_once(':')?;
    let service = service(prefix)?;
    Some(Found { service, action: service.action(name)? })
}

/// What the action of this whole name may do; `None` if there is no such action.
#[must_use]
pub fn access_level(name: &str) -> Option<AccessLevel> {
    action(name).map(|found| found.action.level)
}

/// Every action that a pattern of a policy means (`s3:Get*`, `*:List*`, `*`), in the order of the catalogue.
#[must_use]
pub fn actions_matching(pattern: &str) -> Vec<Found> {
    let (prefix, name) = pattern.split_once(':').unwrap_or((pattern, "*"));
    let services = Pattern::new(&prefix.to_ascii_lowercase());
    let found = all().iter().filter(|entry| services.matches(&entry.prefix)).flat_map(|entry| {
        let service = entry.service();
        service.actions_matching(name).into_iter().map(move |action| Found { service, action })
    });
    found.collect()
}

impl Service {
    /// The actions that a pattern without the service means: `Get*`, whatever its case.
    #[must_use]
    pub fn actions_matching(&self, pattern: &str) -> Vec<&Action> {
        self.matching(pattern).collect()
    }

    /// Whether there is an action that such a pattern means.
    pub(crate) fn has_action_matching(&self, pattern: &str) -> bool {
        self.matching(pattern).next().is_some()
    }

    fn matching<'a>(&'a self, pattern: &str) -> impl Iterator<Item = &'a Action> {
        let pattern = Pattern::new(&pattern.to_ascii_lowercase());
        let mut name = String::new();
        self.actions.iter().filter(move |action| {
            name.clone_from(&action.name);
            name.make_ascii_lowercase();
            pattern.matches(&name)
        })
    }
}
