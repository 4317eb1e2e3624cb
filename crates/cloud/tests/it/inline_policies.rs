//! Inline policies: putting, reading, their quota, what they allow and deny.

use model::{
    ApiError,
    console::{ListGroupRows, ListPermissionRows},
    iam::{
        AddUserToGroup, CreateGroup, DeleteGroup, DeleteGroupPolicy, DeleteUser, DeleteUserPolicy, GetAccountSummary,
        GetGroupPolicy, GetUserPolicy, ListGroupPolicies, ListGroups, ListUserPolicies, ListUsers, PutGroupPolicy,
        PutUserPolicy, UpdateGroup,
    },
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::scene::Scene;

fn document(effect: &str, action: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Sid": "Only", "Effect": "{effect}", "Action": "{action}", "Resource": "*"}}]}}"#
    )
}

/// A document of exactly `size` characters, white space apart, and much white space.
fn of_size(size: usize) -> String {
    let rest = document("Allow", "s3:").replace("s3:", "s3:FILL");
    let fill = size - (rest.chars().filter(|c| !c.is_whitespace()).count() - "FILL".len());
    rest.replace("FILL", &"x".repeat(fill)).replace(' ', " \n\t")
}

fn user(policy: &str, document: &str) -> PutUserPolicy {
    PutUserPolicy { user_name: "ann".into(), policy_name: policy.into(), policy_document: document.into() }
}

fn group(policy: &str, document: &str) -> PutGroupPolicy {
    PutGroupPolicy { group_name: "staff".into(), policy_name: policy.into(), policy_document: document.into() }
}

fn get(policy: &str) -> GetUserPolicy {
    GetUserPolicy { user_name: "ann".into(), policy_name: policy.into() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_policy_is_put_read_replaced_and_deleted(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    scene.group("staff").await;
    let text = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}\n}";
    scene.root(user("own", &document("Allow", "iam:ListUsers"))).await;
    scene.root(user("own", text)).await;
    scene.root(user("Own", text)).await;
    let read = scene.root(get("own")).await;
    assert!(read.policy_document.starts_with("%7B%0A%20%20%22Version%22%3A%20%222012-10-17%22"), "{read:?}");
    let list = ListUserPolicies { user_name: "ANN".into(), max_items: Some(1), ..Default::default() };
    let first = scene.root(list.clone()).await;
    assert_eq!((first.policy_names, first.is_truncated), (vec!["Own".to_owned()], true));
    let second = scene.root(ListUserPolicies { marker: first.marker, ..list }).await;
    assert_eq!((second.policy_names, second.is_truncated), (vec!["own".to_owned()], false));

    assert_eq!(
        scene.refusal(get("none")).await,
        ("NoSuchEntity", "The user policy with name none cannot be found.".into())
    );
    let nobody = GetUserPolicy { user_name: "nobody".into(), policy_name: "own".into() };
    assert_eq!(scene.refusal(nobody).await, ("NoSuchEntity", "The user with name nobody cannot be found.".into()));
    scene.root(group("shared", text)).await;
    let shared = GetGroupPolicy { group_name: "staff".into(), policy_name: "shared".into() };
    assert_eq!(scene.root(shared).await.policy_document, read.policy_document);
    let absent = DeleteGroupPolicy { group_name: "staff".into(), policy_name: "own".into() };
    assert_eq!(scene.refusal(absent).await, ("NoSuchEntity", "The group policy with name own cannot be found.".into()));

    // Neither goes while it has one.
    let conflict = ("DeleteConflict", "Cannot delete entity, must delete policies first.".to_owned());
    assert_eq!(scene.refusal(DeleteUser { user_name: "ann".into() }).await, conflict);
    assert_eq!(scene.refusal(DeleteGroup { group_name: "staff".into() }).await, conflict);
    for name in ["own", "Own"] {
        scene.root(DeleteUserPolicy { user_name: "ann".into(), policy_name: name.into() }).await;
    }
    scene.root(DeleteGroupPolicy { group_name: "staff".into(), policy_name: "shared".into() }).await;
    scene.root(DeleteUser { user_name: "ann".into() }).await;
    scene.root(DeleteGroup { group_name: "staff".into() }).await;
    assert!(scene.sql("select name from inline_policy").await.is_empty());
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_is_no_policy_is_refused_with_its_place(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let error = scene.call(&scene.root, user("x", "{\n  \"Version\": \"2012-10-17\",\n}")).await.expect_err("no JSON");
    let ApiError::MalformedPolicyDocument { message, position, detail } = &error else { panic!("{error:?}") };
    assert_eq!((error.code(), message.as_str()), ("MalformedPolicyDocument", "Syntax errors in policy."));
    assert_eq!(position.map(|at| at.line), Some(3));
    assert!(detail.is_some());
    let old = document("Allow", "s3:*").replace("2012-10-17", "2008-10-17");
    assert_eq!(scene.refusal(user("x", &old)).await.1, "Policy document must be version 2012-10-17 or greater.");
    let (code, text) = scene.refusal(user("a b", &document("Allow", "s3:*"))).await;
    assert_eq!(code, "ValidationError");
    assert!(text.contains("at 'policyName' failed to satisfy constraint"), "{text}");
    let (code, text) = scene.refusal(user("x", "")).await;
    assert!(code == "ValidationError" && text.contains("at 'policyDocument'"), "{text}");
    assert_eq!(scene.refusal(user("x", "{\"Id\": \"Łódź\"}")).await.0, "ValidationError");
    assert_eq!(
        scene.root(ListUserPolicies { user_name: "ann".into(), ..Default::default() }).await.policy_names.len(),
        0
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn all_of_an_entitys_policies_share_one_quota(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    scene.group("staff").await;
    scene.root(user("first", &of_size(1024))).await;
    scene.root(user("second", &of_size(1024))).await;
    assert_eq!(
        scene.refusal(user("second", &of_size(1025))).await,
        ("LimitExceeded", "Maximum policy size of 2048 bytes exceeded for user ann".into())
    );
    // A replaced document makes room before the new one takes it.
    scene.root(user("second", &of_size(1000))).await;
    scene.root(group("all", &of_size(5120))).await;
    assert_eq!(
        scene.refusal(group("more", &document("Allow", "s3:*"))).await,
        ("LimitExceeded", "Maximum policy size of 5120 bytes exceeded for group staff".into())
    );
    let summary = scene.root(GetAccountSummary {}).await.summary_map;
    assert_eq!((summary["UserPolicySizeQuota"], summary["GroupPolicySizeQuota"]), (2048, 5120));

    // At once, too: three of eight find room.
    scene.plain_user("bob").await;
    let mut running = JoinSet::new();
    for number in 0..8 {
        let scene = scene.clone();
        let put = PutUserPolicy { user_name: "bob".into(), ..user(&format!("p{number}"), &of_size(600)) };
        running.spawn(async move { scene.call(&scene.root, put).await.is_ok() });
    }
    assert_eq!(running.join_all().await.into_iter().filter(|worked| *worked).count(), 3);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_inline_policy_allows_denies_and_is_bounded(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let ann = scene.user("ann", &[]).await;
    scene.group("staff").await;
    scene.root(AddUserToGroup { group_name: "staff".into(), user_name: "ann".into() }).await;
    assert_eq!(scene.refusal_of(&ann, ListUsers::default()).await.0, "AccessDenied");
    scene.root(user("lists", &document("Allow", "iam:ListUsers"))).await;
    scene.call(&ann, ListUsers::default()).await.expect("counts from the next call on");
    scene.root(group("lists", &document("Allow", "iam:ListGroups"))).await;
    scene.call(&ann, ListGroups::default()).await.expect("a group's counts for its members");

    // A Deny wins over everything, and the refusal says where it stands.
    scene.attach("ann", "AdministratorAccess").await;
    scene.root(group("careful", &document("Deny", "iam:CreateGroup"))).await;
    let create = || CreateGroup { group_name: "more".into(), path: "/".into() };
    let error = scene.call(&ann, create()).await.expect_err("denied");
    let ApiError::AccessDenied { denial } = &error else { panic!("{error:?}") };
    assert_eq!(denial.because, "with an explicit deny in an identity-based policy");
    assert_eq!(denial.policy.as_deref(), Some("careful (inline policy of group staff)"));
    assert_eq!(denial.statement.as_deref(), Some("Only"));
    scene.root(user("own", &document("Deny", "iam:ListUsers"))).await;
    let ApiError::AccessDenied { denial } = scene.call(&ann, ListUsers::default()).await.expect_err("denied") else {
        panic!("another error")
    };
    assert_eq!(denial.policy.as_deref(), Some("own (inline policy of the user)"));

    // A renamed group keeps its policies; whoever leaves it is rid of them.
    scene.root(UpdateGroup { group_name: "staff".into(), new_path: None, new_group_name: Some("team".into()) }).await;
    assert_eq!(scene.refusal_of(&ann, create()).await.0, "AccessDenied");
    scene.root(model::iam::RemoveUserFromGroup { group_name: "team".into(), user_name: "ann".into() }).await;
    scene.call(&ann, create()).await.expect("the group's Deny is gone");

    // What an inline policy allows ends at the boundary.
    let bob = scene.user("bob", &[]).await;
    let lists = PutUserPolicy { user_name: "bob".into(), ..user("lists", &document("Allow", "iam:ListUsers")) };
    scene.root(lists).await;
    scene.bound("bob", "AmazonS3FullAccess").await;
    let (_, text) = scene.refusal_of(&bob, ListUsers::default()).await;
    assert!(text.ends_with("because no permissions boundary allows the iam:ListUsers action"), "{text}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn refusals_name_the_owner_and_rows_the_policies(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let stranger = scene.user("stranger", &[]).await;
    scene.plain_user("ann").await;
    scene.group("staff").await;
    let (_, text) = scene.refusal_of(&stranger, get("own")).await;
    assert!(text.contains("iam:GetUserPolicy on resource: user ann because"), "{text}");
    let list = ListGroupPolicies { group_name: "staff".into(), ..Default::default() };
    let (_, text) = scene.refusal_of(&stranger, list).await;
    assert!(text.contains("iam:ListGroupPolicies on resource: group staff because"), "{text}");

    scene.root(user("own", &document("Allow", "s3:*"))).await;
    scene.root(group("shared", &document("Allow", "s3:*"))).await;
    let rows = scene.root(ListPermissionRows { query: Some("ann".into()), ..Default::default() }).await.rows;
    assert_eq!(rows[0].inline_policies.as_deref(), Some(["own".to_owned()].as_slice()));
    let rows = scene.root(ListGroupRows::default()).await.rows;
    assert_eq!(rows[0].inline_policies.as_deref(), Some(["shared".to_owned()].as_slice()));
    assert_eq!(rows[0].users, Some(0));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn groups_are_sorted_page_by_page(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for name in ["beta", "Alpha", "gamma"] {
        scene.group(name).await;
    }
    scene.plain_user("ann").await;
    scene.root(AddUserToGroup { group_name: "beta".into(), user_name: "ann".into() }).await;
    for (sort, descending, expected) in [
        ("name", false, ["Alpha", "beta", "gamma"]),
        ("name", true, ["gamma", "beta", "Alpha"]),
        ("users", true, ["beta", "gamma", "Alpha"]),
        ("users", false, ["Alpha", "gamma", "beta"]),
        ("created", false, ["beta", "Alpha", "gamma"]),
    ] {
        let (mut walked, mut marker) = (Vec::new(), None);
        loop {
            let asked = ListGroupRows {
                sort: Some(sort.into()),
                descending: Some(descending),
                marker,
                max_items: Some(1),
                ..Default::default()
            };
            let page = scene.root(asked).await;
            assert_eq!(page.total, 3);
            walked.extend(page.rows.into_iter().map(|row| row.group_name));
            marker = page.marker;
            if marker.is_none() {
                break;
            }
        }
        assert_eq!(walked, expected, "{sort} {descending}");
    }
    let unknown = ListGroupRows { sort: Some("colour".into()), ..Default::default() };
    assert_eq!(scene.refusal(unknown).await.0, "ValidationError");
}
