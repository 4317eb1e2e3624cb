//! Managed policies as an account sees them.

use model::iam::{GetPolicy, GetPolicyVersion, ListEntitiesForPolicy, ListPolicies, ListPolicyVersions, Policy};
use sqlx::PgPool;

use crate::scene::{Scene, managed};

fn names(policies: &[Policy]) -> Vec<&str> {
    policies.iter().map(|policy| policy.policy_name.as_str()).collect()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_catalogue_with_this_accounts_usage(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let other = scene.neighbour().await;
    other.user("zoe", &["AdministratorAccess"]).await;
    scene.user("ann", &["ReadOnlyAccess", "job-function/Billing"]).await;
    scene.user("bob", &["ReadOnlyAccess"]).await;
    scene.bound("bob", "PowerUserAccess").await;

    let attached = ListPolicies { only_attached: Some(true), ..Default::default() };
    let page = scene.root(attached.clone()).await;
    assert_eq!(names(&page.policies), ["Billing", "ReadOnlyAccess"]);
    assert_eq!(page.policies.iter().map(|policy| policy.attachment_count).collect::<Vec<_>>(), [1, 2]);
    let bounding = ListPolicies { policy_usage_filter: Some("PermissionsBoundary".into()), ..Default::default() };
    let page = scene.root(bounding).await;
    assert_eq!(names(&page.policies), ["PowerUserAccess"]);
    assert_eq!((page.policies[0].attachment_count, page.policies[0].permissions_boundary_usage_count), (0, 1));
    let in_path = ListPolicies { path_prefix: Some("/job-function/".into()), ..Default::default() };
    let page = scene.root(in_path).await;
    assert!(page.policies.iter().all(|policy| policy.path == "/job-function/"), "{:?}", names(&page.policies));
    assert!(names(&page.policies).contains(&"SupportUser"));
    for prefix in ["service-role", "/service-role", "service-role/", "//", "/a b/", ""] {
        let asked = ListPolicies { path_prefix: Some(prefix.into()), ..Default::default() };
        let sentence = "The specified value for pathPrefix is invalid. It must begin with the / character and contain \
                        only alphanumeric characters and/or / characters.";
        assert_eq!(scene.refusal(asked).await, ("ValidationError", sentence.to_owned()), "{prefix}");
    }
    let long = ListPolicies { path_prefix: Some(format!("/{}/", "a".repeat(511))), ..Default::default() };
    assert!(
        scene.refusal(long).await.1.contains("at 'pathPrefix' failed to satisfy constraint: Member must have length")
    );
    let local = ListPolicies { scope: Some("Local".into()), ..Default::default() };
    assert!(scene.root(local).await.policies.is_empty(), "an account has none of its own yet");

    let policy = scene.root(GetPolicy { policy_arn: managed("AdministratorAccess") }).await.policy;
    assert_eq!(policy.attachment_count, 0, "the neighbour's attachment is not ours");
    assert!(policy.is_attachable && policy.policy_id.starts_with("ANPA"));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn versions_and_documents(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let arn = managed("AdministratorAccess");
    let versions = scene.root(ListPolicyVersions { policy_arn: arn.clone(), ..Default::default() }).await.versions;
    assert_eq!(versions.len(), 1);
    assert!(versions[0].is_default_version && versions[0].document.is_none());
    let read = |version: &str| GetPolicyVersion { policy_arn: arn.clone(), version_id: version.into() };
    let document = scene.root(read("v1")).await.policy_version.document.expect("a document");
    assert!(document.starts_with("%7B%0A%20%20%20%20%22Version%22%3A%20%222012-10-17%22"), "{document}");
    assert_eq!(
        scene.refusal(read("v9")).await,
        ("NoSuchEntity", format!("Policy {arn} version v9 does not exist or is not attachable."))
    );
    let unknown = managed("Nonsense");
    assert_eq!(
        scene.refusal(GetPolicy { policy_arn: unknown.clone() }).await,
        ("NoSuchEntity", format!("Policy {unknown} was not found."))
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn entities_of_a_policy(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.user("ann", &["ReadOnlyAccess"]).await;
    scene.plain_user("bob").await;
    scene.bound("bob", "ReadOnlyAccess").await;
    scene.bound("ann", "ReadOnlyAccess").await;
    scene.group("staff").await;
    let arn = managed("ReadOnlyAccess");
    scene.root(model::iam::AttachGroupPolicy { group_name: "staff".into(), policy_arn: arn.clone() }).await;
    let base = ListEntitiesForPolicy { policy_arn: arn, ..Default::default() };
    let users = |out: &model::iam::ListEntitiesForPolicyOutput| {
        out.policy_users.iter().map(|user| user.user_name.clone()).collect::<Vec<_>>()
    };
    let all = scene.root(base.clone()).await;
    assert_eq!(users(&all), ["ann", "bob"], "each once");
    assert_eq!(all.policy_groups.len(), 1);
    let permitted = ListEntitiesForPolicy { policy_usage_filter: Some("PermissionsPolicy".into()), ..base.clone() };
    assert_eq!(users(&scene.root(permitted).await), ["ann"]);
    let groups = scene.root(ListEntitiesForPolicy { entity_filter: Some("Group".into()), ..base }).await;
    assert!(groups.policy_users.is_empty() && groups.policy_groups.len() == 1);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn refusals_name_the_policy(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let stranger = scene.user("stranger", &[]).await;
    let (_, text) = scene.refusal_of(&stranger, ListPolicies::default()).await;
    assert!(text.contains("iam:ListPolicies on resource: policy path / because no identity-based policy"), "{text}");
    let (_, text) = scene.refusal_of(&stranger, GetPolicy { policy_arn: managed("Nonsense") }).await;
    assert!(text.contains("iam:GetPolicy on resource: policy arn:aws:iam::aws:policy/Nonsense because"), "{text}");
}
