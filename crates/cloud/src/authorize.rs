//! Asking a caller's policies: loads what is attached, and lets `policy` decide.

use std::sync::Arc;

use model::{ApiError, Denial, Guard, Tag};
use policy::{Arn, Attached, Attachment, Context, PolicySet, Principal, Request, Source};

use sqlx::types::Json;

use crate::{Identity, billing, catalogue, deed::Facts, error::Result, execute::Target, tx::Tx};

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
    if billing::GATED.contains(&facts.action.service) && !billing::is_open(tx).await? {
        return Err(denied(tx, action, target, billing::CLOSED, None));
    }
    require(tx, action, target).await?;
    for (action, resource) in &target.also {
        let second = Target { resource: resource.clone(), shown: None, ..target.clone() };
        require(tx, action, &second).await?;
    }
    Ok(())
}

/// Asks one question.
///
/// # Errors
/// [`ApiError::AccessDenied`].
pub(crate) async fn require(tx: &mut Tx, action: &str, target: &Target) -> Result<()> {
    let set = policies(tx).await?;
    let request = question(tx, action, target);
    let decision = policy::evaluate(&set, &request);
    let Some(tail) = decision.tail(action) else { return Ok(()) };
    if own_password_allowed(tx, action, target, &decision).await? {
        return Ok(());
    }
    let decided = decision.place.and_then(|place| set.find(place).map(|found| (place, found)));
    let source = decided.as_ref().map(|(place, (attached, statement))| {
        let policy = attached.source.arn.clone().unwrap_or_else(|| attached.source.name.clone());
        (policy, statement.sid.clone().unwrap_or_else(|| format!("statement {}", place.statement + 1)))
    });
    Err(denied(tx, action, target, &tail, source))
}

/// Whether the answer would be yes: for columns that are left out when it is no.
pub(crate) async fn may(tx: &mut Tx, action: &str, target: &Target) -> Result<bool> {
    let set = policies(tx).await?;
    Ok(policy::evaluate(&set, &question(tx, action, target)).is_allowed())
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
    };
    ApiError::AccessDenied { denial: Box::new(denial) }.into()
}

fn question(tx: &Tx, action: &str, target: &Target) -> Request {
    let principal = match &tx.caller.identity {
        Identity::Root => Principal::root(tx.account.as_str()),
        Identity::User(id) => {
            let name = tx.principal.user_name.as_deref().unwrap_or_default();
            Principal::user(tx.user_arn(&tx.principal.path, name), id)
        }
        Identity::Service(name) => Principal::service(name),
        Identity::Anonymous | Identity::Operator => Principal::Anonymous,
    };
    let mut context = Context::new()
        .with("aws:CurrentTime", tx.now.to_string())
        .with("aws:EpochTime", (tx.now.0 / 1000).to_string())
        .with("aws:SecureTransport", tx.request.secure.to_string())
        .with("aws:RequestedRegion", tx.request.region.clone())
        .with("aws:UserAgent", tx.request.user_agent.clone());
    context.set("aws:ResourceAccount", owner(tx, &target.resource));
    if let Some(ip) = tx.request.ip {
        context.set("aws:SourceIp", ip.to_string());
    }
    if let Some(referer) = &tx.request.referer {
        context.set("aws:Referer", referer.clone());
    }
    for tag in &tx.own_tags {
        context.set(&format!("aws:PrincipalTag/{}", tag.key), tag.value.clone());
    }
    // A console session is temporary credentials: the key is present. Long-term keys do not have it (rules of MFA).
    if tx.caller.session.is_some() {
        context.set("aws:MultiFactorAuthPresent", tx.caller.mfa_at.is_some().to_string());
        if let Some(at) = tx.caller.mfa_at {
            context.set("aws:MultiFactorAuthAge", ((tx.wall.0 - at).max(0) / 1000).to_string());
        }
        if let Some(at) = tx.caller.signed_in_at {
            context.set("aws:TokenIssueTime", model::Timestamp(at).to_string());
        }
    }
    for (key, values) in &target.context {
        context.set_many(key, values.iter().cloned());
    }
    Request::new(principal, action, &target.resource).with_context(context)
}

/// The account that a resource belongs to: `aws` for AWS's own policies, the caller's where the ARN names none.
fn owner(tx: &Tx, resource: &str) -> String {
    let named = resource.parse::<Arn>().ok().map(|arn| arn.account().to_owned());
    named.filter(|account| !account.is_empty()).unwrap_or_else(|| tx.account.as_str().to_owned())
}

/// The policies with a say in what the caller does: attached to the user, to the user's groups, and the boundary.
/// Root has none: nothing limits root within its own account.
/// Loaded once a transaction.
async fn policies(tx: &mut Tx) -> Result<Arc<PolicySet>> {
    if let Some(set) = &tx.policies {
        return Ok(set.clone());
    }
    let (set, tags) = load(tx).await?;
    let set = Arc::new(set);
    (tx.policies, tx.own_tags) = (Some(set.clone()), tags);
    Ok(set)
}

/// The policies and the tags of the caller.
async fn load(tx: &mut Tx) -> Result<(PolicySet, Vec<Tag>)> {
    let Identity::User(user_id) = tx.caller.identity.clone() else { return Ok((PolicySet::new(), Vec::new())) };
    let account = tx.account.clone();
    let rows = sqlx::query!(
        r#"select a.policy_arn, a.as_boundary, null::text as group_name, null::jsonb as "tags: Json<Vec<Tag>>"
           from attachment a
           where a.account_id = $1 and a.entity_kind = 'user' and a.entity_id = $2
           union all
           select null, false, null, jsonb_agg(jsonb_build_object('Key', t.key, 'Value', t.value))
           from tag t
           where t.account_id = $1 and t.entity_id = $2
           having count(*) > 0
           union all
           select a.policy_arn, false, g.name, null
           from group_member m
           join iam_group g on g.account_id = m.account_id and g.group_id = m.group_id
           join attachment a on a.account_id = m.account_id and a.entity_kind = 'group' and a.entity_id = m.group_id
           where m.account_id = $1 and m.user_id = $2"#,
        account.as_str(),
        user_id
    )
    .fetch_all(tx.conn())
    .await?;
    let mut set = PolicySet::new();
    let mut unknown_boundary = false;
    let mut tags = Vec::new();
    for row in rows {
        if let Some(own) = row.tags {
            tags = own.0;
            continue;
        }
        let arn = row.policy_arn.unwrap_or_default();
        let boundary = row.as_boundary == Some(true);
        let Some(managed) = catalogue::by_arn(&arn) else {
            tracing::error!(%account, policy = %arn, "an attached policy is not in the catalogue");
            unknown_boundary |= boundary;
            continue;
        };
        let attachment = match row.group_name {
            _ if boundary => Attachment::Boundary,
            Some(name) => Attachment::Group(name),
            None => Attachment::User,
        };
        let attached = Attached::new(Source::managed(managed.name, managed.arn, attachment), managed.compiled());
        set = if boundary { set.with_boundary(attached) } else { set.with_identity(attached) };
    }
    if unknown_boundary {
        // A boundary that cannot be read bounds everything away.
        set = set.with_boundary(Attached::new(
            Source::inline("unknown boundary", Attachment::Boundary),
            Arc::new(nothing()?),
        ));
    }
    Ok((set, tags))
}

/// A policy that allows nothing.
fn nothing() -> Result<policy::Policy> {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"#;
    Ok(policy::Policy::parse(text, policy::PolicyKind::Identity).map_err(|error| anyhow::anyhow!("{error}"))?)
}
