//! Asking a caller's policies: loads what is attached, and lets `policy` decide.

mod context;
mod standing;

use std::{borrow::Cow, sync::Arc};

use model::{ApiError, Denial, Guard};
use policy::{Attachment, PolicySet, Principal, Request, Source};

pub(crate) use self::{
    context::owner,
    standing::{Standing, of_group, of_user},
};
use crate::{Identity, billing, deed::Facts, error::Result, execute::Target, tx::Tx};

/// Asks everything that an operation and its target want to know; the first "no" is the answer.
///
/// # Errors
/// [`ApiError::AccessDenied`] with the sentence and what decided, or [`ApiError::Forbidden`] for root-only operations.
pub(crate) async fn ask(tx: &mut Tx, facts: &Facts, target: &Target) -> Result<()> {
    match facts.guard {
        Guard::Public(_) | Guard::Signed(_) | Guard::Operator => return Ok(()),
        Guard::RootOnly(_) => {
            return match tx.caller.identity {
                Identity::Root => Ok(()),
                _ => Err(denied(tx, &facts.action.to_string(), target, "because only the root user may do this", None)),
            };
        }
        Guard::Policy => {}
    }
    let own = facts.action.to_string();
    let action = target.judged.or(target.action).unwrap_or(&own);
    // A read model of the console is behind the switch like the operations it stands for.
    let gated = [facts.action.service, action.split(':').next().unwrap_or_default()];
    if gated.iter().any(|service| billing::GATED.contains(service)) && !billing::is_open(tx).await? {
        return Err(denied(tx, action, target, billing::CLOSED, None));
    }
    require(tx, action, target).await?;
    for (action, resource) in &target.also {
        let second = Target { resource: resource.clone(), shown: None, policy: None, ..target.clone() };
        require(tx, action, &second).await?;
    }
    Ok(())
}

/// Asks one question.
///
/// # Errors
/// [`ApiError::AccessDenied`].
pub(crate) async fn require(tx: &mut Tx, action: &str, target: &Target) -> Result<()> {
    let standing = standing(tx).await?;
    let set = &*together(&standing.policies, target);
    let request = question(tx, &standing, action, target);
    let decision = policy::evaluate(set, &request);
    let Some(tail) = decision.tail(action) else { return Ok(()) };
    if own_password_allowed(tx, action, target, &decision).await? {
        return Ok(());
    }
    let decided = decision.place.and_then(|place| set.find(place).map(|found| (place, found)));
    let source = decided.as_ref().map(|(place, (attached, statement))| {
        (named(&attached.source), statement.sid.clone().unwrap_or_else(|| format!("statement {}", place.statement + 1)))
    });
    Err(denied(tx, action, target, &tail, source))
}

/// A policy as the details of a refusal name it: by its ARN, or, embedded in somebody, by its name and in whom.
fn named(source: &Source) -> String {
    let name = &source.name;
    match (&source.arn, &source.attachment) {
        (Some(arn), _) => arn.clone(),
        (None, Attachment::User) => format!("{name} (inline policy of the user)"),
        (None, Attachment::Group(group)) => format!("{name} (inline policy of group {group})"),
        (None, _) => name.clone(),
    }
}

/// Whether the answer would be yes: for columns that are left out when it is no.
pub(crate) async fn may(tx: &mut Tx, action: &str, target: &Target) -> Result<bool> {
    let standing = standing(tx).await?;
    let set = together(&standing.policies, target);
    Ok(policy::evaluate(&set, &question(tx, &standing, action, target)).is_allowed())
}

/// The caller's policies and, where the resource has one, its own.
fn together<'a>(own: &'a PolicySet, target: &Target) -> Cow<'a, PolicySet> {
    match &target.policy {
        Some(policy) => Cow::Owned(own.clone().with_resource(policy.clone())),
        None => Cow::Borrowed(own),
    }
}

/// The account's switch "Allow users to change their own password" grants two actions without any policy
/// (IAM User Guide, "Permit IAM users to change their own passwords"); an explicit deny still wins.
async fn own_password_allowed(tx: &mut Tx, action: &str, target: &Target, decision: &policy::Decision) -> Result<bool> {
    let own = match action {
        "iam:ChangePassword" => target.resource == tx.principal.arn,
        "iam:GetAccountPasswordPolicy" => true,
        _ => false,
    };
    if !own || decision.outcome != policy::Outcome::ImplicitDeny || !matches!(tx.caller.identity, Identity::User(_)) {
        return Ok(false);
    }
    let account = tx.account.clone();
    let allowed =
        sqlx::query_scalar!("select allow_change from password_policy where account_id = $1", account.as_str())
            .fetch_optional(tx.conn())
            .await?;
    Ok(allowed == Some(true))
}

/// The refusal of a resource in an account that is not the caller's: no policy of theirs can allow it.
pub(crate) fn foreign(tx: &Tx, action: &str, target: &Target) -> crate::error::Error {
    denied(tx, action, target, &format!("because no resource-based policy allows the {action} action"), None)
}

fn denied(
    tx: &Tx,
    action: &str,
    target: &Target,
    because: &str,
    decided: Option<(String, String)>,
) -> crate::error::Error {
    let (policy, statement) = decided.unzip();
    let denial = Denial {
        principal: tx.principal.arn.clone(),
        action: action.to_owned(),
        resource: target.shown.clone().unwrap_or_else(|| target.resource.clone()),
        because: because.to_owned(),
        policy,
        statement,
        facts: context::facts(tx, action, target),
    };
    ApiError::AccessDenied { denial: Box::new(denial) }.into()
}

fn question(tx: &Tx, standing: &Standing, action: &str, target: &Target) -> Request {
    let principal = match &tx.caller.identity {
        Identity::Root => Principal::root(tx.account.as_str()),
        Identity::User(id) => {
            let name = tx.principal.user_name.as_deref().unwrap_or_default();
            Principal::user(tx.user_arn(&tx.principal.path, name), id)
        }
        Identity::Service(name) => Principal::service(name),
        Identity::Anonymous | Identity::Operator => Principal::Anonymous,
    };
    let mut context = context::global(tx, &standing.tags, &target.resource);
    for (key, values) in &target.context {
        context.set_many(key, values.iter().cloned());
    }
    Request::new(principal, action, &target.resource).with_context(context)
}

/// What stands behind the caller. Loaded once a transaction.
async fn standing(tx: &mut Tx) -> Result<Arc<Standing>> {
    if let Some(standing) = &tx.standing {
        return Ok(standing.clone());
    }
    let standing = Arc::new(standing::load(tx).await?);
    tx.standing = Some(standing.clone());
    Ok(standing)
}
