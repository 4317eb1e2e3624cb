//! The Users table's rows: every column asks its own action about each user.

use cloud::{Caller, Request, Source};
use model::{
    console::{ListUserRows, ListUserRowsOutput, NamedListPreference, PutPreferences},
    iam::{AddUserToGroup, CreateAccessKey, PutUserPolicy},
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
    assert_eq!((keys[0].access_key_id.as_str(), keys[0].active), (key.as_str(), true));
    assert_eq!(ann.key_use.as_ref().map(|used| used.last_used), Some(None), "known, and never");
    assert_eq!(ann.last_activity(), None);
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
        [
            "iam:GetAccessKeyLastUsed",
            "iam:GetLoginProfile",
            "iam:ListAccessKeys",
            "iam:ListGroupsForUser",
            "iam:ListMFADevices"
        ]
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

/// All names in an order, and the same walked in twos to the end and back.
async fn ordered(scene: &Scene, caller: &Caller, sort: &str, descending: bool) -> Vec<String> {
    let ask = async |marker, backward, most| {
        let input = ListUserRows {
            sort: Some(sort.into()),
            descending,
            marker,
            backward,
            max_items: Some(most),
            ..Default::default()
        };
        scene.cloud.call(caller, &Request::new(Source::Console), input).await.expect("lists")
    };
    let all: Vec<String> = names(&ask(None, false, 100).await).iter().map(ToString::to_string).collect();
    let mut pages: Vec<Vec<String>> = Vec::new();
    let (mut marker, mut previous) = (None, None);
    loop {
        let page = ask(marker, false, 2).await;
        pages.push(names(&page).iter().map(ToString::to_string).collect());
        assert_eq!(page.previous.is_some(), pages.len() > 1, "{sort}");
        previous = page.previous.or(previous);
        marker = page.marker;
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(pages.concat(), all, "{sort} {descending}");
    let mut back = vec![pages.last().expect("a page").clone()];
    while let Some(before) = previous {
        let page = ask(Some(before), true, 2).await;
        assert!(page.marker.is_some(), "there is the page that one came from");
        back.insert(0, names(&page).iter().map(ToString::to_string).collect());
        previous = page.previous;
    }
    assert_eq!(back.concat(), all, "{sort} {descending} backwards");
    all
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn every_column_gives_an_order_and_its_pages_walk_both_ways(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for name in ["dan", "Ann", "cid", "bob", "eve"] {
        scene.plain_user(name).await;
    }
    scene.group("ops").await;
    scene.root(AddUserToGroup { group_name: "ops".into(), user_name: "cid".into() }).await;
    scene.password("dan", false).await;
    scene.password("bob", false).await;
    let key =
        async |user: &str| scene.root(CreateAccessKey { user_name: Some(user.into()) }).await.access_key.access_key_id;
    let (of_ann, of_eve) = (key("ann").await, key("eve").await);
    let age = |table: &str, column: &str, user: &str, days: i64| {
        format!(
            "update {table} set {column} = {column} - {days}::bigint * 86400000 where user_id =
             (select user_id from iam_user where name_key = '{user}') returning user_id"
        )
    };
    scene.sql(&age("login_profile", "changed_at", "bob", 40)).await;
    scene.sql(&age("access_key", "created_at", "eve", 7)).await;
    scene
        .sql(&format!("update access_key set last_used_at = created_at where access_key_id = '{of_ann}' returning 'x'"))
        .await;
    scene.sql(&age("iam_user", "created_at", "cid", 3)).await;

    let root = scene.root.clone();
    for sort in model::console::USER_ORDERS {
        for descending in [false, true] {
            assert_eq!(ordered(&scene, &root, sort, descending).await.len(), 5);
        }
    }
    let order = async |sort: &str, descending: bool| ordered(&scene, &root, sort, descending).await;
    assert_eq!(order("user-name", false).await, ["Ann", "bob", "cid", "dan", "eve"]);
    assert_eq!(order("user-name", true).await, ["eve", "dan", "cid", "bob", "Ann"]);
    assert_eq!(order("creation-time", false).await[0], "cid");
    assert_eq!(order("groups", true).await[0], "cid");
    assert_eq!(
        order("password-age", false).await,
        ["dan", "bob", "Ann", "cid", "eve"],
        "the youngest first, none last"
    );
    assert_eq!(order("password-age", true).await, ["bob", "dan", "eve", "cid", "Ann"], "the oldest first, none last");
    assert_eq!(order("access-key-age", true).await[..2], ["eve", "Ann"]);
    assert_eq!(order("last-activity", false).await[0], "Ann");
    let by_id = if of_ann < of_eve { ["Ann", "eve"] } else { ["eve", "Ann"] };
    assert_eq!(order("access-key-id", false).await[..2], by_id);

    let some = ListUserRows { user_names: Some(vec!["BOB".into(), "nobody".into()]), ..Default::default() };
    let found = scene.cloud.call(&scene.root, &Request::new(Source::Console), some).await.expect("lists");
    assert_eq!((names(&found), found.total), (vec!["bob"], 5));
    let wrong = ListUserRows { sort: Some("secret".into()), ..Default::default() };
    assert_eq!(scene.refusal(wrong).await.0, "ValidationError");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_order_tells_nothing_that_may_not_be_read(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let lister = scene.user("lister", &["IAMAccessAdvisorReadOnly"]).await;
    scene.plain_user("ann").await;
    scene.plain_user("zoe").await;
    scene.password("zoe", false).await;
    let by_name = ["ann", "lister", "zoe"];
    assert_eq!(ordered(&scene, &scene.root, "password-age", false).await[0], "zoe");
    assert_eq!(ordered(&scene, &lister, "password-age", false).await, by_name);
    assert_eq!(ordered(&scene, &lister, "console-access", false).await, by_name);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn each_principal_keeps_columns_and_page_size_of_each_list(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("tom").await;
    scene.password("tom", false).await;
    let session = scene.sign_in("tom", crate::scene::PASSWORD).await.expect("signs in");
    let tom = scene.of_session(&session).await;
    let put = async |name: &str, page_size: i64, columns: &[&str]| {
        let columns = columns.iter().map(ToString::to_string).collect();
        let list = Some(NamedListPreference { name: name.into(), page_size, columns });
        let input = PutPreferences { list, ..Default::default() };
        scene.cloud.call(&tom, &Request::new(Source::Console), input).await
    };
    put("users-2020", 20, &["groups", "mfa"]).await.expect("kept");
    put("groups-2020", 10, &[]).await.expect("kept");
    put("users-2020", 100, &["path"]).await.expect("kept");
    let lists = scene.cloud.profile(&tom).await.expect("a profile").preferences.lists;
    assert_eq!(lists.len(), 2);
    assert_eq!(
        (lists["users-2020"].page_size, lists["users-2020"].columns.as_slice()),
        (100, &["path".to_owned()][..])
    );
    for (name, page_size, columns) in [("users-2020", 51, &["path"][..]), ("", 50, &[]), ("users", 50, &["A b"])] {
        assert_eq!(put(name, page_size, columns).await.expect_err("refused").code(), "ValidationError");
    }
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

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn one_row_is_for_those_who_may_read_that_user(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for name in ["ann", "bob"] {
        scene.plain_user(name).await;
    }
    let reader = scene.user("reader", &[]).await;
    let only_ann = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": ["iam:GetUser", "iam:ListAccessKeys"],
            "Resource": "arn:aws:iam::{}:user/ann"}}]}}"#,
        scene.account
    );
    scene
        .root(PutUserPolicy { user_name: "reader".into(), policy_name: "ann".into(), policy_document: only_ann })
        .await;
    let of = |name: &str| ListUserRows { user_names: Some(vec![name.into()]), ..Default::default() };
    let seen = scene.call(&reader, of("ANN")).await.expect("GetUser is enough for one row");
    assert_eq!((names(&seen), seen.total), (vec!["ann"], 1), "and the others are not counted");
    assert!(seen.rows[0].access_keys.is_some() && seen.rows[0].groups.is_none());
    let refused = scene.refusal_of(&reader, of("bob")).await;
    assert!(refused.1.contains("is not authorized to perform: iam:GetUser on resource: user bob"), "{refused:?}");
    let two = ListUserRows { user_names: Some(vec!["ann".into(), "bob".into()]), ..Default::default() };
    assert!(scene.refusal_of(&reader, two).await.1.contains("iam:ListUsers"));
    let lister = scene.user("lister", &["IAMAccessAdvisorReadOnly"]).await;
    assert_eq!(names(&scene.call(&lister, of("bob")).await.expect("the list's permission is enough too")), ["bob"]);
}
