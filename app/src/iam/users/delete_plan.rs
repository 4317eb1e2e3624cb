//! Deleting users with everything that hangs on them, as the console does in one action: the API's DeleteUser
//! refuses while there is anything left.

use model::{
    ApiError,
    iam::{
        DeactivateMFADevice, DeleteAccessKey, DeleteLoginProfile, DeleteUser, DeleteUserPolicy, DeleteVirtualMFADevice,
        DetachUserPolicy, ListAccessKeys, ListAttachedUserPolicies, ListGroupsForUser, ListMFADevices,
        ListUserPolicies, RemoveUserFromGroup,
    },
};

use crate::{
    CallError,
    iam::{deletion::Deleted, mfa::plan::is_virtual, plan::Runner},
};

/// Deletes the users one after the other; a user's first failure ends the work on that user.
pub async fn run(names: &[String], runner: &impl Runner) -> Vec<Deleted> {
    let mut reports = Vec::with_capacity(names.len());
    for name in names {
        let mut report = Deleted { name: name.clone(), ..Deleted::default() };
        report.failed = delete(name, runner, &mut report.done).await.err();
        reports.push(report);
    }
    reports
}

/// Quotas keep every list shorter than a page: ten groups, ten policies, two keys, eight devices.
async fn delete(name: &str, runner: &impl Runner, done: &mut Vec<String>) -> Result<(), CallError> {
    let user_name = || name.to_owned();
    let groups = runner.run(ListGroupsForUser { user_name: user_name(), ..ListGroupsForUser::default() }).await?.groups;
    for group in groups {
        let step = format!("RemoveUserFromGroup {}", group.group_name);
        runner.run(RemoveUserFromGroup { group_name: group.group_name, user_name: user_name() }).await?;
        done.push(step);
    }
    let listed = ListAttachedUserPolicies { user_name: user_name(), ..ListAttachedUserPolicies::default() };
    for policy in runner.run(listed).await?.attached_policies {
        runner.run(DetachUserPolicy { user_name: user_name(), policy_arn: policy.policy_arn }).await?;
        done.push(format!("DetachUserPolicy {}", policy.policy_name));
    }
    let listed = ListUserPolicies { user_name: user_name(), max_items: Some(1000), ..ListUserPolicies::default() };
    for policy_name in runner.run(listed).await?.policy_names {
        let step = format!("DeleteUserPolicy {policy_name}");
        runner.run(DeleteUserPolicy { user_name: user_name(), policy_name }).await?;
        done.push(step);
    }
    let listed = ListAccessKeys { user_name: Some(user_name()), ..ListAccessKeys::default() };
    for key in runner.run(listed).await?.access_key_metadata {
        let step = format!("DeleteAccessKey {}", key.access_key_id);
        runner.run(DeleteAccessKey { user_name: Some(user_name()), access_key_id: key.access_key_id }).await?;
        done.push(step);
    }
    let listed = ListMFADevices { user_name: Some(user_name()), ..ListMFADevices::default() };
    for device in runner.run(listed).await?.mfa_devices {
        let serial_number = device.serial_number;
        let taken = DeactivateMFADevice { user_name: Some(user_name()), serial_number: serial_number.clone() };
        runner.run(taken).await?;
        done.push(format!("DeactivateMFADevice {serial_number}"));
        if is_virtual(&serial_number) {
            runner.run(DeleteVirtualMFADevice { serial_number }).await?;
        }
    }
    match runner.run(DeleteLoginProfile { user_name: Some(user_name()) }).await {
        Ok(()) => done.push("DeleteLoginProfile".into()),
        Err(CallError::Api(ApiError::NoSuchEntity { .. })) => {}
        Err(error) => return Err(error),
    }
    runner.run(DeleteUser { user_name: user_name() }).await?;
    done.push("DeleteUser".into());
    Ok(())
}
