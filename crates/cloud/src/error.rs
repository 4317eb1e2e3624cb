//! What can go wrong inside: an answer for the caller, or a fault of ours that is logged once.

use model::ApiError;
use uuid::Uuid;

/// Either AWS's error, or the cause of an internal one.
#[derive(Debug)]
pub enum Error {
    /// What the caller is told.
    Api(ApiError),
    /// What only the log is told.
    Internal(anyhow::Error),
}

/// A deed's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Api(ApiError::Unavailable),
            // Postgres keeps no text with a NUL in it; nothing else that is typed is of this class.
            sqlx::Error::Database(error) if error.code().as_deref() == Some("22021") => {
                Self::Api(ApiError::InvalidInput {
                    message: "The text holds a character that cannot be stored.".into(),
                })
            }
            other => Self::Internal(other.into()),
        }
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl Error {
    /// The public error; an internal cause is logged here, and nowhere else.
    pub fn into_public(self, request_id: Uuid) -> ApiError {
        match self {
            Self::Api(error) => error,
            Self::Internal(cause) => {
                if connection_lost(&cause) {
                    tracing::warn!(%request_id, error = format!("{cause:#}"), "the database cannot be reached");
                    return ApiError::Unavailable;
                }
                tracing::error!(%request_id, error = format!("{cause:#}"), "an operation failed");
                ApiError::Internal { request_id: request_id.to_string() }
            }
        }
    }
}

/// Whether the cause is a database that is gone or restarting: the caller may try again.
fn connection_lost(cause: &anyhow::Error) -> bool {
    match cause.downcast_ref::<sqlx::Error>() {
        Some(sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed) => true,
        // Class 57P: the server is shutting down or starting; 53: it has no room for another connection.
        Some(sqlx::Error::Database(error)) => {
            error.code().is_some_and(|code| code.starts_with("57P") || code.starts_with("53"))
        }
        _ => false,
    }
}

/// Maps a named constraint to what the caller is told when it is broken.
pub trait OnConstraint<T> {
    /// `error` if `constraint` was broken; any other failure is internal.
    fn on_constraint(self, constraint: &str, error: impl FnOnce() -> ApiError) -> Result<T>;
}

impl<T> OnConstraint<T> for std::result::Result<T, sqlx::Error> {
    fn on_constraint(self, constraint: &str, error: impl FnOnce() -> ApiError) -> Result<T> {
        self.map_err(|cause| match &cause {
            sqlx::Error::Database(database) if database.constraint() == Some(constraint) => Error::Api(error()),
            _ => cause.into(),
        })
    }
}
