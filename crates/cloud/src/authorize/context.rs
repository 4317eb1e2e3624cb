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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use model::{
        Operation as _, Secret,
        iam::{
            CreateAccessKey, CreateLoginProfile, CreateUser, CreateVirtualMFADevice, EnableMFADevice, VirtualMFADevice,
        },
        operator::CreateAccount,
        signin::{SignInUser, SubmitMfaCode},
    };
    use policy::{Attached, Attachment, Policy, PolicyKind, PolicySet, Principal, Source as Origin, evaluate};
    use sqlx::PgPool;
    use tower_sessions_core::{
        SessionStore as _,
        session::{Id, Record},
    };

    use super::*;
    use crate::{Cloud, Execute, MasterKey, SessionHash, SessionStore, Settings, Source};

    const PASSWORD: &str = "Correct-Horse-7";

    async fn call<O: Execute>(cloud: &Cloud, caller: &Caller, operation: O) -> O::Output {
        let name = O::ACTION;
        let answer = cloud.call(caller, &Request::new(Source::Api), operation).await;
        answer.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// A browser in which the user's password was right.
    async fn sign_in(cloud: &Cloud, account: &str, name: &str) -> (SessionHash, Caller) {
        let mut record = Record {
            id: Id::default(),
            data: Default::default(),
            expiry_date: time::OffsetDateTime::now_utc() + time::Duration::hours(1),
        };
        SessionStore::new(cloud.clone()).create(&mut record).await.expect("a session");
        let session = SessionHash::of(&record.id);
        let request = Request { session: Some(session.clone()), ..Request::new(Source::Console) };
        let input = SignInUser { account: account.into(), user_name: name.into(), password: PASSWORD.into() };
        cloud.call(&Caller::anonymous(), &request, input).await.expect("the password is right");
        let caller = cloud.caller_of_session(Some(&session)).await.expect("the database answers");
        (session, caller)
    }

    /// The user's code of the step that is `away` from now, by the device's own seed.
    fn code(device: &VirtualMFADevice, away: i64) -> Secret {
        use base64::{Engine as _, prelude::BASE64_STANDARD};
        let seed = device.base32_string_seed.as_ref().expect("a seed").expose();
        let text = String::from_utf8(BASE64_STANDARD.decode(seed).expect("base64")).expect("base32");
        let secret = totp_rs::Secret::try_from_base32(&text).expect("base32");
        let at = time::OffsetDateTime::now_utc().unix_timestamp() + away * 30;
        let totp = totp_rs::Builder::new().with_secret(secret).build_noncompliant();
        totp.generate(at.unsigned_abs()).to_string().into()
    }

    struct Callers {
        with_code: Caller,
        password_only: Caller,
        access_key: Caller,
    }

    /// The three ways in: a console session with a code, one without, and a long-term key.
    async fn callers(pool: PgPool) -> Callers {
        let cloud = Cloud::open(pool, &MasterKey::generate(), Settings::default()).await.expect("opens");
        let account = CreateAccount { root_access_key: true, ..CreateAccount::example() };
        let made = call(&cloud, &Caller::operator(), account).await;
        let root = cloud.caller_of_signature(&made.access_key_id.expect("a key"), |_| Ok(())).await.expect("is known");
        for name in ["ann", "bob"] {
            let user =
                CreateUser { user_name: name.into(), path: "/".into(), permissions_boundary: None, tags: vec![] };
            call(&cloud, &root, user).await;
            let profile = CreateLoginProfile {
                user_name: name.into(),
                password: PASSWORD.into(),
                password_reset_required: false,
            };
            call(&cloud, &root, profile).await;
        }
        let device = CreateVirtualMFADevice { path: "/".into(), virtual_mfa_device_name: "ann".into(), tags: vec![] };
        let device = call(&cloud, &root, device).await.virtual_mfa_device;
        let enable = EnableMFADevice {
            user_name: Some("ann".into()),
            serial_number: device.serial_number.clone(),
            authentication_code1: code(&device, -1),
            authentication_code2: code(&device, 0),
        };
        call(&cloud, &root, enable).await;

        let (session, pending) = sign_in(&cloud, &made.account_id, "ann").await;
        let request = Request { session: Some(session.clone()), ..Request::new(Source::Console) };
        cloud.call(&pending, &request, SubmitMfaCode { mfa_code: code(&device, 1) }).await.expect("signs in");
        let with_code = cloud.caller_of_session(Some(&session)).await.expect("the database answers");
        let (_, password_only) = sign_in(&cloud, &made.account_id, "bob").await;
        let key = call(&cloud, &root, CreateAccessKey { user_name: Some("ann".into()) }).await.access_key;
        let access_key = cloud.caller_of_signature(&key.access_key_id, |_| Ok(())).await.expect("is known");
        Callers { with_code, password_only, access_key }
    }

    /// Whether a policy of everything, with this further statement, lets the caller in `later` seconds from now.
    fn lets(caller: &Caller, later: i64, effect: &str, condition: &str) -> bool {
        let everything = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
        let first = if effect == "Deny" { format!("{everything},") } else { String::new() };
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": [{first}
                {{"Effect": "{effect}", "Action": "*", "Resource": "*", "Condition": {condition}}}]}}"#
        );
        let policy = Policy::parse(&text, PolicyKind::Identity).expect("a policy");
        let attached = Attached::new(Origin::inline("mfa", Attachment::User), Arc::new(policy));
        let now = time::OffsetDateTime::now_utc().unix_timestamp() + later;
        let now = Timestamp(now * 1000);
        let user = policy::Arn::user("012345678901", "/", "ann");
        let request = policy::Request::new(Principal::user(user, "AIDAEXAMPLE"), "iam:ListUsers", "*")
            .with_context(global(caller, &Request::new(Source::Console), now, now));
        evaluate(&PolicySet::new().with_identity(attached), &request).is_allowed()
    }

    /// What the guide's table says of the two operators and the three kinds of credentials (IAM User Guide,
    /// "Checking for the MFA condition key in policies").
    #[sqlx::test(migrator = "crate::MIGRATOR")]
    async fn a_code_is_present_absent_or_unknown(pool: PgPool) {
        let callers = callers(pool).await;
        let cases = [
            // effect, condition, with a code, with a password only, with an access key
            ("Allow", r#"{"Bool": {"aws:MultiFactorAuthPresent": "true"}}"#, [true, false, false]),
            ("Allow", r#"{"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}"#, [true, false, true]),
            ("Deny", r#"{"Bool": {"aws:MultiFactorAuthPresent": "false"}}"#, [true, false, true]),
            ("Deny", r#"{"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}"#, [true, false, false]),
            ("Deny", r#"{"Null": {"aws:MultiFactorAuthPresent": "true"}}"#, [true, true, false]),
            ("Allow", r#"{"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}"#, [true, false, false]),
            ("Allow", r#"{"Null": {"aws:MultiFactorAuthAge": "true"}}"#, [false, true, true]),
        ];
        for (effect, condition, expected) in cases {
            let found = [&callers.with_code, &callers.password_only, &callers.access_key]
                .map(|caller| lets(caller, 0, effect, condition));
            assert_eq!(found, expected, "{effect} {condition}");
        }
        let hour = r#"{"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}"#;
        assert!(lets(&callers.with_code, 3500, "Allow", hour));
        assert!(!lets(&callers.with_code, 3700, "Allow", hour), "the code is older than an hour");
    }
}
