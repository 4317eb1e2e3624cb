//! Attaching a policy to several users and groups at once, and detaching it: the forms, and what they run.

use model::{
    ApiError,
    iam::{AttachGroupPolicy, AttachUserPolicy, DetachGroupPolicy, DetachUserPolicy},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::forms;
use crate::{
    CallError,
    iam::{
        fields::{Fields, answer, required},
        plan::Runner,
    },
};

/// Attaches a policy to users and groups.
pub const ATTACH: &str = "console-form:AttachPolicy";
/// Shows the users and groups that were chosen before the policy is detached from them.
pub const CHOOSE: &str = "console-form:ChoosePolicyEntities";
/// Detaches a policy from users and groups.
pub const DETACH: &str = "console-form:DetachPolicy";
/// The field that names a user or group: `User/alice`, `Group/Admins`.
pub const ENTITY: &str = "Entity";

/// What became of one user or group.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Changed {
    /// `User/alice`.
    pub entity: String,
    /// Why nothing was changed.
    pub failed: Option<CallError>,
}

/// "user alice", "group Admins": an entity in a sentence.
pub fn spoken(entity: &str) -> String {
    match entity.split_once('/') {
        Some((kind, name)) => format!("{} {name}", kind.to_lowercase()),
        None => entity.to_owned(),
    }
}

/// Runs the form of that name; nothing if it is none of these.
pub async fn run(
    operation: &str,
    fields: &[(String, String)],
    runner: &impl Runner,
) -> Option<Result<Value, CallError>> {
    let fields = Fields(fields);
    if !matches!(operation, ATTACH | CHOOSE | DETACH) {
        return forms::run(operation, &fields, runner).await;
    }
    let policy_arn = fields.one("PolicyArn");
    let entities = match required(fields.all(ENTITY), "user or group") {
        Ok(entities) => entities,
        Err(error) => return Some(Err(error)),
    };
    if operation == CHOOSE {
        return Some(answer(Ok(entities)));
    }
    let mut changed = Vec::with_capacity(entities.len());
    for entity in entities {
        let failed = change(operation == ATTACH, &entity, policy_arn.clone(), runner).await.err();
        changed.push(Changed { entity, failed });
    }
    Some(answer(Ok(changed)))
}

async fn change(attach: bool, entity: &str, policy_arn: String, runner: &impl Runner) -> Result<(), CallError> {
    match (attach, entity.split_once('/')) {
        (true, Some(("User", name))) => runner.run(AttachUserPolicy { user_name: name.into(), policy_arn }).await,
        (true, Some(("Group", name))) => runner.run(AttachGroupPolicy { group_name: name.into(), policy_arn }).await,
        (false, Some(("User", name))) => runner.run(DetachUserPolicy { user_name: name.into(), policy_arn }).await,
        (false, Some(("Group", name))) => runner.run(DetachGroupPolicy { group_name: name.into(), policy_arn }).await,
        _ => Err(ApiError::InvalidInput { message: format!("{entity} is neither a user nor a group.") }.into()),
    }
}
