//! Choosing a block's resources.

use super::{Permissions, actions::name, arn::ArnTemplate};
use crate::service::{Action, ResourceType, Service};

/// A type of resource that the chosen actions take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need<'a> {
    /// The type.
    pub kind: &'a ResourceType,
    /// The actions that take it, in the order of the catalogue.
    pub actions: Vec<&'a str>,
    /// Whether one of them does not work without.
    pub required: bool,
}

impl Permissions {
    /// Whether every resource is meant.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.resources == ["*"]
    }

    /// Means every resource, or those that are still to be named.
    pub fn mean_everything(&mut self, everything: bool) {
        match (self.is_everything(), everything) {
            (false, true) => self.resources = vec!["*".to_owned()],
            (true, false) => self.resources.clear(),
            _ => {}
        }
    }

    /// Adds a resource, unless it is there.
    pub fn add_resource(&mut self, arn: &str) {
        if self.is_everything() {
            self.resources.clear();
        }
        if !self.resources.iter().any(|known| known == arn) {
            self.resources.push(arn.to_owned());
        }
    }

    /// Puts other resources in the place of one; those that are there already stay where they are. One that is gone is
    /// no reason to lose what was to replace it.
    pub fn replace_resource(&mut self, old: &str, new: &[&str]) {
        let mut place = self.resources.iter().position(|known| known == old).unwrap_or(self.resources.len());
        self.remove_resource(old);
        for arn in new {
            if !self.resources.iter().any(|known| known == arn) {
                self.resources.insert(place.min(self.resources.len()), (*arn).to_owned());
                place = place.saturating_add(1);
            }
        }
    }

    /// Takes a resource away.
    pub fn remove_resource(&mut self, arn: &str) {
        self.resources.retain(|known| known != arn);
    }

    fn chosen_of<'a>(&self, service: &'a Service) -> impl Iterator<Item = &'a Action> {
        service.actions.iter().filter(|action| self.means(action))
    }

    /// The types of resource that the chosen actions take, in alphabetical order.
    #[must_use]
    pub fn needs<'a>(&self, service: &'a Service) -> Vec<Need<'a>> {
        let mut needs: Vec<Need<'a>> =
            service.resource_types.iter().map(|kind| Need { kind, actions: Vec::new(), required: false }).collect();
        for action in self.chosen_of(service) {
            for taken in &action.resources {
                if let Some(need) = needs.get_mut(usize::from(taken.resource_type)) {
                    need.actions.push(&action.name);
                    need.required |= taken.required;
                }
            }
        }
        needs.retain(|need| !need.actions.is_empty());
        needs
    }

    /// The chosen actions that are about no resource in particular: a statement means them with `*` alone.
    #[must_use]
    pub fn without_resource<'a>(&self, service: &'a Service) -> Vec<&'a str> {
        self.chosen_of(service)
            .filter(|action| action.resources.is_empty())
            .map(|action| action.name.as_str())
            .collect()
    }

    /// The type that an ARN is of, as far as the service's templates tell.
    #[must_use]
    pub fn kind_of<'a>(service: &'a Service, arn: &str) -> Option<&'a ResourceType> {
        let fitting = service.resource_types.iter().filter_map(|kind| Some((ArnTemplate(&kind.arn).fits(arn)?, kind)));
        fitting.max_by_key(|(said, _)| *said).map(|(_, kind)| kind)
    }

    /// The chosen actions that are about no resource in particular as a block of their own, about everything; nothing
    /// where there are none by name, or no others.
    pub fn split_off(&mut self, service: &Service) -> Option<Self> {
        let homeless = self.without_resource(service);
        let moves = |written: &String| homeless.iter().any(|action| name(written).eq_ignore_ascii_case(action));
        let (moved, kept): (Vec<String>, Vec<String>) = self.actions.iter().cloned().partition(moves);
        if moved.is_empty() || kept.is_empty() {
            return None;
        }
        self.actions = kept;
        Some(Self { sid: None, actions: moved, resources: vec!["*".to_owned()], joined: false, ..self.clone() })
    }
}
