//! Tags on budgets.

use model::{
    Tag,
    budgets::{CreateBudget, DeleteBudget, ListTagsForResource, TagResource, UntagResource},
    iam::PutUserPolicy,
};
use sqlx::PgPool;

use super::monthly;
use crate::scene::Scene;

fn tag(key: &str, value: &str) -> Tag {
    Tag { key: key.into(), value: value.into() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn tags_come_and_go_with_their_budget(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let arn = format!("arn:aws:budgets::{}:budget/Team A/x", scene.account);
    let list = || ListTagsForResource { resource_arn: arn.clone() };
    let create = CreateBudget { resource_tags: vec![tag("team", "red")], ..monthly(&scene, "Team A/x", "1", &[]) };
    scene.root(create).await;
    let more = vec![tag("Team", "blue"), tag("stage", "")];
    scene.root(TagResource { resource_arn: arn.clone(), resource_tags: more.clone() }).await;
    let [team, stage] = [&more[0], &more[1]].map(Clone::clone);
    assert_eq!(scene.root(list()).await.resource_tags, [stage, team.clone()]);
    scene.root(UntagResource { resource_arn: arn.clone(), resource_tag_keys: vec!["stage".into()] }).await;
    assert_eq!(scene.root(list()).await.resource_tags, [team]);

    let other = scene.neighbour().await;
    assert_eq!(other.refusal(list()).await.0, "AccessDenied");
    let bad = ListTagsForResource { resource_arn: "arn:aws:s3:::bucket".into() };
    assert_eq!(scene.refusal(bad).await.0, "InvalidParameterException");
    scene.root(DeleteBudget { account_id: scene.account.clone(), budget_name: "Team A/x".into() }).await;
    assert_eq!(scene.refusal(list()).await.0, "NotFoundException");
    assert_eq!(scene.sql("select count(*)::text from tag").await, ["0"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn whoever_makes_a_tagged_budget_may_tag(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.root(model::billing::UpdateIAMAccessPreference { activated: true }).await;
    let maker = scene.user("maker", &[]).await;
    let may = |action: &str| PutUserPolicy {
        user_name: "maker".into(),
        policy_name: "may".into(),
        policy_document: format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":[{action}],"Resource":"*"}}}}"#
        ),
    };
    scene.root(may(r#""budgets:ModifyBudget""#)).await;
    scene.call(&maker, monthly(&scene, "plain", "1", &[])).await.expect("may");
    let tagged = || CreateBudget { resource_tags: vec![tag("team", "red")], ..monthly(&scene, "tagged", "1", &[]) };
    assert!(scene.refusal_of(&maker, tagged()).await.1.contains("budgets:TagResource"));
    scene.root(may(r#""budgets:ModifyBudget", "budgets:TagResource""#)).await;
    scene.call(&maker, tagged()).await.expect("may");
}
