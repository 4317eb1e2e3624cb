//! Errors as this wire says them: `__type` and a sentence.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::ApiError;
use serde_json::json;

use super::{CONTENT_TYPE, Service, decode};
use crate::fault::REQUEST_ID;

/// The header in which services that spoke the Query protocol once repeat the code of then.
const QUERY_ERROR: &str = "x-amzn-query-error";

/// An error on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The shape's name: `NotFoundException`.
    pub code: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// The sentence.
    pub message: String,
}

impl Fault {
    /// A target that names no operation of this wire.
    pub fn unknown_operation() -> Self {
        Self { code: "UnknownOperationException", status: StatusCode::BAD_REQUEST, message: String::new() }
    }

    /// A body larger than this wire reads.
    pub fn too_large(most: usize) -> Self {
        Self {
            code: "RequestEntityTooLargeException",
            status: StatusCode::PAYLOAD_TOO_LARGE,
            message: crate::fault::Fault::too_large(most).message,
        }
    }

    /// A body that could not be read to its end.
    pub fn unread(status: StatusCode, message: String) -> Self {
        Self { code: "SerializationException", status, message }
    }

    /// The answer.
    pub fn answer(&self, service: Option<&Service>, request_id: &str) -> Response {
        let body = if self.message.is_empty() {
            json!({ "__type": self.code })
        } else {
            json!({ "__type": self.code, "Message": self.message })
        };
        let mut response = json(self.status, body.to_string(), service, request_id);
        if service.is_some_and(|service| service.query_compatible) {
            let kind = if self.status.is_server_error() { "Receiver" } else { "Sender" };
            if let Ok(value) = HeaderValue::from_str(&format!("{};{kind}", self.code)) {
                response.headers_mut().insert(QUERY_ERROR, value);
            }
        }
        response
    }

    /// A body that is no input, as a service says it.
    pub fn unreadable(service: &Service, error: &decode::Error) -> Self {
        let code = match (error.is_malformed(), service.query_compatible) {
            (true, _) => "SerializationException",
            (false, true) => error.code(),
            (false, false) => "InvalidParameterException",
        };
        Self { code, status: StatusCode::BAD_REQUEST, message: error.to_string() }
    }

    /// An error as a service names it.
    pub fn of(service: &Service, error: ApiError) -> Self {
        let own = error.code();
        let fault = Self::from(error);
        if service.query_compatible { Self { code: own, ..fault } } else { fault }
    }
}

/// The names that services of this protocol give to what every service can answer; an operation's own errors bear
/// their names already.
fn code(error: &ApiError) -> &'static str {
    match error {
        ApiError::Validation { .. } | ApiError::Invalid { .. } | ApiError::InvalidInput { .. } => {
            "InvalidParameterException"
        }
        ApiError::NoSuchEntity { .. } => "NotFoundException",
        ApiError::EntityAlreadyExists { .. } => "DuplicateRecordException",
        ApiError::LimitExceeded { .. } => "CreationLimitExceededException",
        ApiError::AccessDenied { .. } | ApiError::Forbidden { .. } => "AccessDeniedException",
        ApiError::IncompleteSignature { .. } => "IncompleteSignatureException",
        ApiError::MissingAuthenticationToken => "MissingAuthenticationTokenException",
        ApiError::InvalidClientTokenId => "UnrecognizedClientException",
        ApiError::SignatureDoesNotMatch { .. } => "InvalidSignatureException",
        ApiError::ExpiredToken => "ExpiredTokenException",
        ApiError::Throttling => "ThrottlingException",
        ApiError::Unavailable => "ServiceUnavailableException",
        ApiError::Internal { .. } => "InternalErrorException",
        other => other.code(),
    }
}

impl From<ApiError> for Fault {
    fn from(error: ApiError) -> Self {
        // This protocol tells errors apart by their type; the status only says whose fault it is.
        let status = match error.status() {
            503 => StatusCode::SERVICE_UNAVAILABLE,
            500.. => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        Self { code: code(&error), status, message: error.to_string() }
    }
}

/// An answer of this wire, for nobody to keep.
pub fn json(status: StatusCode, body: String, service: Option<&Service>, request_id: &str) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    let kind = service.map_or(CONTENT_TYPE, |service| service.content_type);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, id);
    }
    response
}
