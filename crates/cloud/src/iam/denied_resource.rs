//! The resource of a refusal, found again by how the refusal names it ("user bob").

use policy::Arn;

use super::{group_target, policies, user_target};
use crate::{authorize, error::Result, execute::Target, tx::Tx};

/// The question about the resource, and whether its path and tags are part of it: they are for those alone who may read
/// it, since the answer would tell of them. Of others it is asked as of one that does not exist.
pub(crate) async fn find(tx: &mut Tx, action: &str, text: &str) -> Result<(Target, bool)> {
    let own = |tx: &Tx, arn: &Arn, kind: &str| {
        arn.service() == "iam" && arn.account() == tx.account().as_str() && arn.resource().starts_with(kind)
    };
    if let Ok(arn) = text.parse::<Arn>() {
        let name = arn.name().to_owned();
        let found = match () {
            () if name.is_empty() => return Ok((Target::of(&arn), true)),
            () if own(tx, &arn, "user/") => find_one(tx, "iam:GetUser", action, Named::User(&name)).await?,
            () if own(tx, &arn, "policy/") => find_one(tx, "iam:GetPolicy", action, Named::Policy(text)).await?,
            () => return Ok((Target::of(&arn), true)),
        };
        // Another path names another entity, which does not exist.
        return Ok(if found.0.resource == text { found } else { (Target::of(&arn), found.1) });
    }
    let account = tx.account().clone();
    match text.split_once(' ') {
        Some(("user", name)) => find_one(tx, "iam:GetUser", action, Named::User(name)).await,
        Some(("group", name)) => find_one(tx, "iam:GetGroup", action, Named::Group(name)).await,
        Some(("policy", arn)) if arn.parse::<Arn>().is_ok() => {
            find_one(tx, "iam:GetPolicy", action, Named::Policy(arn)).await
        }
        Some(("policy", path)) if path.starts_with("path ") => {
            let path = path.strip_prefix("path ").unwrap_or(path);
            Ok((Target::of(&Arn::policy(account.as_str(), path, "")), true))
        }
        Some(("policy", name)) => Ok((Target::of(&Arn::policy(account.as_str(), "/", name)), true)),
        // Whose key it is, the refusal does not tell.
        Some(("access", _)) => Ok((Target::everything(), false)),
        _ => Ok((Target { resource: text.to_owned(), ..Target::default() }, true)),
    }
}

enum Named<'a> {
    User(&'a str),
    Group(&'a str),
    Policy(&'a str),
}

async fn find_one(tx: &mut Tx, read: &str, action: &str, named: Named<'_>) -> Result<(Target, bool)> {
    let mut target = match named {
        Named::User(name) => user_target(tx, name).await?,
        Named::Group(name) => group_target(tx, name).await?,
        Named::Policy(arn) => policies::policy_target(tx, arn).await?,
    };
    if !authorize::may(tx, read, &target).await? {
        let account = tx.account().as_str();
        let nobody = match named {
            Named::User(name) => tx.user_arn("/", name).to_string(),
            Named::Group(name) => Arn::group(account, "/", name).to_string(),
            Named::Policy(arn) => arn.to_owned(),
        };
        return Ok((Target { resource: nobody, ..Target::default() }, false));
    }
    let asks_boundary = services::action(action).is_some_and(|found| {
        found.service.condition_keys_of(found.action).iter().any(|key| key.name == "iam:PermissionsBoundary")
    });
    if asks_boundary && matches!(named, Named::User(_)) {
        target = policies::with_boundary(tx, target);
    }
    Ok((target, true))
}

/// The account of the resource, if it is another customer's.
pub(crate) fn foreign_account(tx: &Tx, resource: &str) -> Option<String> {
    let account = resource.parse::<Arn>().ok()?.account().to_owned();
    let customer = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    (customer && account != tx.account().as_str()).then_some(account)
}
