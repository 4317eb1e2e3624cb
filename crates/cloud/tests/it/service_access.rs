//! Which policies open a service.

use cloud::Caller;
use model::iam::{
    AddUserToGroup, AttachGroupPolicy, AttachUserPolicy, ListPoliciesGrantingServiceAccess,
    PolicyGrantingServiceAccess, PutGroupPolicy, PutUserPolicy,
};
use sqlx::PgPool;

use crate::{
    own_policies::{arn, document, new},
    scene::{Scene, managed},
};

fn of(scene: &Scene, who: &str, services: &[&str]) -> ListPoliciesGrantingServiceAccess {
    ListPoliciesGrantingServiceAccess {
        arn: format!("arn:aws:iam::{}:{who}", scene.account),
        service_namespaces: services.iter().map(|&service| service.to_owned()).collect(),
        marker: None,
    }
}

fn line(policy: &PolicyGrantingServiceAccess) -> String {
    let parts =
        [&policy.policy_arn, &policy.entity_type, &policy.entity_name].map(|part| part.as_deref().unwrap_or("-"));
    format!("{} {} {}", policy.policy_type, policy.policy_name, parts.join(" "))
}

/// What each service is opened by.
async fn told(scene: &Scene, asked: ListPoliciesGrantingServiceAccess) -> Vec<Vec<String>> {
    let output = scene.root(asked).await;
    assert!(!output.is_truncated && output.marker.is_none());
    output.policies_granting_service_access.iter().map(|entry| entry.policies.iter().map(line).collect()).collect()
}

/// Ann in the group Staff, both with an inline policy and with the same managed one; Ann bounded too.
async fn furnished(pool: PgPool) -> (Scene, Caller) {
    let scene = Scene::new(pool).await;
    let ann = scene.user("ann", &["IAMUserChangePassword"]).await;
    scene.group("Staff").await;
    scene.root(AddUserToGroup { group_name: "Staff".into(), user_name: "ann".into() }).await;
    let own = arn(&scene, "own");
    scene.root(new("own", &document("Allow", "s3:Get*"))).await;
    scene.root(new("denying", &document("Deny", "s3:*"))).await;
    for policy_arn in [own.clone(), arn(&scene, "denying")] {
        scene.root(AttachUserPolicy { user_name: "ann".into(), policy_arn }).await;
    }
    scene.root(AttachGroupPolicy { group_name: "Staff".into(), policy_arn: own }).await;
    let hers = document("Allow", "s3:PutObject");
    scene.root(PutUserPolicy { user_name: "ann".into(), policy_name: "hers".into(), policy_document: hers }).await;
    let theirs = document("Allow", "*");
    scene
        .root(PutGroupPolicy { group_name: "Staff".into(), policy_name: "theirs".into(), policy_document: theirs })
        .await;
    scene.bound("ann", "AdministratorAccess").await;
    (scene, ann)
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_policies_in_force_are_told_service_by_service(pool: PgPool) {
    let (scene, ann) = furnished(pool).await;
    let own = format!("MANAGED own {} - -", arn(&scene, "own"));
    let changing = format!("MANAGED IAMUserChangePassword {} - -", managed("IAMUserChangePassword"));
    let (hers, theirs) = ("INLINE hers - USER ann".to_owned(), "INLINE theirs - GROUP Staff".to_owned());

    let asked = of(&scene, "user/ann", &["S3", "iam", "no-such"]);
    let opened = told(&scene, asked.clone()).await;
    assert_eq!(opened, [vec![hers, own.clone(), theirs.clone()], vec![changing, theirs.clone()], vec![theirs.clone()]]);
    let names = scene.root(asked.clone()).await.policies_granting_service_access;
    assert_eq!(
        names.iter().map(|entry| entry.service_namespace.as_str()).collect::<Vec<_>>(),
        ["S3", "iam", "no-such"]
    );
    assert_eq!(told(&scene, of(&scene, "group/Staff", &["s3"])).await, [vec![own, theirs]]);

    // Her own statement speaks of s3 alone, the group's of everything: she may ask, but only because of it.
    assert!(scene.call(&ann, asked.clone()).await.is_ok());
    let stranger = scene.user("eve", &[]).await;
    let (code, sentence) = scene.refusal_of(&stranger, asked).await;
    assert_eq!(code, "AccessDenied");
    assert!(sentence.contains("iam:ListPoliciesGrantingServiceAccess on resource: arn:aws:iam::"), "{sentence}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn many_services_come_in_pages_and_what_is_not_there_is_said(pool: PgPool) {
    let (scene, _) = furnished(pool).await;
    let services: Vec<String> = (0..130).map(|number| format!("service-{number}")).collect();
    let asked = ListPoliciesGrantingServiceAccess { service_namespaces: services, ..of(&scene, "user/ann", &[]) };
    let first = scene.root(asked.clone()).await;
    assert_eq!((first.policies_granting_service_access.len(), first.is_truncated), (100, true));
    let second = scene.root(ListPoliciesGrantingServiceAccess { marker: first.marker, ..asked.clone() }).await;
    assert_eq!((second.policies_granting_service_access.len(), second.marker), (30, None));
    assert_eq!(second.policies_granting_service_access[0].service_namespace, "service-100");
    let forged = ListPoliciesGrantingServiceAccess { marker: Some("x".into()), ..asked.clone() };
    assert_eq!(scene.refusal(forged).await.0, "ValidationError");

    for (who, code) in [("user/nobody", "NoSuchEntity"), ("role/any", "NoSuchEntity"), ("root", "InvalidInput")] {
        assert_eq!(scene.refusal(of(&scene, who, &["s3"])).await.0, code, "{who}");
    }
    let many = vec!["s3".to_owned(); 201];
    for (services, says) in [
        (
            vec![],
            "at 'serviceNamespaces' failed to satisfy constraint: Member must have length greater than or equal to 1",
        ),
        (many, "Member must have length less than or equal to 200"),
        (
            vec!["s 3".into()],
            r"at 'serviceNamespaces.1.member' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w-]*",
        ),
    ] {
        let (code, sentence) =
            scene.refusal(ListPoliciesGrantingServiceAccess { service_namespaces: services, ..asked.clone() }).await;
        assert_eq!(code, "ValidationError");
        assert!(sentence.contains(says), "{sentence}");
    }
}
