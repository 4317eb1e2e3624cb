//! awsJson 1.1: recorded requests of real clients, inputs, outputs and faults.

use aws::{
    json::{
        Service,
        decode::decode,
        encode,
        fault::{Fault, json as answer},
    },
    sigv4::Claim,
};
use axum::{body::to_bytes, http::StatusCode, response::Response};
use model::{ApiError, Operation, Timestamp, budgets};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::{PrimitiveDateTime, macros::format_description};

use crate::{raw::Raw, signing::KEY_ID};

/// The secret access key that the recorded requests were signed with.
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

const ID: &str = "11111111-2222-4333-8444-555555555555";

/// The input in a recorded request, after its signature was checked at the instant it bears.
fn input<O: Operation>(name: &str) -> Value {
    let path = format!("{}/tests/recorded/{name}.http", env!("CARGO_MANIFEST_DIR"));
    let raw = Raw::parse(&std::fs::read_to_string(path).expect("the recording"));
    let parts = raw.parts().expect("an HTTP request");
    let date = parts.headers["x-amz-date"].to_str().unwrap();
    let format = format_description!("[year][month][day]T[hour][minute][second]Z");
    let now = PrimitiveDateTime::parse(date, format).unwrap().assume_utc();
    let target = parts.headers["x-amz-target"].to_str().unwrap();
    let (service, operation) = Service::of_target(target).expect("a target of this wire");
    assert_eq!((service.name, operation), (O::ACTION.service, O::ACTION.name));

    let claim = Claim::read(&parts, service.name, now).expect("well formed");
    assert_eq!(claim.access_key_id(), Some(KEY_ID));
    assert_eq!(claim.prove(&parts, &raw.body, SECRET), Ok(()), "{name}");
    assert!(claim.prove(&parts, b"{}", SECRET).is_err(), "{name}");
    let input: O = decode(&raw.body).expect("an input");
    serde_json::to_value(input).unwrap()
}

#[test]
fn boto3_and_cli() {
    assert_eq!(
        input::<budgets::CreateBudget>("boto3-create-budget"),
        json!({
            "AccountId": "111122223333",
            "Budget": {
                "BudgetName": "Zo\u{eb} 50%", "BudgetLimit": {"Amount": "10", "Unit": "USD"}, "TimeUnit": "MONTHLY",
                "TimePeriod": {"Start": "2026-11-01T00:00:00Z"}, "BudgetType": "COST",
            },
            "NotificationsWithSubscribers": [{
                "Notification": {
                    "NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 99.5,
                    "ThresholdType": "PERCENTAGE",
                },
                "Subscribers": [{"SubscriptionType": "EMAIL", "Address": "ann@example.com"}],
            }],
        })
    );
    let listed = input::<budgets::DescribeBudgets>("boto3-describe-budgets");
    assert_eq!(listed, json!({"AccountId": "111122223333", "MaxResults": 5}));
    let deleted = input::<budgets::DeleteNotification>("cli1-delete-notification");
    assert_eq!((&deleted["BudgetName"], &deleted["Notification"]["Threshold"]), (&json!("a b"), &json!(80.0)));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Shape {
    name: String,
    #[serde(default)]
    count: Option<i64>,
    #[serde(default)]
    at: Option<Timestamp>,
    #[serde(default)]
    list: Vec<Inner>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inner {
    on: bool,
}

fn service(name: &str) -> &'static Service {
    Service::named(name).expect("speaks JSON")
}

fn refused(body: &str) -> (&'static str, String) {
    let fault = Fault::unreadable(service("budgets"), &decode::<Shape>(body.as_bytes()).expect_err(body));
    (fault.code, fault.message)
}

#[test]
fn instants_are_seconds_and_null_is_absent() {
    let read: Shape = decode(br#"{"Name":"n","Count":null,"List":null,"At":1793491200.25,"Else":[1]}"#).unwrap();
    assert_eq!(read, Shape { name: "n".into(), count: None, at: Some(Timestamp(1_793_491_200_000)), list: vec![] });
    let written = encode::body(&Shape { list: vec![Inner { on: true }], ..read }).unwrap();
    assert_eq!(written, r#"{"Name":"n","At":1793491200,"List":[{"On":true}]}"#);
    assert_eq!(encode::body(&()).unwrap(), "{}");
    assert!(encode::body(&(1, 2)).is_err());
}

#[test]
fn what_is_no_input_is_named() {
    let missing = |place: &str| {
        let sentence = format!(
            "1 validation error detected: Value null at '{place}' failed to satisfy constraint: Member must not be null"
        );
        ("InvalidParameterException", sentence)
    };
    assert_eq!(refused(""), missing("name"));
    assert_eq!(refused(r#"{"Name":null}"#), missing("name"));
    assert_eq!(refused(r#"{"Name":"n","List":[{"On":true},{}]}"#), missing("list.2.member.on"));
    for body in [
        "{",
        "[]",
        r#"{"Name":1}"#,
        r#"{"Name":"n","Count":"1"}"#,
        r#"{"Name":"n","Count":1.5}"#,
        r#"{"Name":"n","At":"2026-11-01T00:00:00Z"}"#,
        r#"{"Name":"n","At":1e300}"#,
        r#"{"Name":"n","List":{}}"#,
    ] {
        assert_eq!(refused(body).0, "SerializationException", "{body}");
    }
}

async fn read(response: Response) -> (u16, String) {
    assert_eq!(response.headers()["content-type"], "application/x-amz-json-1.1");
    assert_eq!(response.headers()["x-amzn-requestid"], ID);
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 10_000).await.expect("a body in memory");
    (status, String::from_utf8(body.to_vec()).expect("text"))
}

#[tokio::test]
async fn faults() {
    for (error, status, code) in [
        (ApiError::DuplicateRecord { message: "\"m\"".into() }, 400, "DuplicateRecordException"),
        (ApiError::NotFound { message: "m".into() }, 400, "NotFoundException"),
        (ApiError::Forbidden { message: "m".into() }, 400, "AccessDeniedException"),
        (ApiError::InvalidClientTokenId, 400, "UnrecognizedClientException"),
        (ApiError::MissingAuthenticationToken, 400, "MissingAuthenticationTokenException"),
        (ApiError::field("budget.budgetName", None, "m"), 400, "InvalidParameterException"),
        (ApiError::Unavailable, 503, "ServiceUnavailableException"),
        (ApiError::Internal { request_id: ID.into() }, 500, "InternalErrorException"),
    ] {
        let expected = json!({"__type": code, "Message": error.to_string()}).to_string();
        assert_eq!(
            read(Fault::of(service("budgets"), error).answer(Some(service("budgets")), ID)).await,
            (status, expected)
        );
    }
    let unknown = json!({"__type": "UnknownOperationException"}).to_string();
    assert_eq!(read(Fault::unknown_operation().answer(None, ID)).await, (400, unknown));
    let large =
        r#"{"__type":"RequestEntityTooLargeException","Message":"The request must not be larger than 7 bytes."}"#;
    assert_eq!(read(Fault::too_large(7).answer(None, ID)).await, (413, large.to_owned()));
    assert_eq!(read(answer(StatusCode::OK, "{}".into(), None, ID)).await, (200, "{}".into()));
}

/// CloudWatch spoke Query before: its errors bear the codes of then, and clients look for them in a header.
#[tokio::test]
async fn a_query_compatible_service_keeps_its_codes() {
    let cloudwatch = service("cloudwatch");
    for (error, code) in [
        (ApiError::field("stateValue", Some("X"), "m"), "ValidationError;Sender"),
        (ApiError::InvalidClientTokenId, "InvalidClientTokenId;Sender"),
        (ApiError::Forbidden { message: "m".into() }, "AccessDenied;Sender"),
        (ApiError::Internal { request_id: ID.into() }, "ServiceFailure;Receiver"),
    ] {
        let response = Fault::of(cloudwatch, error).answer(Some(cloudwatch), ID);
        assert_eq!(response.headers()["x-amzn-query-error"], code);
        assert_eq!(response.headers()["content-type"], "application/x-amz-json-1.0");
    }
    let missing = Fault::unreadable(cloudwatch, &decode::<Shape>(b"{}").expect_err("no name"));
    assert_eq!(missing.code, "ValidationError");
    let plain = Fault::of(service("budgets"), ApiError::InvalidClientTokenId).answer(Some(service("budgets")), ID);
    assert!(!plain.headers().contains_key("x-amzn-query-error"));
}

proptest! {
    #[test]
    fn no_body_panics(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode::<Shape>(&body);
    }
}
