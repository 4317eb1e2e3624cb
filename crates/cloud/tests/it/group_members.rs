//! Memberships.

use model::iam::{AddUserToGroup, GetGroup, ListGroupsForUser, RemoveUserFromGroup};
use sqlx::PgPool;

use crate::scene::Scene;

fn add(group: &str, user: &str) -> AddUserToGroup {
    AddUserToGroup { group_name: group.into(), user_name: user.into() }
}

fn remove(group: &str, user: &str) -> RemoveUserFromGroup {
    RemoveUserFromGroup { group_name: group.into(), user_name: user.into() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn members_come_and_go(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.group("Staff").await;
    scene.plain_user("Ann").await;
    scene.root(add("staff", "ann")).await;
    scene.root(add("staff", "ann")).await;
    let members = scene.root(GetGroup { group_name: "staff".into(), ..Default::default() }).await.users;
    assert_eq!(members.iter().map(|user| user.user_name.as_str()).collect::<Vec<_>>(), ["Ann"]);
    let groups = scene.root(ListGroupsForUser { user_name: "ann".into(), ..Default::default() }).await.groups;
    assert_eq!(groups.iter().map(|group| group.group_name.as_str()).collect::<Vec<_>>(), ["Staff"]);
    assert_eq!(scene.sql("select members::text from iam_group").await, ["1"], "counted once");

    assert_eq!(scene.refusal(add("nowhere", "ann")).await.1, "The group with name nowhere cannot be found.");
    assert_eq!(scene.refusal(add("staff", "nobody")).await.1, "The user with name nobody cannot be found.");
    scene.root(remove("staff", "ann")).await;
    assert_eq!(scene.refusal(remove("staff", "ann")).await, ("NoSuchEntity", "User Ann not in group Staff".into()));
    assert_eq!(scene.sql("select members::text from iam_group").await, ["0"]);
    assert_eq!(scene.sql("select groups::text from iam_user").await, ["0"]);
}
