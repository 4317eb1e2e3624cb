//! Running the simulation: what is missing in the question, and the operation's answer.

use model::iam::SimulatePolicyOutput;

use super::asked::Asked;
use crate::CallError;

/// What the form has to say of a question that cannot be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Faults {
    /// About the policies.
    pub source: Option<String>,
    /// About the actions.
    pub actions: Option<String>,
    /// About the resources' own policy.
    pub resource_policy: Option<String>,
    /// About the account of the resources.
    pub resource_owner: Option<String>,
    /// About who asks.
    pub caller: Option<String>,
}

impl Faults {
    /// Of a question that is to be asked now.
    pub fn of(asked: &Asked) -> Self {
        let missing = |absent: bool, text: &str| (asked.run && absent).then(|| text.to_owned());
        Self {
            source: missing(!asked.has_policies(), "Select a user or a group, or type a policy."),
            actions: missing(asked.actions.is_empty(), "Select at least one action."),
            ..Self::default()
        }
    }

    /// What an answer says of the fields about the resource's side; nothing where it is about something else.
    pub fn answered(error: &CallError) -> Option<Self> {
        let text = error.to_string();
        let fault = |member: &str, spelled: &str| {
            let its = [format!("Invalid {member}:"), format!("Invalid policy in {member}:"), format!("{member} must")];
            error.field(spelled).or_else(|| its.iter().any(|its| text.starts_with(its)).then(|| text.clone()))
        };
        let found = Self {
            resource_policy: fault("ResourcePolicy", "resourcePolicy"),
            resource_owner: fault("ResourceOwner", "resourceOwner"),
            caller: fault("CallerArn", "callerArn"),
            ..Self::default()
        };
        (!found.is_empty()).then_some(found)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The controls and what is wrong with them.
    pub fn fields(&self) -> Vec<(String, String)> {
        let about = |control: &str, fault: &Option<String>| fault.clone().map(|fault| (control.to_owned(), fault));
        [
            about("source", &self.source),
            about("service", &self.actions),
            about("resourcepolicy", &self.resource_policy),
            about("caller", &self.caller),
            about("resource-owner", &self.resource_owner),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Asks.
pub(super) async fn run(asked: &Asked) -> Result<SimulatePolicyOutput, CallError> {
    if asked.source.is_empty() { crate::call(asked.custom()).await } else { crate::call(asked.of_principal()).await }
}
