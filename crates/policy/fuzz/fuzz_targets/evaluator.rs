//! A question in the first four lines, a policy in the rest. It is asked alone and in every layer: there is always an
//! answer, the explanation has the same one, and a Deny beside it never makes a yes of a no.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use policy::{Attached, Attachment, Policy, PolicyKind, PolicySet, Source, evaluate, explain};
use policy_fuzz::request;

fn attached(text: &str, kind: PolicyKind) -> Option<Attached> {
    let policy = Policy::parse(text, kind).ok()?;
    Some(Attached::new(Source::inline("P", Attachment::User), Arc::new(policy)))
}

fuzz_target!(|input: &str| {
    let request = request(input.lines());
    let text: String = input.split_inclusive('\n').skip(4).collect();
    let deny = r#"{"Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Null": {"ex:a": "true"}}}}"#;
    let deny = attached(deny, PolicyKind::Identity).expect("a policy");
    let own = attached(&text, PolicyKind::Identity);
    let theirs = attached(&text, PolicyKind::Resource);
    let trust = attached(&text, PolicyKind::Trust);
    let sets = [
        own.clone().map(|one| PolicySet::new().with_identity(one)),
        own.clone().map(|one| PolicySet::new().with_identity(one.clone()).with_boundary(one.clone()).with_session(one)),
        own.map(|one| PolicySet::new().with_identity(one.clone()).with_service_control_level(vec![one])),
        theirs.clone().map(|one| PolicySet::new().with_resource(one)),
        theirs.map(|one| PolicySet::new().with_key_policy(one)),
        trust.map(|one| PolicySet::new().with_trust(one)),
    ];
    for set in sets.into_iter().flatten() {
        let decision = evaluate(&set, &request);
        let explanation = explain(&set, &request);
        assert_eq!(explanation.outcome, decision.outcome);
        assert_eq!(decision.is_allowed(), explanation.tail.is_empty());
        assert!(!explanation.sentence().is_empty());
        let narrower = evaluate(&set.with_identity(deny.clone()), &request);
        assert!(decision.is_allowed() || !narrower.is_allowed(), "a Deny widened");
    }
});
