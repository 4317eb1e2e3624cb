//! Policies that give more, or less, than whoever wrote them thought.

use cloud::Caller;
use model::{
    ApiError,
    iam::{CreateAccessKey, CreateUser, DeleteUser, GetUser, ListUsers, PutUserPermissionsBoundary, UpdateAccessKey},
};
use sqlx::PgPool;

use super::{ATTACKER, write};
use crate::scene::{Scene, bare_user, managed};

fn make(name: &str) -> CreateUser {
    CreateUser { user_name: name.into(), ..bare_user() }
}

fn get(name: &str) -> GetUser {
    GetUser { user_name: Some(name.into()) }
}

/// The attacker with one statement.
async fn with(pool: PgPool, statement: &str) -> (Scene, Caller) {
    let scene = Scene::new(pool).await;
    let mallory = scene.user(ATTACKER, &[]).await;
    scene.plain_user("alice").await;
    scene.plain_user("Alice2").await;
    let document = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
    write(&scene, ATTACKER, "only", &document.replace("ACCOUNT", &scene.account)).await;
    (scene, mallory)
}

fn is_denied<T>(outcome: Result<T, ApiError>) -> bool {
    matches!(outcome, Err(ApiError::AccessDenied { .. }))
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn allow_with_not_action_gives_what_it_does_not_name(pool: PgPool) {
    let statement = r#"{"Effect": "Allow", "NotAction": "iam:Create*", "Resource": "*"}"#;
    let (scene, mallory) = with(pool, statement).await;
    assert!(is_denied(scene.call(&mallory, make("x")).await));
    scene.call(&mallory, DeleteUser { user_name: "alice".into() }).await.expect("it was not named");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn deny_with_not_action_is_no_allow(pool: PgPool) {
    let statement = r#"{"Effect": "Deny", "NotAction": "iam:GetUser", "Resource": "*"}"#;
    let (scene, mallory) = with(pool, statement).await;
    assert!(is_denied(scene.call(&mallory, get("alice")).await));
    scene.attach(ATTACKER, "AdministratorAccess").await;
    scene.call(&mallory, get("alice")).await.expect("neither denied nor without an Allow");
    let (_, sentence) = scene.refusal_of(&mallory, ListUsers::default()).await;
    assert!(sentence.ends_with("with an explicit deny in an identity-based policy"), "{sentence}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn allow_with_not_resource_gives_every_other_resource(pool: PgPool) {
    let statement = r#"{"Effect": "Allow", "Action": "iam:GetUser", "NotResource": "arn:aws:iam::ACCOUNT:user/alice"}"#;
    let (scene, mallory) = with(pool, statement).await;
    assert!(is_denied(scene.call(&mallory, get("alice")).await));
    scene.call(&mallory, get("Alice2")).await.expect("it is another");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn actions_have_no_case_and_resources_have(pool: PgPool) {
    let statement = r#"{"Effect": "Deny", "Action": "IAM:createuser", "Resource": "*"},
        {"Effect": "Deny", "Action": "iam:GetUser", "Resource": "arn:aws:iam::ACCOUNT:user/alice2"},
        {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}"#;
    let (scene, mallory) = with(pool, statement).await;
    assert!(is_denied(scene.call(&mallory, make("x")).await), "the action in other letters");
    scene.call(&mallory, get("Alice2")).await.expect("the resource in other letters is another");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_star_within_a_name_stays_within_the_resource(pool: PgPool) {
    let statement = r#"{"Effect": "Allow", "Action": "iam:GetUser", "Resource": "arn:aws:iam::ACCOUNT:user/ali*"}"#;
    let (scene, mallory) = with(pool, statement).await;
    scene.call(&mallory, get("alice")).await.expect("it begins so");
    assert!(is_denied(scene.call(&mallory, get("Alice2")).await));
    assert!(is_denied(scene.call(&mallory, get(ATTACKER)).await), "not even oneself");
}

/// The usual delegation: whoever makes a user must bound them. Otherwise its holder would make an administrator.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_delegated_user_is_made_within_the_boundary_or_not_at_all(pool: PgPool) {
    let statement = r#"{"Effect": "Allow", "Action": ["iam:CreateUser", "iam:PutUserPermissionsBoundary"], "Resource": "*",
          "Condition": {"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}}},
        {"Effect": "Allow", "Action": ["iam:AttachUserPolicy", "iam:CreateAccessKey"], "Resource": "*"}"#;
    let (scene, mallory) = with(pool, statement).await;
    let bounded = |boundary: Option<&str>| CreateUser { permissions_boundary: boundary.map(managed), ..make("minion") };
    assert!(is_denied(scene.call(&mallory, bounded(None)).await), "without a boundary");
    assert!(is_denied(scene.call(&mallory, bounded(Some("AdministratorAccess"))).await), "within another");
    scene.call(&mallory, bounded(Some("AmazonS3ReadOnlyAccess"))).await.expect("within the one");
    let attach =
        model::iam::AttachUserPolicy { user_name: "minion".into(), policy_arn: managed("AdministratorAccess") };
    scene.call(&mallory, attach).await.expect("may attach");
    let wider =
        PutUserPermissionsBoundary { user_name: "minion".into(), permissions_boundary: managed("AdministratorAccess") };
    assert!(is_denied(scene.call(&mallory, wider).await), "the boundary stays what it is");
    let key = scene.call(&mallory, CreateAccessKey { user_name: Some("minion".into()) }).await.expect("may make keys");
    let key = key.access_key.access_key_id;
    let minion = scene.cloud.caller_of_signature(&key, |_| Ok(())).await.expect("the key is known");
    let (_, sentence) = scene.refusal_of(&minion, make("x")).await;
    assert!(sentence.ends_with("because no permissions boundary allows the iam:CreateUser action"), "{sentence}");
    let off = UpdateAccessKey { user_name: Some("minion".into()), access_key_id: key, status: "Inactive".into() };
    assert!(is_denied(scene.call(&minion, off).await), "nor may they touch their own key");
}
