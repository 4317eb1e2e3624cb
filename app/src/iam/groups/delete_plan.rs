//! Deleting groups with everything that hangs on them, as the console does in one action: the API's DeleteGroup
//! refuses while there is anything left.

use model::iam::{
    DeleteGroup, DeleteGroupPolicy, DetachGroupPolicy, GetGroup, ListAttachedGroupPolicies, ListGroupPolicies,
    RemoveUserFromGroup,
};

use crate::{
    CallError,
    iam::{deletion::Deleted, plan::Runner},
};

/// Deletes the groups one after the other; a group's first failure ends the work on that group.
pub async fn run(names: &[String], runner: &impl Runner) -> Vec<Deleted> {
    let mut reports = Vec::with_capacity(names.len());
    for name in names {
        let mut report = Deleted { name: name.clone(), ..Deleted::default() };
        report.failed = delete(name, runner, &mut report.done).await.err();
        reports.push(report);
    }
    reports
}

/// Quotas keep the lists of policies shorter than a page; members are read page by page until there are none.
async fn delete(name: &str, runner: &impl Runner, done: &mut Vec<String>) -> Result<(), CallError> {
    let group_name = || name.to_owned();
    loop {
        let members = GetGroup { group_name: group_name(), max_items: Some(1000), ..GetGroup::default() };
        let members = runner.run(members).await?.users;
        if members.is_empty() {
            break;
        }
        for user in members {
            let step = format!("RemoveUserFromGroup {}", user.user_name);
            runner.run(RemoveUserFromGroup { group_name: group_name(), user_name: user.user_name }).await?;
            done.push(step);
        }
    }
    let listed = ListAttachedGroupPolicies { group_name: group_name(), ..ListAttachedGroupPolicies::default() };
    for policy in runner.run(listed).await?.attached_policies {
        runner.run(DetachGroupPolicy { group_name: group_name(), policy_arn: policy.policy_arn }).await?;
        done.push(format!("DetachGroupPolicy {}", policy.policy_name));
    }
    let listed = ListGroupPolicies { group_name: group_name(), max_items: Some(1000), ..ListGroupPolicies::default() };
    for policy_name in runner.run(listed).await?.policy_names {
        let step = format!("DeleteGroupPolicy {policy_name}");
        runner.run(DeleteGroupPolicy { group_name: group_name(), policy_name }).await?;
        done.push(step);
    }
    runner.run(DeleteGroup { group_name: group_name() }).await?;
    done.push("DeleteGroup".into());
    Ok(())
}
