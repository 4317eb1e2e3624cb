//! The search box's own resources: what is found, in which order, and by whom.

use cloud::{Caller, Request, Source};
use model::{
    console::{SearchResources, SearchResourcesOutput},
    iam::CreateAccessKey,
};
use sqlx::PgPool;

use crate::scene::Scene;

async fn search(scene: &Scene, caller: &Caller, query: &str) -> SearchResourcesOutput {
    let asked = SearchResources { query: query.into() };
    scene.cloud.call(caller, &Request::new(Source::Console), asked).await.expect("searches")
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn names_and_key_ids_are_found_those_first_that_begin_so(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for name in ["Zoe-Ops", "anna-ops", "ops-1", "Ops-2", "ops-3", "ops-4", "ops-5", "ops-6"] {
        scene.plain_user(name).await;
    }
    scene.group("Ops").await;
    scene.group("devops").await;
    let found = search(&scene, &scene.root, " OPS ").await;
    assert_eq!(found.users, ["ops-1", "Ops-2", "ops-3", "ops-4", "ops-5"], "five of eight");
    assert_eq!(found.groups, ["Ops", "devops"]);
    assert!(found.policies.len() <= 5 && found.access_keys.is_empty());
    let found = search(&scene, &scene.root, "AdministratorAccess").await;
    assert_eq!(found.policies[0].policy_arn, "arn:aws:iam::aws:policy/AdministratorAccess");
    let key = scene.root(CreateAccessKey { user_name: Some("ops-6".into()) }).await.access_key.access_key_id;
    let found = search(&scene, &scene.root, &key.to_lowercase()).await;
    let keys: Vec<_> = found.access_keys.iter().map(|key| (&key.access_key_id, key.user_name.as_str())).collect();
    assert_eq!(keys, [(&key, "ops-6")]);
    let underscored = search(&scene, &scene.root, "_").await;
    assert!(underscored.policies.iter().all(|policy| policy.policy_name.contains('_')), "{underscored:?}");
    assert_eq!((underscored.users.len(), underscored.groups.len()), (0, 0), "no name of theirs has one");
    for wild in ["%", "   "] {
        assert_eq!(search(&scene, &scene.root, wild).await, SearchResourcesOutput::default(), "{wild}");
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn only_what_may_be_listed_is_found(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let other = scene.neighbour().await;
    other.plain_user("admin-of-the-neighbour").await;
    scene.plain_user("admin-1").await;
    scene.group("admins").await;
    let key = scene.root(CreateAccessKey { user_name: Some("admin-1".into()) }).await.access_key.access_key_id;
    let found = search(&scene, &scene.root, "admin").await;
    assert_eq!(found.users, ["admin-1"], "the neighbour's user is not ours");

    let stranger = scene.user("stranger", &[]).await;
    for query in ["admin", &key] {
        assert_eq!(search(&scene, &stranger, query).await, SearchResourcesOutput::default(), "{query}");
    }
    // Lists users and groups, but nobody's keys.
    let lister = scene.user("lister", &["IAMAccessAdvisorReadOnly"]).await;
    let found = search(&scene, &lister, "admin").await;
    assert_eq!((found.users.len(), found.groups.len()), (1, 1));
    assert!(search(&scene, &lister, &key).await.access_keys.is_empty());
    // May list one's own keys and no others.
    let coder = scene.user("coder", &["AWSCodeCommitReadOnly"]).await;
    let own = scene.root(CreateAccessKey { user_name: Some("coder".into()) }).await.access_key.access_key_id;
    assert!(search(&scene, &coder, &key).await.access_keys.is_empty());
    assert_eq!(search(&scene, &coder, &own).await.access_keys.len(), 1);
}
