//! Permissions boundaries.

use model::iam::{
    AttachedPermissionsBoundary, CreateGroup, DeleteUserPermissionsBoundary, GetUser, ListUsers,
    PutUserPermissionsBoundary,
};
use sqlx::PgPool;

use crate::scene::{Scene, managed};

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_boundary_bounds_and_grants_nothing(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let caller = scene.user("ann", &["IAMReadOnlyAccess"]).await;
    scene.call(&caller, ListUsers::default()).await.expect("allowed so far");

    scene.bound("ann", "AmazonS3FullAccess").await;
    let (code, text) = scene.refusal_of(&caller, ListUsers::default()).await;
    assert_eq!(code, "AccessDenied");
    assert!(text.ends_with("because no permissions boundary allows the iam:ListUsers action"), "{text}");

    // A second one takes the first one's place.
    scene.bound("ann", "IAMFullAccess").await;
    scene.call(&caller, ListUsers::default()).await.expect("within the boundary");
    assert_eq!(
        scene.refusal_of(&caller, CreateGroup { group_name: "x".into(), path: "/".into() }).await.0,
        "AccessDenied",
        "a boundary grants nothing"
    );
    let get = || GetUser { user_name: Some("ann".into()) };
    assert_eq!(
        scene.root(get()).await.user.permissions_boundary,
        Some(AttachedPermissionsBoundary {
            permissions_boundary_type: "Policy".into(),
            permissions_boundary_arn: managed("IAMFullAccess"),
        })
    );
    for _ in 0..2 {
        scene.root(DeleteUserPermissionsBoundary { user_name: "ann".into() }).await;
    }
    assert_eq!(scene.root(get()).await.user.permissions_boundary, None);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_boundary_is_a_policy_that_exists(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let put = |arn: &str| PutUserPermissionsBoundary { user_name: "ann".into(), permissions_boundary: arn.into() };
    assert_eq!(
        scene.refusal(put(&managed("Nonsense"))).await,
        ("NoSuchEntity", format!("Policy {} does not exist or is not attachable.", managed("Nonsense")))
    );
    assert_eq!(scene.refusal(put("not-an-arn-of-any-kind")).await.1, "Invalid ARN:  Could not be parsed!");
}
