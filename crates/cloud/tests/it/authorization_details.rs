//! Everything about who may do what in an account, in one answer.

use model::{
    Operation as _,
    iam::{
        AddUserToGroup, AttachGroupPolicy, AttachUserPolicy, GetAccountAuthorizationDetails, PutGroupPolicy,
        PutUserPermissionsBoundary, PutUserPolicy,
    },
};
use sqlx::PgPool;

use crate::{
    own_policies::{arn, document, new, version},
    scene::{Scene, managed},
};

/// Two users, a group, two policies of their own and one of AWS's in use.
async fn furnished(pool: PgPool) -> Scene {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    scene.plain_user("Bob").await;
    scene.group("staff").await;
    scene.root(AddUserToGroup { group_name: "staff".into(), user_name: "ann".into() }).await;
    scene.root(PutUserPolicy { user_name: "ann".into(), ..PutUserPolicy::example() }).await;
    scene.root(PutGroupPolicy { group_name: "staff".into(), ..PutGroupPolicy::example() }).await;
    scene.root(new("own", &document("Allow", "s3:*"))).await;
    scene.root(version(&arn(&scene, "own"), &document("Deny", "s3:*"), true)).await;
    scene.root(new("Unused", &document("Allow", "s3:*"))).await;
    scene.root(AttachUserPolicy { user_name: "ann".into(), policy_arn: arn(&scene, "own") }).await;
    scene.root(AttachGroupPolicy { group_name: "staff".into(), policy_arn: managed("job-function/Billing") }).await;
    let bound = PutUserPermissionsBoundary { user_name: "ann".into(), permissions_boundary: arn(&scene, "own") };
    scene.root(bound).await;
    scene
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn all_of_it(pool: PgPool) {
    let scene = furnished(pool).await;
    let all = scene.root(GetAccountAuthorizationDetails::default()).await;
    let [ann, bob] = &all.user_detail_list[..] else { panic!("{all:?}") };
    assert_eq!((ann.user_name.as_str(), bob.user_name.as_str()), ("ann", "Bob"));
    assert_eq!((ann.group_list.len(), ann.user_policy_list.len(), ann.attached_managed_policies.len()), (1, 1, 1));
    assert!(ann.user_policy_list[0].policy_document.starts_with("%7B%22Version%22"));
    let boundary = ann.permissions_boundary.as_ref().map(|boundary| boundary.permissions_boundary_arn.clone());
    assert_eq!(boundary, Some(arn(&scene, "own")));
    let [staff] = &all.group_detail_list[..] else { panic!("{all:?}") };
    assert_eq!(
        (staff.group_policy_list.len(), staff.attached_managed_policies[0].policy_name.as_str()),
        (1, "Billing")
    );
    let policies: Vec<_> = all.policies.iter().map(|policy| policy.policy_name.as_str()).collect();
    assert_eq!(policies, ["Billing", "own", "Unused"]);
    let own = &all.policies[1];
    assert_eq!((own.attachment_count, own.permissions_boundary_usage_count), (1, 1));
    let versions: Vec<_> = own
        .policy_version_list
        .iter()
        .map(|version| (version.version_id.as_str(), version.is_default_version))
        .collect();
    assert_eq!(versions, [("v2", true), ("v1", false)]);
    assert!(own.policy_version_list[0].document.as_deref().is_some_and(|text| text.contains("Deny")));
    assert_eq!(all.policies[0].policy_version_list.len(), 1);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn by_kind_and_page_by_page(pool: PgPool) {
    let scene = furnished(pool).await;
    let count = async |filter: &[&str]| {
        let filter = filter.iter().map(|kind| (*kind).to_owned()).collect();
        let all = scene.root(GetAccountAuthorizationDetails { filter, ..Default::default() }).await;
        (all.user_detail_list.len(), all.group_detail_list.len(), all.policies.len())
    };
    assert_eq!(count(&["User"]).await, (2, 0, 0));
    assert_eq!(count(&["Group", "AWSManagedPolicy"]).await, (0, 1, 1));
    assert_eq!(count(&["LocalManagedPolicy"]).await, (0, 0, 2));
    assert_eq!(count(&["Role"]).await, (0, 0, 0));
    let (mut walked, mut marker) = (Vec::new(), None);
    loop {
        let asked = GetAccountAuthorizationDetails { marker, max_items: Some(1), ..Default::default() };
        let one = scene.root(asked).await;
        walked.extend(one.user_detail_list.into_iter().map(|user| user.user_name));
        walked.extend(one.group_detail_list.into_iter().map(|group| group.group_name));
        walked.extend(one.policies.into_iter().map(|policy| policy.policy_name));
        marker = one.marker;
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(walked, ["ann", "Bob", "staff", "Billing", "own", "Unused"]);
    let wrong = GetAccountAuthorizationDetails { filter: vec!["Robot".into()], ..Default::default() };
    assert_eq!(scene.refusal(wrong).await.0, "ValidationError");
    let other = scene.neighbour().await;
    let theirs = other.root(GetAccountAuthorizationDetails::default()).await;
    assert!(theirs.user_detail_list.is_empty() && theirs.policies.is_empty(), "{theirs:?}");
}
