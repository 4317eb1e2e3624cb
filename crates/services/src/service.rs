//! One service as the catalogue describes it. The structs are read from arrays in the order of their fields; lists
//! refer to each other by number (`scripts/prepare-services`).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A service with all its actions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// What its actions begin with: `s3`.
    pub prefix: String,
    /// Its name: `Amazon S3`.
    pub name: String,
    /// The condition keys that its actions know besides the global ones, in alphabetical order.
    pub condition_keys: Vec<ConditionKey>,
    /// The types of resource that its actions take, in alphabetical order.
    pub resource_types: Vec<ResourceType>,
    /// Its actions, in alphabetical order.
    pub actions: Vec<Action>,
}

/// A condition key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionKey {
    /// Its name, perhaps with a placeholder: `aws:RequestTag/${TagKey}`.
    pub name: String,
    /// What its values are.
    pub key_type: KeyType,
    /// What it tells, in the words of the reference; empty for the global ones.
    pub description: String,
}

/// What the values of a condition key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum KeyType {
    /// A text.
    String,
    /// A number.
    Numeric,
    /// True or false.
    Bool,
    /// An instant.
    Date,
    /// The name of a resource.
    #[serde(rename = "ARN")]
    Arn,
    /// An address or a range of them.
    #[serde(rename = "IPAddress")]
    IpAddress,
    /// Bytes, as base64.
    Binary,
    /// Several texts.
    ArrayOfString,
    /// Several numbers.
    ArrayOfNumeric,
    /// Several truth values.
    ArrayOfBool,
    /// Several instants.
    ArrayOfDate,
    /// Several names of resources.
    #[serde(rename = "ArrayOfARN")]
    ArrayOfArn,
    /// Several addresses.
    #[serde(rename = "ArrayOfIPAddress")]
    ArrayOfIpAddress,
    /// Several runs of bytes.
    ArrayOfBinary,
}

impl KeyType {
    /// Whether a request can have several values of the key, so that a condition needs `ForAllValues` or
    /// `ForAnyValue`.
    #[must_use]
    pub fn is_multivalued(self) -> bool {
        self != self.of_one()
    }

    /// What a single value of the key is.
    #[must_use]
    pub fn of_one(self) -> Self {
        match self {
            Self::ArrayOfString => Self::String,
            Self::ArrayOfNumeric => Self::Numeric,
            Self::ArrayOfBool => Self::Bool,
            Self::ArrayOfDate => Self::Date,
            Self::ArrayOfArn => Self::Arn,
            Self::ArrayOfIpAddress => Self::IpAddress,
            Self::ArrayOfBinary => Self::Binary,
            one => one,
        }
    }
}

/// A type of resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceType {
    /// Its name: `bucket`.
    pub name: String,
    /// The ARN with placeholders: `arn:${Partition}:s3:::${BucketName}`.
    pub arn: String,
    /// Which of the service's condition keys tell about such a resource.
    pub condition_keys: Vec<u16>,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Its name without the service: `GetObject`.
    pub name: String,
    /// What it may do.
    pub level: AccessLevel,
    /// What it permits, in the words of the reference.
    pub description: String,
    /// The types of resource it takes; none means that policies are asked about `*`.
    pub resources: Vec<TakenResource>,
    /// Which of the service's condition keys it knows, whatever the resource.
    pub condition_keys: Vec<u16>,
    /// Further actions that whoever calls it needs too: `iam:PassRole`.
    pub dependent_actions: Vec<String>,
}

/// A type of resource that an action takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenResource {
    /// Which of the service's types.
    pub resource_type: u16,
    /// Whether a statement must name one for the action to work.
    pub required: bool,
    /// Which of the service's condition keys the action knows where this type is concerned.
    pub condition_keys: Vec<u16>,
}

/// What an action may do (IAM User Guide, "Understanding access level summaries within policy summaries"), in the
/// order in which summaries name the levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AccessLevel {
    /// See which resources there are.
    List,
    /// Read what is in them.
    Read,
    /// Change their tags alone.
    Tagging,
    /// Create, change and delete them.
    Write,
    /// Give or take permissions.
    #[serde(rename = "Permissions management")]
    PermissionsManagement,
}

impl AccessLevel {
    /// All of them in their order.
    pub const ALL: [Self; 5] = [Self::List, Self::Read, Self::Tagging, Self::Write, Self::PermissionsManagement];

    /// As summaries name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Read => "Read",
            Self::Tagging => "Tagging",
            Self::Write => "Write",
            Self::PermissionsManagement => "Permissions management",
        }
    }
}

impl fmt::Display for AccessLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Service {
    /// The action of this name, given without the service, whatever its case.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.name.eq_ignore_ascii_case(name))
    }

    /// The type of resource that a place of an action refers to.
    #[must_use]
    pub fn resource_type(&self, taken: &TakenResource) -> Option<&ResourceType> {
        self.resource_types.get(usize::from(taken.resource_type))
    }

    /// The types of resource that an action takes, each with whether it is required.
    pub fn resource_types_of<'a>(&'a self, action: &'a Action) -> impl Iterator<Item = (&'a ResourceType, bool)> {
        action.resources.iter().filter_map(|taken| Some((self.resource_type(taken)?, taken.required)))
    }

    /// All condition keys of the service's own that an action knows, each once, in alphabetical order.
    #[must_use]
    pub fn condition_keys_of(&self, action: &Action) -> Vec<&ConditionKey> {
        let of_resources = action.resources.iter().flat_map(|taken| &taken.condition_keys);
        let mut numbers: Vec<u16> = action.condition_keys.iter().chain(of_resources).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().filter_map(|number| self.condition_keys.get(usize::from(number))).collect()
    }
}
