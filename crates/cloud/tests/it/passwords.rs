//! Changing one's own password, and the account's policy.

use model::iam::{ChangePassword, GetAccountPasswordPolicy, GetUser};
use sqlx::PgPool;

use crate::scene::{PASSWORD, Scene};

const NEW: &str = "Another-Horse-8";

fn change(old: &str, new: &str) -> ChangePassword {
    ChangePassword { old_password: old.into(), new_password: new.into() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_forced_reset_frees_this_browser_and_ends_the_others(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let by_key = scene.user("ann", &["IAMUserChangePassword", "IAMReadOnlyAccess"]).await;
    scene.password("ann", true).await;
    let here = scene.sign_in("ann", PASSWORD).await.expect("signs in");
    let there = scene.sign_in("ann", PASSWORD).await.expect("signs in");
    let caller = scene.of_session(&here).await;
    assert!(caller.must_change_password());
    let own = GetUser { user_name: None };
    assert_eq!(
        scene.refusal_of(&caller, own.clone()).await,
        ("AccessDenied", "You must change your password to continue.".into())
    );
    scene.call(&by_key, own.clone()).await.expect("a key has no password to change");

    assert_eq!(
        scene.refusal_of(&caller, change("Wrong-Horse-7", NEW)).await,
        ("AccessDenied", "The old password was incorrect.".into())
    );
    assert_eq!(
        scene.refusal_of(&caller, change(PASSWORD, PASSWORD)).await,
        ("PasswordPolicyViolation", "Password does not conform to the account password policy.".into())
    );
    assert_eq!(scene.refusal_of(&caller, change(PASSWORD, "short")).await.0, "PasswordPolicyViolation");
    scene.call(&caller, change(PASSWORD, NEW)).await.expect("changes");
    let caller = scene.of_session(&here).await;
    assert!(caller.is_signed_in() && !caller.must_change_password());
    scene.call(&caller, own).await.expect("goes on");
    assert!(!scene.of_session(&there).await.is_signed_in(), "the other browser is signed out");
    assert_eq!(scene.sign_in("ann", PASSWORD).await.expect_err("the old one").code(), "AuthFailure");
    let again = scene.sign_in("ann", NEW).await.expect("signs in");
    assert!(!scene.of_session(&again).await.must_change_password());
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn tries_are_counted_before_the_password_is_looked_at(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let caller = scene.user("ann", &["IAMUserChangePassword"]).await;
    scene.password("ann", false).await;
    let hashed = scene.cloud.hashes_run();
    let mut codes = Vec::new();
    for _ in 0..8 {
        codes.push(scene.refusal_of(&caller, change("Wrong-Horse-7", NEW)).await.0);
    }
    let tried = codes.iter().filter(|code| **code == "AccessDenied").count();
    assert_eq!(&codes[tried..], vec!["Throttling"; 8 - tried], "{codes:?}");
    assert!(tried <= 6, "{codes:?}");
    assert_eq!(scene.cloud.hashes_run() - hashed, tried as u64, "a throttled try costs no hash");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn root_and_users_without_a_password_have_none_to_change(pool: PgPool) {
    let scene = Scene::new(pool).await;
    assert_eq!(
        scene.refusal(change(PASSWORD, NEW)).await,
        ("InvalidUserType", "Only IAM Users can change their own password".into())
    );
    let caller = scene.user("ann", &["IAMUserChangePassword"]).await;
    assert_eq!(
        scene.refusal_of(&caller, change(PASSWORD, NEW)).await,
        ("NoSuchEntity", "Login Profile for User ann cannot be found.".into())
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_accounts_switch_stands_for_a_policy(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let caller = scene.user("ann", &[]).await;
    scene.password("ann", false).await;
    let (code, text) = scene.refusal_of(&caller, change(PASSWORD, NEW)).await;
    assert_eq!(code, "AccessDenied");
    assert!(text.contains("iam:ChangePassword on resource: user ann because"), "{text}");
    assert_eq!(
        scene.refusal(GetAccountPasswordPolicy {}).await,
        ("NoSuchEntity", format!("The Password Policy with domain name {} cannot be found.", scene.account))
    );
    scene
        .sql(&format!(
            "insert into password_policy values ('{}', 10, true, true, true, true, true, 90, null, null)
             returning account_id",
            scene.account
        ))
        .await;
    let policy = scene.call(&caller, GetAccountPasswordPolicy {}).await.expect("everybody may read it");
    assert!(policy.password_policy.expire_passwords && policy.password_policy.allow_users_to_change_password);
    scene.call(&caller, change(PASSWORD, NEW)).await.expect("everybody may change their own");
    scene.attach("ann", "AWSDenyAll").await;
    let (_, text) = scene.refusal_of(&caller, change(NEW, PASSWORD)).await;
    assert!(text.contains("with an explicit deny in an identity-based policy"), "{text}");
}
