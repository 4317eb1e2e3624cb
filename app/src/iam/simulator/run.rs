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
}

impl Faults {
    /// Of a question that is to be asked now.
    pub fn of(asked: &Asked) -> Self {
        let missing = |absent: bool, text: &str| (asked.run && absent).then(|| text.to_owned());
        Self {
            source: missing(!asked.has_policies(), "Select a user or a group, or type a policy."),
            actions: missing(asked.actions.is_empty(), "Select at least one action."),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The controls and what is wrong with them.
    pub fn fields(&self) -> Vec<(String, String)> {
        let about = |control: &str, fault: &Option<String>| fault.clone().map(|fault| (control.to_owned(), fault));
        about("source", &self.source).into_iter().chain(about("service", &self.actions)).collect()
    }
}

/// Asks.
pub(super) async fn run(asked: &Asked) -> Result<SimulatePolicyOutput, CallError> {
    if asked.source.is_empty() { crate::call(asked.custom()).await } else { crate::call(asked.of_principal()).await }
}
