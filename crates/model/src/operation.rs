//! What makes a struct an operation: its name, who may ask, what stays out of the trail, its rules.

use std::fmt;

use serde::{Serialize, de::DeserializeOwned};

use crate::Fields;

/// An operation's name as policies, the wire and the trail spell it: `iam:CreateUser`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Action {
    /// The service prefix, lower case: `iam`.
    pub service: &'static str,
    /// The operation, as AWS spells it: `CreateUser`.
    pub name: &'static str,
}

impl Action {
    /// An action of `service`.
    pub const fn new(service: &'static str, name: &'static str) -> Self {
        Self { service, name }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.name)
    }
}

/// AWS's access level of an action (Service Authorization Reference).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Lists resources.
    List,
    /// Reads one resource.
    Read,
    /// Creates, changes or deletes.
    Write,
    /// Changes what somebody may do.
    PermissionsManagement,
    /// Changes tags.
    Tagging,
}

impl Access {
    /// True for levels that change nothing: their trail row may be lost in a crash.
    pub const fn is_read(self) -> bool {
        matches!(self, Self::List | Self::Read)
    }
}

/// Who is asked before an operation runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The caller's policies, as AWS evaluates them.
    Policy,
    /// Nobody: there is no principal yet. The text says why that is right.
    Public(&'static str),
    /// Any signed-in or signed caller. The text says why no policy is asked.
    Signed(&'static str),
    /// The account's root user alone.
    RootOnly(&'static str),
    /// Whoever holds the host (Decision 21).
    Operator,
}

/// One operation: the struct is its input.
pub trait Operation: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its name.
    const ACTION: Action;
    /// Its access level.
    const ACCESS: Access;
    /// Who is asked before it runs.
    const GUARD: Guard = Guard::Policy;
    /// Members of input and output that the trail shows as `HIDDEN_DUE_TO_SECURITY_REASONS`,
    /// at any depth, in their wire spelling.
    const HIDDEN: &'static [&'static str] = &[];
    /// What it answers; `()` where AWS answers nothing.
    type Output: Clone + Serialize + DeserializeOwned + Send + Sync + 'static;

    /// Notes every fault of the input under the wire's field name in lower camel case.
    fn check(&self, _fields: &mut Fields) {}

    /// A valid input with nothing real in it; every secret in it is a canary that tests look for.
    fn example() -> Self;

    /// The faults of this input, or nothing.
    ///
    /// # Errors
    /// [`crate::ApiError::Validation`] with every fault found.
    fn checked(&self) -> Result<(), crate::ApiError> {
        let mut fields = Fields::default();
        self.check(&mut fields);
        fields.finish()
    }
}
