//! The policy of AWS's documents that lets users manage their own credentials and nothing else without MFA (IAM User
//! Guide, "AWS: Allows MFA-authenticated IAM users to manage their own credentials on the Security credentials page"),
//! word for word; and its trap.

use model::{
    ApiError,
    console::StartPasskeyRegistration,
    iam::{
        AttachUserPolicy, ChangePassword, CreateAccessKey, CreatePolicy, CreatePolicyVersion, CreateVirtualMFADevice,
        DeactivateMFADevice, EnableMFADevice, GetUser, ListAccessKeys, ListMFADevices, ListUsers,
        ListVirtualMFADevices,
    },
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, user},
    mfa::{ALICE, Phone, create, submit, with_alice},
};

/// As the guide prints it.
pub const SELF_MANAGEMENT: &str = include_str!("self_management.json");
const NEW: &str = "Canary-New-Passw0rd!";

/// Attaches it to the user; it is too long for an inline policy. Answers its ARN.
async fn attach(root: &Browser, name: &str) -> String {
    let policy = CreatePolicy {
        policy_name: "self-management".into(),
        policy_document: SELF_MANAGEMENT.into(),
        ..<CreatePolicy as model::Operation>::example()
    };
    let arn = root.call(policy).await.expect("a policy").policy.arn;
    let attach = AttachUserPolicy { user_name: name.into(), policy_arn: arn.clone() };
    root.call(attach).await.expect("attaches");
    arn
}

fn denied<T>(result: Result<T, ApiError>) -> bool {
    matches!(result, Err(ApiError::AccessDenied { .. }))
}

fn keys_of(name: &str) -> ListAccessKeys {
    ListAccessKeys { user_name: Some(name.into()), ..ListAccessKeys::default() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn without_mfa_a_user_may_only_enrol(pool: PgPool) {
    let (cloud, root, account, _) = with_alice(&pool).await;
    user(&root, "bob", ALICE, false).await;
    attach(&root, "bob").await;
    let bob = Browser::open(&cloud).await;
    bob.sign_in_user(&account, "bob", ALICE).await.expect("signs in");
    bob.call(GetUser { user_name: Some("bob".into()) }).await.expect("sees himself");
    bob.call(ListVirtualMFADevices::default()).await.expect("sees the devices");
    bob.call(ListMFADevices { user_name: Some("bob".into()), ..ListMFADevices::default() }).await.expect("his own");
    assert!(denied(bob.call(ListUsers::default()).await));
    assert!(denied(bob.call(keys_of("bob")).await), "allowed, but denied without MFA");
    assert!(denied(bob.call(CreateAccessKey { user_name: Some("bob".into()) }).await));
    let key = |name: &str| StartPasskeyRegistration { user_name: Some(name.into()), device_name: "key".into() };
    bob.call(key("bob")).await.expect("a passkey is enabled by iam:EnableMFADevice");
    assert!(denied(bob.call(key("alice")).await), "somebody else's");

    let phone = Phone::new(&bob.call::<CreateVirtualMFADevice>(create("bob")).await.expect("makes a device"));
    let enable = |name: &str| EnableMFADevice {
        user_name: Some(name.into()),
        serial_number: phone.serial.clone(),
        authentication_code1: phone.code(-1).into(),
        authentication_code2: phone.code(0).into(),
    };
    assert!(denied(bob.call(enable("alice")).await));
    bob.call(enable("bob")).await.expect("enables it for himself");
    assert!(denied(bob.call(keys_of("bob")).await), "this session came without a code");
    let remove = DeactivateMFADevice { user_name: Some("bob".into()), serial_number: phone.serial.clone() };
    assert!(denied(bob.call(remove.clone()).await), "who found the password does not get rid of the device");

    let again = Browser::open(&cloud).await;
    assert!(again.sign_in_user(&account, "bob", ALICE).await.expect("the password is right").mfa_required);
    again.call(submit(phone.code(1))).await.expect("the code is right");
    again.call(keys_of("bob")).await.expect("his keys, with MFA");
    again.call(CreateAccessKey { user_name: Some("bob".into()) }).await.expect("makes one");
    assert!(denied(again.call(keys_of("alice")).await), "his own only");
    assert!(denied(again.call(ListUsers::default()).await), "nothing more is allowed");
    again.call(remove).await.expect("removes it, with MFA");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_forced_reset_is_impossible_under_it_until_it_is_exempt(pool: PgPool) {
    let (cloud, root, account, _) = with_alice(&pool).await;
    user(&root, "carol", ALICE, true).await;
    let policy_arn = attach(&root, "carol").await;
    let carol = Browser::open(&cloud).await;
    let output = carol.sign_in_user(&account, "carol", ALICE).await.expect("signs in");
    assert!(output.password_reset_required);
    let change = || ChangePassword { old_password: ALICE.into(), new_password: NEW.into() };
    assert!(denied(carol.call(change()).await), "the trap: iam:ChangePassword is not among the exceptions");
    assert!(carol.call(create("carol")).await.is_err(), "and before the reset nothing else is open");
    let exempt = SELF_MANAGEMENT.replace(
        r#""iam:EnableMFADevice",
                "iam:GetUser","#,
        r#""iam:EnableMFADevice",
                "iam:ChangePassword",
                "iam:GetUser","#,
    );
    assert_ne!(exempt, SELF_MANAGEMENT, "the exception is put in");
    let version = CreatePolicyVersion { policy_arn, policy_document: exempt, set_as_default: Some(true) };
    root.call(version).await.expect("another version");
    carol.call(change()).await.expect("the way out");
    carol.call(create("carol")).await.expect("and now a device");
}
