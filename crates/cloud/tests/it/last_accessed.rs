//! Reports of last accesses: what the policies allow, and what the trail says of it.

use model::{
    ApiError,
    iam::{
        AddUserToGroup, AttachUserPolicy, DeleteUser, GenerateServiceLastAccessedDetails,
        GetServiceLastAccessedDetails, GetServiceLastAccessedDetailsOutput, GetServiceLastAccessedDetailsWithEntities,
        GetUser, ListGroups, ListUsers, PutGroupPolicy, PutUserPolicy, ServiceLastAccessed,
    },
    sts::GetCallerIdentity,
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::{
    own_policies::{arn as own_arn, document, new},
    scene::Scene,
};

async fn job(scene: &Scene, who: &str, granularity: Option<&str>) -> String {
    let arn = format!("arn:aws:iam::{}:{who}", scene.account);
    let asked = GenerateServiceLastAccessedDetails { arn, granularity: granularity.map(str::to_owned) };
    scene.root(asked).await.job_id
}

async fn report(scene: &Scene, job_id: &str) -> GetServiceLastAccessedDetailsOutput {
    let asked = GetServiceLastAccessedDetails { job_id: job_id.to_owned(), max_items: Some(1000), marker: None };
    scene.root(asked).await
}

async fn services(scene: &Scene, who: &str) -> Vec<ServiceLastAccessed> {
    report(scene, &job(scene, who, None).await).await.services_last_accessed
}

fn names(services: &[ServiceLastAccessed]) -> Vec<&str> {
    services.iter().map(|service| service.service_namespace.as_str()).collect()
}

fn of<'a>(services: &'a [ServiceLastAccessed], namespace: &str) -> &'a ServiceLastAccessed {
    services.iter().find(|service| service.service_namespace == namespace).expect("the service is allowed")
}

async fn inline(scene: &Scene, user: &str, action: &str) {
    let policy_document = document("Allow", action);
    scene.root(PutUserPolicy { user_name: user.into(), policy_name: "own".into(), policy_document }).await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn services_of_the_policies_with_their_last_try(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let ann = scene.user("ann", &[]).await;
    assert!(services(&scene, "user/ann").await.is_empty(), "nothing is allowed");
    inline(&scene, "ann", "iam:GetUser").await;
    scene.group("staff").await;
    scene.root(AddUserToGroup { group_name: "staff".into(), user_name: "ann".into() }).await;
    let policy_document = document("Allow", "s3:Get*");
    scene.root(PutGroupPolicy { group_name: "staff".into(), policy_name: "own".into(), policy_document }).await;
    scene.bound("ann", "ReadOnlyAccess").await;
    let before = services(&scene, "user/ann").await;
    assert_eq!(names(&before), ["iam", "s3"], "by own and groups' policies; a boundary gives nothing");
    assert_eq!((of(&before, "iam").last_authenticated, of(&before, "iam").total_authenticated_entities), (None, 0));
    assert!(of(&before, "s3").service_name.contains("S3"), "{}", of(&before, "s3").service_name);

    // A refused try counts; a service that no policy allows does not appear, though it was used.
    scene.refusal_of(&ann, ListUsers::default()).await;
    scene.call(&ann, GetCallerIdentity {}).await.expect("answers everybody");
    let after = services(&scene, "user/ann").await;
    assert_eq!(names(&after), ["iam", "s3"]);
    let iam = of(&after, "iam");
    assert!(iam.last_authenticated.is_some());
    assert_eq!(iam.last_authenticated_entity, Some(format!("arn:aws:iam::{}:user/ann", scene.account)));
    assert_eq!((iam.last_authenticated_region.as_deref(), iam.total_authenticated_entities), (Some("us-east-1"), 1));
    assert!(of(&after, "s3").last_authenticated.is_none());

    // Four hundred days later it is forgotten.
    let later = format!(
        "update account set clock_offset_ms = clock_offset_ms + {} where account_id = '{}' returning account_id",
        401_i64 * 86_400_000,
        scene.account
    );
    scene.sql(&later).await;
    assert!(of(&services(&scene, "user/ann").await, "iam").last_authenticated.is_none());
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn everything_and_exceptions_name_services_too(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    inline(&scene, "ann", "*").await;
    let every = services::all().len();
    assert_eq!(services(&scene, "user/ann").await.len(), every);
    let policy_document = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":["iam:*","s3:GetObject"],"Resource":"*"}}"#;
    scene
        .root(PutUserPolicy {
            user_name: "ann".into(),
            policy_name: "own".into(),
            policy_document: policy_document.into(),
        })
        .await;
    let left = services(&scene, "user/ann").await;
    assert_eq!(left.len(), every - 1);
    assert!(!names(&left).contains(&"iam") && names(&left).contains(&"s3"), "of s3 something is left");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn more_exceptions_than_can_be_searched_are_refused_before(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let letters = ('a'..='z').flat_map(|first| ('a'..='z').chain('0'..='9').map(move |second| (first, second)));
    let exceptions: Vec<String> = letters.take(850).map(|(first, second)| format!("\"{first}{second}:*\"")).collect();
    let document = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","NotAction":[{}],"Resource":"*"}}}}"#,
        exceptions.join(",")
    );
    let arn = format!("arn:aws:iam::{}:user/ann", scene.account);
    let asked = GenerateServiceLastAccessedDetails { arn, granularity: None };
    for policy in 0..9 {
        let name = format!("exceptions-{policy}");
        scene.root(new(&name, &document)).await;
        scene.root(AttachUserPolicy { user_name: "ann".into(), policy_arn: own_arn(&scene, &name) }).await;
        if policy == 2 {
            assert!(scene.call(&scene.root, asked.clone()).await.is_ok(), "what people write is far below");
        }
    }
    let (code, sentence) = scene.refusal(asked).await;
    assert_eq!(code, "InvalidInput");
    assert!(sentence.contains("too many patterns"), "{sentence}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn of_a_group_its_members_count(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.group("staff").await;
    let policy_document = document("Allow", "iam:List*");
    scene.root(PutGroupPolicy { group_name: "staff".into(), policy_name: "own".into(), policy_document }).await;
    for name in ["ann", "bob", "cid", "eve"] {
        let caller = scene.user(name, &[]).await;
        if name != "eve" {
            scene.root(AddUserToGroup { group_name: "staff".into(), user_name: name.into() }).await;
        }
        if name != "cid" {
            scene.call(&caller, GetCallerIdentity {}).await.expect("answers everybody");
            let _ = scene.call(&caller, ListUsers::default()).await;
            let _ = scene.call(&caller, ListGroups::default()).await;
        }
    }
    let id = job(&scene, "group/staff", Some("ACTION_LEVEL")).await;
    let report = report(&scene, &id).await;
    assert_eq!((report.job_status.as_str(), report.job_type.as_str()), ("COMPLETED", "ACTION_LEVEL"));
    let iam = of(&report.services_last_accessed, "iam");
    assert_eq!(iam.total_authenticated_entities, 2, "eve is no member, and cid did nothing");
    assert!(iam.last_authenticated_entity.as_deref().is_some_and(|arn| arn.ends_with(":user/bob")));
    let actions: Vec<_> = iam.tracked_actions_last_accessed.iter().map(|action| action.action_name.as_str()).collect();
    assert_eq!(actions, ["ListGroups", "ListUsers"]);

    let entities = GetServiceLastAccessedDetailsWithEntities {
        job_id: id.clone(),
        service_namespace: "iam".into(),
        max_items: Some(1),
        marker: None,
    };
    let first = scene.root(entities.clone()).await;
    assert_eq!(first.entity_details_list[0].entity_info.name, "bob", "the last one first");
    assert_eq!(first.entity_details_list[0].entity_info.r#type, "USER");
    let second =
        scene.root(GetServiceLastAccessedDetailsWithEntities { marker: first.marker, ..entities.clone() }).await;
    assert_eq!((second.entity_details_list[0].entity_info.name.as_str(), second.is_truncated), ("ann", false));
    let other = GetServiceLastAccessedDetailsWithEntities { service_namespace: "s3".into(), ..entities };
    assert_eq!(scene.refusal(other).await.0, "InvalidInput");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_report_is_its_generators_alone(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let ann = scene.user("ann", &["IAMReadOnlyAccess"]).await;
    let bob = scene.user("bob", &["IAMReadOnlyAccess"]).await;
    let arn = format!("arn:aws:iam::{}:user/ann", scene.account);
    let generate = GenerateServiceLastAccessedDetails { arn, granularity: None };
    let job_id = scene.call(&ann, generate.clone()).await.expect("may").job_id;
    let get = GetServiceLastAccessedDetails { job_id: job_id.clone(), ..Default::default() };
    let hers = scene.call(&ann, get.clone()).await.expect("her own");
    assert!(!hers.services_last_accessed.is_empty());
    let missing = ("NoSuchEntity", format!("The job with id {job_id} cannot be found."));
    assert_eq!(scene.refusal_of(&bob, get.clone()).await, missing);
    assert_eq!(scene.refusal(get.clone()).await, missing, "not even root's");
    let neighbour = scene.neighbour().await;
    assert_eq!(neighbour.refusal(get).await, missing);
    let unknown = Uuid::new_v4().to_string();
    let get = GetServiceLastAccessedDetails { job_id: unknown.clone(), ..Default::default() };
    assert_eq!(scene.refusal(get).await.1, format!("The job with id {unknown} cannot be found."));

    for (job_id, code) in [("x".repeat(36), "NoSuchEntity"), ("x".to_owned(), "ValidationError")] {
        assert_eq!(scene.refusal(GetServiceLastAccessedDetails { job_id, ..Default::default() }).await.0, code);
    }
    let odd = GenerateServiceLastAccessedDetails { granularity: Some("fine".into()), ..generate.clone() };
    assert_eq!(scene.refusal(odd).await.0, "ValidationError");
    scene.plain_user("gone").await;
    scene.root(DeleteUser { user_name: "gone".into() }).await;
    let arn = format!("arn:aws:iam::{}:user/gone", scene.account);
    assert_eq!(scene.refusal(GenerateServiceLastAccessedDetails { arn, granularity: None }).await.0, "NoSuchEntity");
    let eve = scene.user("eve", &[]).await;
    let refused = scene.call(&eve, generate).await;
    assert!(matches!(refused, Err(ApiError::AccessDenied { .. })), "{refused:?}");
    scene.call(&ann, GetUser { user_name: None }).await.expect("the rest still works");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_newest_reports_are_kept_and_the_rest_swept(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    scene.plain_user("ann").await;
    let first = job(&scene, "user/ann", None).await;
    let second = job(&scene, "user/ann", None).await;
    let reader = scene.user("reader", &["IAMReadOnlyAccess"]).await;
    let arn = format!("arn:aws:iam::{}:user/ann", scene.account);
    let asked = GenerateServiceLastAccessedDetails { arn, granularity: None };
    scene.call(&reader, asked).await.expect("may");
    for _ in 0..49 {
        job(&scene, "user/ann", None).await;
    }
    report(&scene, &second).await;
    let gone = GetServiceLastAccessedDetails { job_id: first, max_items: None, marker: None };
    assert_eq!(scene.refusal(gone).await.0, "NoSuchEntity");
    let kept = async || scene.sql("select job_id::text from access_report").await.len();
    assert_eq!(kept().await, 51, "the others' are not counted among one's own");

    scene.cloud.sweep().await.expect("sweeps");
    assert_eq!(kept().await, 51);
    scene.sql("update access_report set made_at = now() - interval '25 hours' where generator_id like 'AIDA%' returning job_id::text").await;
    scene.cloud.sweep().await.expect("sweeps");
    assert_eq!(kept().await, 50, "what is older than a day goes, whatever the account's clock says");
}
