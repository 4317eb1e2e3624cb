//! The rows that permissions are chosen from: policies by name, groups with policies, users to copy from.

use cloud::{Caller, Execute, Request, Source};
use model::{
    console::{ListGroupRows, ListPermissionRows, ListPolicyRows, PolicyRow},
    iam::{AddUserToGroup, AttachGroupPolicy},
};
use sqlx::PgPool;

use crate::scene::{Scene, managed};

async fn ask<O: Execute>(scene: &Scene, caller: &Caller, input: O) -> O::Output {
    scene.cloud.call(caller, &Request::new(Source::Console), input).await.expect("lists")
}

fn names(rows: &[PolicyRow]) -> Vec<&str> {
    rows.iter().map(|row| row.policy_name.as_str()).collect()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn policies_are_found_by_name_the_best_match_first(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    scene.attach("ann", "ReadOnlyAccess").await;
    scene.bound("ann", "ReadOnlyAccess").await;
    let find = |query: &str| ListPolicyRows { query: Some(query.into()), ..Default::default() };
    let found = ask(&scene, &scene.root, find("readonlyaccess")).await;
    let first = &found.rows[0];
    assert_eq!(first.policy_name, "ReadOnlyAccess", "the policy of that very name");
    assert_eq!(
        (first.attachment_count, first.permissions_boundary_usage_count, first.kind.as_str()),
        (1, 1, "Job function")
    );
    assert!(found.total > 50 && found.is_truncated == (found.total > 100));
    assert!(found.rows.iter().all(|row| row.policy_name.to_lowercase().contains("readonlyaccess")));

    // One by one, the same rows in the same order.
    let (mut walked, mut marker) = (Vec::new(), None);
    for _ in 0..5 {
        let page =
            ask(&scene, &scene.root, ListPolicyRows { marker, max_items: Some(1), ..find("readonlyaccess") }).await;
        walked.extend(page.rows);
        marker = page.marker;
    }
    assert_eq!(names(&walked), names(&found.rows)[..5]);

    let all = ask(&scene, &scene.root, ListPolicyRows { max_items: Some(1000), ..Default::default() }).await;
    assert!(all.total > 1000 && all.is_truncated);
    assert!(
        all.rows.iter().all(|row| !row.policy_arn.contains("/aws-service-role/")),
        "none that only services attach"
    );
    assert_eq!(ask(&scene, &scene.root, find("%")).await.total, 0, "% is a character, not a pattern");
    let stranger = scene.user("stranger", &[]).await;
    let refusal = scene.refusal_of(&stranger, ListPolicyRows::default()).await;
    assert!(refusal.1.contains("is not authorized to perform: iam:ListPolicies"), "{refusal:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn groups_and_users_show_what_they_grant(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for group in ["Ops", "dev"] {
        scene.group(group).await;
    }
    scene.root(AttachGroupPolicy { group_name: "Ops".into(), policy_arn: managed("PowerUserAccess") }).await;
    scene.plain_user("ann").await;
    scene.root(AddUserToGroup { group_name: "Ops".into(), user_name: "ann".into() }).await;
    scene.attach("ann", "SecurityAudit").await;
    scene.bound("ann", "AdministratorAccess").await;

    let groups = ask(&scene, &scene.root, ListGroupRows::default()).await;
    let shown: Vec<_> = groups
        .rows
        .iter()
        .map(|row| {
            let policies = row.attached_policies.iter().flatten().map(|policy| policy.policy_name.as_str());
            (row.group_name.as_str(), policies.collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(shown, [("dev", vec![]), ("Ops", vec!["PowerUserAccess"])]);

    let users = ask(&scene, &scene.root, ListPermissionRows { query: Some("AN".into()), ..Default::default() }).await;
    let [ann] = users.rows.as_slice() else { panic!("one user matches") };
    assert_eq!(ann.groups.as_deref(), Some(&["Ops".to_owned()][..]));
    assert_eq!(ann.attached_policies.as_ref().expect("readable")[0].policy_arn, managed("SecurityAudit"));
    assert_eq!(ann.boundary.as_ref().expect("readable").policy_arn, Some(managed("AdministratorAccess")));
    assert!(users.refused.is_empty());

    // This policy allows ListUsers and ListGroups, but no question about one user or group.
    let lister = scene.user("lister", &["IAMAccessAdvisorReadOnly"]).await;
    let seen = ask(&scene, &lister, ListPermissionRows::default()).await;
    assert!(seen.rows.iter().all(|row| row.groups.is_none()), "{seen:?}");
    assert!(seen.refused.contains(&"iam:ListGroupsForUser".to_owned()), "{seen:?}");
    let neighbour = scene.neighbour().await;
    assert!(
        ask(&neighbour, &neighbour.root, ListGroupRows::default()).await.rows.is_empty(),
        "another account is blind"
    );
    assert!(ask(&neighbour, &neighbour.root, ListPermissionRows::default()).await.rows.is_empty());
}
