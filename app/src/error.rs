//! What a page is told when a call does not answer its output.

use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};
use model::ApiError;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The service's own error, or that the service was not reached.
#[derive(Clone, Debug, PartialEq, Error, Serialize, Deserialize)]
pub enum CallError {
    /// The operation answered an error.
    #[error("{0}")]
    Api(ApiError),
    /// The browser did not reach the server.
    #[error("The server could not be reached: {0}. Check the connection and try again.")]
    Transport(String),
}

impl From<ApiError> for CallError {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl FromServerFnError for CallError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        // What a stranger's request body did to a parser is nobody's business but the log's.
        match error {
            ServerFnErrorErr::Request(text) => Self::Transport(text),
            _ => Self::Transport("the answer was not understood".into()),
        }
    }
}

impl CallError {
    /// The fault of one field, in a form's words: `userName` → "Member must …".
    pub fn field(&self, name: &str) -> Option<String> {
        match self {
            Self::Api(ApiError::Validation { fields }) => {
                fields.iter().find(|fault| fault.field == name).map(|fault| fault.constraint.clone())
            }
            _ => None,
        }
    }
}
