//! Why a user is refused: the user's policies are asked again, and each tells what it said.

use model::{
    Action, ApiError, Guard,
    console::{AskedPolicy, AskedStatement, ExplainDenial, ExplainDenialOutput},
    iam::ContextEntry,
};
use policy::{Attached, Attachment, Effect, Explanation, Layer, MissReason, Outcome, PolicySet, StatementRef, explain};
use services::Remedy;

use crate::{
    authorize, billing,
    error::Result,
    execute::{Execute, Target},
    iam::{UserRecord, about_user, denied_resource, policies, simulate},
    tx::Tx,
};

/// The end of the sentence about what no policy can allow.
const ROOT_ONLY: &str = "because only the root user may do this";
/// Stands for tags of the user's whose values the caller may not read.
const HIDDEN: &str = "a value that you may not read";
/// The layers in which a user's policies stand.
const LAYERS: [Layer; 2] = [Layer::Identity, Layer::Boundary];

impl Execute for ExplainDenial {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(simulate::source_target(tx, &self.principal_arn).await?.asking("iam:SimulatePrincipalPolicy"))
    }

    async fn run(self, tx: &mut Tx) -> Result<ExplainDenialOutput> {
        let user = tx.found.user.clone();
        let mut scenario = simulate::source(tx, &self.principal_arn).await?;
        let user = user.ok_or_else(|| ApiError::InvalidInput {
            message: format!("Invalid Entity Arn: {} must be the ARN of a user.", self.principal_arn),
        })?;
        let (target, resource_known) = denied_resource::find(tx, &self.action_name, &self.resource).await?;
        scenario.context.set("aws:ResourceAccount", authorize::owner(tx, &target.resource));
        for (key, values) in target.context {
            scenario.context.set_many(&key, values);
        }
        for ContextEntry { context_key_name, context_key_values, .. } in self.context_entries {
            scenario.context.set_many(&context_key_name, context_key_values);
        }
        scenario.owner = denied_resource::foreign_account(tx, &target.resource);
        scenario.effort(&self.action_name, Some(&target.resource))?;
        let request = scenario.request(&self.action_name, &target.resource);
        let explanation = explain(&scenario.set, &request);
        let policies = told(tx, &scenario.set, &explanation, &user).await?;
        let decided_elsewhere = elsewhere(tx, &self.action_name).await?;
        let (outcome, because, remedy) = match decided_elsewhere {
            Some(because) => (Outcome::ImplicitDeny, because.to_owned(), Remedy::NoPolicy),
            None => (explanation.outcome, explanation.tail, services::remedy(&scenario.set, &request)),
        };
        Ok(ExplainDenialOutput {
            outcome,
            because,
            missing_context_keys: scenario.missing(&self.action_name, &request),
            resource_arn: target.resource,
            resource_known,
            policies,
            remedy,
        })
    }
}

/// Every policy with its statements about the action; of what the caller may not read only what a simulation tells:
/// which policy decided, and where its statement stands.
async fn told(tx: &mut Tx, set: &PolicySet, explanation: &Explanation, user: &UserRecord) -> Result<Vec<AskedPolicy>> {
    let themselves = about_user(tx, &user.path, &user.name, &user.tags);
    let may_see_tags = authorize::may(tx, "iam:GetUser", &themselves).await?;
    let mut told = Vec::new();
    for layer in LAYERS {
        for attached in set.layer(layer) {
            let readable = may_read(tx, attached, user).await?;
            let mut statements = statements(layer, attached, explanation);
            let decided = statements.iter().any(|statement| statement.decides);
            let says = says(&statements);
            if !readable {
                statements.retain(|statement| statement.decides);
            }
            if !may_see_tags {
                statements.iter_mut().for_each(hide_tags);
            }
            let source = &attached.source;
            told.push(AskedPolicy {
                layer,
                group_name: match &source.attachment {
                    Attachment::Group(group) if readable || decided => Some(group.clone()),
                    _ => None,
                },
                policy_name: (readable || decided).then(|| source.name.clone()),
                policy_arn: source.arn.clone().filter(|_| readable),
                readable,
                says: (readable || decided).then_some(says),
                statements,
            });
        }
    }
    Ok(told)
}

/// Whether the caller may read a policy's text: by the operation that shows it.
async fn may_read(tx: &mut Tx, attached: &Attached, user: &UserRecord) -> Result<bool> {
    let (action, target) = match (&attached.source.arn, &attached.source.attachment) {
        (Some(arn), _) => ("iam:GetPolicyVersion", policies::policy_target(tx, arn).await?),
        (None, Attachment::Group(group)) => ("iam:GetGroupPolicy", denied_resource::group(tx, group).await?),
        (None, _) => ("iam:GetUserPolicy", about_user(tx, &user.path, &user.name, &user.tags)),
    };
    authorize::may(tx, action, &target).await
}

fn statements(layer: Layer, attached: &Attached, explanation: &Explanation) -> Vec<AskedStatement> {
    let here = |statement: &&StatementRef| statement.layer == layer && statement.source == attached.source;
    let decides = |statement: &StatementRef| match explanation.outcome {
        Outcome::Allowed => statement.effect == Effect::Allow,
        Outcome::ExplicitDeny => statement.effect == Effect::Deny,
        Outcome::ImplicitDeny => false,
    };
    let asked = |statement: &StatementRef| AskedStatement {
        sid: statement.sid.clone(),
        number: statement.index + 1,
        effect: statement.effect,
        span: statement.span,
        decides: false,
        missed: None,
    };
    let applied = explanation.applied.iter().filter(here);
    let applied = applied.map(|statement| AskedStatement { decides: decides(statement), ..asked(statement) });
    let missed = explanation.missed.iter().filter(|miss| here(&&miss.statement));
    let missed = missed.map(|miss| AskedStatement { missed: Some(miss.because.clone()), ..asked(&miss.statement) });
    let mut all: Vec<AskedStatement> = applied.chain(missed).collect();
    all.sort_by_key(|statement| statement.number);
    all
}

/// Takes away what a condition found in the user's tags.
fn hide_tags(statement: &mut AskedStatement) {
    if let Some(MissReason::Condition { key, found: Some(values), .. }) = &mut statement.missed
        && key.to_lowercase().starts_with("aws:principaltag/")
    {
        *values = vec![HIDDEN.to_owned()];
    }
}

/// What a policy says by itself.
fn says(statements: &[AskedStatement]) -> Outcome {
    let applies = |effect| statements.iter().any(|found| found.missed.is_none() && found.effect == effect);
    match (applies(Effect::Deny), applies(Effect::Allow)) {
        (true, _) => Outcome::ExplicitDeny,
        (false, true) => Outcome::Allowed,
        (false, false) => Outcome::ImplicitDeny,
    }
}

/// Why a user is refused whatever policies say: the action is root's alone, or root keeps billing to itself.
async fn elsewhere(tx: &mut Tx, action: &str) -> Result<Option<&'static str>> {
    if matches!(guard_of(action), Some(Guard::RootOnly(_))) {
        return Ok(Some(ROOT_ONLY));
    }
    let service = action.split(':').next().unwrap_or_default().to_lowercase();
    let closed = billing::GATED.contains(&service.as_str()) && !billing::is_activated(tx).await?;
    Ok(closed.then_some(billing::CLOSED))
}

macro_rules! guards {
    ($($service:ident { $($name:ident)* })*) => {
        /// Who may call the operation of that name at all.
        fn guard_of(action: &str) -> Option<Guard> {
            use model::Operation;
            let known: &[(Action, Guard)] =
                &[$($((model::$service::$name::ACTION, model::$service::$name::GUARD)),*),*];
            let found = known.iter().find(|(known, _)| known.to_string().eq_ignore_ascii_case(action));
            found.map(|(_, guard)| *guard)
        }
    };
}
model::for_each_operation!(guards);
