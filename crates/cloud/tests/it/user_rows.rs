//! The Users table's rows: every column asks its own action about each user.

use cloud::{Caller, Request, Source};
use model::{
    console::{ListUserRows, ListUserRowsOutput},
    iam::{AddUserToGroup, CreateAccessKey},
};
use sqlx::PgPool;

use crate::scene::Scene;

async fn rows(scene: &Scene, caller: &Caller, query: Option<&str>) -> ListUserRowsOutput {
    let input = ListUserRows { query: query.map(Into::into), ..Default::default() };
    scene.cloud.call(caller, &Request::new(Source::Console), input).await.expect("lists")
}

fn names(output: &ListUserRowsOutput) -> Vec<&str> {
    output.rows.iter().map(|row| row.user_name.as_str()).collect()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_row_has_groups_keys_and_password(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("Ann").await;
    scene.plain_user("bob").await;
    for group in ["Ops", "dev"] {
        scene.group(group).await;
        scene.root(AddUserToGroup { group_name: group.into(), user_name: "ann".into() }).await;
    }
    scene.password("ann", false).await;
    let key = scene.root(CreateAccessKey { user_name: Some("ann".into()) }).await.access_key.access_key_id;
    let all = rows(&scene, &scene.root, None).await;
    assert_eq!((names(&all), all.total), (vec!["Ann", "bob"], 2));
    assert!(all.refused.is_empty());
    let ann = &all.rows[0];
    assert_eq!(ann.groups.as_deref(), Some(&["dev".to_owned(), "Ops".to_owned()][..]));
    assert_eq!(ann.password.as_ref().map(|password| password.enabled), Some(true));
    let keys = ann.access_keys.as_ref().expect("root sees keys");
    assert_eq!((keys[0].access_key_id.as_str(), keys[0].active, keys[0].last_used), (key.as_str(), true, None));
    let bob = &all.rows[1];
    assert_eq!(bob.groups.as_deref(), Some(&[][..]));
    assert_eq!(bob.password.as_ref().map(|password| password.enabled), Some(false));

    assert_eq!(names(&rows(&scene, &scene.root, Some("NN")).await), ["Ann"]);
    let by_key = rows(&scene, &scene.root, Some(&key[6..14].to_lowercase())).await;
    assert_eq!((names(&by_key), by_key.total), (vec!["Ann"], 2));
    for wild in ["%", "_", "\\"] {
        assert!(rows(&scene, &scene.root, Some(wild)).await.rows.is_empty(), "{wild} is a character, not a pattern");
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_refused_column_is_left_out_and_so_is_its_search(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let stranger = scene.user("stranger", &[]).await;
    let refusal = scene.refusal_of(&stranger, ListUserRows::default()).await;
    assert!(refusal.1.contains("is not authorized to perform: iam:ListUsers on resource: arn:"), "{refusal:?}");
    let key = scene.root(CreateAccessKey { user_name: Some("stranger".into()) }).await.access_key.access_key_id;

    let lister = scene.user("lister", &["IAMAccessAdvisorReadOnly"]).await;
    let seen = rows(&scene, &lister, None).await;
    assert_eq!(names(&seen), ["lister", "stranger"]);
    assert_eq!(
        seen.refused,
        ["iam:GetLoginProfile", "iam:ListAccessKeys", "iam:ListGroupsForUser", "iam:ListMFADevices"]
    );
    assert!(seen.rows.iter().all(|row| row.groups.is_none() && row.access_keys.is_none() && row.password.is_none()));
    assert!(rows(&scene, &lister, Some(&key)).await.rows.is_empty(), "the search tells whose key it is");

    // This policy allows ListAccessKeys on one's own user alone.
    let coder = scene.user("coder", &["IAMAccessAdvisorReadOnly", "AWSCodeCommitReadOnly"]).await;
    let seen = rows(&scene, &coder, None).await;
    let with_keys: Vec<_> =
        seen.rows.iter().filter(|row| row.access_keys.is_some()).map(|row| &row.user_name).collect();
    assert_eq!(with_keys, ["coder"]);
    assert!(rows(&scene, &coder, Some(&key)).await.rows.is_empty());
    let reader = scene.user("reader", &["IAMReadOnlyAccess"]).await;
    assert!(rows(&scene, &reader, None).await.refused.is_empty());
    assert_eq!(names(&rows(&scene, &reader, Some(&key)).await), ["stranger"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_trail_says_list_users(pool: PgPool) {
    let scene = Scene::new(pool).await;
    rows(&scene, &scene.root, None).await;
    let last = "select service || ':' || name || ' ' || source from trail order by event_time desc, event_id limit 1";
    assert_eq!(scene.sql(last).await, ["iam:ListUsers console"]);
    let stranger = scene.user("stranger", &[]).await;
    scene.refusal_of(&stranger, ListUserRows::default()).await;
    let refused = "select service || ':' || name from trail where error_code = 'AccessDenied'";
    assert_eq!(scene.sql(refused).await, ["iam:ListUsers"]);
}
