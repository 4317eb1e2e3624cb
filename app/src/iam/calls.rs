//! IAM's server functions: the operations that islands call. Each body is one `crate::call`.

use leptos::prelude::*;
use model::Operation;
use server_fn::codec::Json;

use crate::{
    CallError,
    call::{Callable, GuardedClient},
};

/// An operation that islands can call: its server function.
pub trait Remote: Callable {
    /// Calls the operation through its server function.
    fn remote(self) -> impl Future<Output = Result<Self::Output, CallError>> + Send;
}

macro_rules! calls {
    ($($function:ident $service:ident::$name:ident)*) => { $(
        #[doc = concat!("Calls `", stringify!($service), ":", stringify!($name), "`.")]
        ///
        /// # Errors
        /// What the operation answers besides its output, or that the server was not reached.
        #[server(input = Json, client = GuardedClient)]
        pub async fn $function(
            /// The operation's input.
            input: model::$service::$name,
        ) -> Result<<model::$service::$name as Operation>::Output, CallError> {
            crate::call(input).await
        }

        impl Remote for model::$service::$name {
            fn remote(self) -> impl Future<Output = Result<Self::Output, CallError>> + Send {
                $function(self)
            }
        }
    )* };
}

calls! {
    create_user iam::CreateUser
    get_user iam::GetUser
    update_user iam::UpdateUser
    delete_user iam::DeleteUser
    put_user_permissions_boundary iam::PutUserPermissionsBoundary
    tag_user iam::TagUser
    untag_user iam::UntagUser
    list_user_tags iam::ListUserTags
    create_group iam::CreateGroup
    add_user_to_group iam::AddUserToGroup
    remove_user_from_group iam::RemoveUserFromGroup
    list_groups_for_user iam::ListGroupsForUser
    attach_user_policy iam::AttachUserPolicy
    detach_user_policy iam::DetachUserPolicy
    list_attached_user_policies iam::ListAttachedUserPolicies
    attach_group_policy iam::AttachGroupPolicy
    get_group iam::GetGroup
    delete_group iam::DeleteGroup
    detach_group_policy iam::DetachGroupPolicy
    list_attached_group_policies iam::ListAttachedGroupPolicies
    put_user_policy iam::PutUserPolicy
    get_user_policy iam::GetUserPolicy
    delete_user_policy iam::DeleteUserPolicy
    list_user_policies iam::ListUserPolicies
    create_policy iam::CreatePolicy
    get_policy iam::GetPolicy
    delete_policy iam::DeletePolicy
    tag_policy iam::TagPolicy
    untag_policy iam::UntagPolicy
    list_policy_tags iam::ListPolicyTags
    create_policy_version iam::CreatePolicyVersion
    delete_policy_version iam::DeletePolicyVersion
    list_policy_versions iam::ListPolicyVersions
    put_group_policy iam::PutGroupPolicy
    get_group_policy iam::GetGroupPolicy
    delete_group_policy iam::DeleteGroupPolicy
    list_group_policies iam::ListGroupPolicies
    create_login_profile iam::CreateLoginProfile
    get_login_profile iam::GetLoginProfile
    update_login_profile iam::UpdateLoginProfile
    delete_login_profile iam::DeleteLoginProfile
    get_account_password_policy iam::GetAccountPasswordPolicy
    update_account_password_policy iam::UpdateAccountPasswordPolicy
    create_virtual_mfa_device iam::CreateVirtualMFADevice
    delete_virtual_mfa_device iam::DeleteVirtualMFADevice
    list_virtual_mfa_devices iam::ListVirtualMFADevices
    list_mfa_devices iam::ListMFADevices
    deactivate_mfa_device iam::DeactivateMFADevice
    create_access_key iam::CreateAccessKey
    list_access_keys iam::ListAccessKeys
    delete_access_key iam::DeleteAccessKey
    start_passkey_registration console::StartPasskeyRegistration
    revoke_user_sessions console::RevokeUserSessions
    check_policy_document console::CheckPolicyDocument
    list_policy_rows console::ListPolicyRows
    list_group_rows console::ListGroupRows
    list_permission_rows console::ListPermissionRows
    create_topic sns::CreateTopic
    subscribe sns::Subscribe
    put_metric_alarm cloudwatch::PutMetricAlarm
}
