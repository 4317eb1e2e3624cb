//! What the wizard has gathered so far, what is wrong with it, and the plan it comes to.

use model::{
    Operation, Secret, Tag,
    console::PermissionRow,
    iam::{AttachedPolicy, CreateUser, PasswordPolicy, root_path},
    password, tag,
};
use serde::{Deserialize, Serialize};

use super::{
    create_plan::{self, CHANGE_PASSWORD, NewUser, Plan},
    tag_faults,
};
use crate::iam::words::{NAME_CHARACTERS, fault_of};

/// Most users that one run of the wizard makes.
pub const MOST_USERS: usize = 10;

/// What the wizard knows of the account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Whether labels are those of 2020.
    pub labels_2020: bool,
    /// Twelve digits.
    pub account_id: String,
    /// Texts that no password may equal: the account's name and address.
    pub forbidden_passwords: Vec<String>,
    /// Where the account's users sign in.
    pub signin_url: String,
    /// This console's host.
    pub host: String,
    /// The account's own password policy; the default one rules without it.
    pub password_policy: Option<PasswordPolicy>,
}

impl Facts {
    /// The label of this principal's era.
    pub fn label(&self, in_2020: &'static str, now: &'static str) -> &'static str {
        if self.labels_2020 { in_2020 } else { now }
    }

    /// Whether every user may change their own password without a policy of theirs.
    pub fn users_may_change_password(&self) -> bool {
        self.password_policy.as_ref().is_some_and(|policy| policy.allow_users_to_change_password)
    }
}

/// How the new users get their permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// By joining groups.
    #[default]
    Groups,
    /// As another user has them.
    Copy,
    /// By policies of their own.
    Policies,
}

/// What the wizard has gathered so far.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The names, as typed.
    pub names: Vec<String>,
    /// Whether the users get access keys.
    pub programmatic: bool,
    /// Whether the users get passwords.
    pub console: bool,
    /// The one password of all; generated ones without it.
    pub custom_password: Option<String>,
    /// Whether they must choose another at the first sign-in.
    pub reset: bool,
    /// Where permissions come from.
    pub source: Source,
    /// Groups to join.
    pub groups: Vec<String>,
    /// The user to copy from.
    pub copied: Option<PermissionRow>,
    /// Policies to attach.
    pub policies: Vec<AttachedPolicy>,
    /// Whether a boundary is wanted.
    pub bounded: bool,
    /// Which.
    pub boundary: Option<AttachedPolicy>,
    /// The tags; those without key and value are not counted.
    pub tags: Vec<Tag>,
}

/// The control where a fault of the access types stands.
pub const ACCESS_TYPE: &str = "programmatic-access";
/// The control where a fault of copying stands.
pub const COPY_TILE: &str = "permission-source-copy";
/// The control where a fault of the boundary stands.
pub const BOUNDARY: &str = "use-boundary-boundary";

/// Something wrong: the control it is about, and what.
pub type Fault = (String, String);

/// The id of the control for the name at that place.
pub fn name_control(index: usize) -> String {
    format!("user-name-{}", index + 1)
}

/// The id of the control for a tag's key or value.
pub fn tag_control(index: usize, part: &str) -> String {
    format!("tag-{part}-{}", index + 1)
}

impl Draft {
    /// What is wrong on the first step.
    pub fn details_faults(&self, facts: &Facts) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (index, name) in self.names.iter().enumerate() {
            if let Some(text) = self.name_fault(index, name) {
                faults.push((name_control(index), text));
            }
        }
        // Today's wizard makes users who get in later, if at all.
        if facts.labels_2020 && !self.programmatic && !self.console {
            faults.push((ACCESS_TYPE.into(), "You must select at least one access type.".into()));
        }
        if let (true, Some(password)) = (self.console, &self.custom_password) {
            let forbidden: Vec<&str> = facts.forbidden_passwords.iter().map(String::as_str).collect();
            let broken = password::faults(password, facts.password_policy.as_ref(), &forbidden);
            if password.is_empty() {
                faults.push(("custom-password".into(), "Enter a password.".into()));
            } else if !password::is_latin(password) {
                let text = "A password may hold Latin letters, digits and symbols only, no emoji or other scripts.";
                faults.push(("custom-password".into(), text.into()));
            } else if !broken.is_empty() {
                faults.push(("custom-password".into(), format!("{}.", broken.join(". "))));
            }
        }
        faults
    }

    fn name_fault(&self, index: usize, name: &str) -> Option<String> {
        if name.is_empty() {
            return Some("Enter a user name.".into());
        }
        let new = CreateUser { user_name: name.into(), path: root_path(), permissions_boundary: None, tags: vec![] };
        if let Err(error) = new.checked() {
            return fault_of(&error, "userName", "A user name", NAME_CHARACTERS);
        }
        let folded = name.to_lowercase();
        let again = self.names[..index].iter().any(|earlier| earlier.to_lowercase() == folded);
        again.then(|| "User names must be unique, whatever their case.".into())
    }

    /// What is wrong on the second step.
    pub fn permissions_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let (Source::Copy, None) = (self.source, &self.copied) {
            faults.push((COPY_TILE.into(), "Select the user whose permissions are copied.".into()));
        }
        if let (Source::Copy, Some(user)) = (self.source, &self.copied) {
            let unreadable = [
                user.groups.is_none(),
                user.attached_policies.is_none(),
                user.inline_policies.is_none(),
                user.boundary.is_none(),
            ];
            if unreadable.contains(&true) {
                let text = format!(
                    "You do not have permission to read all permissions of {}, so they cannot be copied.",
                    user.user_name
                );
                faults.push((COPY_TILE.into(), text));
            }
        }
        if self.bounded && self.boundary.is_none() {
            faults.push((BOUNDARY.into(), "Select the policy that is the permissions boundary.".into()));
        }
        faults
    }

    /// The tags that count.
    pub fn counted_tags(&self) -> Vec<Tag> {
        self.tags.iter().filter(|tag| !tag.key.is_empty() || !tag.value.is_empty()).cloned().collect()
    }

    /// What is wrong on the third step.
    pub fn tags_faults(&self) -> Vec<Fault> {
        let found = tag_faults::faults(&self.tags).into_iter();
        let mut faults: Vec<Fault> = found.map(|(index, part, text)| (tag_control(index, part), text)).collect();
        if self.counted_tags().len() > tag::MAX_TAGS {
            faults.push((tag_control(0, "key"), format!("You can add at most {} tags.", tag::MAX_TAGS)));
        }
        faults
    }

    /// The groups the users will join.
    pub fn groups_joined(&self) -> Vec<String> {
        match (self.source, &self.copied) {
            (Source::Groups, _) => self.groups.clone(),
            (Source::Copy, Some(user)) => user.groups.clone().unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// The policies that will be attached, with the one that lets users change a password they must change.
    pub fn policies_attached(&self, facts: &Facts) -> Vec<AttachedPolicy> {
        let mut policies = match (self.source, &self.copied) {
            (Source::Policies, _) => self.policies.clone(),
            (Source::Copy, Some(user)) => user.attached_policies.clone().unwrap_or_default(),
            _ => Vec::new(),
        };
        let stuck = self.console && self.reset && !facts.users_may_change_password();
        if stuck && !policies.iter().any(|policy| policy.policy_arn == CHANGE_PASSWORD) {
            let policy_name = CHANGE_PASSWORD.rsplit('/').next().unwrap_or(CHANGE_PASSWORD).to_owned();
            policies.push(AttachedPolicy { policy_name, policy_arn: CHANGE_PASSWORD.into() });
        }
        policies
    }

    /// The inline policies that will be copied: whose, and their names.
    pub fn inline_copied(&self) -> Option<(String, Vec<String>)> {
        let copied = self.copied.as_ref().filter(|_| self.source == Source::Copy)?;
        let names = copied.inline_policies.clone().filter(|names| !names.is_empty())?;
        Some((copied.user_name.clone(), names))
    }

    /// ARN of the boundary: the one chosen, else the one copied.
    pub fn boundary_set(&self) -> Option<String> {
        let copied = || self.copied.as_ref().filter(|_| self.source == Source::Copy)?.boundary.clone()?.policy_arn;
        if self.bounded { self.boundary.as_ref().map(|policy| policy.policy_arn.clone()) } else { copied() }
    }

    /// The operations it comes to. Each user gets a password of their own, unless one was typed for all.
    pub fn plan(&self, facts: &Facts, mut random: impl FnMut(usize) -> Vec<u8>) -> Plan {
        let mut password = || match &self.custom_password {
            Some(password) => Secret::new(password.clone()),
            None => create_plan::generated(facts.password_policy.as_ref(), &mut random),
        };
        let users = self
            .names
            .iter()
            .map(|name| NewUser { name: name.clone(), password: self.console.then(&mut password) })
            .collect();
        Plan {
            users,
            access_key: self.programmatic,
            generated: self.custom_password.is_none(),
            reset: self.console && self.reset,
            groups: self.groups_joined(),
            policies: self.policies_attached(facts).into_iter().map(|policy| policy.policy_arn).collect(),
            inline_policies: self.inline_copied(),
            boundary: self.boundary_set(),
            tags: self.counted_tags(),
        }
    }
}
