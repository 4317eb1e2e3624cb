//! What holds for every policy and every request, tried on invented ones.

use std::sync::Arc;

use policy::validate::validate;
use policy::{
    Arn, Attached, Attachment, Context, Document, Effect, Outcome, Pattern, Policy, PolicyKind, PolicySet, Principal,
    Request, Source, evaluate, explain,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

const KINDS: [PolicyKind; 3] = [PolicyKind::Identity, PolicyKind::Resource, PolicyKind::Trust];

/// Few enough words that statements and requests meet often.
fn action() -> impl Strategy<Value = &'static str> {
    select(vec![
        "*",
        "s3:*",
        "s3:Get*",
        "S3:getobject",
        "s3:PutObject",
        "iam:*User",
        "iam:Create????",
        "iam:CreateUser",
    ])
}

fn resource() -> impl Strategy<Value = &'static str> {
    select(vec![
        "*",
        "arn:aws:s3:::b/*",
        "arn:aws:s3:::b/x",
        "arn:aws:s3:::b/${aws:username}",
        "arn:aws:s3:::b/${aws:userid, 'x'}",
        "arn:aws:iam::*:user/*",
        "arn:aws:iam::1*1:user/alice",
        "arn:aws:iam::111122223333:user/${aws:PrincipalTag/team}",
    ])
}

fn condition() -> impl Strategy<Value = Value> {
    let operator = select(vec![
        "StringEquals",
        "StringNotEquals",
        "StringLikeIfExists",
        "ForAllValues:StringLike",
        "ForAnyValue:StringNotLike",
        "NumericLessThan",
        "DateGreaterThan",
        "Bool",
        "IpAddress",
        "NotIpAddress",
        "ArnLike",
        "Null",
        "NobodyKnowsThis",
    ]);
    let key = select(vec!["aws:username", "aws:PrincipalTag/team", "aws:TagKeys", "ex:one"]);
    let value = select(vec![
        "alice",
        "a*",
        "true",
        "false",
        "1",
        "2020-01-01",
        "10.0.0.0/8",
        "arn:aws:iam::*:*",
        "${aws:username}",
    ]);
    (operator, key, vec(value, 0..3)).prop_map(|(operator, key, values)| json!({ operator: { key: values } }))
}

prop_compose! {
    fn statement(kind: PolicyKind)(
        sid in option::of("[A-Za-z0-9]{0,4}"),
        deny in any::<bool>(),
        not_action in prop::bool::weighted(0.2),
        actions in vec(action(), 1..3),
        not_resource in prop::bool::weighted(0.2),
        resources in vec(resource(), 1..3),
        condition in option::of(condition()),
        principal in select(vec![json!("*"), json!({"AWS": "111122223333"}), json!({"AWS": ["arn:aws:iam::111122223333:user/alice"]})]),
    ) -> Value {
        let mut statement = json!({ "Effect": if deny { "Deny" } else { "Allow" } });
        let members = statement.as_object_mut().expect("an object");
        members.insert(if not_action { "NotAction" } else { "Action" }.into(), json!(actions));
        if let Some(sid) = sid {
            members.insert("Sid".into(), json!(sid));
        }
        if kind != PolicyKind::Trust {
            members.insert(if not_resource { "NotResource" } else { "Resource" }.into(), json!(resources));
        }
        if kind != PolicyKind::Identity {
            members.insert("Principal".into(), principal);
        }
        if let Some(condition) = condition {
            members.insert("Condition".into(), condition);
        }
        statement
    }
}

fn statements(kind: PolicyKind) -> impl Strategy<Value = Vec<Value>> {
    vec(statement(kind), 1..5)
}

fn document(statements: &[Value], kind: PolicyKind) -> Document {
    let text = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    Document::parse(&text, kind).expect("a policy")
}

fn attached(statements: &[Value], kind: PolicyKind) -> Attached {
    Attached::new(Source::inline("P", Attachment::User), Arc::new(Policy::new(document(statements, kind))))
}

prop_compose! {
    fn request()(
        action in select(vec!["s3:GetObject", "s3:PutObject", "iam:CreateUser", "iam:DeleteUser"]),
        resource in select(vec!["*", "arn:aws:s3:::b/x", "arn:aws:s3:::b/alice", "arn:aws:iam::111122223333:user/alice"]),
        principal in select(vec![
            Principal::root("111122223333"),
            Principal::user(Arn::user("111122223333", "/", "alice"), "AIDAEXAMPLE"),
            Principal::role_session(Arn::assumed_role("111122223333", "R", "s"), Arn::role("111122223333", "/", "R"), "AROAEXAMPLE"),
            Principal::Anonymous,
        ]),
        account in option::of(select(vec!["111122223333", "444455556666"])),
        values in vec(select(vec!["alice", "true", "1", "2021-01-01", "10.1.2.3"]), 0..3),
    ) -> Request {
        let context = Context::new().with_many("ex:one", values.clone()).with_many("aws:TagKeys", values);
        let request = Request::new(principal, action, resource).with_context(context);
        match account {
            Some(account) => request.in_account(account),
            None => request,
        }
    }
}

prop_compose! {
    /// Statements for each layer: identity, boundary, session, resource.
    fn layers()(
        identity in statements(PolicyKind::Identity),
        boundary in option::of(statements(PolicyKind::Identity)),
        session in option::of(statements(PolicyKind::Identity)),
        resource in option::of(statements(PolicyKind::Resource)),
    ) -> [Option<Vec<Value>>; 4] {
        [Some(identity), boundary, session, resource]
    }
}

fn set(layers: &[Option<Vec<Value>>; 4]) -> PolicySet {
    let [identity, boundary, session, resource] = layers;
    let mut set = PolicySet::new();
    if let Some(statements) = identity {
        set = set.with_identity(attached(statements, PolicyKind::Identity));
    }
    if let Some(statements) = boundary {
        set = set.with_boundary(attached(statements, PolicyKind::Identity));
    }
    if let Some(statements) = session {
        set = set.with_session(attached(statements, PolicyKind::Identity));
    }
    if let Some(statements) = resource {
        set = set.with_resource(attached(statements, PolicyKind::Resource));
    }
    set
}

fn allowed(layers: &[Option<Vec<Value>>; 4], request: &Request) -> bool {
    evaluate(&set(layers), request).is_allowed()
}

/// The matcher as its definition says: what fits `pattern[i..]` and `text[j..]`, filled in from the end.
fn by_table(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let mut fits = vec![vec![false; text.len() + 1]; pattern.len() + 1];
    fits[pattern.len()][text.len()] = true;
    for i in (0..pattern.len()).rev() {
        for j in (0..=text.len()).rev() {
            fits[i][j] = match pattern[i] {
                '*' => fits[i + 1][j] || (j < text.len() && fits[i][j + 1]),
                '?' => j < text.len() && fits[i + 1][j + 1],
                other => j < text.len() && text[j] == other && fits[i + 1][j + 1],
            };
        }
    }
    fits[0][0]
}

/// The same for resources: in the first five parts `?` takes no colon, and `*` only where it ends its part.
fn resource_by_table(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let takes_colon = |i: usize| {
        let head = pattern[..i].iter().filter(|character| **character == ':').count() < 5;
        let ends_part = pattern.get(i + 1).is_none_or(|next| *next == ':');
        !head || (pattern[i] == '*' && ends_part)
    };
    let mut fits = vec![vec![false; text.len() + 1]; pattern.len() + 1];
    fits[pattern.len()][text.len()] = true;
    for i in (0..pattern.len()).rev() {
        for j in (0..=text.len()).rev() {
            let takes = j < text.len() && (text[j] != ':' || takes_colon(i));
            fits[i][j] = match pattern[i] {
                '*' => fits[i + 1][j] || (takes && fits[i][j + 1]),
                '?' => takes && fits[i + 1][j + 1],
                other => j < text.len() && text[j] == other && fits[i + 1][j + 1],
            };
        }
    }
    fits[0][0]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn patterns_match_as_defined(pattern in "[ab*?]{0,12}", text in "[ab]{0,16}") {
        prop_assert_eq!(Pattern::new(&pattern).matches(&text), by_table(&pattern, &text));
    }

    #[test]
    fn resource_patterns_match_as_defined(pattern in "[ab:*?]{0,14}", text in "[ab:]{0,18}") {
        prop_assert_eq!(Pattern::resource(&pattern).matches(&text), resource_by_table(&pattern, &text));
    }

    #[test]
    fn an_added_deny_never_widens(layers in layers(), request in request(), which in 0..4_usize, extra in statement(PolicyKind::Identity)) {
        let before = allowed(&layers, &request);
        let mut more = layers.clone();
        if let Some(statements) = &mut more[which] {
            let mut deny = extra;
            deny["Effect"] = json!("Deny");
            if which == 3 {
                deny["Principal"] = json!("*");
            }
            statements.push(deny);
        }
        prop_assert!(before || !allowed(&more, &request));
    }

    #[test]
    fn an_added_allow_never_narrows(layers in layers(), request in request(), which in 0..4_usize, extra in statement(PolicyKind::Identity)) {
        let before = allowed(&layers, &request);
        let mut more = layers.clone();
        if let Some(statements) = &mut more[which] {
            let mut allow = extra;
            allow["Effect"] = json!("Allow");
            if which == 3 {
                allow["Principal"] = json!("*");
            }
            statements.push(allow);
        }
        prop_assert!(!before || allowed(&more, &request));
    }

    #[test]
    fn a_boundary_never_widens(layers in layers(), request in request()) {
        let [identity, _, session, resource] = layers.clone();
        prop_assert!(!allowed(&layers, &request) || allowed(&[identity, None, session, resource], &request));
    }

    #[test]
    fn order_is_irrelevant(layers in layers(), request in request()) {
        let mut reversed = layers.clone();
        for statements in reversed.iter_mut().flatten() {
            statements.reverse();
        }
        let (one, other) = (evaluate(&set(&layers), &request), evaluate(&set(&reversed), &request));
        prop_assert_eq!((one.outcome, one.layer), (other.outcome, other.layer));
        // Nor does it matter whether the statements stand in one policy or in many.
        if let Some(identity) = &layers[0] {
            let apart = identity.iter().map(|statement| attached(std::slice::from_ref(statement), PolicyKind::Identity));
            let mut without = layers.clone();
            without[0] = None;
            let split = evaluate(&set(&without).with_identities(apart), &request);
            prop_assert_eq!((one.outcome, one.layer), (split.outcome, split.layer));
        }
    }

    #[test]
    fn without_policies_nobody_may_anything(request in request()) {
        // Root may by being root, in its own account.
        let expected =
            if request.principal().is_root() && !request.is_cross_account() { Outcome::Allowed } else { Outcome::ImplicitDeny };
        prop_assert_eq!(evaluate(&PolicySet::new(), &request).outcome, expected);
        // Nor does a policy help that says nothing of what is asked.
        let elsewhere = attached(&[json!({ "Effect": "Allow", "Action": "ex:Nothing", "Resource": "*" })], PolicyKind::Identity);
        prop_assert_eq!(evaluate(&PolicySet::new().with_identity(elsewhere), &request).outcome, expected);
    }

    #[test]
    fn an_explanation_agrees_with_the_decision(layers in layers(), request in request()) {
        let set = set(&layers);
        let (decision, explanation) = (evaluate(&set, &request), explain(&set, &request));
        prop_assert_eq!(explanation.outcome, decision.outcome);
        prop_assert_eq!(explanation.tail.is_empty(), decision.is_allowed());
        let denies = explanation.applied.iter().any(|statement| statement.effect == Effect::Deny);
        prop_assert_eq!(denies, decision.outcome == Outcome::ExplicitDeny);
        if let Some(decided_by) = &explanation.decided_by {
            prop_assert!(explanation.applied.contains(decided_by));
        }
    }

    #[test]
    fn what_is_printed_reads_back(kind in select(KINDS.to_vec()), all in (statements(PolicyKind::Identity), statements(PolicyKind::Resource), statements(PolicyKind::Trust))) {
        let statements = match kind {
            PolicyKind::Resource => all.1,
            PolicyKind::Trust => all.2,
            _ => all.0,
        };
        let document = document(&statements, kind);
        for text in [document.to_string(), format!("{document:#}")] {
            let again = Document::parse(&text, kind).expect("what is printed is a policy");
            prop_assert_eq!(&again, &document);
            prop_assert_eq!(again.to_string(), document.to_string());
        }
    }

    #[test]
    fn nothing_makes_the_parser_panic(text in "(?s).{0,200}", kind in select(KINDS.to_vec())) {
        let _ = Document::parse(&text, kind);
        let _ = validate(&text, kind);
    }

    #[test]
    fn nothing_nearly_json_makes_the_parser_panic(pieces in vec(select(vec![
        "{", "}", "[", "]", ":", ",", "\"", "\\u12", "\\", "\"Statement\":", "\"Effect\":", "\"Allow\"", "\"Action\":", "\"*\"",
        "\"Resource\":", "\"Condition\":", "\"Principal\":", "\"AWS\":", "-1", "0.", "true", "nul", " ", "\n", "é",
    ]), 0..60), kind in select(KINDS.to_vec())) {
        let text = pieces.concat();
        let _ = Document::parse(&text, kind);
        let _ = validate(&text, kind);
    }

    #[test]
    fn any_strings_can_be_evaluated(
        action in "\\PC{0,20}", resource in "\\PC{0,30}", operator in "\\PC{0,20}", key in "\\PC{0,10}", value in "\\PC{0,30}",
        asked_action in "\\PC{0,20}", asked_resource in "\\PC{0,30}", found in "\\PC{0,30}",
    ) {
        let names = ["StringLike", "NumericEquals", "DateLessThan", "Bool", "BinaryEquals", "IpAddress", "ArnLike", "Null", operator.as_str()];
        let conditions: serde_json::Map<String, Value> = names.iter().map(|name| ((*name).to_owned(), json!({ &key: &value }))).collect();
        let statement = json!({ "Effect": "Deny", "Action": action, "Resource": resource, "Condition": conditions });
        let set = PolicySet::new().with_identity(attached(&[statement], PolicyKind::Identity));
        let alice = Principal::user(Arn::user("111122223333", "/", "alice"), "AIDAEXAMPLE");
        let request = Request::new(alice, &asked_action, &asked_resource).with(&key, found);
        prop_assert!(!evaluate(&set, &request).is_allowed());
        prop_assert!(!explain(&set, &request).sentence().is_empty());
    }

    #[test]
    fn an_arn_reads_back(partition in "[a-z-]{1,6}", service in "[a-z0-9-]{1,8}", region in "[a-z0-9-]{0,9}", account in "[0-9]{0,12}", resource in "\\PC{1,20}") {
        let arn = Arn::new(&partition, &service, &region, &account, &resource).expect("valid parts");
        prop_assert_eq!(arn.to_string().parse::<Arn>(), Ok(arn));
    }

    #[test]
    fn nothing_makes_an_arn_panic(text in "(?s).{0,60}") {
        if let Ok(arn) = text.parse::<Arn>() {
            prop_assert_eq!(arn.to_string(), text);
        }
    }
}

#[test]
fn the_worst_pattern_finishes() {
    // Sixty-four stars would take forever if each were tried anew.
    let text = "a".repeat(2_000);
    for pattern in ["*a".repeat(64), "*?".repeat(64)] {
        assert!(Pattern::new(&pattern).matches(&text));
        assert!(!Pattern::new(&[&pattern, "b"].concat()).matches(&text));
        assert!(!Pattern::resource(&["x", &pattern, "b"].concat()).matches(&text));
    }
}
