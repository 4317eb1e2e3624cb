//! The policy simulator: whose policies, and which further ones. Its questions are answered with no transaction open.

use model::{
    ApiError, Kind,
    iam::{
        GetContextKeysForCustomPolicy, GetContextKeysForPrincipalPolicy, GetContextKeysOutput, SimulateCustomPolicy,
        SimulatePolicyOutput, SimulatePrincipalPolicy,
    },
    id::AccountId,
};
use policy::{Arn, Context, PolicySet, Principal};

pub(crate) use super::simulation::Scenario;
use super::{
    group, group_target,
    questions::{simulate, with_given},
    user, user_target,
};
use crate::{
    authorize,
    error::Result,
    execute::{Execute, Preparation, Prepared, Target},
    tx::Tx,
};

/// Whose policies are simulated.
enum Owner {
    User(String),
    Group(String),
}

/// The user or group that an ARN names. A role is none of this version's.
fn owner(tx: &Tx, arn: &str) -> Result<Owner> {
    let unclear = || ApiError::InvalidInput {
        message: format!("Invalid Entity Arn: {arn} does not clearly define entity type and name."),
    };
    let parsed: Arn = arn.parse().map_err(|_| unclear())?;
    let foreign = parsed.service() != "iam" || parsed.account() != tx.account().as_str();
    let (kind, _) = parsed.resource().split_once('/').ok_or_else(unclear)?;
    let name = parsed.name().to_owned();
    match kind {
        _ if foreign || name.is_empty() => Err(unclear().into()),
        "user" => Ok(Owner::User(name)),
        "group" => Ok(Owner::Group(name)),
        "role" => Err(ApiError::missing(Kind::Role, name).into()),
        _ => Err(unclear().into()),
    }
}

/// Asks about the entity whose policies are simulated; about the ARN as it was given where it names none.
pub(crate) async fn source_target(tx: &mut Tx, arn: &str) -> Result<Target> {
    let target = match owner(tx, arn) {
        Ok(Owner::User(name)) => user_target(tx, &name).await?,
        Ok(Owner::Group(name)) => group_target(tx, &name).await?,
        Err(_) => Target { resource: arn.to_owned(), ..Target::default() },
    };
    Ok(target.shown(arn))
}

/// The policies of the user or group that `target` found, and who asks by them.
pub(crate) async fn source(tx: &mut Tx, arn: &str) -> Result<Scenario> {
    let given = arn.parse::<Arn>().ok();
    let (set, principal, context, user_name) = match owner(tx, arn)? {
        Owner::User(name) => {
            let user = user(tx, &name)?;
            let own = tx.user_arn(&user.path, &user.name);
            if given.as_ref() != Some(&own) {
                return Err(ApiError::missing(Kind::User, name).into());
            }
            let standing = authorize::of_user(tx, &user.user_id).await?;
            let mut context = Context::new();
            for tag in &standing.tags {
                context.set(&format!("aws:PrincipalTag/{}", tag.key), tag.value.clone());
            }
            (standing.policies, Some(Principal::user(own, &user.user_id)), context, Some(user.name))
        }
        Owner::Group(name) => {
            let group = group(tx, &name)?;
            if given.as_ref() != Some(&tx.group_arn(&group.path, &group.name)) {
                return Err(ApiError::missing(Kind::Group, name).into());
            }
            (authorize::of_group(tx, &group.group_id, &group.name).await?, None, Context::new(), None)
        }
    };
    let named = principal.is_some();
    let principal = principal.unwrap_or_else(|| nobody(tx.account()));
    Ok(Scenario { set, principal, named, context, owner: None, user_name })
}

/// Who asks where nobody is named: somebody of the account.
fn nobody(account: &AccountId) -> Principal {
    Principal::user(Arn::user(account.as_str(), "/", ""), "")
}

/// Policies given as text, with nobody behind them.
fn of_text(account: &AccountId, policies: &[String]) -> Result<Scenario> {
    let set = with_given(PolicySet::new(), policies)?;
    Ok(Scenario {
        set,
        principal: nobody(account),
        named: false,
        context: Context::new(),
        owner: None,
        user_name: None,
    })
}

/// The policies of a user or a group, and further ones given as text.
async fn of_source(tx: &mut Tx, arn: &str, policies: &[String]) -> Result<Scenario> {
    let mut scenario = source(tx, arn).await?;
    scenario.set = with_given(scenario.set, policies)?;
    Ok(scenario)
}

/// What `prepare` found out, if it was about the user or group that `target` has found now.
fn simulated(tx: &mut Tx, source: Option<&str>) -> Result<SimulatePolicyOutput> {
    match tx.prepared.simulated.take() {
        Some((output, of)) if of.as_deref() == source => Ok(output),
        // In between it was deleted, or another one came to its name.
        _ => Err(ApiError::Unavailable.into()),
    }
}

/// The unique id of the user or group that `target` found.
pub(super) fn found(tx: &Tx) -> Option<String> {
    let user = tx.found.user.as_ref().map(|user| user.user_id.clone());
    user.or_else(|| tx.found.group.as_ref().map(|group| group.group_id.clone()))
}

impl Execute for SimulateCustomPolicy {
    const PREPARES: bool = true;

    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let account = preparation.caller.account().cloned().ok_or(ApiError::SignedOut)?;
        let asked = self.clone();
        let job = move || simulate(of_text(&account, &asked.policy_input_list)?, &asked);
        let output = preparation.cloud.calculations().run(job).await?;
        preparation.prepared.simulated = Some((output, None));
        Ok(())
    }

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<SimulatePolicyOutput> {
        simulated(tx, None)
    }
}

impl Execute for SimulatePrincipalPolicy {
    const PREPARES: bool = true;

    /// The policies are read in a transaction that ends before the questions are answered.
    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let Preparation { cloud, caller, request, .. } = *preparation;
        let (arn, asked) = self.clone().apart();
        let mut tx = Tx::begin(cloud, caller, request, Prepared::default(), true).await?;
        source_target(&mut tx, &arn).await?;
        let id = found(&tx);
        let mut scenario = source(&mut tx, &arn).await?;
        drop(tx);
        let job = move || {
            scenario.set = with_given(scenario.set, &asked.policy_input_list)?;
            simulate(scenario, &asked)
        };
        let output = cloud.calculations().run(job).await?;
        preparation.prepared.simulated = Some((output, id));
        Ok(())
    }

    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        source_target(tx, &self.policy_source_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<SimulatePolicyOutput> {
        let source = found(tx);
        simulated(tx, source.as_deref())
    }
}

impl Execute for GetContextKeysForCustomPolicy {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetContextKeysOutput> {
        Ok(GetContextKeysOutput { context_key_names: of_text(tx.account(), &self.policy_input_list)?.context_keys() })
    }
}

impl Execute for GetContextKeysForPrincipalPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        source_target(tx, &self.policy_source_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<GetContextKeysOutput> {
        let scenario = of_source(tx, &self.policy_source_arn, &self.policy_input_list).await?;
        Ok(GetContextKeysOutput { context_key_names: scenario.context_keys() })
    }
}
