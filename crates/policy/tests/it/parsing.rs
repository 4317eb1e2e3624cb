//! Reading policies: what is kept, what is refused and where.

use policy::{Arn, Attached, Attachment, Outcome, Principal, Request, Source};
use policy::{
    ConditionElement, Document, Effect, MissReason, ParseErrorKind, Policy, PolicyKind, PolicySet, Position,
    PrincipalType, Principals, Version, evaluate, explain,
};

const TEXT: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "First",
      "Effect": "Allow",
      "Action": "iam:Get*",
      "Resource": ["*"]
    },
    {
      "Effect": "Deny",
      "NotAction": ["s3:*", "iam:*"],
      "NotResource": "arn:aws:s3:::b",
      "Condition": {
        "Bool": {"aws:SecureTransport": false},
        "NumericLessThan": {"s3:max-keys": [10, "20"]}
      }
    }
  ]
}"#;

#[test]
fn a_document_keeps_what_its_author_wrote() {
    let document = Document::parse(TEXT, PolicyKind::Identity).expect("a policy");
    assert_eq!(document.version, Some(Version::V2012));
    let [first, second] = document.statements.as_slice() else { panic!("two statements") };
    assert_eq!((first.sid.as_deref(), first.effect), (Some("First"), Effect::Allow));
    assert!(!first.action.negated && first.resource.as_ref().is_some_and(|resource| !resource.negated));
    assert_eq!(first.span.start, Position { line: 4, column: 5 });
    assert_eq!(first.span.end, Position { line: 9, column: 6 });
    assert_eq!((second.sid.as_deref(), second.effect), (None, Effect::Deny));
    assert!(second.action.negated && second.resource.as_ref().is_some_and(|resource| resource.negated));
    let condition = |operator: &str, key: &str, values: &[&str]| ConditionElement {
        operator: operator.to_owned(),
        key: key.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let expected = [
        condition("Bool", "aws:SecureTransport", &["false"]),
        condition("NumericLessThan", "s3:max-keys", &["10", "20"]),
    ];
    assert_eq!(second.conditions, expected);
}

#[test]
fn errors_say_what_and_where() {
    let statement = |elements: &str| format!("{{\n\"Statement\": {{\n{elements}\n}}}}");
    let full = r#""Effect": "Allow", "Action": "*", "Resource": "*""#;
    for (text, line, column, message) in [
        ("{".to_owned(), 1, 2, "the text ends here, but a key in quotation marks is expected"),
        ("{} x".to_owned(), 1, 4, "the policy ends before this character"),
        ("{}".to_owned(), 1, 1, "Statement is missing"),
        ("[]".to_owned(), 1, 1, "the policy must be an object"),
        ("{\"Statement\": []}".to_owned(), 1, 15, "Statement must not be empty"),
        ("{\"Version\": \"2020-01-01\"}".to_owned(), 1, 13, "\"2020-01-01\" is not a version of the policy language"),
        ("{\"statement\": []}".to_owned(), 1, 2, "\"statement\" is not an element of a policy"),
        (statement(r#""Action": "*", "Resource": "*""#), 2, 14, "Effect is missing"),
        (statement(r#""Effect": "Allow", "Resource": "*""#), 2, 14, "Action is missing"),
        (statement(r#""Effect": "Allow", "Action": "*""#), 2, 14, "Resource is missing"),
        (
            statement(r#""Effect": "allow", "Action": "*", "Resource": "*""#),
            3,
            11,
            "Effect must be \"Allow\" or \"Deny\", not \"allow\"",
        ),
        (statement(r#""Effect": "Allow", "Action": [], "Resource": "*""#), 3, 20, "Action must not be empty"),
        (statement(r#""Effect": "Allow", "Action": [1], "Resource": "*""#), 3, 31, "Action must be a string"),
        (statement(&format!("{full}, \"Actions\": \"*\"")), 3, 52, "\"Actions\" is not an element of a statement"),
        (
            statement(&format!("{full},\n\"NotAction\": \"*\"")),
            4,
            1,
            "Action and NotAction cannot stand in the same statement",
        ),
        (statement(&format!("{full},\n\"Effect\": \"Deny\"")), 4, 1, "the key \"Effect\" appears more than once"),
        (statement(&format!("{full},\n\"Principal\": \"*\"")), 4, 1, "Principal is not allowed in this kind of policy"),
        (statement(&format!("{full},\n\"Condition\": {{\"Bool\": 1}}")), 4, 23, "Bool must be an object"),
    ] {
        let error = Document::parse(&text, PolicyKind::Identity).expect_err(&text);
        assert_eq!((error.position.line, error.position.column), (line, column), "{text}: {error}");
        assert_eq!(error.kind.to_string(), message, "{text}");
        assert_eq!(error.to_string(), format!("line {line}, column {column}: {message}"));
    }
}

#[test]
fn each_kind_of_policy_has_its_elements() {
    let with =
        |elements: &str| format!(r#"{{"Statement": {{"Effect": "Allow", "Action": "sts:AssumeRole"{elements}}}}}"#);
    let bare = with("");
    let resource = with(r#", "Resource": "*""#);
    let principal = with(r#", "Principal": {"AWS": ["1", "*"], "Service": "ec2.amazonaws.com"}"#);
    let both = with(r#", "Principal": "*", "Resource": "*""#);
    for (kind, accepted) in [
        (PolicyKind::Identity, [false, true, false, false]),
        (PolicyKind::Resource, [false, false, true, true]),
        (PolicyKind::Trust, [false, false, true, false]),
    ] {
        let found = [&bare, &resource, &principal, &both].map(|text| Document::parse(text, kind).is_ok());
        assert_eq!(found, accepted, "{kind:?}");
    }
    let document = Document::parse(&principal, PolicyKind::Trust).expect("a trust policy");
    let element = document.statements.first().and_then(|statement| statement.principal.as_ref()).expect("a principal");
    let Principals::Named(named) = &element.principals else { panic!("named principals") };
    let kinds: Vec<PrincipalType> = named.iter().map(|name| name.kind).collect();
    assert_eq!(kinds, [PrincipalType::Aws, PrincipalType::Aws, PrincipalType::Service]);
}

#[test]
fn principals_of_unknown_types_are_refused() {
    for (principal, kind) in [
        (r#""alice""#, ParseErrorKind::WrongType { element: "Principal".into(), expected: "\"*\" or an object" }),
        ("{}", ParseErrorKind::WrongType { element: "Principal".into(), expected: "\"*\" or an object" }),
        (r#"{"aws": "1"}"#, ParseErrorKind::UnknownElement { element: "aws".into(), within: "Principal" }),
        (r#"{"AWS": []}"#, ParseErrorKind::Empty { element: "AWS" }),
    ] {
        let text = format!(r#"{{"Statement": {{"Effect": "Allow", "Action": "*", "Principal": {principal}}}}}"#);
        assert_eq!(Document::parse(&text, PolicyKind::Resource).expect_err(principal).kind, kind);
    }
}

#[test]
fn an_explanation_names_the_statement_and_what_nearly_fitted() {
    let text = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Mfa", "Effect": "Allow", "Action": "iam:*", "Resource": "*",
     "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}},
    {"Effect": "Allow", "Action": "iam:DeleteUser", "Resource": "arn:aws:iam::*:user/temp/*"},
    {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
  ]
}"#;
    let policy = Policy::parse(text, PolicyKind::Identity).expect("a policy");
    let source =
        Source::managed("Helpers", Arn::policy("111122223333", "/", "Helpers"), Attachment::Group("Helpers".into()));
    let set = PolicySet::new().with_identity(Attached::new(source.clone(), policy.into()));
    let alice = Principal::user(Arn::user("111122223333", "/", "alice"), "AIDAEXAMPLE");
    let bob = Arn::user("111122223333", "/", "bob");

    let request = Request::new(alice.clone(), "iam:DeleteUser", &bob).with("aws:MultiFactorAuthPresent", "false");
    let denied = explain(&set, &request);
    assert_eq!(
        denied.sentence(),
        "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: iam:DeleteUser on resource: \
         arn:aws:iam::111122223333:user/bob because no identity-based policy allows the iam:DeleteUser action"
    );
    assert_eq!((denied.decided_by, denied.applied.len(), denied.missed.len()), (None, 0, 2));
    let reasons: Vec<&MissReason> = denied.missed.iter().map(|miss| &miss.because).collect();
    let condition = MissReason::Condition {
        operator: "Bool".into(),
        key: "aws:MultiFactorAuthPresent".into(),
        expected: vec!["true".into()],
        found: Some(vec!["false".into()]),
        unknown: false,
    };
    assert_eq!(reasons, [&condition, &MissReason::Resource]);

    let request = Request::new(alice, "iam:DeleteUser", &bob).with("aws:MultiFactorAuthPresent", "true");
    let allowed = explain(&set, &request);
    assert_eq!(allowed.outcome, Outcome::Allowed);
    let decided_by = allowed.decided_by.clone().expect("a statement");
    assert_eq!((decided_by.index, &decided_by.source), (0, &source));
    assert_eq!(decided_by.span.start, Position { line: 4, column: 5 });
    assert_eq!(decided_by.to_string(), "statement \"Mfa\" (line 4) of policy Helpers");
    let place = evaluate(&set, &request).place.expect("a place");
    let (attached, statement) = set.find(place).expect("it is there");
    assert_eq!((&attached.source, statement.sid.as_deref()), (&source, Some("Mfa")));

    let json = serde_json::to_string(&allowed).expect("serializes");
    assert_eq!(serde_json::from_str::<policy::Explanation>(&json).expect("deserializes"), allowed);
}
