//! All permissions of a user or a group at once, each part to those who may read it.

use cloud::{Caller, Request, Source};
use model::{
    ApiError,
    console::{GetEntityPermissions, GetEntityPermissionsOutput, GroupPermissions, Part},
    iam::{AddUserToGroup, AttachGroupPolicy, AttachedPolicy, PutGroupPolicy, PutUserPolicy},
};
use sqlx::PgPool;

use crate::{
    own_policies::document,
    scene::{Scene, managed},
};

fn user(name: &str) -> GetEntityPermissions {
    GetEntityPermissions { user_name: Some(name.into()), group_name: None }
}

fn group(name: &str) -> GetEntityPermissions {
    GetEntityPermissions { user_name: None, group_name: Some(name.into()) }
}

async fn ask(
    scene: &Scene,
    caller: &Caller,
    input: GetEntityPermissions,
) -> Result<GetEntityPermissionsOutput, ApiError> {
    scene.cloud.call(caller, &Request::new(Source::Console), input).await
}

/// Ann, with a policy of each kind and bounded, in `dev` and `Ops`, of which only the latter grants something.
async fn furnished(pool: PgPool) -> Scene {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    scene.attach("ann", "SecurityAudit").await;
    scene.bound("ann", "AdministratorAccess").await;
    for name in ["dev", "Ops"] {
        scene.group(name).await;
        scene.root(AddUserToGroup { group_name: name.into(), user_name: "ann".into() }).await;
    }
    scene.root(AttachGroupPolicy { group_name: "Ops".into(), policy_arn: managed("PowerUserAccess") }).await;
    for name in ["b", "a"] {
        let policy_document = document("Allow", "s3:*");
        scene.root(PutUserPolicy { user_name: "ann".into(), policy_name: name.into(), policy_document }).await;
    }
    let policy_document = document("Deny", "s3:*");
    scene.root(PutGroupPolicy { group_name: "Ops".into(), policy_name: "careful".into(), policy_document }).await;
    scene
}

/// A user with one inline policy: these actions on these resources.
async fn reader(scene: &Scene, name: &str, actions: &[&str], resources: &[&str]) -> Caller {
    let caller = scene.user(name, &[]).await;
    let resources: Vec<String> =
        resources.iter().map(|resource| format!("arn:aws:iam::{}:{resource}", scene.account)).collect();
    let text = serde_json::json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": actions, "Resource": resources},
    ]});
    let put = PutUserPolicy { user_name: name.into(), policy_name: "own".into(), policy_document: text.to_string() };
    scene.root(put).await;
    caller
}

fn attached(part: &Part<Vec<AttachedPolicy>>) -> Vec<&str> {
    let Part::Read(policies) = part else { panic!("{part:?}") };
    policies.iter().map(|policy| policy.policy_name.as_str()).collect()
}

fn groups(output: &GetEntityPermissionsOutput) -> &[GroupPermissions] {
    let Some(Part::Read(groups)) = &output.groups else { panic!("{:?}", output.groups) };
    groups
}

/// The sentence of a refusal.
fn refused<T: std::fmt::Debug + Clone>(part: &Part<T>) -> String {
    part.clone().read().expect_err("a refusal").to_string()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn everything_with_a_say_is_told_at_once(pool: PgPool) {
    let scene = furnished(pool).await;
    let found = ask(&scene, &scene.root, user("ANN")).await.expect("reads");
    assert_eq!(attached(&found.attached_policies), ["SecurityAudit"], "the boundary grants nothing");
    let Part::Read(inline) = &found.inline_policies else { panic!("{found:?}") };
    let size = document("Allow", "s3:*").chars().filter(|character| !character.is_whitespace()).count();
    let size = i64::try_from(size).ok();
    assert_eq!(inline.iter().map(|row| row.policy_name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert!(inline.iter().all(|row| row.size == size), "{inline:?}");
    let [dev, ops] = groups(&found) else { panic!("{found:?}") };
    assert_eq!((dev.group_name.as_str(), attached(&dev.attached_policies).len()), ("dev", 0));
    assert_eq!((ops.group_name.as_str(), attached(&ops.attached_policies)), ("Ops", vec!["PowerUserAccess"]));
    let Part::Read(careful) = &ops.inline_policies else { panic!("{ops:?}") };
    assert_eq!(careful[0].policy_name, "careful");

    let of_group = ask(&scene, &scene.root, group("ops")).await.expect("reads");
    assert_eq!(attached(&of_group.attached_policies), ["PowerUserAccess"]);
    assert!(of_group.groups.is_none());
    let (code, sentence) = scene.refusal(GetEntityPermissions::default()).await;
    assert_eq!((code, sentence.as_str()), ("InvalidInput", "Exactly one of UserName and GroupName must be given."));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn each_part_asks_its_own_action_about_its_own_entity(pool: PgPool) {
    let scene = furnished(pool).await;
    let actions = ["iam:ListGroupsForUser", "iam:ListUserPolicies", "iam:ListAttachedGroupPolicies"];
    let some = reader(&scene, "some", &actions, &["user/ann", "group/Ops"]).await;
    let seen = ask(&scene, &some, user("ann")).await.expect("reads");
    let says = format!(
        "User: arn:aws:iam::{}:user/some is not authorized to perform: iam:ListAttachedUserPolicies on resource: user \
         ann because no identity-based policy allows the iam:ListAttachedUserPolicies action",
        scene.account
    );
    assert_eq!(refused(&seen.attached_policies), says);
    let Part::Read(inline) = &seen.inline_policies else { panic!("{seen:?}") };
    assert!(inline.len() == 2 && inline.iter().all(|row| row.size.is_none()), "documents are GetUserPolicy's");
    let [dev, ops] = groups(&seen) else { panic!("{seen:?}") };
    assert!(refused(&dev.attached_policies).contains("iam:ListAttachedGroupPolicies on resource: group dev"));
    assert_eq!(attached(&ops.attached_policies), ["PowerUserAccess"]);
    assert!(refused(&ops.inline_policies).contains("iam:ListGroupPolicies on resource: group Ops"));
    // Each part says what the API itself says.
    let (_, sentence) =
        scene.refusal_of(&some, model::iam::ListGroupPolicies { group_name: "Ops".into(), ..Default::default() }).await;
    assert_eq!(refused(&ops.inline_policies), sentence);

    // Without the groups nothing of them is told, also not that there are none.
    let other = reader(&scene, "other", &["iam:ListAttachedUserPolicies"], &["user/*"]).await;
    let seen = ask(&scene, &other, user("ann")).await.expect("reads");
    assert_eq!(attached(&seen.attached_policies), ["SecurityAudit"]);
    assert!(refused(seen.groups.as_ref().expect("a user's")).contains("iam:ListGroupsForUser on resource: user ann"));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn who_may_read_nothing_does_not_learn_who_is_there(pool: PgPool) {
    let scene = furnished(pool).await;
    let stranger = scene.user("stranger", &[]).await;
    for asked in [user("ann"), user("nobody"), group("Ops"), group("nothing")] {
        let seen = ask(&scene, &stranger, asked.clone()).await.expect("answers");
        assert!(matches!(seen.attached_policies, Part::Denied(_)), "{seen:?}");
        assert!(matches!(seen.inline_policies, Part::Denied(_)), "{seen:?}");
        assert!(!matches!(seen.groups, Some(Part::Read(_))), "{seen:?}");
    }
    let some = reader(&scene, "some", &["iam:ListUserPolicies"], &["user/*"]).await;
    let error = ask(&scene, &some, user("nobody")).await.expect_err("nobody is there");
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        ("NoSuchEntity", "The user with name nobody cannot be found.")
    );
    let neighbour = scene.neighbour().await;
    assert_eq!(ask(&neighbour, &neighbour.root, user("ann")).await.expect_err("not theirs").code(), "NoSuchEntity");
    assert_eq!(ask(&neighbour, &neighbour.root, group("Ops")).await.expect_err("not theirs").code(), "NoSuchEntity");
}
