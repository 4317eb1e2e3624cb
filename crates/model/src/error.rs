//! Every error that leaves the house: AWS's code, status and sentence, once.

mod kind;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use self::kind::Kind;
use crate::check::FieldError;

/// Why somebody was refused: the four facts of AWS's sentence, and what decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denial {
    /// The caller's ARN.
    pub principal: String,
    /// `iam:CreateUser`.
    pub action: String,
    /// The resource's ARN, or what AWS prints in its place.
    pub resource: String,
    /// The tail of the sentence: "because no identity-based policy allows the iam:CreateUser action".
    pub because: String,
    /// The policy that decided, for an explicit deny or a boundary: its ARN or name.
    #[serde(default)]
    pub policy: Option<String>,
    /// The deciding statement: its Sid, or its place such as "statement 2, line 14".
    #[serde(default)]
    pub statement: Option<String>,
    /// What the request itself said that conditions can ask about, and the caller knows: keys with their values. Nothing
    /// of the resource is among it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<(String, Vec<String>)>,
}

/// What an operation answers when it does not answer its output. Serializable: it crosses to the browser whole.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum ApiError {
    /// One or more members break their constraints.
    #[error("{} validation error{} detected: {}", fields.len(), if fields.len() == 1 { "" } else { "s" }, clauses(fields))]
    Validation {
        /// Every fault, in the order of the members.
        fields: Vec<FieldError>,
    },
    /// A `ValidationError` with a sentence of its own ("Invalid ARN:  Could not be parsed!").
    #[error("{message}")]
    Invalid {
        /// The sentence.
        message: String,
    },
    /// `InvalidInput`: the members are well formed but do not go together.
    #[error("{message}")]
    InvalidInput {
        /// The sentence.
        message: String,
    },
    /// `InvalidParameterException` of Budgets: a member that is well formed but not served, or not together.
    #[error("{message}")]
    InvalidParameter {
        /// The sentence.
        message: String,
    },
    /// `NotFoundException` of Budgets.
    #[error("{message}")]
    NotFound {
        /// The sentence.
        message: String,
    },
    /// `DuplicateRecordException` of Budgets.
    #[error("{message}")]
    DuplicateRecord {
        /// The sentence.
        message: String,
    },
    /// `CreationLimitExceededException` of Budgets.
    #[error("{message}")]
    CreationLimitExceeded {
        /// The sentence.
        message: String,
    },
    /// `InvalidNextTokenException`: a page's beginning that we did not make.
    #[error("The next token is invalid.")]
    InvalidNextToken,
    /// `InvalidLookupAttributesException` of CloudTrail.
    #[error("{message}")]
    InvalidLookupAttributes {
        /// The sentence.
        message: String,
    },
    /// `InvalidTimeRangeException` of CloudTrail.
    #[error("The start time of the time range is after its end time.")]
    InvalidTimeRange,
    /// `InvalidMaxResultsException` of CloudTrail.
    #[error("A page has 1 to {most} events.")]
    InvalidMaxResults {
        /// The most that a page may have.
        most: i64,
    },
    /// One of CloudWatch's own errors.
    #[error("{message}")]
    CloudWatch {
        /// Which.
        fault: crate::cloudwatch::CloudWatchFault,
        /// The sentence.
        message: String,
    },
    /// One of SNS's own errors.
    #[error("{message}")]
    Sns {
        /// Which.
        fault: crate::sns::SnsFault,
        /// The sentence.
        message: String,
    },
    /// The named entity is not in the caller's account.
    #[error("{}", kind.missing(name))]
    NoSuchEntity {
        /// What was looked for.
        kind: Kind,
        /// Its name.
        name: String,
    },
    /// The name is taken.
    #[error("{}", kind.taken(name))]
    EntityAlreadyExists {
        /// What was to be made.
        kind: Kind,
        /// Its name.
        name: String,
    },
    /// Something else still hangs on the entity.
    #[error("{because}")]
    DeleteConflict {
        /// The sentence: "Cannot delete entity, must remove users from group first."
        because: String,
    },
    /// A quota is full.
    #[error("Cannot exceed quota for {quota}: {limit}")]
    LimitExceeded {
        /// AWS's name of the quota: `AccessKeysPerUser`.
        quota: String,
        /// Its size.
        limit: i64,
    },
    /// The inline policies of one user, group or role would be larger together than they may be.
    #[error("Maximum policy size of {limit} bytes exceeded for {owner}")]
    PolicySizeExceeded {
        /// How many characters they may have, white space apart.
        limit: i64,
        /// "user X" or "group X".
        owner: String,
    },
    /// A managed policy has as many versions as it may have.
    #[error(
        "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."
    )]
    PolicyVersionsExceeded,
    /// A policy document that is not one.
    #[error("{message}")]
    MalformedPolicyDocument {
        /// AWS's sentence.
        message: String,
        /// The place to mark in the document's text.
        #[serde(default)]
        position: Option<policy::Position>,
        /// What exactly is wrong there, where AWS's sentence leaves it open.
        #[serde(default)]
        detail: Option<String>,
    },
    /// A managed policy that exists but may not be attached by hand.
    #[error("Cannot attach a Service Role Policy to a Customer Role.")]
    PolicyNotAttachable,
    /// A password that breaks the account's policy.
    #[error("{message}")]
    PasswordPolicyViolation {
        /// The sentence, naming the rules.
        message: String,
        /// The broken rules one by one, for the form.
        rules: Vec<String>,
    },
    /// `ReportNotPresent`: no credential report was ever made.
    #[error("Credential report not present")]
    ReportNotPresent,
    /// `ReportExpired`: the newest credential report is more than four hours old.
    #[error("Credential report has expired. Generate a new credential report with GenerateCredentialReport.")]
    ReportExpired,
    /// `ReportInProgress`: the first credential report is being made.
    #[error("Credential report is still being generated. Try again in a few seconds.")]
    ReportInProgress,
    /// Somebody may not do this.
    #[error("User: {} is not authorized to perform: {} on resource: {} {}", denial.principal, denial.action, denial.resource, denial.because)]
    AccessDenied {
        /// Who, what, on which, why.
        denial: Box<Denial>,
    },
    /// Refused without a policy's word: root only, password change pending, account not ready.
    #[error("{message}")]
    Forbidden {
        /// The sentence.
        message: String,
    },
    /// `InvalidUserType`: root may not do this.
    #[error("{message}")]
    InvalidUserType {
        /// The sentence.
        message: String,
    },
    /// The one answer to every failed sign-in.
    #[error("Your authentication information is incorrect. Please try again.")]
    AuthenticationFailure,
    /// A code typed from a mail or a phone does not match, is used up or is too old.
    #[error("{message}")]
    InvalidCode {
        /// The sentence.
        message: String,
    },
    /// A signature without its parts.
    #[error("{message}")]
    IncompleteSignature {
        /// The sentence.
        message: String,
    },
    /// No signature at all.
    #[error("Request is missing Authentication Token")]
    MissingAuthenticationToken,
    /// Unknown or inactive access key.
    #[error("The security token included in the request is invalid.")]
    InvalidClientTokenId,
    /// A signature that does not match, or is too old.
    #[error("{message}")]
    SignatureDoesNotMatch {
        /// The sentence.
        message: String,
    },
    /// A session's credentials after their end.
    #[error("The security token included in the request is expired")]
    ExpiredToken,
    /// No such operation on this wire.
    #[error("Could not find operation {action} for version {version}")]
    InvalidAction {
        /// As asked for.
        action: String,
        /// As asked for.
        version: String,
    },
    /// Too many tries; the text says when to come back.
    #[error("Rate exceeded")]
    Throttling,
    /// No session, or one that has ended.
    #[error("Your session has expired. Please sign in again.")]
    SignedOut,
    /// The form was shown to somebody else than who sends it (Decision 26).
    #[error("You signed in as someone else in this browser. Reload the page to go on.")]
    OtherPrincipal,
    /// The server cannot answer now; nothing was changed.
    #[error("The service is busy. Try again in a few seconds.")]
    Unavailable,
    /// A fault of ours; the cause is in the log under this request id.
    #[error("The request processing has failed because of an unknown error. Request id: {request_id}")]
    Internal {
        /// The request's id.
        request_id: String,
    },
}

fn clauses(fields: &[FieldError]) -> String {
    fields.iter().map(FieldError::clause).collect::<Vec<_>>().join("; ")
}

impl ApiError {
    /// [`ApiError::NoSuchEntity`].
    pub fn missing(kind: Kind, name: impl Into<String>) -> Self {
        Self::NoSuchEntity { kind, name: name.into() }
    }

    /// [`ApiError::EntityAlreadyExists`].
    pub fn taken(kind: Kind, name: impl Into<String>) -> Self {
        Self::EntityAlreadyExists { kind, name: name.into() }
    }

    /// [`ApiError::LimitExceeded`].
    pub fn quota(quota: &str, limit: i64) -> Self {
        Self::LimitExceeded { quota: quota.to_owned(), limit }
    }

    /// [`ApiError::DeleteConflict`].
    pub fn conflict(because: &str) -> Self {
        Self::DeleteConflict { because: because.to_owned() }
    }

    /// One fault of one field, for rules that need the database.
    pub fn field(field: &str, value: Option<&str>, constraint: impl Into<String>) -> Self {
        Self::Validation {
            fields: vec![FieldError {
                field: field.to_owned(),
                value: value.map(str::to_owned),
                constraint: constraint.into(),
            }],
        }
    }

    /// AWS's error code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Validation { .. } | Self::Invalid { .. } => "ValidationError",
            Self::InvalidInput { .. } => "InvalidInput",
            Self::InvalidParameter { .. } => "InvalidParameterException",
            Self::NotFound { .. } => "NotFoundException",
            Self::DuplicateRecord { .. } => "DuplicateRecordException",
            Self::CreationLimitExceeded { .. } => "CreationLimitExceededException",
            Self::InvalidNextToken => "InvalidNextTokenException",
            Self::InvalidLookupAttributes { .. } => "InvalidLookupAttributesException",
            Self::InvalidTimeRange => "InvalidTimeRangeException",
            Self::InvalidMaxResults { .. } => "InvalidMaxResultsException",
            Self::Sns { fault, .. } => fault.code(),
            Self::CloudWatch { fault, .. } => fault.code(),
            Self::NoSuchEntity { .. } => "NoSuchEntity",
            Self::EntityAlreadyExists { .. } => "EntityAlreadyExists",
            Self::DeleteConflict { .. } => "DeleteConflict",
            Self::LimitExceeded { .. } | Self::PolicySizeExceeded { .. } | Self::PolicyVersionsExceeded => {
                "LimitExceeded"
            }
            Self::MalformedPolicyDocument { .. } => "MalformedPolicyDocument",
            Self::PolicyNotAttachable => "PolicyNotAttachable",
            Self::PasswordPolicyViolation { .. } => "PasswordPolicyViolation",
            Self::ReportNotPresent => "ReportNotPresent",
            Self::ReportExpired => "ReportExpired",
            Self::ReportInProgress => "ReportInProgress",
            Self::AccessDenied { .. } | Self::Forbidden { .. } => "AccessDenied",
            Self::InvalidUserType { .. } => "InvalidUserType",
            Self::AuthenticationFailure => "AuthFailure",
            Self::InvalidCode { .. } => "InvalidAuthenticationCode",
            Self::IncompleteSignature { .. } => "IncompleteSignature",
            Self::MissingAuthenticationToken => "MissingAuthenticationToken",
            Self::InvalidClientTokenId => "InvalidClientTokenId",
            Self::SignatureDoesNotMatch { .. } => "SignatureDoesNotMatch",
            Self::ExpiredToken => "ExpiredToken",
            Self::InvalidAction { .. } => "InvalidAction",
            Self::Throttling => "Throttling",
            Self::SignedOut => "NotAuthorized",
            Self::OtherPrincipal => "PrincipalMismatch",
            Self::Unavailable => "ServiceUnavailable",
            Self::Internal { .. } => "ServiceFailure",
        }
    }

    /// The HTTP status AWS answers with.
    pub fn status(&self) -> u16 {
        match self {
            Self::Sns { fault, .. } => fault.status(),
            Self::CloudWatch { fault, .. } => fault.status(),
            Self::NoSuchEntity { .. } | Self::ReportInProgress => 404,
            Self::ReportNotPresent | Self::ReportExpired => 410,
            Self::EntityAlreadyExists { .. }
            | Self::DeleteConflict { .. }
            | Self::LimitExceeded { .. }
            | Self::PolicySizeExceeded { .. }
            | Self::PolicyVersionsExceeded
            | Self::OtherPrincipal => 409,
            Self::AccessDenied { .. }
            | Self::Forbidden { .. }
            | Self::InvalidCode { .. }
            | Self::MissingAuthenticationToken
            | Self::InvalidClientTokenId
            | Self::SignatureDoesNotMatch { .. }
            | Self::ExpiredToken => 403,
            Self::SignedOut => 401,
            Self::Unavailable => 503,
            Self::Internal { .. } => 500,
            _ => 400,
        }
    }

    /// Whose fault it is, as the envelope's `Type` says: `Sender` or `Receiver`.
    pub fn fault(&self) -> &'static str {
        if self.status() >= 500 { "Receiver" } else { "Sender" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_those_of_aws() {
        let validation =
            ApiError::field("userName", Some("a b"), r"Member must satisfy regular expression pattern: [\w+=,.@-]+");
        assert_eq!(
            validation.to_string(),
            r"1 validation error detected: Value 'a b' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+"
        );
        assert_eq!(ApiError::missing(Kind::User, "x").to_string(), "The user with name x cannot be found.");
        assert_eq!(ApiError::taken(Kind::User, "x").to_string(), "User with name x already exists.");
        assert_eq!(ApiError::quota("AccessKeysPerUser", 2).to_string(), "Cannot exceed quota for AccessKeysPerUser: 2");
        let denied = ApiError::AccessDenied {
            denial: Box::new(Denial {
                principal: "arn:aws:iam::123456789012:user/eve".into(),
                action: "iam:ListUsers".into(),
                resource: "arn:aws:iam::123456789012:user/".into(),
                because: "because no identity-based policy allows the iam:ListUsers action".into(),
                policy: None,
                statement: None,
                facts: Vec::new(),
            }),
        };
        assert_eq!(
            denied.to_string(),
            "User: arn:aws:iam::123456789012:user/eve is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::123456789012:user/ because no identity-based policy allows the iam:ListUsers action"
        );
        assert_eq!((denied.code(), denied.status(), denied.fault()), ("AccessDenied", 403, "Sender"));
    }
}
