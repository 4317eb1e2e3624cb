//! The account's own managed policies beside AWS's, in every list that shows either.

use cloud::{Request, Source};
use model::{
    console::{
        AccessLevel, GetPolicySummary, ListManagedPolicyRows, ListPermissionRows, ListPolicyEntityRows, ListPolicyRows,
        SearchResources,
    },
    iam::{AttachUserPolicy, CreatePolicy, ListAttachedUserPolicies, ListEntitiesForPolicy, ListPolicies},
};
use sqlx::PgPool;

use crate::{
    own_policies::{arn, document, new, version},
    scene::Scene,
};

/// A scene with three policies of its own: one with the name of one of AWS's, one in a path, attached to ann.
async fn furnished(pool: PgPool) -> Scene {
    let scene = Scene::new(pool).await;
    scene.user("ann", &["AdministratorAccess"]).await;
    scene.root(new("administratoraccess", &document("Allow", "s3:*"))).await;
    scene.root(CreatePolicy { path: "/team/".into(), ..new("zebra", &document("Allow", "s3:*")) }).await;
    let described = CreatePolicy {
        description: Some("Nothing but quokkas".into()),
        ..new("Aardvark", &document("Allow", "s3:GetObject"))
    };
    scene.root(described).await;
    scene.root(AttachUserPolicy { user_name: "ann".into(), policy_arn: arn(&scene, "team/zebra") }).await;
    scene
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn they_take_their_places_in_the_order(pool: PgPool) {
    let scene = furnished(pool).await;
    let (mut walked, mut marker) = (Vec::new(), None);
    loop {
        let page = scene.root(ListPolicies { marker, max_items: Some(7), ..Default::default() }).await;
        walked.extend(page.policies.into_iter().map(|policy| (policy.policy_name.to_lowercase(), policy.arn)));
        marker = page.marker;
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(walked.len(), 1597);
    assert!(walked.is_sorted(), "by name, then by ARN: nothing twice, nothing left out");
    let named = |asked: ListPolicies| {
        let scene = &scene;
        async move {
            let policies = scene.root(asked).await.policies;
            policies.into_iter().map(|policy| policy.policy_name).collect::<Vec<_>>()
        }
    };
    let scope = |scope: &str| ListPolicies { scope: Some(scope.into()), max_items: Some(1000), ..Default::default() };
    assert_eq!(named(scope("Local")).await, ["Aardvark", "administratoraccess", "zebra"]);
    assert!(!named(scope("AWS")).await.contains(&"Aardvark".to_owned()));
    let attached = ListPolicies { only_attached: Some(true), ..Default::default() };
    assert_eq!(named(attached.clone()).await, ["AdministratorAccess", "zebra"]);
    assert_eq!(named(ListPolicies { scope: Some("Local".into()), ..attached }).await, ["zebra"]);
    let path = ListPolicies { path_prefix: Some("/team/".into()), ..Default::default() };
    assert_eq!(named(path).await, ["zebra"]);
    let bounding = ListPolicies { policy_usage_filter: Some("PermissionsBoundary".into()), ..Default::default() };
    assert_eq!(named(bounding).await, Vec::<String>::new());
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn entities_and_attachments_know_them(pool: PgPool) {
    let scene = furnished(pool).await;
    let zebra = arn(&scene, "team/zebra");
    let attached = ListAttachedUserPolicies { user_name: "ann".into(), ..Default::default() };
    let names = |path: Option<&str>| ListAttachedUserPolicies { path_prefix: path.map(Into::into), ..attached.clone() };
    assert_eq!(scene.root(names(None)).await.attached_policies.len(), 2);
    let in_path = scene.root(names(Some("/team/"))).await.attached_policies;
    assert_eq!((in_path[0].policy_name.as_str(), in_path[0].policy_arn.as_str()), ("zebra", zebra.as_str()));
    let entities = ListEntitiesForPolicy { policy_arn: zebra.clone(), ..Default::default() };
    assert_eq!(scene.root(entities).await.policy_users[0].user_name, "ann");
    let rows = ListPolicyEntityRows { policy_arn: zebra, ..Default::default() };
    assert_eq!(scene.root(rows).await.rows[0].name, "ann");
    let unknown = ListEntitiesForPolicy { policy_arn: arn(&scene, "nonsense"), ..Default::default() };
    assert_eq!(scene.refusal(unknown).await.0, "NoSuchEntity");
    let row = scene.root(ListPermissionRows::default()).await.rows.remove(0);
    assert!(row.attached_policies.is_some_and(|policies| policies.iter().any(|policy| policy.policy_name == "zebra")));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_consoles_tables_and_search_show_them(pool: PgPool) {
    let scene = furnished(pool).await;
    let other = scene.neighbour().await;
    let console = Request::new(Source::Console);
    let rows = |asked: ListManagedPolicyRows| scene.cloud.call(&scene.root, &console, asked);
    let kind = ListManagedPolicyRows { kind: Some("CustomerManaged".into()), ..Default::default() };
    let own = rows(kind.clone()).await.expect("lists");
    assert_eq!((own.matching, own.total), (3, 1597));
    let shown: Vec<_> =
        own.rows.iter().map(|row| (row.policy_name.as_str(), row.kind.as_str(), row.attachment_count)).collect();
    assert_eq!(
        shown,
        [
            ("Aardvark", "Customer managed", 0),
            ("administratoraccess", "Customer managed", 0),
            ("zebra", "Customer managed", 1)
        ]
    );
    let found = ListManagedPolicyRows { query: Some("QUOKKA".into()), ..Default::default() };
    assert_eq!(rows(found).await.expect("lists").rows[0].description, "Nothing but quokkas");
    let by_use = ListManagedPolicyRows { order: Some("used-as".into()), descending: Some(true), ..Default::default() };
    let used = rows(by_use).await.expect("lists").rows;
    assert!(used[..2].iter().any(|row| row.policy_name == "zebra"), "{:?}", &used[..2]);
    assert_eq!(other.cloud.call(&other.root, &console, kind).await.expect("lists").matching, 0);

    let chosen = scene.root(ListPolicyRows { query: Some("zebra".into()), ..Default::default() }).await.rows;
    assert_eq!((chosen[0].kind.as_str(), chosen[0].attachment_count), ("Customer managed", 1));
    let search = |query: &str| SearchResources { query: query.into() };
    let found = scene.cloud.call(&scene.root, &console, search("AARD")).await.expect("searches").policies;
    assert_eq!(found[0].policy_arn, arn(&scene, "Aardvark"));
    let both = scene.cloud.call(&scene.root, &console, search("administratora")).await.expect("searches").policies;
    assert_eq!(both[..2].iter().filter(|policy| policy.policy_name.len() == 19).count(), 2, "{both:?}");
    let theirs = other.cloud.call(&other.root, &console, search("aard")).await.expect("searches");
    assert!(theirs.policies.is_empty(), "{theirs:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_summary_is_of_the_operative_version(pool: PgPool) {
    let scene = furnished(pool).await;
    let summary = || GetPolicySummary { policy_arn: arn(&scene, "Aardvark") };
    let first = scene.root(summary()).await;
    assert_eq!((first.kind.as_str(), first.description.as_str()), ("Customer managed", "Nothing but quokkas"));
    let row = &first.services[0];
    assert_eq!(
        (row.prefix.as_str(), row.effect.as_str(), row.access.limited.as_slice()),
        ("s3", "Allow", [AccessLevel::Read].as_slice())
    );
    scene.root(version(&arn(&scene, "Aardvark"), &document("Deny", "ec2:*"), true)).await;
    let second = scene.root(summary()).await;
    let row = &second.services[0];
    assert_eq!((row.prefix.as_str(), row.effect.as_str(), row.access.everything), ("ec2", "Deny", true));
}
