//! What the simulator is asked: by the form that was posted, or by the address that led here.

use std::collections::HashSet;

use model::iam::{ContextEntry, SimulateCustomPolicy, SimulatePrincipalPolicy};
use policy::Arn;
use services::Found;

use crate::PageContext;

/// The form only shows the page again: the page asks.
pub(super) const NEXT: &str = "page:Next";
/// The button that runs the simulation, as the form names it.
pub(super) const RUN: &str = "run";
/// How many patterns are looked up in the catalogue, each of which may walk all of it.
const MOST_PATTERNS: usize = 100;
/// Chosen in place of a user or group: the policy below alone.
pub(super) const CUSTOM: &str = "custom";

/// A condition key with what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// The key.
    pub key: String,
    /// One of [`model::iam::CONTEXT_KEY_TYPES`].
    pub kind: String,
    /// The values; several are separated by commas.
    pub values: String,
}

/// What the simulator is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// The ARN of the user or group whose policies are simulated; empty for none.
    pub source: String,
    /// A policy of its own, or a further one.
    pub policy: String,
    /// A permissions boundary.
    pub boundary: String,
    /// The prefix of the service whose actions are shown.
    pub service: String,
    /// Actions and patterns of actions, such as `s3:*`.
    pub actions: Vec<String>,
    /// Resources, one a line.
    pub resources: String,
    /// The resources' own policy.
    pub resource_policy: String,
    /// The account that the resources belong to: its number, or the ARN of its root.
    pub resource_owner: String,
    /// The ARN of the user who asks.
    pub caller: String,
    /// What is known of the request.
    pub context: Vec<Typed>,
    /// Whether the simulation is to be run.
    pub run: bool,
    /// The actions that are meant: patterns replaced by what they mean, each once.
    pub whole_actions: Vec<String>,
}

impl Asked {
    /// What the posted form says; of a page that is only looked at, its address.
    pub fn of(page: &PageContext) -> Self {
        let mut asked = match page.outcome_of(NEXT) {
            Some(outcome) => Self::posted(&outcome.fields),
            None => Self::linked(page),
        };
        if asked.source == CUSTOM {
            asked.source.clear();
        }
        if asked.service.is_empty() {
            let first = asked.actions.first().and_then(|action| action.split_once(':'));
            asked.service = first.map_or_else(String::new, |(service, _)| service.to_lowercase());
        }
        asked.whole_actions = whole(&asked.actions);
        asked
    }

    fn posted(fields: &[(String, String)]) -> Self {
        let mut asked = Self::default();
        for (name, value) in fields {
            // Browsers end lines by two characters; places in a policy are counted without the first.
            let value = value.replace("\r\n", "\n");
            match name.as_str() {
                "Source" => asked.source = value.trim().to_owned(),
                "Policy" => asked.policy = value,
                "Boundary" => asked.boundary = value,
                "Service" => asked.service = value,
                "Action" => asked.actions.push(value),
                "Resources" => asked.resources = value,
                "ResourcePolicy" => asked.resource_policy = value,
                "ResourceOwner" => asked.resource_owner = value.trim().to_owned(),
                "CallerArn" => asked.caller = value.trim().to_owned(),
                "Step" => asked.run = value == RUN,
                name => asked.member(name, value),
            }
        }
        let mut seen = HashSet::new();
        asked.actions.retain(|action| seen.insert(action.clone()));
        asked.context.retain(|typed| !typed.key.is_empty());
        asked
    }

    /// `Context[3][Values]`.
    fn member(&mut self, name: &str, value: String) {
        let parts = name.strip_prefix("Context[").and_then(|rest| rest.strip_suffix(']')?.split_once("]["));
        let Some((number, part)) = parts else { return };
        // No page shows more keys than its policies ask for: what is beyond comes from no page.
        let Some(number) = number.parse::<usize>().ok().filter(|number| *number < 1000) else { return };
        if self.context.len() <= number {
            self.context.resize(number + 1, Typed::default());
        }
        let Some(typed) = self.context.get_mut(number) else { return };
        match part {
            "Key" => typed.key = value,
            "Type" => typed.kind = value,
            "Values" => typed.values = value,
            _ => {}
        }
    }

    fn linked(page: &PageContext) -> Self {
        let action = page.query("action");
        let context = page.query("context");
        Self {
            source: page.query("source"),
            service: page.query("service"),
            actions: action.split(',').filter(|action| !action.is_empty()).map(str::to_owned).collect(),
            resources: page.query("resource"),
            context: super::facts(&context)
                .into_iter()
                .map(|(key, values)| Typed { kind: kind_of(&key).to_owned(), key, values: values.join(", ") })
                .collect(),
            ..Self::default()
        }
    }

    /// Whether there are policies to be asked.
    pub fn has_policies(&self) -> bool {
        !self.source.is_empty() || !self.policy.trim().is_empty()
    }

    /// Whether a user's policies are asked, who is then known.
    pub fn is_of_user(&self) -> bool {
        self.source.parse::<Arn>().is_ok_and(|arn| arn.resource().starts_with("user/"))
    }

    /// Whether a denial of this question can be explained: that of a user's own policies.
    pub fn explains(&self) -> bool {
        let typed = [&self.policy, &self.boundary, &self.resource_policy, &self.resource_owner, &self.caller];
        self.is_of_user() && typed.iter().all(|text| text.trim().is_empty())
    }

    /// Whether anything is said of the resources' own policy, their owner or who asks.
    pub fn is_of_resource(&self) -> bool {
        [&self.resource_policy, &self.resource_owner, &self.caller].iter().any(|text| !text.trim().is_empty())
    }

    /// What is known of the request.
    pub fn facts(&self) -> Vec<(String, Vec<String>)> {
        let entries = self.context.iter().filter_map(Typed::entry);
        entries.map(|entry| (entry.context_key_name, entry.context_key_values)).collect()
    }

    /// The resources that are meant; none stands for `*`.
    pub fn resource_arns(&self) -> Vec<String> {
        self.resources.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// The policies given as text.
    pub fn policies(&self) -> Vec<String> {
        if self.policy.trim().is_empty() { Vec::new() } else { vec![self.policy.clone()] }
    }

    /// The question about given policies.
    pub fn custom(&self) -> SimulateCustomPolicy {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.trim().is_empty());
        let boundary = given(&self.boundary);
        SimulateCustomPolicy {
            policy_input_list: self.policies(),
            permissions_boundary_policy_input_list: boundary.into_iter().collect(),
            action_names: self.whole_actions.clone(),
            resource_arns: self.resource_arns(),
            resource_policy: given(&self.resource_policy),
            resource_owner: given(&self.resource_owner),
            caller_arn: given(&self.caller),
            context_entries: self.context.iter().filter_map(Typed::entry).collect(),
            max_items: Some(model::MAX_ITEMS),
            ..SimulateCustomPolicy::default()
        }
    }

    /// The same question about a user's or a group's policies.
    pub fn of_principal(&self) -> SimulatePrincipalPolicy {
        let asked = self.custom();
        SimulatePrincipalPolicy {
            policy_source_arn: self.source.clone(),
            policy_input_list: asked.policy_input_list,
            permissions_boundary_policy_input_list: asked.permissions_boundary_policy_input_list,
            action_names: asked.action_names,
            resource_arns: asked.resource_arns,
            resource_policy: asked.resource_policy,
            resource_owner: asked.resource_owner,
            caller_arn: asked.caller_arn,
            context_entries: asked.context_entries,
            max_items: asked.max_items,
            ..SimulatePrincipalPolicy::default()
        }
    }
}

impl Typed {
    fn entry(&self) -> Option<ContextEntry> {
        let values = self.values.trim();
        let several = self.kind.ends_with("List");
        let context_key_values: Vec<String> = match several {
            true => values.split(',').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect(),
            false => (!values.is_empty()).then(|| values.to_owned()).into_iter().collect(),
        };
        (!context_key_values.is_empty()).then(|| ContextEntry {
            context_key_name: self.key.clone(),
            context_key_values,
            context_key_type: self.kind.clone(),
        })
    }
}

/// What `actions` mean: one more than a simulation takes at the most, so that it says so. A pattern that means nothing is
/// handed on, and so are those beyond [`MOST_PATTERNS`]: the simulation says what is wrong with them.
fn whole(actions: &[String]) -> Vec<String> {
    let most = usize::try_from(model::MAX_ITEMS).unwrap_or(usize::MAX).saturating_add(1);
    let (mut whole, mut seen, mut patterns) = (Vec::new(), HashSet::new(), 0);
    for action in actions {
        let mut meant = Vec::new();
        if action.contains(['*', '?']) && patterns < MOST_PATTERNS {
            patterns += 1;
            meant.extend(services::actions_matching(action).iter().map(Found::name));
        }
        if meant.is_empty() {
            meant.push(action.clone());
        }
        whole.extend(meant.into_iter().filter(|action| seen.insert(action.to_lowercase())));
        if whole.len() >= most {
            break;
        }
    }
    whole.truncate(most);
    whole
}

/// What the values of a key are, as the simulator's operations call it: what the catalogue says, a text otherwise.
pub(super) fn kind_of(key: &str) -> &'static str {
    use services::KeyType;
    match services::condition_key(key).map(|known| known.key_type) {
        Some(KeyType::Numeric) => "numeric",
        Some(KeyType::Bool) => "boolean",
        Some(KeyType::Date) => "date",
        Some(KeyType::IpAddress) => "ip",
        Some(KeyType::Binary) => "binary",
        Some(KeyType::ArrayOfString | KeyType::ArrayOfArn) => "stringList",
        Some(KeyType::ArrayOfNumeric) => "numericList",
        Some(KeyType::ArrayOfBool) => "booleanList",
        Some(KeyType::ArrayOfDate) => "dateList",
        Some(KeyType::ArrayOfIpAddress) => "ipList",
        Some(KeyType::ArrayOfBinary) => "binaryList",
        Some(KeyType::String | KeyType::Arn) | None => "string",
    }
}
