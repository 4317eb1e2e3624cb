//! What policies are told of a request, seen through AWS's own policies that ask for it.

use cloud::Caller;
use model::{
    ApiError, Tag,
    iam::{GetPolicy, GetUser, TagUser},
};
use sqlx::PgPool;

use crate::scene::{Scene, managed};

async fn tag(scene: &Scene, user: &str, project: &str) {
    let tags = vec![Tag { key: "AmazonDataZoneProject".into(), value: project.into() }];
    scene.root(TagUser { user_name: user.into(), tags }).await;
}

/// The Sid of the statement that keeps a caller from reading bob.
async fn denying(scene: &Scene, caller: &Caller) -> Option<String> {
    match scene.call(caller, GetUser { user_name: Some("bob".into()) }).await {
        Err(ApiError::AccessDenied { denial }) => denial.statement,
        other => panic!("not denied: {other:?}"),
    }
}

/// The policy denies everything in the end, but first what belongs to another project: to the resource's tag, if both
/// have one and they differ.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_callers_tags_are_keys(pool: PgPool) {
    const OTHER: &str = "DenyAllNonMatchingProjectTag";
    const REST: &str = "NotDeniedOperations";
    let scene = Scene::new(pool).await;
    scene.plain_user("bob").await;
    let caller = scene.user("ann", &["AdministratorAccess", "SageMakerStudioProjectUserRolePermissionsBoundary"]).await;
    tag(&scene, "bob", "pegasus").await;
    assert_eq!(denying(&scene, &caller).await.as_deref(), Some(REST), "ann has no project");
    tag(&scene, "ann", "unicorn").await;
    assert_eq!(denying(&scene, &caller).await.as_deref(), Some(OTHER), "another project");
    tag(&scene, "ann", "pegasus").await;
    assert_eq!(denying(&scene, &caller).await.as_deref(), Some(REST), "the same project");
}

/// The policy lets read policies of the caller's own account. AWS's own policies belong to AWS.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_resources_account_is_a_key(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let caller = scene.user("ann", &["DBModVirtualSource"]).await;
    let own = format!("arn:aws:iam::{}:policy/Mine", scene.account);
    assert_eq!(scene.refusal_of(&caller, GetPolicy { policy_arn: own }).await.0, "NoSuchEntity");
    let theirs = GetPolicy { policy_arn: managed("ReadOnlyAccess") };
    assert_eq!(scene.refusal_of(&caller, theirs).await.0, "AccessDenied");
}
