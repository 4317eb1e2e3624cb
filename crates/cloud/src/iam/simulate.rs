//! The policy simulator: whose policies, which further ones, and what they would answer.

use std::sync::Arc;

use model::{
    ApiError, Kind,
    iam::{
        GetContextKeysForCustomPolicy, GetContextKeysForPrincipalPolicy, GetContextKeysOutput, SimulateCustomPolicy,
        SimulatePolicyOutput, SimulatePrincipalPolicy,
    },
    page,
};
use policy::{Arn, Attached, Attachment, Context, Policy, PolicyKind, PolicySet, Principal, Source};

use super::{group, group_target, simulation::Scenario, user, user_target};
use crate::{
    authorize,
    error::Result,
    execute::{Execute, Target},
    marker::Position,
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
pub(super) async fn source_target(tx: &mut Tx, arn: &str) -> Result<Target> {
    let target = match owner(tx, arn) {
        Ok(Owner::User(name)) => user_target(tx, &name).await?,
        Ok(Owner::Group(name)) => group_target(tx, &name).await?,
        Err(_) => Target { resource: arn.to_owned(), ..Target::default() },
    };
    Ok(target.shown(arn))
}

/// The policies of the user or group that `target` found, and who asks by them.
pub(super) async fn source(tx: &mut Tx, arn: &str) -> Result<Scenario> {
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
    let principal = principal.unwrap_or_else(|| nobody(tx));
    Ok(Scenario { set, principal, named, context, owner: None, user_name })
}

/// Who asks where nobody is named: somebody of the account.
fn nobody(tx: &Tx) -> Principal {
    Principal::user(Arn::user(tx.account().as_str(), "/", ""), "")
}

/// A policy given as text, labelled by its place in the request.
fn given(label: &str, text: &str, kind: PolicyKind, attachment: Attachment) -> Result<Attached> {
    let compiled = Policy::parse(text, kind)
        .map_err(|error| ApiError::InvalidInput { message: format!("Invalid policy in {label}: {error}.") })?;
    Ok(Attached::new(Source::managed(label, label, attachment), Arc::new(compiled)))
}

fn with_given(mut set: PolicySet, policies: &[String]) -> Result<PolicySet> {
    for (number, text) in policies.iter().enumerate() {
        let label = format!("PolicyInputList.{}", number + 1);
        set = set.with_identity(given(&label, text, PolicyKind::Identity, Attachment::User)?);
    }
    Ok(set)
}

/// Policies given as text, with nobody behind them.
fn of_text(tx: &Tx, policies: &[String]) -> Result<Scenario> {
    let set = with_given(PolicySet::new(), policies)?;
    Ok(Scenario { set, principal: nobody(tx), named: false, context: Context::new(), owner: None, user_name: None })
}

/// The policies of a user or a group, and further ones given as text.
async fn of_source(tx: &mut Tx, arn: &str, policies: &[String]) -> Result<Scenario> {
    let mut scenario = source(tx, arn).await?;
    scenario.set = with_given(scenario.set, policies)?;
    Ok(scenario)
}

/// Completes the scenario and answers the page asked for.
fn simulate(mut scenario: Scenario, asked: &SimulateCustomPolicy) -> Result<SimulatePolicyOutput> {
    let (actions, resources) = (&asked.action_names, &asked.resource_arns);
    for action in actions {
        let whole = action.split_once(':').is_some_and(|(service, name)| !service.is_empty() && !name.is_empty());
        if !whole || action.contains(['*', '?']) {
            let message =
                format!("Invalid Action: {action} must be one action with its service, such as iam:CreateUser.");
            return Err(ApiError::InvalidInput { message }.into());
        }
    }
    if let Some(caller) = &asked.caller_arn {
        (scenario.principal, scenario.named) = (caller_of(caller, &scenario.principal)?, true);
    }
    if let Some(text) = asked.permissions_boundary_policy_input_list.first() {
        let label = "PermissionsBoundaryPolicyInputList.1";
        scenario.set = scenario.set.with_boundary(given(label, text, PolicyKind::Identity, Attachment::Boundary)?);
    }
    if let Some(text) = &asked.resource_policy {
        if !scenario.named {
            let message = "CallerArn must be provided when ResourcePolicy is.".to_owned();
            return Err(ApiError::InvalidInput { message }.into());
        }
        scenario.set =
            scenario.set.with_resource(given("ResourcePolicy", text, PolicyKind::Resource, Attachment::Resource)?);
    }
    scenario.owner = asked.resource_owner.as_deref().map(account_of).transpose()?;
    for entry in &asked.context_entries {
        scenario.context.set_many(&entry.context_key_name, entry.context_key_values.iter().cloned());
    }

    let width = resources.len().max(1);
    let total = actions.len() * width;
    let first = first_of(asked.marker.as_deref())?;
    let limit = usize::try_from(page::limit(asked.max_items)).unwrap_or(usize::MAX);
    let last = first.saturating_add(limit).min(total);
    let questions = (first..last).filter_map(|place| Some((actions.get(place / width)?, resources.get(place % width))));
    let evaluation_results =
        questions.map(|(action, resource)| scenario.result(action, resource.map(String::as_str))).collect();
    let is_truncated = last < total;
    let marker = is_truncated.then(|| Position { name: last.to_string(), id: String::new() }.marker());
    Ok(SimulatePolicyOutput { evaluation_results, is_truncated, marker })
}

/// Which question a page begins with.
fn first_of(marker: Option<&str>) -> Result<usize> {
    let position = Position::parse(marker)?.name;
    let invalid = || ApiError::Invalid { message: "Invalid Marker.".into() };
    Ok(if marker.is_none() { 0 } else { position.parse().map_err(|_| invalid())? })
}

/// The user who asks. Nobody else can be simulated.
fn caller_of(arn: &str, source: &Principal) -> Result<Principal> {
    let parsed = arn.parse::<Arn>().ok().filter(|arn| arn.service() == "iam" && arn.resource().starts_with("user/"));
    let parsed = parsed.ok_or_else(|| ApiError::InvalidInput {
        message: format!("Invalid CallerArn: {arn} must be the ARN of a user."),
    })?;
    // The unique id is known if it is the very user whose policies are simulated.
    let id = match source {
        Principal::User { arn: own, id } if *own == parsed => id.clone(),
        _ => String::new(),
    };
    Ok(Principal::user(parsed, &id))
}

/// An account as its number or as its ARN, `arn:aws:iam::123456789012:root`.
fn account_of(text: &str) -> Result<String> {
    let number = text.parse::<Arn>().map_or_else(|_| text.to_owned(), |arn| arn.account().to_owned());
    if number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(number);
    }
    Err(ApiError::InvalidInput { message: format!("Invalid ResourceOwner: {text} must be an account.") }.into())
}

impl Execute for SimulateCustomPolicy {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<SimulatePolicyOutput> {
        simulate(of_text(tx, &self.policy_input_list)?, &self)
    }
}

impl Execute for SimulatePrincipalPolicy {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        source_target(tx, &self.policy_source_arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<SimulatePolicyOutput> {
        let (arn, asked) = self.apart();
        simulate(of_source(tx, &arn, &asked.policy_input_list).await?, &asked)
    }
}

impl Execute for GetContextKeysForCustomPolicy {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetContextKeysOutput> {
        Ok(GetContextKeysOutput { context_key_names: of_text(tx, &self.policy_input_list)?.context_keys() })
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
