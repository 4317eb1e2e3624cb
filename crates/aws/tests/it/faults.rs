//! Errors as answers: status, headers and envelope.

use aws::{
    fault::{Fault, xml},
    query::{Service, parameters::Malformed},
};
use axum::{body::to_bytes, http::StatusCode, response::Response};
use model::{ApiError, Kind};

const ID: &str = "11111111-2222-4333-8444-555555555555";

async fn read(response: Response) -> (u16, String) {
    let headers = response.headers();
    assert_eq!(headers["content-type"], "text/xml");
    assert_eq!(headers["x-amzn-RequestId"], ID);
    assert_eq!(headers["cache-control"], "no-store");
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 10_000).await.expect("a body in memory");
    (status, String::from_utf8(body.to_vec()).expect("text"))
}

fn envelope(namespace: &str, kind: &str, code: &str, message: &str) -> String {
    format!(
        "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{kind}</Type><Code>{code}</Code><Message>{message}</Message></Error>\
         <RequestId>{ID}</RequestId></ErrorResponse>"
    )
}

#[tokio::test]
async fn an_error_of_an_operation() {
    let fault = Fault::from(ApiError::missing(Kind::User, "a&b"));
    let iam = "https://iam.amazonaws.com/doc/2010-05-08/";
    let expected = envelope(iam, "Sender", "NoSuchEntity", "The user with name a&amp;b cannot be found.");
    assert_eq!(read(fault.answer(Service::named("iam"), ID)).await, (404, expected));
}

#[tokio::test]
async fn a_fault_of_ours() {
    let fault = Fault::from(ApiError::Internal { request_id: ID.into() });
    let sts = "https://sts.amazonaws.com/doc/2011-06-15/";
    let message = format!("The request processing has failed because of an unknown error. Request id: {ID}");
    let expected = envelope(sts, "Receiver", "ServiceFailure", &message);
    assert_eq!(read(fault.answer(Service::named("sts"), ID)).await, (500, expected));
}

#[tokio::test]
async fn a_fault_that_no_service_has_seen() {
    let none = "http://webservices.amazon.com/AWSFault/2005-15-09";
    let fault = Fault::from(ApiError::InvalidAction { action: "Fly".into(), version: "2010-05-08".into() });
    let expected = envelope(none, "Sender", "InvalidAction", "Could not find operation Fly for version 2010-05-08");
    assert_eq!(read(fault.answer(None, ID)).await, (400, expected));

    let expected = envelope(none, "Sender", "MalformedInput", "The request parameters must be encoded as UTF-8.");
    assert_eq!(read(Fault::from(Malformed::NotText).answer(None, ID)).await, (400, expected));

    let (status, _) = read(Fault::too_large(7).answer(None, ID)).await;
    assert_eq!(status, 413);
}

#[tokio::test]
async fn an_answer() {
    assert_eq!(read(xml(StatusCode::OK, "<X/>".into(), ID)).await, (200, "<X/>".to_owned()));
}
