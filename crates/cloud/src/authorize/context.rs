//! What the policies' conditions may ask of a request itself: the time, the client, and how its caller came to be.

use model::Timestamp;
use policy::Context;

use crate::{Caller, Request};

/// The global condition keys of a request. `now` is the account's time, `wall` the real one: the age of a code is
/// real, as the codes are.
pub(super) fn global(caller: &Caller, request: &Request, now: Timestamp, wall: Timestamp) -> Context {
    let mut context = Context::new()
        .with("aws:CurrentTime", now.to_string())
        .with("aws:EpochTime", (now.0 / 1000).to_string())
        .with("aws:SecureTransport", request.secure.to_string())
        .with("aws:RequestedRegion", request.region.clone())
        .with("aws:UserAgent", request.user_agent.clone());
    if let Some(ip) = request.ip {
        context.set("aws:SourceIp", ip.to_string());
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
