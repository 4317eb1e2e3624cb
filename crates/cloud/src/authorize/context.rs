//! What the policies' conditions may ask of a request itself: the time, the client, and how its caller came to be.

use model::{Tag, Timestamp};
use policy::{Arn, Context};

use crate::{execute::Target, tx::Tx};

/// The global condition keys of a request for `resource` by a caller with these tags. The time is the account's, but
/// the age of a code is real, as the codes are.
pub(super) fn global(tx: &Tx, tags: &[Tag], resource: &str) -> Context {
    let Tx { caller, request, now, wall, .. } = tx;
    let mut context = Context::new()
        .with("aws:CurrentTime", now.to_string())
        .with("aws:EpochTime", (now.0 / 1000).to_string())
        .with("aws:SecureTransport", request.secure.to_string())
        .with("aws:RequestedRegion", request.region.clone())
        .with("aws:UserAgent", request.user_agent.clone());
    context.set("aws:ResourceAccount", owner(tx, resource));
    if let Some(ip) = request.ip {
        context.set("aws:SourceIp", ip.to_string());
    }
    if let Some(referer) = &request.referer {
        context.set("aws:Referer", referer.clone());
    }
    for tag in tags {
        context.set(&format!("aws:PrincipalTag/{}", tag.key), tag.value.clone());
    }
    // A console session is temporary credentials: the key is present, and says "false" after a sign-in without a
    // code. Long-term keys do not have it, and only `…IfExists` operators reach them (rules of MFA).
    if caller.session.is_some() {
        context.set("aws:MultiFactorAuthPresent", caller.mfa_at.is_some().to_string());
        if let Some(at) = caller.mfa_at {
            context.set("aws:MultiFactorAuthAge", ((wall.0 - at).max(0) / 1000).to_string());
        }
        if let Some(at) = caller.signed_in_at {
            context.set("aws:TokenIssueTime", Timestamp(at).to_string());
        }
    }
    context
}

/// What a refusal may repeat of a request: what its caller said or is told anyway, so that whoever explains the refusal
/// can ask again. Tags and boundary of the resource are not among it, nor what the account knows of the caller.
const TOLD: [&str; 11] = [
    "aws:currenttime",
    "aws:epochtime",
    "aws:securetransport",
    "aws:requestedregion",
    "aws:sourceip",
    "aws:multifactorauthpresent",
    "aws:multifactorauthage",
    "aws:tokenissuetime",
    "aws:tagkeys",
    "iam:policyarn",
    "iam:passedtoservice",
];
/// The actions whose boundary is the one that the request names, not the one that the user has.
const NAME_A_BOUNDARY: [&str; 2] = ["iam:CreateUser", "iam:PutUserPermissionsBoundary"];

/// The facts of a refused request, by key.
pub(super) fn facts(tx: &Tx, action: &str, target: &Target) -> Vec<(String, Vec<String>)> {
    let mut context = global(tx, &[], &target.resource);
    for (key, values) in &target.context {
        context.set_many(key, values.iter().cloned());
    }
    let told = |key: &str| {
        TOLD.contains(&key)
            || key.starts_with("aws:requesttag/")
            || (key == "iam:permissionsboundary" && NAME_A_BOUNDARY.contains(&action))
    };
    context.iter().filter(|(key, _)| told(key)).map(|(key, values)| (key.to_owned(), values.to_vec())).collect()
}

/// The account that a resource belongs to: `aws` for AWS's own policies, the caller's where the ARN names none.
pub(crate) fn owner(tx: &Tx, resource: &str) -> String {
    let named = resource.parse::<Arn>().ok().map(|arn| arn.account().to_owned());
    named.filter(|account| !account.is_empty()).unwrap_or_else(|| tx.account.as_str().to_owned())
}
