//! Users: names, paths, denials before "no such entity", and what has to go before a user can.

use model::{
    Tag,
    iam::{
        AddUserToGroup, CreateAccountAlias, CreateUser, DeleteAccessKey, DeleteLoginProfile, DeleteUser,
        DetachUserPolicy, GetUser, ListAccessKeys, ListUserTags, ListUsers, RemoveUserFromGroup, UpdateUser,
    },
};
use sqlx::PgPool;

use crate::scene::{Scene, bare_user, managed};

fn get(name: &str) -> GetUser {
    GetUser { user_name: Some(name.into()) }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn names_keep_their_case_and_are_unique_without_it(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let made = scene
        .root(CreateUser {
            user_name: "Alice".into(),
            path: "/team/".into(),
            permissions_boundary: Some(managed("PowerUserAccess")),
            tags: vec![Tag { key: "Department".into(), value: "Research".into() }],
        })
        .await
        .user;
    assert_eq!(made.arn, format!("arn:aws:iam::{}:user/team/Alice", scene.account));
    assert!(made.user_id.starts_with("AIDA") && made.user_id.len() == 21, "{}", made.user_id);
    assert_eq!(scene.root(get("aLICE")).await.user, made);
    assert_eq!(
        scene.refusal(CreateUser { user_name: "ALICE".into(), ..bare_user() }).await,
        ("EntityAlreadyExists", "User with name ALICE already exists.".into())
    );
    assert_eq!(
        scene.refusal(get("nobody")).await,
        ("NoSuchEntity", "The user with name nobody cannot be found.".into())
    );
    assert_eq!(
        scene.refusal(CreateUser { user_name: "a b".into(), ..bare_user() }).await,
        (
            "ValidationError",
            r"1 validation error detected: Value 'a b' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+".into()
        )
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_rename_keeps_id_and_policies(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let caller = scene.user("before", &["IAMReadOnlyAccess"]).await;
    scene.plain_user("other").await;
    let id = scene.root(get("before")).await.user.user_id;
    let rename = |new: &str| UpdateUser { user_name: "before".into(), new_path: None, new_user_name: Some(new.into()) };
    assert_eq!(
        scene.refusal(rename("OTHER")).await,
        ("EntityAlreadyExists", "User with name OTHER already exists.".into())
    );
    scene.root(rename("Before")).await;
    scene
        .root(UpdateUser {
            user_name: "before".into(),
            new_path: Some("/x/".into()),
            new_user_name: Some("after".into()),
        })
        .await;
    let user = scene.root(get("after")).await.user;
    assert_eq!((user.user_id, user.path.as_str()), (id, "/x/"));
    let own = scene.call(&caller, GetUser { user_name: None }).await.expect("the old key and the policy still hold");
    assert_eq!(own.user.user_name, "after");
    assert_eq!(scene.refusal(get("before")).await.0, "NoSuchEntity");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn refusals_are_aws_sentences_and_come_before_no_such_entity(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let stranger = scene.user("stranger", &[]).await;
    let account = &scene.account;
    let denied = |action: &str, resource: &str| {
        let text = format!(
            "User: arn:aws:iam::{account}:user/stranger is not authorized to perform: {action} on resource: {resource} because no identity-based policy allows the {action} action"
        );
        ("AccessDenied", text)
    };
    for name in ["nobody", "stranger"] {
        assert_eq!(scene.refusal_of(&stranger, get(name)).await, denied("iam:GetUser", &format!("user {name}")));
    }
    assert_eq!(scene.refusal_of(&stranger, GetUser { user_name: None }).await, denied("iam:GetUser", "user stranger"));
    assert_eq!(
        scene.refusal_of(&stranger, ListUsers::default()).await,
        denied("iam:ListUsers", &format!("arn:aws:iam::{account}:user/"))
    );
    assert_eq!(
        scene.refusal_of(&stranger, CreateUser { user_name: "x".into(), path: "/p/".into(), ..bare_user() }).await,
        denied("iam:CreateUser", &format!("arn:aws:iam::{account}:user/p/x"))
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_hangs_on_a_user_must_go_first(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let key = scene.user("leaver", &["ReadOnlyAccess"]).await;
    scene.group("staff").await;
    scene.root(AddUserToGroup { group_name: "staff".into(), user_name: "leaver".into() }).await;
    scene.password("leaver", false).await;
    scene.bound("leaver", "PowerUserAccess").await;
    let session = scene.sign_in("leaver", crate::scene::PASSWORD).await.expect("signs in");
    let delete = || DeleteUser { user_name: "leaver".into() };
    let conflict = |what: &str| ("DeleteConflict", format!("Cannot delete entity, must {what} first."));

    assert_eq!(scene.refusal(delete()).await, conflict("detach all policies"));
    scene.root(DetachUserPolicy { user_name: "leaver".into(), policy_arn: managed("ReadOnlyAccess") }).await;
    assert_eq!(scene.refusal(delete()).await, conflict("remove users from group"));
    scene.root(RemoveUserFromGroup { group_name: "staff".into(), user_name: "leaver".into() }).await;
    assert_eq!(scene.refusal(delete()).await, conflict("delete login profile"));
    scene.root(DeleteLoginProfile { user_name: Some("leaver".into()) }).await;
    assert!(!scene.of_session(&session).await.is_signed_in(), "no password, no session");
    assert_eq!(scene.refusal(delete()).await, conflict("delete access keys"));
    let keys = scene.root(ListAccessKeys { user_name: Some("leaver".into()), ..Default::default() }).await;
    for key in keys.access_key_metadata {
        scene.root(DeleteAccessKey { user_name: Some("leaver".into()), access_key_id: key.access_key_id }).await;
    }
    scene.root(delete()).await;
    assert_eq!(scene.refusal(delete()).await.0, "NoSuchEntity");
    assert_eq!(scene.refusal_of(&key, GetUser { user_name: None }).await.0, "InvalidClientTokenId");
    assert_eq!(scene.sql("select count(*)::text from attachment").await, ["0"], "the boundary went with the user");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn deletion_ends_sessions_and_a_namesake_is_somebody_else(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let tags = vec![Tag { key: "k".into(), value: "v".into() }];
    let first = scene.root(CreateUser { user_name: "john".into(), tags, ..bare_user() }).await.user;
    // A session that outlived its password: what deletion has to end by itself.
    scene
        .sql(&format!(
            "insert into session (id_hash, data, expires_at, account_id, user_id)
             values ('\\x01', '{{}}', now() + interval '1 hour', '{}', '{}') returning account_id",
            scene.account, first.user_id
        ))
        .await;
    scene.root(DeleteUser { user_name: "john".into() }).await;
    assert_eq!(scene.sql("select count(*)::text from session").await, ["0"]);
    let second = scene.root(CreateUser { user_name: "john".into(), ..bare_user() }).await.user;
    assert_ne!(first.user_id, second.user_id);
    let tags = scene.root(ListUserTags { user_name: "john".into(), ..Default::default() }).await.tags;
    assert!(tags.is_empty(), "the first john's tags are not the second's");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn root_asked_for_itself_is_the_account(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.root(CreateAccountAlias { account_alias: "practice".into() }).await;
    let user = scene.root(GetUser { user_name: None }).await.user;
    assert_eq!(user.user_id, scene.account);
    assert_eq!(user.arn, format!("arn:aws:iam::{}:root", scene.account));
    let json = serde_json::to_value(&user).expect("serializes");
    assert_eq!(json.get("UserName"), None, "{json}");
}
