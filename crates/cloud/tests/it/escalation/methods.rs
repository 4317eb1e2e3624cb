//! The methods, one by one: what must be there, what the attacker calls, and how it is seen that they have more.

use cloud::Caller;
use model::{
    ApiError,
    iam::{
        AttachUserPolicy, CreateAccessKey, CreateUser, DeactivateMFADevice, DeleteAccountPasswordPolicy,
        DeleteGroupPolicy, DeleteUserPermissionsBoundary, DeleteUserPolicy, DetachGroupPolicy, DetachUserPolicy,
        PutUserPermissionsBoundary, PutUserPolicy, RemoveUserFromGroup, SetDefaultPolicyVersion, UntagUser,
        UpdateLoginProfile,
    },
};

use super::{
    ATTACKER,
    cast::{
        ADMIN, BOSS, GROUP, NOTHING, OWN, PUPPET, WEAK, attach_to_group, first_password, join, key_status,
        passwords_of, tag, under_tag, write_into_group,
    },
    write,
};
use crate::{
    mfa::{Phone, create, enable},
    own_policies::{arn, document, new, version},
    scene::{PASSWORD, Scene, bare_user, managed},
};

/// One method, by the permission it needs.
#[derive(Clone, Copy)]
pub struct Method {
    pub action: &'static str,
    deed: Deed,
}

#[derive(Clone, Copy)]
enum Deed {
    NewVersion,
    OldVersion,
    NewKey,
    OldKey,
    FirstPassword,
    OtherPassword,
    SecondFactorOff,
    AttachToUser,
    AttachToGroup,
    WriteIntoUser,
    WriteIntoGroup,
    JoinGroup,
    LeaveGroup,
    BoundaryOff,
    WiderBoundary,
    DeleteUsersDeny,
    DetachUsersDeny,
    DeleteGroupsDeny,
    DetachGroupsDeny,
    WeakerPasswords,
    NoPasswordPolicy,
    Tag,
    Untag,
}

const fn method(action: &'static str, deed: Deed) -> Method {
    Method { action, deed }
}

pub const METHODS: [Method; 23] = [
    method("iam:CreatePolicyVersion", Deed::NewVersion),
    method("iam:SetDefaultPolicyVersion", Deed::OldVersion),
    method("iam:CreateAccessKey", Deed::NewKey),
    method("iam:UpdateAccessKey", Deed::OldKey),
    method("iam:CreateLoginProfile", Deed::FirstPassword),
    method("iam:UpdateLoginProfile", Deed::OtherPassword),
    method("iam:DeactivateMFADevice", Deed::SecondFactorOff),
    method("iam:AttachUserPolicy", Deed::AttachToUser),
    method("iam:AttachGroupPolicy", Deed::AttachToGroup),
    method("iam:PutUserPolicy", Deed::WriteIntoUser),
    method("iam:PutGroupPolicy", Deed::WriteIntoGroup),
    method("iam:AddUserToGroup", Deed::JoinGroup),
    method("iam:RemoveUserFromGroup", Deed::LeaveGroup),
    method("iam:DeleteUserPermissionsBoundary", Deed::BoundaryOff),
    method("iam:PutUserPermissionsBoundary", Deed::WiderBoundary),
    method("iam:DeleteUserPolicy", Deed::DeleteUsersDeny),
    method("iam:DetachUserPolicy", Deed::DetachUsersDeny),
    method("iam:DeleteGroupPolicy", Deed::DeleteGroupsDeny),
    method("iam:DetachGroupPolicy", Deed::DetachGroupsDeny),
    method("iam:UpdateAccountPasswordPolicy", Deed::WeakerPasswords),
    method("iam:DeleteAccountPasswordPolicy", Deed::NoPasswordPolicy),
    method("iam:TagUser", Deed::Tag),
    method("iam:UntagUser", Deed::Untag),
];

/// A method about to be tried.
pub struct Stage {
    scene: Scene,
    deed: Deed,
    mallory: Caller,
    puppet: Option<Caller>,
    /// An access key of the boss's, once the attacker has its secret.
    key: Option<String>,
    /// The boss's device.
    device: String,
}

impl Method {
    /// Makes what the method is about.
    pub async fn stage(&self, scene: &Scene, mallory: Caller) -> Stage {
        let deed = self.deed;
        let (scene, key, device, puppet) = (scene.clone(), None, String::new(), None);
        let mut stage = Stage { scene, deed, mallory, puppet, key, device };
        stage.furnish().await;
        stage
    }
}

impl Stage {
    async fn furnish(&mut self) {
        let scene = self.scene.clone();
        match self.deed {
            Deed::NewVersion => self.own_policy(&document("Allow", "s3:GetObject")).await,
            Deed::OldVersion => {
                self.own_policy(&document("Allow", "*")).await;
                scene.root(version(&arn(&scene, OWN), &document("Allow", "s3:GetObject"), true)).await;
            }
            Deed::NewKey | Deed::FirstPassword => self.boss().await,
            Deed::OldKey => {
                self.boss().await;
                let key = scene.root(CreateAccessKey { user_name: Some(BOSS.into()) }).await.access_key.access_key_id;
                scene.root(key_status(&key, "Inactive")).await;
                self.key = Some(key);
            }
            Deed::OtherPassword => {
                self.boss().await;
                scene.root(first_password(BOSS, "Only-The-Boss-Knows-1")).await;
            }
            Deed::SecondFactorOff => {
                self.boss().await;
                scene.root(first_password(BOSS, PASSWORD)).await;
                let phone = Phone::new(&scene.root(create("phone")).await);
                scene.root(enable(Some(BOSS), &phone, (phone.code(-1), phone.code(0)))).await;
                self.device = phone.serial;
            }
            Deed::AttachToUser | Deed::WriteIntoUser => {}
            Deed::AttachToGroup | Deed::WriteIntoGroup => {
                scene.group(GROUP).await;
                scene.root(join(ATTACKER)).await;
            }
            Deed::JoinGroup => {
                scene.group(GROUP).await;
                scene.root(attach_to_group(ADMIN)).await;
            }
            Deed::LeaveGroup | Deed::DetachGroupsDeny => {
                self.puppet_in_group().await;
                scene.root(attach_to_group(NOTHING)).await;
            }
            Deed::DeleteGroupsDeny => {
                self.puppet_in_group().await;
                scene.root(write_into_group(&document("Deny", "*"))).await;
            }
            Deed::BoundaryOff | Deed::WiderBoundary => {
                self.puppet().await;
                scene.bound(PUPPET, "AmazonS3ReadOnlyAccess").await;
            }
            Deed::DeleteUsersDeny => {
                self.puppet().await;
                write(&scene, PUPPET, "deny", &document("Deny", "*")).await;
            }
            Deed::DetachUsersDeny => {
                self.puppet().await;
                scene.attach(PUPPET, NOTHING).await;
            }
            Deed::WeakerPasswords | Deed::NoPasswordPolicy => {
                scene.plain_user(PUPPET).await;
                scene.root(passwords_of(20)).await;
            }
            Deed::Tag => write(&scene, ATTACKER, "by-tag", &under_tag("Allow", "admins")).await,
            Deed::Untag => {
                self.puppet().await;
                scene.root(tag(PUPPET, "probation")).await;
                write(&scene, PUPPET, "by-tag", &under_tag("Deny", "probation")).await;
            }
        }
    }

    /// Calls the method's operation as the attacker.
    pub async fn attempt(&mut self) -> Result<(), ApiError> {
        let Self { scene, mallory: who, .. } = &*self;
        let policy_arn = || managed(ADMIN);
        match self.deed {
            Deed::NewVersion => {
                scene.call(who, version(&arn(scene, OWN), &document("Allow", "*"), true)).await.map(drop)
            }
            Deed::OldVersion => {
                let operation = SetDefaultPolicyVersion { policy_arn: arn(scene, OWN), version_id: "v1".into() };
                scene.call(who, operation).await
            }
            Deed::NewKey => {
                let made = scene.call(who, CreateAccessKey { user_name: Some(BOSS.into()) }).await?;
                self.key = Some(made.access_key.access_key_id);
                Ok(())
            }
            Deed::OldKey => scene.call(who, key_status(self.key.as_deref().unwrap_or_default(), "Active")).await,
            Deed::FirstPassword => scene.call(who, first_password(BOSS, PASSWORD)).await.map(drop),
            Deed::OtherPassword => {
                let password = Some(PASSWORD.into());
                let operation =
                    UpdateLoginProfile { user_name: BOSS.into(), password, password_reset_required: Some(false) };
                scene.call(who, operation).await
            }
            Deed::SecondFactorOff => {
                let operation =
                    DeactivateMFADevice { user_name: Some(BOSS.into()), serial_number: self.device.clone() };
                scene.call(who, operation).await
            }
            Deed::AttachToUser => {
                scene.call(who, AttachUserPolicy { user_name: ATTACKER.into(), policy_arn: policy_arn() }).await
            }
            Deed::AttachToGroup => scene.call(who, attach_to_group(ADMIN)).await,
            Deed::WriteIntoUser => {
                let operation = PutUserPolicy {
                    user_name: ATTACKER.into(),
                    policy_name: "more".into(),
                    policy_document: document("Allow", "*"),
                };
                scene.call(who, operation).await
            }
            Deed::WriteIntoGroup => scene.call(who, write_into_group(&document("Allow", "*"))).await,
            Deed::JoinGroup => scene.call(who, join(ATTACKER)).await,
            Deed::LeaveGroup => {
                scene.call(who, RemoveUserFromGroup { group_name: GROUP.into(), user_name: PUPPET.into() }).await
            }
            Deed::BoundaryOff => scene.call(who, DeleteUserPermissionsBoundary { user_name: PUPPET.into() }).await,
            Deed::WiderBoundary => {
                let operation =
                    PutUserPermissionsBoundary { user_name: PUPPET.into(), permissions_boundary: policy_arn() };
                scene.call(who, operation).await
            }
            Deed::DeleteUsersDeny => {
                scene.call(who, DeleteUserPolicy { user_name: PUPPET.into(), policy_name: "deny".into() }).await
            }
            Deed::DetachUsersDeny => {
                scene.call(who, DetachUserPolicy { user_name: PUPPET.into(), policy_arn: managed(NOTHING) }).await
            }
            Deed::DeleteGroupsDeny => {
                scene.call(who, DeleteGroupPolicy { group_name: GROUP.into(), policy_name: "inline".into() }).await
            }
            Deed::DetachGroupsDeny => {
                scene.call(who, DetachGroupPolicy { group_name: GROUP.into(), policy_arn: managed(NOTHING) }).await
            }
            Deed::WeakerPasswords => scene.call(who, passwords_of(6)).await,
            Deed::NoPasswordPolicy => scene.call(who, DeleteAccountPasswordPolicy {}).await,
            Deed::Tag => scene.call(who, tag(ATTACKER, "admins")).await,
            Deed::Untag => scene.call(who, UntagUser { user_name: PUPPET.into(), tag_keys: vec!["team".into()] }).await,
        }
    }

    /// Whether the attacker, by whichever of their faces, can now do what only an administrator can; of password
    /// policies, whether a weak password is taken.
    pub async fn has_more(&self) -> bool {
        let face = match self.deed {
            Deed::WeakerPasswords | Deed::NoPasswordPolicy => {
                return self.scene.call(&self.scene.root, first_password(PUPPET, WEAK)).await.is_ok();
            }
            Deed::NewKey | Deed::OldKey => match &self.key {
                Some(key) => self.scene.cloud.caller_of_signature(key, |_| Ok(())).await.ok(),
                None => None,
            },
            Deed::FirstPassword | Deed::OtherPassword | Deed::SecondFactorOff => {
                match self.scene.sign_in(BOSS, PASSWORD).await {
                    Ok(session) => Some(self.scene.of_session(&session).await),
                    Err(_) => None,
                }
            }
            _ => Some(self.puppet.clone().unwrap_or_else(|| self.mallory.clone())),
        };
        let Some(face) = face else { return false };
        let spoils = CreateUser { user_name: "spoils".into(), ..bare_user() };
        self.scene.call(&face, spoils).await.is_ok()
    }

    async fn boss(&self) {
        self.scene.plain_user(BOSS).await;
        self.scene.attach(BOSS, ADMIN).await;
    }

    async fn puppet(&mut self) {
        self.puppet = Some(self.scene.user(PUPPET, &[ADMIN]).await);
    }

    async fn puppet_in_group(&mut self) {
        self.puppet().await;
        self.scene.group(GROUP).await;
        self.scene.root(join(PUPPET)).await;
    }

    async fn own_policy(&self, document: &str) {
        let policy_arn = self.scene.root(new(OWN, document)).await.policy.arn;
        self.scene.root(AttachUserPolicy { user_name: ATTACKER.into(), policy_arn }).await;
    }
}
