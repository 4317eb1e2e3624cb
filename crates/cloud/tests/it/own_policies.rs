//! The account's own managed policies: making, versions, tags, deleting, and who may.

use model::{
    ApiError, Tag,
    iam::{
        AttachGroupPolicy, AttachUserPolicy, CreatePolicy, CreatePolicyVersion, DeletePolicy, DeletePolicyVersion,
        DeleteUserPermissionsBoundary, DetachUserPolicy, GetAccountSummary, GetPolicy, GetPolicyVersion, ListPolicies,
        ListPolicyTags, ListPolicyVersions, PutUserPermissionsBoundary, SetDefaultPolicyVersion, TagPolicy,
        UntagPolicy,
    },
};
use sqlx::PgPool;

use crate::scene::{Scene, managed};

/// A document with one statement about every resource.
pub fn document(effect: &str, action: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Sid": "Only", "Effect": "{effect}", "Action": "{action}", "Resource": "*"}}]}}"#
    )
}

/// The ARN of a policy of the scene's own.
pub fn arn(scene: &Scene, name: &str) -> String {
    format!("arn:aws:iam::{}:policy/{name}", scene.account)
}

/// A policy to be made, under the plain path.
pub fn new(name: &str, document: &str) -> CreatePolicy {
    CreatePolicy {
        policy_name: name.into(),
        path: "/".into(),
        policy_document: document.into(),
        description: None,
        tags: vec![],
    }
}

/// A further version.
pub fn version(arn: &str, document: &str, set_as_default: bool) -> CreatePolicyVersion {
    CreatePolicyVersion {
        policy_arn: arn.into(),
        policy_document: document.into(),
        set_as_default: Some(set_as_default),
    }
}

fn tag(key: &str, value: &str) -> Tag {
    Tag { key: key.into(), value: value.into() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_policy_is_made_and_read(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let asked = CreatePolicy {
        path: "/team/store/".into(),
        description: Some("What the storekeepers may.".into()),
        tags: vec![tag("Team", "store")],
        ..new("Storage", &document("Allow", "s3:*"))
    };
    let made = scene.root(asked).await.policy;
    let arn = arn(&scene, "team/store/Storage");
    assert_eq!((made.arn.as_str(), made.default_version_id.as_str()), (arn.as_str(), "v1"));
    assert!(made.policy_id.starts_with("ANPA") && made.policy_id.len() == 21, "{made:?}");
    assert_eq!(scene.root(GetPolicy { policy_arn: arn.clone() }).await.policy, made);
    assert_eq!(
        (made.description.as_deref(), made.tags),
        (Some("What the storekeepers may."), vec![tag("Team", "store")])
    );
    assert_eq!(scene.root(GetAccountSummary {}).await.summary_map["Policies"], 1);
    let read = GetPolicyVersion { policy_arn: arn.clone(), version_id: "v1".into() };
    let read = scene.root(read).await.policy_version;
    assert!(read.is_default_version);
    assert!(read.document.is_some_and(|text| text.starts_with("%7B%22Version%22%3A%20%222012-10-17%22")));

    // Whatever its case and wherever it is, a name is there once; AWS's names are not ours.
    assert_eq!(
        scene.refusal(new("STORAGE", &document("Allow", "s3:*"))).await,
        ("EntityAlreadyExists", "A policy called STORAGE already exists. Duplicate names are not allowed.".into())
    );
    scene.root(new("AdministratorAccess", &document("Allow", "s3:*"))).await;
    // An ARN is compared with its case.
    let other = arn.replace("Storage", "storage");
    assert_eq!(
        scene.refusal(GetPolicy { policy_arn: other.clone() }).await,
        ("NoSuchEntity", format!("Policy {other} was not found."))
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_cannot_be_a_policy_is_refused(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let error = scene.call(&scene.root, new("x", "{\n  \"Version\": \"2012-10-17\",\n}")).await.expect_err("no JSON");
    let ApiError::MalformedPolicyDocument { message, position, .. } = &error else { panic!("{error:?}") };
    assert_eq!((message.as_str(), position.map(|at| at.line)), ("Syntax errors in policy.", Some(3)));
    let old = document("Allow", "s3:*").replace("2012-10-17", "2008-10-17");
    assert_eq!(scene.refusal(new("x", &old)).await.1, "Policy document must be version 2012-10-17 or greater.");
    for (asked, member) in [
        (new("a b", &document("Allow", "s3:*")), "policyName"),
        (CreatePolicy { path: "/a b/".into(), ..new("x", &document("Allow", "s3:*")) }, "path"),
        (CreatePolicy { description: Some("x".repeat(1001)), ..new("x", &document("Allow", "s3:*")) }, "description"),
        (CreatePolicy { description: Some("\0".into()), ..new("x", &document("Allow", "s3:*")) }, "description"),
        (new("x", ""), "policyDocument"),
    ] {
        let (code, text) = scene.refusal(asked).await;
        assert!(code == "ValidationError" && text.contains(&format!("at '{member}'")), "{text}");
    }
    // The quota counts all but white space.
    let of_size = |size: usize| {
        let text = document("Allow", "s3:FILL");
        let rest = text.chars().filter(|c| !c.is_whitespace()).count() - "FILL".len();
        text.replace("FILL", &"x".repeat(size - rest)).replace(' ', " \n\t")
    };
    scene.root(new("largest", &of_size(6144))).await;
    let too_large = ("LimitExceeded", "Cannot exceed quota for PolicySize: 6144".to_owned());
    assert_eq!(scene.refusal(new("x", &of_size(6145))).await, too_large);
    assert_eq!(scene.refusal(version(&arn(&scene, "largest"), &of_size(6145), false)).await, too_large);
    assert_eq!(scene.refusal(version(&arn(&scene, "largest"), "{}", false)).await.0, "MalformedPolicyDocument");
    let local = ListPolicies { scope: Some("Local".into()), ..Default::default() };
    assert_eq!(scene.root(local).await.policies.len(), 1, "nothing of what was refused is there");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn five_versions_and_no_number_twice(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let arn = scene.root(new("p", &document("Allow", "s3:*"))).await.policy.arn;
    let add = |default| version(&arn, &document("Allow", "s3:Get*"), default);
    let delete = |id: &str| DeletePolicyVersion { policy_arn: arn.clone(), version_id: id.into() };
    let set = |id: &str| SetDefaultPolicyVersion { policy_arn: arn.clone(), version_id: id.into() };
    let list = || async {
        let versions = scene.root(ListPolicyVersions { policy_arn: arn.clone(), ..Default::default() }).await.versions;
        let shown =
            |v: model::iam::PolicyVersion| format!("{}{}", v.version_id, if v.is_default_version { "*" } else { "" });
        versions.into_iter().map(shown).collect::<Vec<_>>().join(" ")
    };
    let second = scene.root(add(false)).await.policy_version;
    assert_eq!((second.version_id.as_str(), second.is_default_version, second.document), ("v2", false, None));
    assert!(scene.root(add(true)).await.policy_version.is_default_version);
    scene.root(CreatePolicyVersion { set_as_default: None, ..add(false) }).await;
    scene.root(add(false)).await;
    assert_eq!(list().await, "v5 v4 v3* v2 v1");
    let full = "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.";
    assert_eq!(scene.refusal(add(true)).await, ("LimitExceeded", full.into()));
    assert_eq!(
        scene.refusal(delete("v3")).await,
        ("DeleteConflict", "Cannot delete the default version of a policy.".into())
    );
    scene.root(delete("v5")).await;
    scene.root(delete("v1")).await;
    assert_eq!(scene.root(add(false)).await.policy_version.version_id, "v6");
    scene.root(set("v2")).await;
    assert_eq!(list().await, "v6 v4 v3 v2*");
    assert_eq!(scene.root(GetPolicy { policy_arn: arn.clone() }).await.policy.default_version_id, "v2");

    let gone = ("NoSuchEntity", format!("Policy {arn} version v5 does not exist or is not attachable."));
    assert_eq!(scene.refusal(delete("v5")).await, gone);
    assert_eq!(scene.refusal(set("v5")).await, gone);
    assert_eq!(scene.refusal(GetPolicyVersion { policy_arn: arn.clone(), version_id: "v5".into() }).await, gone);
    let (code, text) = scene.refusal(set("wrong_version_id")).await;
    assert_eq!(code, "ValidationError");
    let clause = r"Value 'wrong_version_id' at 'versionId' failed to satisfy constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*(\.[A-Za-z0-9-]*)?";
    assert!(text.contains(clause), "{text}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_policy_goes_when_nothing_hangs_on_it(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    scene.group("staff").await;
    let arn =
        scene.root(CreatePolicy { tags: vec![tag("a", "b")], ..new("p", &document("Allow", "s3:*")) }).await.policy.arn;
    let delete = || DeletePolicy { policy_arn: arn.clone() };
    let attached = ("DeleteConflict", "Cannot delete a policy attached to entities.".to_owned());
    let user = AttachUserPolicy { user_name: "ann".into(), policy_arn: arn.clone() };
    scene.root(user).await;
    assert_eq!(scene.refusal(delete()).await, attached);
    scene.root(DetachUserPolicy { user_name: "ann".into(), policy_arn: arn.clone() }).await;
    scene.root(PutUserPermissionsBoundary { user_name: "ann".into(), permissions_boundary: arn.clone() }).await;
    assert_eq!(scene.refusal(delete()).await, attached, "bounding counts too");
    scene.root(DeleteUserPermissionsBoundary { user_name: "ann".into() }).await;
    scene.root(AttachGroupPolicy { group_name: "staff".into(), policy_arn: arn.clone() }).await;
    assert_eq!(scene.refusal(delete()).await, attached);
    scene.root(model::iam::DetachGroupPolicy { group_name: "staff".into(), policy_arn: arn.clone() }).await;

    scene.root(version(&arn, &document("Deny", "s3:*"), true)).await;
    assert_eq!(
        scene.refusal(delete()).await,
        (
            "DeleteConflict",
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. \
             The default version is deleted with the policy."
                .into()
        )
    );
    scene.root(DeletePolicyVersion { policy_arn: arn.clone(), version_id: "v1".into() }).await;
    scene.root(delete()).await;
    assert_eq!(scene.refusal(delete()).await, ("NoSuchEntity", format!("Policy {arn} was not found.")));
    assert_eq!(scene.sql("select document from managed_policy_version union all select key from tag").await.len(), 0);
    assert_eq!(scene.root(GetAccountSummary {}).await.summary_map["Policies"], 0);
    scene.root(new("p", &document("Allow", "s3:*"))).await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn nobody_changes_awss_policies_or_a_neighbours(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let other = scene.neighbour().await;
    let arn = scene.root(new("p", &document("Allow", "*"))).await.policy.arn;
    for (scene, arn) in [(&scene, managed("ReadOnlyAccess")), (&other, arn.clone())] {
        let arn = || arn.clone();
        let refusals = [
            scene.refusal(DeletePolicy { policy_arn: arn() }).await,
            scene.refusal(version(&arn(), &document("Allow", "*"), true)).await,
            scene.refusal(SetDefaultPolicyVersion { policy_arn: arn(), version_id: "v1".into() }).await,
            scene.refusal(DeletePolicyVersion { policy_arn: arn(), version_id: "v1".into() }).await,
            scene.refusal(TagPolicy { policy_arn: arn(), tags: vec![tag("a", "b")] }).await,
            scene.refusal(UntagPolicy { policy_arn: arn(), tag_keys: vec!["a".into()] }).await,
        ];
        assert!(refusals.iter().all(|(code, _)| *code == "AccessDenied"), "{refusals:?}");
        let sentence = format!(
            "iam:DeletePolicy on resource: policy {} because no resource-based policy allows the iam:DeletePolicy action",
            arn()
        );
        assert!(refusals[0].1.ends_with(&sentence), "{}", refusals[0].1);
    }
    // What a neighbour names is not there for them.
    other.plain_user("eve").await;
    let unattachable = ("NoSuchEntity", format!("Policy {arn} does not exist or is not attachable."));
    let attach = AttachUserPolicy { user_name: "eve".into(), policy_arn: arn.clone() };
    assert_eq!(other.refusal(attach).await, unattachable);
    let bound = PutUserPermissionsBoundary { user_name: "eve".into(), permissions_boundary: arn.clone() };
    assert_eq!(other.refusal(bound).await, unattachable);
    assert_eq!(
        other.refusal(GetPolicy { policy_arn: arn.clone() }).await,
        ("NoSuchEntity", format!("Policy {arn} was not found."))
    );
    let local = ListPolicies { scope: Some("Local".into()), ..Default::default() };
    assert_eq!(other.root(local.clone()).await.policies.len(), 0);
    other.root(new("P", &document("Deny", "*"))).await;
    assert_eq!(scene.root(local).await.policies.len(), 1);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn tags_come_and_go(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let arn = scene.root(new("p", &document("Allow", "s3:*"))).await.policy.arn;
    let put = |tags| TagPolicy { policy_arn: arn.clone(), tags };
    let list = |policy_arn: &str| ListPolicyTags { policy_arn: policy_arn.into(), ..Default::default() };
    scene.root(put(vec![tag("Team", "a"), tag("cost", "")])).await;
    scene.root(put(vec![tag("TEAM", "b")])).await;
    assert_eq!(scene.root(list(&arn)).await.tags, [tag("cost", ""), tag("TEAM", "b")]);
    scene.root(UntagPolicy { policy_arn: arn.clone(), tag_keys: vec!["tEAM".into(), "none".into()] }).await;
    assert_eq!(scene.root(GetPolicy { policy_arn: arn.clone() }).await.policy.tags, [tag("cost", "")]);
    scene.root(put((0..49).map(|i| tag(&format!("key{i}"), "")).collect())).await;
    assert_eq!(
        scene.refusal(put(vec![tag("one more", "")])).await,
        ("LimitExceeded", "Cannot exceed quota for TagsPerPolicy: 50".into())
    );
    assert_eq!(scene.root(list(&managed("ReadOnlyAccess"))).await.tags, []);
}
