//! Plain forms that need more than one operation: what they are called, and what they run.

use std::collections::BTreeMap;

use model::{
    ApiError, Operation, Secret, Tag,
    console::RevokeUserSessions,
    iam::{
        AddUserToGroup, CreateLoginProfile, DeleteLoginProfile, GetAccountPasswordPolicy, GetLoginProfile,
        ListUserTags, PasswordPolicy, TagUser, UntagUser, UpdateLoginProfile, UpdateUser,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    create_key,
    create_plan::{self, NewUser, Plan},
    delete_plan, grant,
};
use crate::{
    CallError,
    iam::{
        deletion::Deleted,
        fields::{Fields, answer, required},
        plan::Runner,
    },
};

/// One user with access types, one group and one policy: the wizard without scripts.
pub const CREATE: &str = "console-form:CreateUser";
/// Shows the users that were chosen before they are deleted.
pub const CHOOSE: &str = "console-form:ChooseUsers";
/// Deletes users with everything that hangs on them.
pub const DELETE: &str = "console-form:DeleteUsers";
/// Gives a user another name.
pub const RENAME: &str = "console-form:RenameUser";
/// Adds one user to several groups.
pub const JOIN: &str = "console-form:AddUserToGroups";
/// Makes a user's tags those of the form.
pub const TAGS: &str = "console-form:PutUserTags";
/// Gives, changes or takes away a console password.
pub const CONSOLE_ACCESS: &str = "console-form:PutConsoleAccess";
/// Members that are never shown again.
pub const HIDDEN: &[&str] = &["Password", "SecretAccessKey"];

/// What CONSOLE_ACCESS answers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConsoleAccess {
    /// The new password, if it was generated.
    pub password: Option<Secret>,
    /// Whether there is a password now.
    pub enabled: bool,
    /// Whether it must be changed at the next sign-in.
    pub reset: bool,
    /// Whether sessions were revoked, and nothing else was done.
    #[serde(default)]
    pub revoked: bool,
}

/// Runs the form of that name; nothing if it is none of these.
pub async fn run(
    operation: &str,
    fields: &[(String, String)],
    runner: &impl Runner,
    random: impl FnMut(usize) -> Vec<u8> + Send,
) -> Option<Result<Value, CallError>> {
    let form = Fields(fields);
    Some(match operation {
        CREATE => answer(create(&form, runner, random).await),
        CHOOSE => answer(Ok(form.all("UserName"))),
        DELETE => answer(delete(&form, runner).await),
        RENAME => answer(rename(&form, runner).await),
        JOIN => answer(join(&form, runner).await),
        TAGS => answer(tag(&form, runner).await),
        CONSOLE_ACCESS => answer(console_access(&form, runner, random).await),
        _ => {
            if let Some(result) = grant::run(operation, &form, runner).await {
                return Some(result);
            }
            return create_key::run(operation, &form, runner).await;
        }
    })
}

/// The account's own password policy; the default one rules where there is none or where it may not be read.
async fn password_policy(runner: &impl Runner) -> Option<PasswordPolicy> {
    runner.run(GetAccountPasswordPolicy {}).await.ok().map(|output| output.password_policy)
}

async fn create(
    form: &Fields<'_>,
    runner: &impl Runner,
    random: impl FnMut(usize) -> Vec<u8>,
) -> Result<Vec<create_plan::Row>, CallError> {
    let (access_key, console) = (form.has("Programmatic"), form.has("Console"));
    if !access_key && !console {
        return Err(ApiError::field("accessType", None, "Select at least one access type.").into());
    }
    let reset = console && form.has("ResetRequired");
    let account = if console { password_policy(runner).await } else { None };
    let mut policies = form.all("PolicyArn");
    if reset && !account.as_ref().is_some_and(|policy| policy.allow_users_to_change_password) {
        policies.push(create_plan::CHANGE_PASSWORD.into());
    }
    let plan = Plan {
        users: vec![NewUser {
            name: form.one("UserName"),
            password: console.then(|| create_plan::generated(account.as_ref(), random)),
        }],
        access_key,
        generated: true,
        reset,
        groups: form.all("GroupName"),
        policies,
        ..Plan::default()
    };
    let mut rows = Vec::new();
    create_plan::run(&plan, runner, |row| rows.push(row)).await;
    // Where nothing was made the form comes back with what was typed.
    match rows.first_mut() {
        Some(row) if !row.exists() => match row.failed.take() {
            Some(failure) => Err(failure.error),
            None => Ok(rows),
        },
        _ => Ok(rows),
    }
}

/// The names come one by one or in one field: none holds a space.
async fn delete(form: &Fields<'_>, runner: &impl Runner) -> Result<Vec<Deleted>, CallError> {
    let given = form.all("UserName").join(" ");
    let names = required(given.split_whitespace().map(str::to_owned).collect(), "user")?;
    let consent = if let [one] = names.as_slice() { one } else { "delete" };
    if form.one("confirmation") != consent {
        return Err(ApiError::field("confirmation", None, format!("Type {consent} to confirm.")).into());
    }
    if form.has("Active") && !form.has("ActiveConfirmed") {
        let text = "Select the check box to confirm that you want to delete users who were active lately.";
        return Err(ApiError::field("activeConfirmed", None, text).into());
    }
    Ok(delete_plan::run(&names, runner).await)
}

async fn rename(form: &Fields<'_>, runner: &impl Runner) -> Result<(), CallError> {
    let (user_name, new) = (form.one("UserName"), form.one("NewUserName"));
    if new.is_empty() {
        return Err(ApiError::field("newUserName", None, "Enter a user name.").into());
    }
    runner.run(UpdateUser { user_name, new_path: None, new_user_name: Some(new) }).await
}

async fn join(form: &Fields<'_>, runner: &impl Runner) -> Result<(), CallError> {
    for group_name in required(form.all("GroupName"), "group")? {
        runner.run(AddUserToGroup { group_name, user_name: form.one("UserName") }).await?;
    }
    Ok(())
}

/// Reads `Tags.member.<n>.Key` and `.Value`; a row without either is no tag.
pub(in crate::iam) fn tags(form: &Fields<'_>) -> Vec<Tag> {
    let mut rows: BTreeMap<u32, Tag> = BTreeMap::new();
    for (name, value) in form.0 {
        let mut parts = name.split('.');
        let (Some("Tags"), Some("member"), Some(number), Some(part)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let row = rows.entry(number.parse().unwrap_or_default()).or_default();
        match part {
            "Key" => row.key.clone_from(value),
            _ => row.value.clone_from(value),
        }
    }
    rows.into_values().filter(|tag| !tag.key.is_empty() || !tag.value.is_empty()).collect()
}

/// What makes the tags that are present those that are wanted: the keys to take off, the tags to put.
pub(in crate::iam) fn changes(wanted: Vec<Tag>, present: &[Tag]) -> (Vec<String>, Vec<Tag>) {
    let kept = |old: &Tag| wanted.iter().any(|new| new.key.to_lowercase() == old.key.to_lowercase());
    let gone = present.iter().filter(|old| !kept(old)).map(|old| old.key.clone()).collect();
    (gone, wanted.into_iter().filter(|tag| !present.contains(tag)).collect())
}

async fn tag(form: &Fields<'_>, runner: &impl Runner) -> Result<(), CallError> {
    let user_name = form.one("UserName");
    let wanted = tags(form);
    TagUser { user_name: user_name.clone(), tags: wanted.clone() }.checked()?;
    let listed = ListUserTags { user_name: user_name.clone(), ..ListUserTags::default() };
    let present = runner.run(listed).await?.tags;
    let (tag_keys, tags) = changes(wanted, &present);
    if !tag_keys.is_empty() {
        runner.run(UntagUser { user_name: user_name.clone(), tag_keys }).await?;
    }
    if !tags.is_empty() {
        runner.run(TagUser { user_name, tags }).await?;
    }
    Ok(())
}

async fn console_access(
    form: &Fields<'_>,
    runner: &impl Runner,
    random: impl FnMut(usize) -> Vec<u8>,
) -> Result<ConsoleAccess, CallError> {
    let user_name = form.one("UserName");
    if form.one("Access") == "disable" {
        runner.run(DeleteLoginProfile { user_name: Some(user_name) }).await?;
        return Ok(ConsoleAccess::default());
    }
    if form.one("Access") == "revoke" {
        runner.run(RevokeUserSessions { user_name }).await?;
        return Ok(ConsoleAccess { enabled: true, revoked: true, ..ConsoleAccess::default() });
    }
    let kind = form.one("Kind");
    let password = match kind.as_str() {
        "custom" if !form.has("Password") => return Err(ApiError::field("password", None, "Enter a password.").into()),
        "custom" => Some(Secret::new(form.one("Password"))),
        "autogenerated" => Some(create_plan::generated(password_policy(runner).await.as_ref(), random)),
        _ => None,
    };
    let reset = form.has("ResetRequired");
    let shown = password.clone().filter(|_| kind == "autogenerated");
    match runner.run(GetLoginProfile { user_name: Some(user_name.clone()) }).await {
        Ok(_) => {
            let change = UpdateLoginProfile { user_name, password, password_reset_required: Some(reset) };
            runner.run(change).await?;
        }
        Err(CallError::Api(ApiError::NoSuchEntity { kind: model::Kind::LoginProfile, .. })) => {
            let Some(password) = password else {
                return Err(ApiError::field("password", None, "Choose a password.").into());
            };
            let profile = CreateLoginProfile { user_name, password, password_reset_required: reset };
            runner.run(profile).await?;
        }
        Err(error) => return Err(error),
    }
    Ok(ConsoleAccess { password: shown, enabled: true, reset, revoked: false })
}
