//! Groups: names, renaming, deletion.

use model::iam::{
    AddUserToGroup, AttachGroupPolicy, CreateGroup, DeleteGroup, DetachGroupPolicy, GetGroup, GetUser,
    ListAttachedGroupPolicies, ListGroups, RemoveUserFromGroup, UpdateGroup,
};
use sqlx::PgPool;

use crate::scene::{Scene, managed};

fn get(name: &str) -> GetGroup {
    GetGroup { group_name: name.into(), ..Default::default() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_group_is_made_renamed_and_deleted(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let made = scene.root(CreateGroup { group_name: "Admins".into(), path: "/ops/".into() }).await.group;
    assert_eq!(made.arn, format!("arn:aws:iam::{}:group/ops/Admins", scene.account));
    assert!(made.group_id.starts_with("AGPA"), "{}", made.group_id);
    assert_eq!(scene.root(get("ADMINS")).await.group, made);
    assert_eq!(
        scene.refusal(CreateGroup { group_name: "admins".into(), path: "/".into() }).await,
        ("EntityAlreadyExists", "Group with name admins already exists.".into())
    );
    scene.group("Staff").await;
    let rename = |new: &str| UpdateGroup {
        group_name: "admins".into(),
        new_path: Some("/".into()),
        new_group_name: Some(new.into()),
    };
    assert_eq!(
        scene.refusal(rename("staff")).await,
        ("EntityAlreadyExists", "Group with name staff already exists.".into())
    );
    scene.root(rename("Owners")).await;
    let renamed = scene.root(get("owners")).await.group;
    assert_eq!((renamed.group_id.as_str(), renamed.path.as_str()), (made.group_id.as_str(), "/"));
    assert_eq!(
        scene.refusal(get("admins")).await,
        ("NoSuchEntity", "The group with name admins cannot be found.".into())
    );

    scene.plain_user("ann").await;
    let owners = || "Owners".to_owned();
    scene.root(AddUserToGroup { group_name: owners(), user_name: "ann".into() }).await;
    scene.root(AttachGroupPolicy { group_name: owners(), policy_arn: managed("ReadOnlyAccess") }).await;
    let delete = || DeleteGroup { group_name: owners() };
    let conflict = |what: &str| ("DeleteConflict", format!("Cannot delete entity, must {what} first."));
    assert_eq!(scene.refusal(delete()).await, conflict("detach all policies"));
    scene.root(DetachGroupPolicy { group_name: owners(), policy_arn: managed("ReadOnlyAccess") }).await;
    assert_eq!(scene.refusal(delete()).await, conflict("remove users from group"));
    scene.root(RemoveUserFromGroup { group_name: owners(), user_name: "ann".into() }).await;
    scene.root(delete()).await;
    assert_eq!(scene.refusal(delete()).await.0, "NoSuchEntity");
    assert_eq!(scene.sql("select groups::text from account_count").await, ["1"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn refusals_name_the_group(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let stranger = scene.user("stranger", &[]).await;
    scene.group("there").await;
    for name in ["there", "nowhere"] {
        let (code, text) = scene.refusal_of(&stranger, get(name)).await;
        assert_eq!(code, "AccessDenied");
        assert!(text.contains(&format!("iam:GetGroup on resource: group {name} because")), "{text}");
    }
    let (_, text) = scene.refusal_of(&stranger, ListGroups::default()).await;
    assert!(text.contains(&format!("iam:ListGroups on resource: arn:aws:iam::{}:group/ because", scene.account)));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_groups_policies_are_its_members(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let member = scene.user("member", &[]).await;
    scene.group("readers").await;
    scene.root(AttachGroupPolicy { group_name: "readers".into(), policy_arn: managed("IAMReadOnlyAccess") }).await;
    let own = GetUser { user_name: None };
    assert_eq!(scene.refusal_of(&member, own.clone()).await.0, "AccessDenied");
    scene.root(AddUserToGroup { group_name: "readers".into(), user_name: "member".into() }).await;
    scene.call(&member, own.clone()).await.expect("the group's policy counts from the next call on");
    scene.root(RemoveUserFromGroup { group_name: "readers".into(), user_name: "member".into() }).await;
    assert_eq!(scene.refusal_of(&member, own).await.0, "AccessDenied");
    let list = ListAttachedGroupPolicies { group_name: "readers".into(), ..Default::default() };
    assert_eq!(scene.root(list).await.attached_policies.len(), 1);
}
