//! Attached policies.

use model::iam::{AttachGroupPolicy, AttachUserPolicy, DetachGroupPolicy, DetachUserPolicy, ListAttachedUserPolicies};
use sqlx::PgPool;

use crate::scene::{Scene, managed};

fn attach(arn: &str) -> AttachUserPolicy {
    AttachUserPolicy { user_name: "ann".into(), policy_arn: arn.into() }
}

fn detach(arn: &str) -> DetachUserPolicy {
    DetachUserPolicy { user_name: "ann".into(), policy_arn: arn.into() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_may_be_attached(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    assert_eq!(
        scene.refusal(attach("longpolicynamebutnoarn")).await,
        ("ValidationError", "Invalid ARN:  Could not be parsed!".into())
    );
    let unknown = format!("arn:aws:iam::{}:policy/none", scene.account);
    assert_eq!(
        scene.refusal(attach(&unknown)).await,
        ("NoSuchEntity", format!("Policy {unknown} does not exist or is not attachable."))
    );
    let service_linked = managed("aws-service-role/AccessAnalyzerServiceRolePolicy");
    assert_eq!(scene.refusal(attach(&service_linked)).await.0, "PolicyNotAttachable");
    assert_eq!(
        scene.refusal(detach(&managed("ReadOnlyAccess"))).await,
        ("NoSuchEntity", format!("Policy {} was not found.", managed("ReadOnlyAccess")))
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn attaching_twice_counts_once(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    scene.group("staff").await;
    for _ in 0..2 {
        scene.attach("ann", "ReadOnlyAccess").await;
        let arn = managed("ReadOnlyAccess");
        scene.root(AttachGroupPolicy { group_name: "staff".into(), policy_arn: arn }).await;
    }
    scene.attach("ann", "job-function/Billing").await;
    assert_eq!(scene.sql("select policies::text from iam_user").await, ["2"]);
    assert_eq!(scene.sql("select policies::text from iam_group").await, ["1"]);
    let list = |prefix: Option<&str>| ListAttachedUserPolicies {
        user_name: "ANN".into(),
        path_prefix: prefix.map(Into::into),
        ..Default::default()
    };
    let names = |policies: Vec<model::iam::AttachedPolicy>| {
        policies.into_iter().map(|policy| policy.policy_name).collect::<Vec<_>>()
    };
    assert_eq!(names(scene.root(list(None)).await.attached_policies), ["Billing", "ReadOnlyAccess"]);
    assert_eq!(names(scene.root(list(Some("/job-function/"))).await.attached_policies), ["Billing"]);
    scene.root(detach(&managed("ReadOnlyAccess"))).await;
    scene.root(DetachGroupPolicy { group_name: "staff".into(), policy_arn: managed("ReadOnlyAccess") }).await;
    assert_eq!(scene.sql("select policies::text from iam_user").await, ["1"]);
    assert_eq!(scene.sql("select policies::text from iam_group").await, ["0"]);
}
