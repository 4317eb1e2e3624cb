//! Plain forms about groups that need more than one operation: what they are called, and what they run.

use model::{
    ApiError,
    iam::{AddUserToGroup, AttachGroupPolicy, CreateGroup, RemoveUserFromGroup, root_path},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::delete_plan;
use crate::{
    CallError,
    iam::{
        deletion::Deleted,
        fields::{Fields, answer, required},
        plan::Runner,
        words::count,
    },
};

/// Makes a group with members and policies.
pub const CREATE: &str = "console-form:CreateGroup";
/// Names the groups that were chosen in the list, and what for.
pub const CHOOSE: &str = "console-form:ChooseGroups";
/// Deletes groups with their memberships and policies.
pub const DELETE: &str = "console-form:DeleteGroups";
/// Adds several users to one group.
pub const ADD: &str = "console-form:AddUsersToGroup";
/// Removes several users from one group.
pub const REMOVE: &str = "console-form:RemoveUsersFromGroup";
/// Attaches several policies to one group.
pub const ATTACH: &str = "console-form:AttachGroupPolicies";

/// What became of a new group. A report with a failure is shown where the form stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Created {
    /// The group, which exists.
    pub group_name: String,
    /// What was done, in order: "CreateGroup", "AddUserToGroup ann".
    pub done: Vec<String>,
    /// What ended the work early.
    pub failed: Option<CallError>,
}

/// Groups that were chosen in the list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Chosen {
    /// `add`, `remove`, `rename` or `delete`.
    pub action: String,
    /// Their names.
    pub groups: Vec<String>,
}

/// What has to be typed before groups are deleted: the name of one, "3 user groups" for several.
pub fn consent(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        many => count(many.len(), "user group", "user groups"),
    }
}

/// Runs the form of that name; nothing if it is none of these.
pub async fn run(
    operation: &str,
    fields: &[(String, String)],
    runner: &impl Runner,
) -> Option<Result<Value, CallError>> {
    let form = Fields(fields);
    Some(match operation {
        CREATE => answer(create(&form, runner).await),
        CHOOSE => answer(choose(&form)),
        DELETE => answer(delete(&form, runner).await),
        ADD => answer(add(&form, runner).await),
        REMOVE => answer(remove(&form, runner).await),
        ATTACH => answer(attach(&form, runner).await),
        _ => return None,
    })
}

/// A name that is refused leaves the form as it was; once the group exists, what follows is reported.
async fn create(form: &Fields<'_>, runner: &impl Runner) -> Result<Created, CallError> {
    let group_name = form.one("GroupName");
    runner.run(CreateGroup { group_name: group_name.clone(), path: root_path() }).await?;
    let mut report = Created { group_name, done: vec!["CreateGroup".into()], failed: None };
    report.failed = furnish(form, runner, &report.group_name, &mut report.done).await.err();
    Ok(report)
}

async fn furnish(
    form: &Fields<'_>,
    runner: &impl Runner,
    group_name: &str,
    done: &mut Vec<String>,
) -> Result<(), CallError> {
    for user_name in form.all("UserName") {
        let step = format!("AddUserToGroup {user_name}");
        runner.run(AddUserToGroup { group_name: group_name.to_owned(), user_name }).await?;
        done.push(step);
    }
    for policy_arn in form.all("PolicyArn") {
        let step = format!("AttachGroupPolicy {}", policy_arn.rsplit('/').next().unwrap_or_default());
        runner.run(AttachGroupPolicy { group_name: group_name.to_owned(), policy_arn }).await?;
        done.push(step);
    }
    Ok(())
}

fn choose(form: &Fields<'_>) -> Result<Chosen, CallError> {
    let action = Some(form.one("Action")).filter(|action| !action.is_empty()).unwrap_or_else(|| "delete".into());
    let groups = required(form.all("GroupName"), "group")?;
    if action != "delete" && groups.len() > 1 {
        return Err(ApiError::InvalidInput { message: "Select one group only.".into() }.into());
    }
    Ok(Chosen { action, groups })
}

async fn delete(form: &Fields<'_>, runner: &impl Runner) -> Result<Vec<Deleted>, CallError> {
    let names = required(form.all("GroupName"), "group")?;
    let consent = consent(&names);
    if form.one("confirmation") != consent {
        return Err(ApiError::field("confirmation", None, format!("Type {consent} to confirm.")).into());
    }
    Ok(delete_plan::run(&names, runner).await)
}

async fn add(form: &Fields<'_>, runner: &impl Runner) -> Result<(), CallError> {
    for user_name in required(form.all("UserName"), "user")? {
        runner.run(AddUserToGroup { group_name: form.one("GroupName"), user_name }).await?;
    }
    Ok(())
}

async fn remove(form: &Fields<'_>, runner: &impl Runner) -> Result<(), CallError> {
    for user_name in required(form.all("UserName"), "user")? {
        runner.run(RemoveUserFromGroup { group_name: form.one("GroupName"), user_name }).await?;
    }
    Ok(())
}

async fn attach(form: &Fields<'_>, runner: &impl Runner) -> Result<(), CallError> {
    for policy_arn in required(form.all("PolicyArn"), "policy")? {
        runner.run(AttachGroupPolicy { group_name: form.one("GroupName"), policy_arn }).await?;
    }
    Ok(())
}
