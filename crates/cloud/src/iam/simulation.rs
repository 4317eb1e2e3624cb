//! One simulation: policies, who asks, what is known; and what comes of it, question by question.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    ApiError,
    iam::{
        EvaluationResult, MatchedStatement, OrganizationsDecisionDetail, PermissionsBoundaryDecisionDetail,
        ResourceSpecificResult, TextPosition,
    },
};
use policy::{
    Attachment, Context, Document, Effect, Explanation, Layer, Outcome, PolicySet, Position, Principal, Request,
    StatementRef, explain,
};

use super::effort;

/// What the simulator is told.
pub(crate) struct Scenario {
    /// The policies.
    pub(crate) set: PolicySet,
    /// Who asks.
    pub(super) principal: Principal,
    /// Whether somebody is known to ask. If not, `principal` stands for nobody, and its keys are unknown.
    pub(super) named: bool,
    /// What is known of the request.
    pub(crate) context: Context,
    /// The account of the resources, where it is named.
    pub(crate) owner: Option<String>,
    /// Whose policies were read: for the names of inline ones.
    pub(super) user_name: Option<String>,
}

impl Scenario {
    /// What the policies answer about one action and one resource; no resource means `*`.
    pub(super) fn result(&self, action: &str, resource: Option<&str>) -> EvaluationResult {
        let name = resource.unwrap_or("*");
        let request = self.request(action, name);
        let explanation = explain(&self.set, &request);
        let matched = self.matched(&explanation);
        let missing = self.missing(action, &request);
        let details = if request.is_cross_account() { details(&explanation) } else { BTreeMap::new() };
        let boundary = self.boundary(&explanation);
        let decision = word(explanation.outcome);
        let specific = resource.map(|resource| ResourceSpecificResult {
            eval_resource_name: resource.to_owned(),
            eval_resource_decision: decision.to_owned(),
            matched_statements: matched.clone(),
            missing_context_values: missing.clone(),
            eval_decision_details: details.clone(),
            permissions_boundary_decision_detail: boundary,
        });
        EvaluationResult {
            eval_action_name: action.to_owned(),
            eval_resource_name: name.to_owned(),
            eval_decision: decision.to_owned(),
            matched_statements: matched,
            missing_context_values: missing,
            organizations_decision_detail: OrganizationsDecisionDetail { allowed_by_organizations: true },
            permissions_boundary_decision_detail: boundary,
            eval_decision_details: details,
            resource_specific_results: specific.into_iter().collect(),
        }
    }

    /// What [`Scenario::result`] takes, see [`effort`].
    ///
    /// # Errors
    /// [`ApiError::InvalidInput`] if that is more than any request may take.
    pub(crate) fn effort(&self, action: &str, resource: Option<&str>) -> Result<u64, ApiError> {
        let name = resource.unwrap_or("*");
        let takes = effort::of(self.documents(), action, name, self.request(action, name).context());
        if takes <= effort::MOST {
            return Ok(takes);
        }
        let message = format!(
            "The policies, the resource and the context are too large together to simulate {action} on {name}."
        );
        Err(ApiError::InvalidInput { message })
    }

    /// The condition keys that all policies ask for, each once.
    pub(super) fn context_keys(&self) -> Vec<String> {
        each_once(self.documents().flat_map(Document::context_keys))
    }

    /// The question about one action and one resource.
    pub(crate) fn request(&self, action: &str, resource: &str) -> Request {
        let mut request = Request::new(self.principal.clone(), action, resource);
        if !self.named {
            for (key, _) in self.principal.context().iter() {
                request.context_mut().remove(key);
            }
        }
        if let Some(owner) = &self.owner {
            request = request.in_account(owner);
        }
        request.with_context(self.context.clone())
    }

    fn documents(&self) -> impl Iterator<Item = &Document> {
        [Layer::Identity, Layer::Boundary, Layer::Resource]
            .into_iter()
            .flat_map(|layer| self.set.layer(layer))
            .map(|attached| attached.policy.document())
    }

    /// The keys that statements about the action ask for in vain.
    pub(crate) fn missing(&self, action: &str, request: &Request) -> Vec<String> {
        let asked = self.documents().flat_map(|document| {
            let speaking = document.statements.iter().filter(|statement| statement.means_action(action));
            speaking.flat_map(|statement| statement.context_keys(document.language()))
        });
        let absent = |key: &String| request.context().get(&key.to_lowercase()).is_none_or(<[String]>::is_empty);
        each_once(asked.filter(absent))
    }

    /// The statements that the decision comes from: those that deny, or else those that allow.
    fn matched(&self, explanation: &Explanation) -> Vec<MatchedStatement> {
        let counts = |statement: &&StatementRef| match explanation.outcome {
            Outcome::ExplicitDeny => statement.effect == Effect::Deny,
            Outcome::Allowed => statement.effect == Effect::Allow && statement.layer != Layer::Boundary,
            Outcome::ImplicitDeny => false,
        };
        explanation.applied.iter().filter(counts).map(|statement| self.place(statement)).collect()
    }

    fn place(&self, statement: &StatementRef) -> MatchedStatement {
        let kind = match statement.layer {
            Layer::Resource => "Resource Policy",
            Layer::Boundary => "IAM Permissions Boundary Policy",
            _ => "IAM Policy",
        };
        let at = |Position { line, column }| TextPosition { line, column };
        MatchedStatement {
            source_policy_id: self.source_id(statement),
            source_policy_type: kind.to_owned(),
            start_position: at(statement.span.start),
            end_position: at(statement.span.end),
        }
    }

    /// An inline policy is named with its owner, every other one by itself.
    fn source_id(&self, statement: &StatementRef) -> String {
        let name = &statement.source.name;
        match (&statement.source.arn, &statement.source.attachment, &self.user_name) {
            (None, Attachment::Group(group), _) => format!("group_{group}_{name}"),
            (None, Attachment::User, Some(user)) => format!("user_{user}_{name}"),
            _ => name.clone(),
        }
    }

    fn boundary(&self, explanation: &Explanation) -> Option<PermissionsBoundaryDecisionDetail> {
        self.set.layer(Layer::Boundary).next()?;
        let allowed = outcome_of(explanation, Layer::Boundary) == Outcome::Allowed;
        Some(PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary: allowed })
    }
}

/// What one kind of policy says by itself.
fn outcome_of(explanation: &Explanation, layer: Layer) -> Outcome {
    let says = |effect| explanation.applied.iter().any(|found| found.layer == layer && found.effect == effect);
    match (says(Effect::Deny), says(Effect::Allow)) {
        (true, _) => Outcome::ExplicitDeny,
        (false, true) => Outcome::Allowed,
        (false, false) => Outcome::ImplicitDeny,
    }
}

/// Both sides of a request to another account's resource.
fn details(explanation: &Explanation) -> BTreeMap<String, String> {
    [("IAM Policy", Layer::Identity), ("Resource Policy", Layer::Resource)]
        .into_iter()
        .map(|(kind, layer)| (kind.to_owned(), word(outcome_of(explanation, layer)).to_owned()))
        .collect()
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allowed => "allowed",
        Outcome::ExplicitDeny => "explicitDeny",
        Outcome::ImplicitDeny => "implicitDeny",
    }
}

/// The keys as first spelled: their case does not count.
fn each_once(keys: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    keys.filter(|key| seen.insert(key.to_ascii_lowercase())).collect()
}
