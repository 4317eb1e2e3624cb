//! Tags on users.

use model::{
    Tag,
    iam::{ListUserTags, TagUser, UntagUser},
};
use sqlx::PgPool;

use crate::scene::Scene;

fn tag(key: &str, value: &str) -> Tag {
    Tag { key: key.into(), value: value.into() }
}

fn put(tags: Vec<Tag>) -> TagUser {
    TagUser { user_name: "ann".into(), tags }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn keys_are_one_whatever_their_case(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let list = || ListUserTags { user_name: "ann".into(), ..Default::default() };
    scene.root(put(vec![tag("Team", "a"), tag("cost", "")])).await;
    scene.root(put(vec![tag("TEAM", "b"), tag("Ärger", "ö")])).await;
    assert_eq!(scene.root(list()).await.tags, [tag("cost", ""), tag("TEAM", "b"), tag("Ärger", "ö")]);
    scene.root(UntagUser { user_name: "ann".into(), tag_keys: vec!["tEAM".into(), "none".into()] }).await;
    assert_eq!(scene.root(list()).await.tags, [tag("cost", ""), tag("Ärger", "ö")]);
    assert_eq!(
        scene.refusal(put(vec![tag("a", ""), tag("A", "")])).await,
        ("InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive.".into())
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn fifty_is_the_most(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    scene.root(put((0..50).map(|i| tag(&format!("key{i}"), "")).collect())).await;
    scene.root(put(vec![tag("KEY7", "again")])).await;
    assert_eq!(scene.refusal(put(vec![tag("one more", "")])).await.0, "LimitExceeded");
    assert_eq!(scene.sql("select count(*)::text from tag").await, ["50"]);
}
