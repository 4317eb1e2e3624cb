//! Recorded requests of real clients: the signature holds, and the parameters are the input that was meant.

use aws::{
    query::{Parameters, Service, decode::decode},
    sigv4::Claim,
};
use model::{Operation, iam, sts};
use serde_json::{Value, json};
use time::{PrimitiveDateTime, macros::format_description};

use crate::{
    raw::Raw,
    signing::{KEY_ID, SECRET},
};

/// The input in a recorded request, after its signature was checked at the instant it bears.
fn input<O: Operation>(name: &str) -> Value {
    let path = format!("{}/tests/recorded/{name}.http", env!("CARGO_MANIFEST_DIR"));
    let raw = Raw::parse(&std::fs::read_to_string(path).expect("the recording"));
    let parts = raw.parts().expect("an HTTP request");
    let date = parts.headers["x-amz-date"].to_str().unwrap();
    let format = format_description!("[year][month][day]T[hour][minute][second]Z");
    let now = PrimitiveDateTime::parse(date, format).unwrap().assume_utc();

    let form = if raw.method == "GET" { parts.uri.query().unwrap().as_bytes() } else { &raw.body };
    let parameters = Parameters::read(form).expect("parameters");
    assert_eq!(parameters.get("Action"), Some(O::ACTION.name));
    let service = Service::of_version(parameters.get("Version").unwrap()).expect("a service of this wire");
    assert_eq!(service.name, O::ACTION.service);

    let claim = Claim::read(&parts, service.name, now).expect("well formed");
    assert_eq!(claim.access_key_id(), Some(KEY_ID));
    assert_eq!(claim.prove(&parts, &raw.body, SECRET), Ok(()), "{name}");
    assert!(claim.prove(&parts, &raw.body, KEY_ID).is_err(), "{name}");
    let input: O = decode(&parameters).expect("an input");
    serde_json::to_value(input).unwrap()
}

#[test]
fn boto3() {
    assert_eq!(
        input::<iam::CreateUser>("boto3-create-user"),
        json!({
            "UserName": "z o=\u{eb}", "Path": "/a b/", "PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "Tags": [{"Key": "a&b", "Value": "1+1=2"}, {"Key": "\u{dc}n\u{ef}", "Value": ""}],
        })
    );
    assert_eq!(input::<iam::ListUsers>("boto3-list-users"), json!({"MaxItems": 1, "PathPrefix": "/a/"}));
    assert_eq!(input::<iam::UntagUser>("boto3-untag-user"), json!({"UserName": "alice", "TagKeys": ["a", "b"]}));
    assert_eq!(
        input::<iam::CreateLoginProfile>("boto3-create-login-profile"),
        json!({"UserName": "alice", "Password": "p&s %+/=~\"'<>\\\u{e9}", "PasswordResetRequired": true})
    );
    assert_eq!(input::<sts::GetCallerIdentity>("boto3-get-caller-identity"), json!({}));
    assert_eq!(input::<sts::GetCallerIdentity>("boto3-get-caller-identity-token"), json!({}));
}

#[test]
fn cli() {
    assert_eq!(
        input::<iam::AttachUserPolicy>("cli1-attach-user-policy"),
        json!({"UserName": "alice", "PolicyArn": "arn:aws:iam::aws:policy/IAMUserChangePassword"})
    );
    assert_eq!(
        input::<iam::CreateUser>("cli2-create-user"),
        json!({"UserName": "alice", "Path": "/", "Tags": [{"Key": "Department", "Value": "R&D \u{fc}"}]})
    );
    assert_eq!(input::<sts::GetCallerIdentity>("cli2-get-caller-identity"), json!({}));
}

#[test]
fn curl() {
    assert_eq!(input::<iam::ListUsers>("curl-post-list-users"), json!({"MaxItems": 5}));
    assert_eq!(input::<iam::GetUser>("curl-get-user"), json!({"UserName": "a+b"}));
}
