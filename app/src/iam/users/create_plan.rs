//! Creating users: the operations in their order, with no rule beside those of the operations.
//!
//! The wizard runs this in the browser, the plain form on the server. A user's first failure ends the work on that
//! user; what exists already stays and is reported, as the real console does.

use model::{
    Secret, Tag,
    iam::{
        AddUserToGroup, AttachUserPolicy, CreateAccessKey, CreateLoginProfile, CreateUser, GetUserPolicy,
        PasswordPolicy, PutUserPolicy, root_path,
    },
    password,
};
use serde::{Deserialize, Serialize};

use crate::{
    CallError,
    iam::{inline::decoded, plan::Runner},
};

/// Lets a user change their own password and nothing else; attached where a reset is required and the account's
/// switch for it is off (IAM User Guide, "Creating IAM users (console)").
pub const CHANGE_PASSWORD: &str = "arn:aws:iam::aws:policy/IAMUserChangePassword";

/// One user of the plan.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The name.
    pub name: String,
    /// The console password; absent without console access.
    pub password: Option<Secret>,
}

/// What is to be made.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The users, all alike but for name and password.
    pub users: Vec<NewUser>,
    /// Whether each gets an access key.
    pub access_key: bool,
    /// Whether the passwords were generated, so that they are shown.
    pub generated: bool,
    /// Whether each must choose another password at the first sign-in.
    pub reset: bool,
    /// Names of the groups they join.
    pub groups: Vec<String>,
    /// ARNs of the policies attached to them.
    pub policies: Vec<String>,
    /// The user whose inline policies are copied to them, and the policies' names.
    pub inline_policies: Option<(String, Vec<String>)>,
    /// ARN of the policy that bounds them.
    pub boundary: Option<String>,
    /// Their tags.
    pub tags: Vec<Tag>,
}

impl Plan {
    /// The operations that will be called for each user: "CreateUser, AddUserToGroup × 2".
    pub fn steps(&self) -> Vec<(&'static str, usize)> {
        let console = self.users.iter().any(|user| user.password.is_some());
        [
            ("CreateUser", 1),
            ("AddUserToGroup", self.groups.len()),
            ("AttachUserPolicy", self.policies.len()),
            ("PutUserPolicy", self.inline_policies.as_ref().map_or(0, |(_, names)| names.len())),
            ("CreateLoginProfile", usize::from(console)),
            ("CreateAccessKey", usize::from(self.access_key)),
        ]
        .into_iter()
        .filter(|(_, times)| *times > 0)
        .collect()
    }
}

/// Where the work on a user ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Failure {
    /// The operation, with what it was about: "AddUserToGroup Admins".
    pub step: String,
    /// What it answered.
    pub error: CallError,
}

/// What became of one user. Its secrets are shown once and kept nowhere.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Row {
    /// The name.
    pub user_name: String,
    /// What exists now, in order: "CreateUser", "AddUserToGroup Admins".
    pub done: Vec<String>,
    /// Where the work ended early.
    pub failed: Option<Failure>,
    /// Whether there is a console password.
    pub console: bool,
    /// The password, if it was generated.
    pub password: Option<Secret>,
    /// The access key's id.
    pub access_key_id: Option<String>,
    /// Its secret.
    pub secret_access_key: Option<Secret>,
}

impl Row {
    /// Whether the user exists.
    pub fn exists(&self) -> bool {
        !self.done.is_empty()
    }
}

/// Makes the users one after the other. `report` hears of each as soon as it is done.
pub async fn run(plan: &Plan, runner: &impl Runner, mut report: impl FnMut(Row) + Send) {
    for user in &plan.users {
        let mut row = Row { user_name: user.name.clone(), ..Row::default() };
        row.failed = create(plan, user, runner, &mut row).await.err();
        report(row);
    }
}

async fn create(plan: &Plan, user: &NewUser, runner: &impl Runner, row: &mut Row) -> Result<(), Failure> {
    let name = || user.name.clone();
    let new = CreateUser {
        user_name: name(),
        path: root_path(),
        permissions_boundary: plan.boundary.clone(),
        tags: plan.tags.clone(),
    };
    note("CreateUser".into(), runner.run(new).await, row)?;
    for group in &plan.groups {
        let membership = AddUserToGroup { group_name: group.clone(), user_name: name() };
        note(format!("AddUserToGroup {group}"), runner.run(membership).await, row)?;
    }
    for policy in &plan.policies {
        let shown = policy.rsplit('/').next().unwrap_or(policy);
        let attachment = AttachUserPolicy { user_name: name(), policy_arn: policy.clone() };
        note(format!("AttachUserPolicy {shown}"), runner.run(attachment).await, row)?;
    }
    if let Some((from, policies)) = &plan.inline_policies {
        for policy in policies {
            copy_inline(from, policy, &user.name, runner, row).await?;
        }
    }
    if let Some(password) = &user.password {
        let profile =
            CreateLoginProfile { user_name: name(), password: password.clone(), password_reset_required: plan.reset };
        note("CreateLoginProfile".into(), runner.run(profile).await, row)?;
        row.console = true;
        row.password = plan.generated.then(|| password.clone());
    }
    if plan.access_key {
        let answer = runner.run(CreateAccessKey { user_name: Some(name()) }).await;
        let key = note("CreateAccessKey".into(), answer, row)?.access_key;
        row.access_key_id = Some(key.access_key_id);
        row.secret_access_key = Some(key.secret_access_key);
    }
    Ok(())
}

/// Puts the inline policy of one user into another.
async fn copy_inline(from: &str, policy: &str, to: &str, runner: &impl Runner, row: &mut Row) -> Result<(), Failure> {
    let original = GetUserPolicy { user_name: from.to_owned(), policy_name: policy.to_owned() };
    let read = runner.run(original).await;
    let read = read.map_err(|error| Failure { step: format!("GetUserPolicy {policy}"), error })?;
    let copy = PutUserPolicy {
        user_name: to.to_owned(),
        policy_name: policy.to_owned(),
        policy_document: decoded(&read.policy_document),
    };
    note(format!("PutUserPolicy {policy}"), runner.run(copy).await, row)
}

/// Writes down how a step went.
fn note<T>(step: String, answer: Result<T, CallError>, row: &mut Row) -> Result<T, Failure> {
    match answer {
        Ok(output) => {
            row.done.push(step);
            Ok(output)
        }
        Err(error) => Err(Failure { step, error }),
    }
}

/// How long generated passwords are, where the account's policy does not ask for more.
const GENERATED_LENGTH: usize = 20;

/// A generated password that keeps `policy`.
pub fn generated(policy: Option<&PasswordPolicy>, random: impl FnMut(usize) -> Vec<u8>) -> Secret {
    let least = policy.and_then(|policy| usize::try_from(policy.minimum_password_length).ok()).unwrap_or_default();
    password::generate(GENERATED_LENGTH.max(least), random).into()
}
