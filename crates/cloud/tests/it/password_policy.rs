//! The account's password policy: set, kept at each change of a password, and what age does to one.

use model::{
    Operation as _,
    iam::{
        ChangePassword, CreateLoginProfile, DeleteAccountPasswordPolicy, GetAccountPasswordPolicy,
        UpdateAccountPasswordPolicy, UpdateLoginProfile,
    },
};
use sqlx::PgPool;

use crate::scene::{PASSWORD, Scene};

/// A policy that asks for nothing.
fn lax() -> UpdateAccountPasswordPolicy {
    serde_json::from_str("{}").expect("everything has a default")
}

fn change(old: &str, new: &str) -> ChangePassword {
    ChangePassword { old_password: old.into(), new_password: new.into() }
}

fn give(password: &str) -> UpdateLoginProfile {
    UpdateLoginProfile { user_name: "ann".into(), password: Some(password.into()), password_reset_required: None }
}

/// Makes ann's password older by so many days.
async fn age(scene: &Scene, days: i64) {
    let sql = format!("update login_profile set changed_at = changed_at - {} returning user_id", days * 86_400_000);
    assert_eq!(scene.sql(&sql).await.len(), 1);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_policy_is_set_whole_read_and_taken_away(pool: PgPool) {
    let scene = Scene::new(pool).await;
    assert_eq!(
        scene.refusal(DeleteAccountPasswordPolicy {}).await,
        ("NoSuchEntity", "The account policy with name PasswordPolicy cannot be found.".into())
    );
    scene.root(UpdateAccountPasswordPolicy::example()).await;
    let policy = scene.root(GetAccountPasswordPolicy {}).await.password_policy;
    assert_eq!((policy.minimum_password_length, policy.max_password_age), (10, Some(90)));
    assert!(policy.expire_passwords && policy.require_symbols && policy.allow_users_to_change_password);
    scene.root(lax()).await;
    let policy = scene.root(GetAccountPasswordPolicy {}).await.password_policy;
    assert_eq!((policy.minimum_password_length, policy.max_password_age), (6, None));
    assert!(!policy.expire_passwords && !policy.require_symbols && policy.password_reuse_prevention.is_none());
    let broken = UpdateAccountPasswordPolicy {
        minimum_password_length: 129,
        password_reuse_prevention: Some(25),
        max_password_age: Some(1096),
        ..lax()
    };
    assert_eq!(
        scene.refusal(broken).await,
        (
            "ValidationError",
            "3 validation errors detected: Value '129' at 'minimumPasswordLength' failed to satisfy constraint: Member must have value less than or equal to 128; Value '25' at 'passwordReusePrevention' failed to satisfy constraint: Member must have value less than or equal to 24; Value '1096' at 'maxPasswordAge' failed to satisfy constraint: Member must have value less than or equal to 1095".into()
        )
    );
    scene.root(DeleteAccountPasswordPolicy {}).await;
    assert_eq!(scene.refusal(GetAccountPasswordPolicy {}).await.0, "NoSuchEntity");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn it_decides_about_the_next_password_only(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let given = |password: &str| CreateLoginProfile {
        user_name: "ann".into(),
        password: password.into(),
        password_reset_required: false,
    };
    scene.root(lax()).await;
    scene.root(given("abcdef")).await;
    scene.root(UpdateAccountPasswordPolicy { require_numbers: true, minimum_password_length: 7, ..lax() }).await;
    scene.sign_in("ann", "abcdef").await.expect("the password there was goes on");
    assert_eq!(
        scene.refusal(give("abcdef")).await,
        (
            "PasswordPolicyViolation",
            "Password should have a minimum length of 7, Password should have at least one number".into()
        )
    );
    scene.root(give("abcdef7")).await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn passwords_do_not_come_again(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let caller = scene.user("ann", &["IAMUserChangePassword"]).await;
    scene.password("ann", false).await;
    scene.root(UpdateAccountPasswordPolicy { password_reuse_prevention: Some(2), ..lax() }).await;
    let refused = ("PasswordPolicyViolation", "Password does not conform to the account password policy.".to_owned());
    assert_eq!(scene.refusal(give(PASSWORD)).await, refused, "the present one counts");
    scene.call(&caller, change(PASSWORD, "Second-Horse-8")).await.expect("changes");
    assert_eq!(scene.refusal_of(&caller, change("Second-Horse-8", PASSWORD)).await, refused);
    scene.call(&caller, change("Second-Horse-8", "Third-Horse-9")).await.expect("changes");
    scene.call(&caller, change("Third-Horse-9", PASSWORD)).await.expect("the third last may come again");
    let kept = scene.sql("select password_hash from password_history").await;
    assert!(kept.len() == 4 && kept.iter().all(|hash| hash.starts_with("$argon2id$")), "{kept:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_old_password_must_be_renewed_at_the_next_sign_in(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    scene.password("ann", false).await;
    age(&scene, 89).await;
    let policy =
        UpdateAccountPasswordPolicy { max_password_age: Some(90), allow_users_to_change_password: true, ..lax() };
    scene.root(policy.clone()).await;
    let session = scene.sign_in("ann", PASSWORD).await.expect("signs in");
    assert!(!scene.of_session(&session).await.must_change_password());
    age(&scene, 1).await;
    let session = scene.sign_in("ann", PASSWORD).await.expect("signs in");
    let caller = scene.of_session(&session).await;
    assert!(caller.must_change_password(), "at once, whenever the policy was set");
    scene.call(&caller, change(PASSWORD, "Second-Horse-8")).await.expect("the account lets users change theirs");
    let session = scene.sign_in("ann", "Second-Horse-8").await.expect("signs in");
    assert!(!scene.of_session(&session).await.must_change_password());

    let key = scene.key("ann").await;
    age(&scene, 90).await;
    scene.root(UpdateAccountPasswordPolicy { hard_expiry: Some(true), ..policy }).await;
    let expired =
        ("AccessDenied", "Your password has expired. Contact your administrator to have it reset.".to_owned());
    let error = scene.sign_in("ann", "Second-Horse-8").await.expect_err("only an administrator");
    assert_eq!((error.code(), error.to_string()), expired);
    assert_eq!(scene.sign_in("ann", PASSWORD).await.expect_err("wrong").code(), "AuthFailure");
    assert_eq!(scene.refusal_of(&key, change("Second-Horse-8", "Third-Horse-9")).await, expired);
    scene.root(give("Third-Horse-9")).await;
    scene.sign_in("ann", "Third-Horse-9").await.expect("signs in");
}
