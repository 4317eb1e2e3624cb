//! Invented policies and questions, of few enough words that they meet often.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::conditions::Context;
use super::{Policies, Question, Who};

const ACCOUNT: &str = "111122223333";

fn actions() -> impl Strategy<Value = Vec<&'static str>> {
    let action = select(vec![
        "*",
        "s3:*",
        "s3:Get*",
        "S3:getobject",
        "s3:PutObject",
        "?3:*",
        "iam:*User",
        "iam:Create????",
        "iam:CreateUser",
    ]);
    vec(action, 1..3)
}

fn resources() -> impl Strategy<Value = Vec<&'static str>> {
    let resource = select(vec![
        "*",
        "arn:aws:s3:::b/*",
        "arn:aws:s3:::b/?",
        "arn:aws:*",
        "arn:*:b/x",
        "arn:aws:s3:::b/${aws:username}",
        "arn:aws:s3:::b/${aws:userid, 'x'}",
        "arn:aws:s3:::b/${*}",
        "arn:aws:iam::*:user/*",
        "arn:aws:iam::1*3:user/alice",
        "arn:aws:iam::${aws:PrincipalAccount}:user/${ex:one}",
    ]);
    vec(resource, 1..3)
}

fn condition() -> impl Strategy<Value = Value> {
    let set = select(vec!["", "", "", "ForAllValues:", "ForAnyValue:"]);
    let suffix = select(vec!["", "", "IfExists"]);
    // Each with values that fit it, and some that do not.
    let test = prop_oneof![
        (
            select(vec![
                "StringEquals",
                "StringNotEquals",
                "StringEqualsIgnoreCase",
                "StringNotEqualsIgnoreCase",
                "StringLike",
                "StringNotLike",
                "NobodyKnowsThis"
            ]),
            vec(
                select(vec![
                    "alice",
                    "ALICE",
                    "a*",
                    "?",
                    "",
                    "${aws:username}",
                    "${ex:none}",
                    "${ex:none, 'a'}",
                    "${ex:many}",
                    "${*}"
                ]),
                0..3
            )
        ),
        (
            select(vec![
                "NumericEquals",
                "NumericNotEquals",
                "NumericLessThan",
                "NumericLessThanEquals",
                "NumericGreaterThan",
                "NumericGreaterThanEquals"
            ]),
            vec(select(vec!["1", "1.0", "-2", "10", "ten"]), 0..3)
        ),
        (
            select(vec![
                "DateEquals",
                "DateNotEquals",
                "DateLessThan",
                "DateLessThanEquals",
                "DateGreaterThan",
                "DateGreaterThanEquals"
            ]),
            vec(select(vec!["2020-01-01", "2021-01-02", "1577836800", "soon"]), 0..3)
        ),
        (select(vec!["Bool"]), vec(select(vec!["true", "False", "${ex:one}"]), 0..3)),
        (select(vec!["BinaryEquals"]), vec(select(vec!["Zm9v", "Zm8=", "Zm8", "{}", ""]), 0..3)),
        (
            select(vec!["IpAddress", "NotIpAddress"]),
            vec(select(vec!["10.0.0.0/8", "10.1.2.3", "0.0.0.0/0", "2001:db8::/32", "nowhere"]), 0..3)
        ),
        (
            select(vec!["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"]),
            vec(
                select(vec![
                    "*",
                    "arn:aws:iam::*:*",
                    "arn:aws:iam:*:role/R",
                    "${aws:PrincipalArn}",
                    "arn:aws:iam::111122223333:role/?"
                ]),
                0..3
            )
        ),
    ];
    let key = select(vec!["ex:one", "Ex:Many", "ex:none", "aws:username", "aws:PrincipalArn", "aws:userid"]);
    let tested = (set, test, suffix, key.clone())
        .prop_map(|(set, (name, values), suffix, key)| (format!("{set}{name}{suffix}"), key, values));
    let null = (key, vec(select(vec!["true", "FALSE", "maybe"]), 1..2))
        .prop_map(|(key, values)| ("Null".to_owned(), key, values));
    let one = prop_oneof![5 => tested, 1 => null];
    vec(one, 0..3).prop_map(|conditions| {
        let mut operators = Map::new();
        for (operator, key, values) in conditions {
            operators.entry(operator).or_insert_with(|| json!({}))[key] = json!(values);
        }
        Value::Object(operators)
    })
}

fn principal() -> impl Strategy<Value = Value> {
    let names = vec(
        select(vec![
            "*",
            "111122223333",
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::111122223333:user/alice",
            "AIDAALICE",
            "arn:aws:iam::111122223333:role/R",
            "AROAR",
            "arn:aws:sts::111122223333:assumed-role/R/s",
            "arn:aws:sts::111122223333:federated-user/f",
            "444455556666",
            "arn:aws:iam::111122223333:user/*",
        ]),
        1..4,
    );
    prop_oneof![
        1 => Just(json!("*")),
        5 => names.prop_map(|names| json!({ "AWS": names })),
        1 => Just(json!({ "Service": "sns.amazonaws.com" })),
    ]
}

prop_compose! {
    fn statement(resource_policy: bool)(
        deny in prop::bool::weighted(0.3),
        not_action in prop::bool::weighted(0.2),
        actions in actions(),
        not_resource in prop::bool::weighted(0.2),
        resources in resources(),
        condition in condition(),
        not_principal in prop::bool::weighted(0.2),
        principal in principal(),
    ) -> Value {
        let mut statement = json!({ "Effect": if deny { "Deny" } else { "Allow" }, "Condition": condition });
        statement[if not_action { "NotAction" } else { "Action" }] = json!(actions);
        statement[if not_resource { "NotResource" } else { "Resource" }] = json!(resources);
        if resource_policy {
            statement[if not_principal { "NotPrincipal" } else { "Principal" }] = principal;
        }
        statement
    }
}

/// Up to `most` policies with up to three statements.
fn policies(resource_policy: bool, most: usize) -> impl Strategy<Value = Vec<Vec<Value>>> {
    vec(vec(statement(resource_policy), 1..4), 0..=most)
}

prop_compose! {
    pub fn all_policies()(
        version in select(vec!["2012-10-17", "2012-10-17", "2008-10-17"]),
        identity in policies(false, 2),
        boundary in policies(false, 1),
        session in policies(false, 2),
        resource in policies(true, 1),
        required in prop::bool::weighted(0.2),
        levels in vec(policies(false, 2), 0..2),
    ) -> Policies {
        let required = required && !resource.is_empty();
        Policies { version: version.to_owned(), identity, boundary, session, resource, required, levels }
    }
}

prop_compose! {
    pub fn question()(
        who in select(vec![
            Who::Root,
            Who::User { name: "alice".into(), id: "AIDAALICE".into() },
            Who::User { name: "x".into(), id: "AIDAX".into() },
            Who::Role { name: "R".into(), session: "s".into(), id: "AROAR".into() },
            Who::Federated { name: "f".into(), user: "alice".into(), id: "AIDAALICE".into() },
            Who::Service("sns.amazonaws.com".into()),
            Who::Anonymous,
        ]),
        action in select(vec!["s3:GetObject", "s3:PutObject", "iam:CreateUser", "iam:DeleteUser"]),
        resource in select(vec!["*", "arn:aws:s3:::b/x", "arn:aws:s3:::b/alice", "arn:aws:s3:::b/*", "arn:aws:iam::111122223333:user/alice"]),
        owner in option::of(select(vec!["111122223333", "444455556666"])),
        one in option::of(value()),
        many in vec(value(), 0..3),
    ) -> Question {
        let mut question = Question {
            who, account: ACCOUNT.to_owned(), action: action.to_owned(), resource: resource.to_owned(),
            owner: owner.map(str::to_owned), context: Context::new(),
        };
        let known = match &question.who {
            Who::User { name, id } => vec![
                ("aws:username", name.clone()), ("aws:userid", id.clone()), ("aws:principalarn", format!("arn:aws:iam::{ACCOUNT}:user/{name}")),
            ],
            Who::Role { name, session, id } => vec![
                ("aws:userid", format!("{id}:{session}")), ("aws:principalarn", format!("arn:aws:iam::{ACCOUNT}:role/{name}")),
            ],
            Who::Federated { name, .. } => vec![
                ("aws:userid", format!("{ACCOUNT}:{name}")), ("aws:principalarn", format!("arn:aws:sts::{ACCOUNT}:federated-user/{name}")),
            ],
            Who::Root => vec![("aws:userid", ACCOUNT.to_owned()), ("aws:principalarn", format!("arn:aws:iam::{ACCOUNT}:root"))],
            Who::Anonymous => vec![("aws:userid", "anonymous".to_owned())],
            Who::Service(_) => Vec::new(),
        };
        if !matches!(question.who, Who::Anonymous | Who::Service(_)) {
            question.context.insert("aws:principalaccount".into(), vec![ACCOUNT.into()]);
        }
        question.context.extend(known.into_iter().map(|(key, value)| (key.to_owned(), vec![value])));
        question.context.insert("ex:many".into(), many.into_iter().map(str::to_owned).collect());
        question.context.extend(one.map(|value| ("ex:one".to_owned(), vec![value.to_owned()])));
        question
    }
}

fn value() -> impl Strategy<Value = &'static str> {
    select(vec![
        "alice",
        "Alice",
        "a",
        "*",
        "",
        "true",
        "false",
        "1",
        "10",
        "-2.5",
        "2020-01-01",
        "2021-01-02",
        "Zm9v",
        "Zm8=",
        "10.1.2.3",
        "11.0.0.0",
        "2001:db8::1",
        "arn:aws:iam::111122223333:role/R",
        "arn:aws:iam::1:user/alice",
    ])
}
