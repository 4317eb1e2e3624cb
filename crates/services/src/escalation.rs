//! Permissions with which their holder can come to more: the methods that Rhino Security Labs collected, and their
//! kin, as far as they are about IAM itself.

/// One method.
pub(crate) struct Method {
    /// The action, as the catalogue spells it.
    pub(crate) action: &'static str,
    /// What its holder can do, to be read after "the holder can".
    pub(crate) means: &'static str,
    /// Whether it is dangerous only where it reaches somebody else.
    pub(crate) of_others: bool,
}

const fn own(action: &'static str, means: &'static str) -> Method {
    Method { action, means, of_others: false }
}

const fn others(action: &'static str, means: &'static str) -> Method {
    Method { action, means, of_others: true }
}

/// All methods, the most direct first.
pub(crate) const METHODS: [Method; 32] = [
    own("iam:AttachUserPolicy", "attach any policy to a user"),
    own("iam:AttachGroupPolicy", "attach any policy to a group"),
    own("iam:AttachRolePolicy", "attach any policy to a role"),
    own("iam:PutUserPolicy", "write any permission into a user"),
    own("iam:PutGroupPolicy", "write any permission into a group"),
    own("iam:PutRolePolicy", "write any permission into a role"),
    own("iam:CreatePolicyVersion", "put other permissions into an attached policy"),
    own("iam:SetDefaultPolicyVersion", "bring back an earlier, wider version of an attached policy"),
    own("iam:AddUserToGroup", "join a group with more permissions"),
    others("iam:CreateAccessKey", "make access keys of other users"),
    others("iam:UpdateAccessKey", "bring other users' access keys back into use"),
    others("iam:CreateLoginProfile", "set a first password for other users"),
    others("iam:UpdateLoginProfile", "change other users' passwords"),
    others("iam:UpdateAssumeRolePolicy", "let themselves into any role"),
    own("iam:DeleteUserPermissionsBoundary", "take off a permissions boundary"),
    own("iam:PutUserPermissionsBoundary", "widen a permissions boundary"),
    own("iam:DeleteRolePermissionsBoundary", "take off a role's permissions boundary"),
    own("iam:PutRolePermissionsBoundary", "widen a role's permissions boundary"),
    own("iam:DeleteUserPolicy", "delete an inline policy that denies something"),
    own("iam:DetachUserPolicy", "detach a policy that denies something"),
    own("iam:DeleteGroupPolicy", "delete a group's inline policy that denies something"),
    own("iam:DetachGroupPolicy", "detach a policy from a group that denies something by it"),
    own("iam:RemoveUserFromGroup", "leave a group that denies something"),
    others("iam:DeactivateMFADevice", "turn off other users' second factor"),
    others("iam:ResyncMFADevice", "meddle with other users' second factor"),
    own("iam:UpdateAccountPasswordPolicy", "weaken the rules for passwords"),
    own("iam:DeleteAccountPasswordPolicy", "drop the account's rules for passwords"),
    others("iam:TagUser", "meet conditions on tags by tagging users"),
    others("iam:UntagUser", "escape conditions on tags by taking users' tags off"),
    others("iam:TagRole", "meet conditions on tags by tagging roles"),
    others("iam:CreateServiceSpecificCredential", "make service credentials of other users"),
    own("budgets:CreateBudgetAction", "have a budget's action attach policies"),
];
