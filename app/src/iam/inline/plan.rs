//! The form that puts an inline policy: one for users and groups.

use model::{
    ApiError, Kind, Operation as _,
    iam::{GetGroupPolicy, GetUserPolicy, PutGroupPolicy, PutUserPolicy},
};
use serde_json::Value;

use crate::{
    CallError,
    iam::{
        fields::{Fields, answer},
        plan::Runner,
        policies::visual::Editing,
    },
};

/// Puts an inline policy. With the member `New` it must not be there yet.
pub const PUT: &str = "console-form:PutInlinePolicy";

/// Runs the form of that name; nothing if it is another.
pub async fn run(
    operation: &str,
    fields: &[(String, String)],
    runner: &impl Runner,
) -> Option<Result<Value, CallError>> {
    if operation != PUT {
        return None;
    }
    Some(answer(put(&Fields(fields), runner).await))
}

/// What was chosen in the visual editor belongs to the document.
async fn put(fields: &Fields<'_>, runner: &impl Runner) -> Result<(), CallError> {
    let (user, group, policy_name) = (fields.one("UserName"), fields.one("GroupName"), fields.one("PolicyName"));
    let mut editing = Editing::applied(fields);
    if editing.lacks() {
        // The page shows it where it is missing. What is wrong with the name is told together with it.
        let name = policy_name.clone();
        PutUserPolicy { user_name: "any".into(), policy_name: name, policy_document: "{}".into() }.checked()?;
        return Err(ApiError::InvalidInput { message: "The policy is not complete.".into() }.into());
    }
    let policy_document = editing.document;
    if fields.has("New") {
        let (user_name, group_name, policy_name) = (user.clone(), group.clone(), policy_name.clone());
        let found = if user.is_empty() {
            runner.run(GetGroupPolicy { group_name, policy_name }).await.map(drop)
        } else {
            runner.run(GetUserPolicy { user_name, policy_name }).await.map(drop)
        };
        new(found, &fields.one("PolicyName"))?;
    }
    if user.is_empty() {
        runner.run(PutGroupPolicy { group_name: group, policy_name, policy_document }).await
    } else {
        runner.run(PutUserPolicy { user_name: user, policy_name, policy_document }).await
    }
}

/// A new policy takes no other one's place. A name that is none is told together with the document's faults.
fn new(found: Result<(), CallError>, policy_name: &str) -> Result<(), CallError> {
    match found {
        Ok(()) => Err(ApiError::taken(Kind::Policy, policy_name).into()),
        Err(CallError::Api(
            ApiError::NoSuchEntity { kind: Kind::UserPolicy | Kind::GroupPolicy, .. } | ApiError::Validation { .. },
        )) => Ok(()),
        Err(error) => Err(error),
    }
}
