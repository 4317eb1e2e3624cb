//! The account's own managed policies where they count: from the next call on, as boundaries, and under conditions.

use model::{
    ApiError, Tag,
    iam::{
        AddUserToGroup, AttachGroupPolicy, AttachUserPolicy, CreatePolicy, DeletePolicy, ListGroups, ListUsers,
        PutUserPermissionsBoundary, SetDefaultPolicyVersion, TagPolicy, UntagPolicy,
    },
};
use sqlx::PgPool;

use crate::{
    own_policies::{arn, document, new, version},
    scene::{Scene, managed},
};

/// Makes a policy and attaches it to the user.
async fn attach(scene: &Scene, user: &str, name: &str, document: &str) -> String {
    let policy_arn = scene.root(new(name, document)).await.policy.arn;
    scene.root(AttachUserPolicy { user_name: user.into(), policy_arn: policy_arn.clone() }).await;
    policy_arn
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn another_version_counts_from_the_next_call_on(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let ann = scene.user("ann", &[]).await;
    let arn = attach(&scene, "ann", "p", &document("Allow", "iam:ListUsers")).await;
    scene.call(&ann, ListUsers::default()).await.expect("allowed");
    scene.root(version(&arn, &document("Allow", "iam:ListGroups"), false)).await;
    scene.call(&ann, ListUsers::default()).await.expect("a version that is not operative changes nothing");
    assert_eq!(scene.refusal_of(&ann, ListGroups::default()).await.0, "AccessDenied");
    for (id, users) in [("v2", false), ("v1", true), ("v2", false)] {
        scene.root(SetDefaultPolicyVersion { policy_arn: arn.clone(), version_id: id.into() }).await;
        assert_eq!(scene.call(&ann, ListUsers::default()).await.is_ok(), users, "{id}");
        assert_eq!(scene.call(&ann, ListGroups::default()).await.is_ok(), !users, "{id}");
    }
    scene.root(version(&arn, &document("Deny", "*"), true)).await;
    let error = scene.call(&ann, ListGroups::default()).await.expect_err("denied");
    let ApiError::AccessDenied { denial } = &error else { panic!("{error:?}") };
    assert_eq!(denial.because, "with an explicit deny in an identity-based policy");
    assert_eq!((denial.policy.as_deref(), denial.statement.as_deref()), (Some(arn.as_str()), Some("Only")));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_groups_policy_counts_for_its_members(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let ann = scene.user("ann", &[]).await;
    scene.group("staff").await;
    let policy_arn = scene.root(new("p", &document("Allow", "iam:ListUsers"))).await.policy.arn;
    scene.root(AttachGroupPolicy { group_name: "staff".into(), policy_arn }).await;
    assert_eq!(scene.refusal_of(&ann, ListUsers::default()).await.0, "AccessDenied");
    scene.root(AddUserToGroup { group_name: "staff".into(), user_name: "ann".into() }).await;
    scene.call(&ann, ListUsers::default()).await.expect("a member's");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_own_boundary_denies_and_grants_nothing(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let ann = scene.user("ann", &["IAMReadOnlyAccess"]).await;
    let bound = |arn: &str| PutUserPermissionsBoundary { user_name: "ann".into(), permissions_boundary: arn.into() };
    let narrow = scene.root(new("narrow", &document("Allow", "iam:ListUsers"))).await.policy.arn;
    scene.root(bound(&narrow)).await;
    scene.call(&ann, ListUsers::default()).await.expect("within the boundary");
    let (_, text) = scene.refusal_of(&ann, ListGroups::default()).await;
    assert!(text.ends_with("because no permissions boundary allows the iam:ListGroups action"), "{text}");
    let asked = new("mine", &document("Allow", "*"));
    scene.root(version(&narrow, &document("Allow", "*"), true)).await;
    let (_, text) = scene.refusal_of(&ann, asked).await;
    let sentence =
        "iam:CreatePolicy on resource: policy mine because no identity-based policy allows the iam:CreatePolicy action";
    assert!(text.ends_with(sentence), "a boundary grants nothing: {text}");

    let text = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Sid": "NoGroups", "Effect": "Deny", "Action": "iam:ListGroups", "Resource": "*"}]}"#;
    let denying = scene.root(new("denying", text)).await.policy.arn;
    scene.root(bound(&denying)).await;
    scene.call(&ann, ListUsers::default()).await.expect("within the boundary");
    let error = scene.call(&ann, ListGroups::default()).await.expect_err("denied");
    let ApiError::AccessDenied { denial } = &error else { panic!("{error:?}") };
    assert_eq!(denial.because, "with an explicit deny in a permissions boundary");
    assert_eq!((denial.policy.as_deref(), denial.statement.as_deref()), (Some(denying.as_str()), Some("NoGroups")));
}

/// What is in the table but is no policy could have been a Deny.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_cannot_be_read_denies_everything(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let ann = scene.user("ann", &["AdministratorAccess"]).await;
    attach(&scene, "ann", "p", &document("Allow", "s3:*")).await;
    scene.call(&ann, ListUsers::default()).await.expect("allowed");
    scene.sql("update managed_policy_version set document = 'spoilt' returning policy_id").await;
    assert_eq!(scene.refusal_of(&ann, ListUsers::default()).await.0, "AccessDenied");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn conditions_about_policies(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let ann = scene.user("ann", &[]).await;
    scene.plain_user("bob").await;
    let harmless = scene.root(new("harmless", &document("Allow", "s3:Get*"))).await.policy.arn;
    let text = format!(
        r#"{{"Version": "2012-10-17", "Statement": [
            {{"Effect": "Allow", "Action": "iam:AttachUserPolicy", "Resource": "*",
              "Condition": {{"ArnEquals": {{"iam:PolicyARN": "{harmless}"}}}}}},
            {{"Effect": "Allow", "Action": "iam:PutUserPermissionsBoundary", "Resource": "*",
              "Condition": {{"StringEquals": {{"iam:PermissionsBoundary": "{harmless}"}}}}}},
            {{"Effect": "Allow", "Action": ["iam:CreatePolicy", "iam:TagPolicy"], "Resource": "*",
              "Condition": {{"StringEquals": {{"aws:RequestTag/team": "red"}},
                             "ForAllValues:StringEquals": {{"aws:TagKeys": "team"}}}}}},
            {{"Effect": "Allow", "Action": ["iam:CreatePolicyVersion", "iam:UntagPolicy"], "Resource": "*",
              "Condition": {{"StringEquals": {{"aws:ResourceTag/team": "red"}}}}}}]}}"#
    );
    attach(&scene, "ann", "delegate", &text).await;
    let attach = |arn: &str| AttachUserPolicy { user_name: "bob".into(), policy_arn: arn.into() };
    scene.call(&ann, attach(&harmless)).await.expect("the one policy");
    assert_eq!(scene.refusal_of(&ann, attach(&managed("AdministratorAccess"))).await.0, "AccessDenied");
    let bound = |arn: &str| PutUserPermissionsBoundary { user_name: "bob".into(), permissions_boundary: arn.into() };
    scene.call(&ann, bound(&harmless)).await.expect("the one boundary");
    assert_eq!(scene.refusal_of(&ann, bound(&arn(&scene, "delegate"))).await.0, "AccessDenied");

    let tags = |keys: &[(&str, &str)]| -> Vec<Tag> {
        keys.iter().map(|(key, value)| Tag { key: (*key).into(), value: (*value).into() }).collect()
    };
    let make = |name: &str, tags| CreatePolicy { tags, ..new(name, &document("Allow", "s3:*")) };
    for (name, wrong) in
        [("none", tags(&[])), ("blue", tags(&[("team", "blue")])), ("more", tags(&[("team", "red"), ("x", "")]))]
    {
        assert_eq!(scene.refusal_of(&ann, make(name, wrong)).await.0, "AccessDenied", "{name}");
    }
    let red = scene.call(&ann, make("red", tags(&[("team", "red")]))).await.expect("so tagged").policy.arn;
    scene.call(&ann, version(&red, &document("Allow", "s3:*"), false)).await.expect("the red team's");
    let foreign = version(&harmless, &document("Allow", "*"), true);
    let (_, text) = scene.refusal_of(&ann, foreign).await;
    assert!(text.contains(&format!("iam:CreatePolicyVersion on resource: policy {harmless} because")), "{text}");
    let retag = TagPolicy { policy_arn: harmless, tags: tags(&[("team", "blue")]) };
    assert_eq!(scene.refusal_of(&ann, retag).await.0, "AccessDenied");
    scene
        .call(&ann, UntagPolicy { policy_arn: red.clone(), tag_keys: vec!["team".into()] })
        .await
        .expect("the last time");
    assert_eq!(scene.refusal_of(&ann, version(&red, &document("Allow", "*"), true)).await.0, "AccessDenied");
}

/// A policy that is being deleted while it is being attached either goes unattached, or stays.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn deletion_against_attachment(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    for round in 0..20 {
        let policy_arn = scene.root(new(&format!("p{round}"), &document("Allow", "s3:*"))).await.policy.arn;
        let arn = || policy_arn.clone();
        let (_, _, _) = tokio::join!(
            scene.call(&scene.root, AttachUserPolicy { user_name: "ann".into(), policy_arn: arn() }),
            scene.call(&scene.root, DeletePolicy { policy_arn: arn() }),
            scene
                .call(&scene.root, PutUserPermissionsBoundary { user_name: "ann".into(), permissions_boundary: arn() }),
        );
    }
    let dangling = "select policy_arn from attachment a
                    where not exists (select from managed_policy p where p.arn = a.policy_arn)";
    assert_eq!(scene.sql(dangling).await, Vec::<String>::new());
    let counted = "select (policies = (select count(*) from managed_policy))::text from account_count";
    assert_eq!(scene.sql(counted).await, ["true"]);
}
