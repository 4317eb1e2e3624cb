//! Who takes part in the methods, and operations that several of them need.

use model::{
    Tag,
    iam::{
        AddUserToGroup, AttachGroupPolicy, CreateLoginProfile, PutGroupPolicy, TagUser, UpdateAccessKey,
        UpdateAccountPasswordPolicy,
    },
};

use crate::scene::managed;

/// Somebody with AdministratorAccess, whom the attacker would like to be.
pub const BOSS: &str = "boss";
/// Somebody with AdministratorAccess whose key the attacker holds, and whom something keeps down.
pub const PUPPET: &str = "puppet";
/// A group.
pub const GROUP: &str = "group";
/// One of the account's own policies, attached to the attacker.
pub const OWN: &str = "own";

/// AWS's own policy that allows everything.
pub const ADMIN: &str = "AdministratorAccess";
/// AWS's own policy that denies everything.
pub const NOTHING: &str = "AWSDenyAll";
/// A password that keeps no strict policy.
pub const WEAK: &str = "Weak-777";

pub fn join(user: &str) -> AddUserToGroup {
    AddUserToGroup { group_name: GROUP.into(), user_name: user.into() }
}

pub fn attach_to_group(policy: &str) -> AttachGroupPolicy {
    AttachGroupPolicy { group_name: GROUP.into(), policy_arn: managed(policy) }
}

pub fn write_into_group(document: &str) -> PutGroupPolicy {
    PutGroupPolicy { group_name: GROUP.into(), policy_name: "inline".into(), policy_document: document.into() }
}

pub fn key_status(key: &str, status: &str) -> UpdateAccessKey {
    UpdateAccessKey { user_name: Some(BOSS.into()), access_key_id: key.into(), status: status.into() }
}

pub fn first_password(user: &str, password: &str) -> CreateLoginProfile {
    CreateLoginProfile { user_name: user.into(), password: password.into(), password_reset_required: false }
}

pub fn passwords_of(minimum: i64) -> UpdateAccountPasswordPolicy {
    UpdateAccountPasswordPolicy {
        minimum_password_length: minimum,
        require_symbols: false,
        require_numbers: false,
        require_uppercase_characters: false,
        require_lowercase_characters: false,
        allow_users_to_change_password: false,
        max_password_age: None,
        password_reuse_prevention: None,
        hard_expiry: None,
    }
}

pub fn tag(user: &str, team: &str) -> TagUser {
    TagUser { user_name: user.into(), tags: vec![Tag { key: "team".into(), value: team.into() }] }
}

/// Everything, allowed or denied to whoever carries the tag.
pub fn under_tag(effect: &str, team: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "{effect}", "Action": "*", "Resource": "*",
            "Condition": {{"StringEquals": {{"aws:PrincipalTag/team": "{team}"}}}}}}}}"#
    )
}
