//! Errors as this wire says them: a code, a status and a sentence in an `ErrorResponse` envelope.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::ApiError;

use crate::query::{self, FAULT_NAMESPACE, Service, parameters::Malformed};

/// The header in which AWS repeats the request id of an answer's body.
pub const REQUEST_ID: &str = "x-amzn-requestid";

/// An error on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// AWS's code: `NoSuchEntity`.
    pub code: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// The sentence.
    pub message: String,
}

impl Fault {
    /// A request that names no action. AWS answers those with a redirect to its product page.
    pub fn missing_action() -> Self {
        Self {
            code: "MissingAction",
            status: StatusCode::BAD_REQUEST,
            message: "The request is missing an action or a required parameter.".to_owned(),
        }
    }

    /// A body larger than this wire reads.
    pub fn too_large(most: usize) -> Self {
        Self {
            code: "RequestEntityTooLarge",
            status: StatusCode::PAYLOAD_TOO_LARGE,
            message: format!("The request must not be larger than {most} bytes."),
        }
    }

    /// The answer, in the namespace of the service that was asked; of none if no service could be told.
    pub fn answer(&self, service: Option<&Service>, request_id: &str) -> Response {
        let kind = if self.status.is_server_error() { "Receiver" } else { "Sender" };
        let namespace = service.map_or(FAULT_NAMESPACE, |service| service.namespace);
        xml(self.status, query::xml::fault(namespace, kind, self.code, &self.message, request_id), request_id)
    }
}

impl Fault {
    /// An error as a service names it.
    pub fn of(service: &Service, error: ApiError) -> Self {
        let denied = matches!(error, ApiError::AccessDenied { .. } | ApiError::Forbidden { .. });
        let fault = Self::from(error);
        if denied { Self { code: service.denied, ..fault } } else { fault }
    }
}

impl From<ApiError> for Fault {
    fn from(error: ApiError) -> Self {
        Self {
            code: error.code(),
            status: StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            message: error.to_string(),
        }
    }
}

impl From<Malformed> for Fault {
    fn from(malformed: Malformed) -> Self {
        Self { code: "MalformedInput", status: StatusCode::BAD_REQUEST, message: malformed.sentence() }
    }
}

impl From<query::decode::Error> for Fault {
    fn from(error: query::decode::Error) -> Self {
        Self { code: error.code(), status: StatusCode::BAD_REQUEST, message: error.to_string() }
    }
}

/// An answer of this wire, for nobody to keep: it may hold a secret.
pub fn xml(status: StatusCode, body: String, request_id: &str) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, id);
    }
    response
}
