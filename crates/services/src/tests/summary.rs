//! Summaries by service.

use policy::{Document, PolicyKind};

use crate::{ServiceSummary, summarize};

fn rows(text: &str) -> Vec<ServiceSummary> {
    summarize(&Document::parse(text, PolicyKind::Identity).expect("a policy"))
}

fn told(text: &str) -> Vec<(&'static str, String, String)> {
    rows(text).into_iter().map(|row| (row.effect.as_str(), row.prefix, row.access.to_string())).collect()
}

fn allow(actions: &str, resources: &str) -> String {
    format!(r#"{{"Statement": [{{"Effect": "Allow", "Action": {actions}, "Resource": {resources}}}]}}"#)
}

fn level(actions: &str, resources: &str) -> String {
    told(&allow(actions, resources)).pop().map(|(_, _, level)| level).unwrap_or_default()
}

#[test]
fn levels_are_full_limited_or_everything() {
    assert_eq!(level(r#""iam:*""#, r#""*""#), "Full access");
    assert_eq!(level(r#"["s3:Get*", "s3:List*"]"#, r#""*""#), "Full: List Limited: Read");
    assert_eq!(level(r#"["s3:GetObject", "s3:ListBucket"]"#, r#""*""#), "Limited: List, Read");
    assert_eq!(level(r#"["sqs:ListQueues", "sqs:SendMessage"]"#, r#""*""#), "Limited: Read, Write");
    assert_eq!(
        level(r#"["s3:GetObject", "s3:PutObject", "s3:PutObjectAcl"]"#, r#""*""#),
        "Limited: Read, Write, Permissions management"
    );
    let all_lists: Vec<String> = crate::service("iam")
        .expect("known")
        .actions
        .iter()
        .filter(|action| action.level == crate::AccessLevel::List)
        .map(|action| format!("\"IAM:{}\"", action.name.to_uppercase()))
        .collect();
    assert_eq!(level(&format!("[{}, \"iam:CreateUser\"]", all_lists.join(",")), r#""*""#), "Full: List Limited: Write");
}

#[test]
fn an_action_counts_only_with_a_resource_it_can_have() {
    assert_eq!(level(r#""s3:*""#, r#""arn:aws:s3:::bills""#).split(':').next(), Some("Limited"));
    assert_eq!(level(r#"["s3:GetObject", "s3:ListBucket"]"#, r#""arn:aws:s3:::bills/*""#), "Limited: Read");
    assert_eq!(level(r#"["s3:ListAllMyBuckets"]"#, r#""arn:aws:s3:::bills""#), "None");
    assert_eq!(level(r#""iam:ChangePassword""#, r#""arn:aws:iam::*:user/${aws:username}""#), "Limited: Write");
}

#[test]
fn denials_come_first_and_services_by_name() {
    let text = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:Get*", "S3:Get*", "iam:ListUsers"], "Resource": "*"},
        {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::bills/*",
         "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}},
        {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    ]}"#;
    let expected = [
        ("Deny", "s3".to_owned(), "Full access".to_owned()),
        ("Allow", "iam".to_owned(), "Limited: List".to_owned()),
        ("Allow", "s3".to_owned(), "Limited: Read, Write".to_owned()),
    ];
    assert_eq!(told(text), expected);
    let s3 = &rows(text)[2];
    assert_eq!(s3.name, "S3");
    assert_eq!(s3.actions, ["s3:Get*", "S3:Get*", "s3:PutObject"]);
    assert_eq!(s3.resources, ["*", "arn:aws:s3:::bills/*"]);
    assert_eq!(
        (&s3.conditions[..], s3.also_unconditional),
        (&["aws:MultiFactorAuthPresent Bool true".to_owned()][..], true)
    );
}

#[test]
fn a_star_is_every_service_and_not_action_the_others() {
    let everything = rows(&allow(r#""*""#, r#""*""#));
    assert_eq!(everything.len(), crate::all().len());
    assert!(everything.iter().all(|row| row.access.everything));
    let power = rows(
        r#"{"Statement": [{"Effect": "Allow", "NotAction": ["iam:*", "organizations:*", "account:Put*"], "Resource": "*"},
            {"Effect": "Allow", "Action": ["iam:ListRoles"], "Resource": "*"}]}"#,
    );
    assert_eq!(power.len(), crate::all().len() - 1, "all but organizations");
    let of = |prefix: &str| power.iter().find(|row| row.prefix == prefix).expect("listed");
    assert_eq!(of("iam").access.to_string(), "Limited: List");
    assert_eq!(of("account").all_but, ["account:Put*"]);
    assert!(!of("account").access.everything && of("s3").access.everything && of("s3").all_but.is_empty());
}

#[test]
fn what_nobody_knows_is_marked() {
    let found = rows(&allow(r#"["s3:GetObjects", "s3:GetObject", "nonsense:DoIt"]"#, r#""*""#));
    let s3 = found.iter().find(|row| row.prefix == "s3").expect("listed");
    assert_eq!((s3.recognized, &s3.unrecognized[..]), (true, &["s3:GetObjects".to_owned()][..]));
    let nonsense = found.iter().find(|row| row.prefix == "nonsense").expect("listed");
    assert!(!nonsense.recognized && nonsense.access.is_none());
}

#[test]
fn every_level_has_its_name() {
    assert_eq!(crate::AccessLevel::PermissionsManagement.to_string(), "Permissions management");
    let json = serde_json::to_string(&crate::AccessLevel::ALL).expect("serializes");
    assert_eq!(json, r#"["List","Read","Tagging","Write","Permissions management"]"#);
}
