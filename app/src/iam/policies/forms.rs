//! Plain forms about the account's own policies: what they are called, and what they run.

use model::{
    ApiError, Operation as _,
    iam::{
        CreatePolicy, CreatePolicyVersion, DeletePolicy, DeletePolicyVersion, GetPolicy, ListPolicyTags,
        ListPolicyVersions, TagPolicy, UntagPolicy, root_path,
    },
};
use serde_json::Value;

use crate::{
    CallError,
    iam::{
        fields::{Fields, answer},
        plan::Runner,
        users::forms::{changes, tags},
    },
};

/// Makes a policy.
pub const CREATE: &str = "console-form:CreatePolicy";
/// Saves another version of a policy, in place of an old one where five exist.
pub const SAVE: &str = "console-form:SavePolicyVersion";
/// Deletes a policy with its versions.
pub const DELETE: &str = "console-form:DeletePolicy";
/// Makes a policy's tags those of the form.
pub const TAGS: &str = "console-form:PutPolicyTags";

/// Runs the form of that name; nothing if it is none of these.
pub(super) async fn run(operation: &str, form: &Fields<'_>, runner: &impl Runner) -> Option<Result<Value, CallError>> {
    Some(match operation {
        CREATE => answer(create(form, runner).await),
        SAVE => answer(save(form, runner).await),
        DELETE => answer(delete(form, runner).await),
        TAGS => answer(tag(form, runner).await),
        _ => return None,
    })
}

/// The document typed. Browsers send lines that end with CR and LF, whatever was typed; and they leave out an empty first
/// line of a field when they show it, so it cannot count when a fault's line is named.
pub(super) fn document(form: &Fields<'_>) -> String {
    form.one("PolicyDocument").replace("\r\n", "\n").trim_start_matches('\n').to_owned()
}

async fn create(form: &Fields<'_>, runner: &impl Runner) -> Result<(), CallError> {
    let description = form.one("Description").replace("\r\n", "\n");
    let policy = CreatePolicy {
        policy_name: form.one("PolicyName"),
        path: root_path(),
        policy_document: document(form),
        description: (!description.is_empty()).then_some(description),
        tags: tags(form),
    };
    runner.run(policy).await.map(drop)
}

/// Where five versions exist the chosen one makes room, but only after IAM has refused the new one for their number
/// alone: a fault in the document or a missing permission costs no version.
async fn save(form: &Fields<'_>, runner: &impl Runner) -> Result<(), CallError> {
    let policy_arn = form.one("PolicyArn");
    let set_as_default = form.has("SetAsDefault").then_some(true);
    let version =
        CreatePolicyVersion { policy_arn: policy_arn.clone(), policy_document: document(form), set_as_default };
    match runner.run(version.clone()).await {
        Err(CallError::Api(ApiError::PolicyVersionsExceeded)) if form.has("DeleteVersionId") => {
            let version_id = form.one("DeleteVersionId");
            runner.run(DeletePolicyVersion { policy_arn, version_id }).await?;
            runner.run(version).await.map(drop)
        }
        saved => saved.map(drop),
    }
}

/// The console deletes the versions that are not in effect itself, but only of a policy that can go: one that is
/// attached keeps them all and is refused in IAM's words.
async fn delete(form: &Fields<'_>, runner: &impl Runner) -> Result<(), CallError> {
    let policy_arn = form.one("PolicyArn");
    let name = form.one("PolicyName");
    if form.one("confirmation") != name {
        return Err(ApiError::field("confirmation", None, format!("Type {name} to confirm.")).into());
    }
    let listed = ListPolicyVersions { policy_arn: policy_arn.clone(), ..ListPolicyVersions::default() };
    let versions = runner.run(listed).await?.versions;
    let others = versions.into_iter().filter(|version| !version.is_default_version).collect::<Vec<_>>();
    if !others.is_empty() {
        let policy = runner.run(GetPolicy { policy_arn: policy_arn.clone() }).await?.policy;
        if policy.attachment_count == 0 && policy.permissions_boundary_usage_count == 0 {
            for version in others {
                let version_id = version.version_id;
                runner.run(DeletePolicyVersion { policy_arn: policy_arn.clone(), version_id }).await?;
            }
        }
    }
    runner.run(DeletePolicy { policy_arn }).await
}

async fn tag(form: &Fields<'_>, runner: &impl Runner) -> Result<(), CallError> {
    let policy_arn = form.one("PolicyArn");
    let wanted = tags(form);
    TagPolicy { policy_arn: policy_arn.clone(), tags: wanted.clone() }.checked()?;
    let listed = ListPolicyTags { policy_arn: policy_arn.clone(), ..ListPolicyTags::default() };
    let present = runner.run(listed).await?.tags;
    let (tag_keys, tags) = changes(wanted, &present);
    if !tag_keys.is_empty() {
        runner.run(UntagPolicy { policy_arn: policy_arn.clone(), tag_keys }).await?;
    }
    if !tags.is_empty() {
        runner.run(TagPolicy { policy_arn, tags }).await?;
    }
    Ok(())
}
