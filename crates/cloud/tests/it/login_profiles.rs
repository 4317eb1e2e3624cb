//! Console passwords that administrators give.

use model::{
    ApiError,
    iam::{ChangePassword, CreateLoginProfile, DeleteLoginProfile, GetLoginProfile, UpdateLoginProfile},
};
use sqlx::PgPool;

use crate::scene::{PASSWORD, Scene};

fn create(password: &str) -> CreateLoginProfile {
    CreateLoginProfile { user_name: "ann".into(), password: password.into(), password_reset_required: false }
}

fn get(name: &str) -> GetLoginProfile {
    GetLoginProfile { user_name: Some(name.into()) }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_password_is_given_once_and_kept_as_a_hash(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("Ann").await;
    assert_eq!(scene.refusal(get("ann")).await, ("NoSuchEntity", "Login Profile for User Ann cannot be found.".into()));
    let made = scene.root(create(PASSWORD)).await.login_profile;
    assert_eq!((made.user_name.as_str(), made.password_reset_required), ("Ann", false));
    assert_eq!(scene.root(get("ANN")).await.login_profile, made);
    assert_eq!(
        scene.refusal(create(PASSWORD)).await,
        ("EntityAlreadyExists", "Login Profile for user ann already exists.".into())
    );
    let kept = scene.sql("select password_hash from login_profile").await;
    assert!(kept[0].starts_with("$argon2id$"), "{kept:?}");
    assert_eq!(
        scene.refusal(GetLoginProfile { user_name: None }).await,
        ("NoSuchEntity", "Login Profile for User null cannot be found.".into())
    );
    assert_eq!(
        scene.refusal(CreateLoginProfile { user_name: "nobody".into(), ..create(PASSWORD) }).await,
        ("NoSuchEntity", "The user with name nobody cannot be found.".into())
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_bad_password_is_refused_before_it_is_hashed(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let hashed = scene.cloud.hashes_run();
    assert_eq!(
        scene.refusal(create("Short-1")).await,
        ("PasswordPolicyViolation", "Password should have a minimum length of 8".into())
    );
    let error = scene.call(&scene.root, create("abcdefg1")).await.expect_err("two classes only");
    let ApiError::PasswordPolicyViolation { message, rules } = error else { panic!("{error}") };
    assert_eq!(
        message,
        "Password should meet 1 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one symbol"
    );
    assert_eq!(rules, [message]);
    assert_eq!(scene.refusal(create("Owner@Example.com")).await.0, "PasswordPolicyViolation");
    let stranger = scene.user("stranger", &[]).await;
    assert_eq!(scene.refusal_of(&stranger, create(PASSWORD)).await.0, "AccessDenied");
    assert_eq!(scene.cloud.hashes_run(), hashed, "somebody without the right made us hash");

    // A policy of the account's own takes the default one's place.
    scene
        .sql(&format!(
            "insert into password_policy values ('{}', 6, false, true, false, false, false, null, null, null)
             returning account_id",
            scene.account
        ))
        .await;
    assert_eq!(scene.refusal(create("secrets")).await.1, "Password should have at least one number");
    scene.root(create("secret7")).await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_new_password_ends_the_old_ones_sessions(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    scene.plain_user("bob").await;
    let update = |password: Option<&str>, reset: Option<bool>| UpdateLoginProfile {
        user_name: "ann".into(),
        password: password.map(Into::into),
        password_reset_required: reset,
    };
    assert_eq!(scene.refusal(update(Some(PASSWORD), None)).await.0, "NoSuchEntity");
    assert_eq!(scene.refusal(update(None, Some(true))).await.0, "NoSuchEntity");
    scene.password("ann", false).await;
    scene.password("bob", false).await;
    let ann = scene.sign_in("ann", PASSWORD).await.expect("signs in");
    let bob = scene.sign_in("bob", PASSWORD).await.expect("signs in");
    scene.root(update(None, Some(true))).await;
    assert!(scene.of_session(&ann).await.is_signed_in(), "the switch counts at the next sign-in");
    scene.root(update(Some("Another-Horse-8"), Some(false))).await;
    assert!(!scene.of_session(&ann).await.is_signed_in());
    assert!(scene.of_session(&bob).await.is_signed_in(), "bob's is not ann's");
    assert_eq!(scene.sign_in("ann", PASSWORD).await.expect_err("the old one").code(), "AuthFailure");
    let ann = scene.sign_in("ann", "Another-Horse-8").await.expect("signs in");
    assert!(!scene.of_session(&ann).await.must_change_password());
    scene.root(DeleteLoginProfile { user_name: Some("ann".into()) }).await;
    assert!(!scene.of_session(&ann).await.is_signed_in());
    assert_eq!(
        scene.refusal(DeleteLoginProfile { user_name: Some("ann".into()) }).await.1,
        "Login Profile for User ann cannot be found."
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_password_is_written_in_latin(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let refused = |member: &str| {
        let pattern = r"Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u00FF]+";
        let text = format!("1 validation error detected: Value at '{member}' failed to satisfy constraint: {pattern}");
        ("ValidationError", text)
    };
    let update = |password: &str| UpdateLoginProfile {
        user_name: "ann".into(),
        password: Some(password.into()),
        password_reset_required: None,
    };
    let change = ChangePassword { old_password: PASSWORD.into(), new_password: "Correct-Horse-7\u{1f40e}".into() };
    for wrong in ["Correct-Horse-7\u{20ac}", "\u{43f}\u{430}\u{440}\u{43e}\u{43b}\u{44c}-Aa1", "Correct-Horse-7\u{0}"] {
        assert_eq!(scene.refusal(create(wrong)).await, refused("password"));
    }
    scene.root(create("Corr\u{e9}ct-Horse-7\u{ff}")).await;
    assert_eq!(scene.refusal(update("Correct-Horse-7\u{100}")).await, refused("password"));
    assert_eq!(scene.refusal_of(&scene.key("ann").await, change).await, refused("newPassword"));
}
