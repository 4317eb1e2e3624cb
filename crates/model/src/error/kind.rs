//! Kinds of resources, and what AWS says of one that is not there, or there already.

use serde::{Deserialize, Serialize};

/// A kind of resource, as AWS's sentences name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// "The user with name X cannot be found."
    User,
    /// "The group with name X cannot be found."
    Group,
    /// "The role with name X cannot be found."
    Role,
    /// "Login Profile for User X cannot be found."
    LoginProfile,
    /// "The Access Key with id X cannot be found"
    AccessKey,
    /// "Policy arn… does not exist or is not attachable."
    AttachablePolicy,
    /// "Policy arn… was not found."
    Policy,
    /// "Policy arn… version X does not exist or is not attachable."; the name is "arn… version X".
    PolicyVersion,
    /// "The account alias X already exists."
    AccountAlias,
    /// "The Password Policy with domain name X cannot be found."
    PasswordPolicy,
    /// "Policy arn… was not found." of an attachment that is not there.
    Attachment,
    /// "User X not in group Y" of a membership that is not there; the name is "X not in group Y".
    Member,
    /// "The account with id X cannot be found."
    Account,
    /// "The message with id X cannot be found."
    Mail,
    /// "VirtualMFADevice with serial number X doesn't exist."
    VirtualMfaDevice,
    /// "MFA Device invalid for user.", whatever its serial number.
    MfaDevice,
    /// "The account policy with name X cannot be found."
    AccountPolicy,
    /// "The user policy with name X cannot be found." of an inline policy.
    UserPolicy,
    /// "The group policy with name X cannot be found." of an inline policy.
    GroupPolicy,
    /// "The job with id X cannot be found." of a report.
    Job,
    /// "The session with id X cannot be found."
    Session,
    /// "The cost entry with id X cannot be found."
    CostEntry,
}

impl Kind {
    pub(super) fn missing(self, name: &str) -> String {
        match self {
            Self::User => format!("The user with name {name} cannot be found."),
            Self::Group => format!("The group with name {name} cannot be found."),
            Self::Role => format!("The role with name {name} cannot be found."),
            Self::LoginProfile => format!("Login Profile for User {name} cannot be found."),
            Self::AccessKey => format!("The Access Key with id {name} cannot be found"),
            Self::AttachablePolicy | Self::PolicyVersion => {
                format!("Policy {name} does not exist or is not attachable.")
            }
            Self::Policy | Self::Attachment => format!("Policy {name} was not found."),
            Self::Member => format!("User {name}"),
            Self::AccountAlias => format!("The Account Alias with name {name} cannot be found."),
            Self::PasswordPolicy => format!("The Password Policy with domain name {name} cannot be found."),
            Self::Account => format!("The account {name} cannot be found."),
            Self::Mail => format!("The message with id {name} cannot be found."),
            Self::VirtualMfaDevice => format!("VirtualMFADevice with serial number {name} doesn't exist."),
            Self::MfaDevice => "MFA Device invalid for user.".to_owned(),
            Self::UserPolicy => format!("The user policy with name {name} cannot be found."),
            Self::GroupPolicy => format!("The group policy with name {name} cannot be found."),
            Self::Job => format!("The job with id {name} cannot be found."),
            Self::Session => format!("The session with id {name} cannot be found."),
            Self::CostEntry => format!("The cost entry with id {name} cannot be found."),
            Self::AccountPolicy => format!("The account policy with name {name} cannot be found."),
        }
    }

    pub(super) fn taken(self, name: &str) -> String {
        match self {
            Self::User => format!("User with name {name} already exists."),
            Self::Group => format!("Group with name {name} already exists."),
            Self::Role => format!("Role with name {name} already exists."),
            Self::LoginProfile => format!("Login Profile for user {name} already exists."),
            Self::AccountAlias => format!("The account alias {name} already exists."),
            Self::Policy => format!("A policy called {name} already exists. Duplicate names are not allowed."),
            Self::VirtualMfaDevice => "MFADevice entity at the same path and name already exists.".to_owned(),
            Self::MfaDevice => "MFA Device is already in use.".to_owned(),
            _ => format!("{name} already exists."),
        }
    }
}
