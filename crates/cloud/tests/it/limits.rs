//! Quotas under fire: what many ask for at once goes to as many as there are places.

use cloud::{Execute, Settings};
use model::Operation as _;
use model::iam::{
    AddUserToGroup, AttachGroupPolicy, AttachUserPolicy, CreateAccessKey, CreateGroup, CreatePolicy,
    CreatePolicyVersion, CreateUser, DeleteUser, GetAccountSummary,
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::{
    browser::house,
    careless::look_then_write,
    scene::{Scene, bare_user, managed},
};

/// Runs all at once as root on two servers: how many succeeded, and what the others were told.
async fn race<O: Execute>(scene: &Scene, operations: Vec<O>) -> (usize, Vec<String>) {
    let other = house(&scene.pool, Settings::default()).await;
    let mut running = JoinSet::new();
    for (at, operation) in operations.into_iter().enumerate() {
        let mut scene = scene.clone();
        if at % 2 == 1 {
            scene.cloud = other.clone();
        }
        running.spawn(async move { scene.call(&scene.root, operation).await.map(drop).map_err(|e| e.to_string()) });
    }
    let outcomes = running.join_all().await;
    let refusals: Vec<String> = outcomes.iter().filter_map(|outcome| outcome.clone().err()).collect();
    (outcomes.len() - refusals.len(), refusals)
}

fn all_say(refusals: &[String], text: &str) {
    assert!(!refusals.is_empty());
    assert!(refusals.iter().all(|refusal| refusal == text), "{refusals:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn limit_race(pool: PgPool) {
    assert_eq!(look_then_write(&pool, 2, 64).await, 64, "who counts first and inserts afterwards has no limit");
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let ask = CreateAccessKey { user_name: Some("ann".into()) };
    let (made, refusals) = race(&scene, vec![ask; 64]).await;
    assert_eq!((made, refusals.len()), (2, 62));
    all_say(&refusals, "Cannot exceed quota for AccessKeysPerUser: 2");
    assert_eq!(scene.sql("select count(*)::text from access_key where user_id is not null").await, ["2"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn limit_race_of_accounts(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.sql("update account_count set users = 4999, groups = 299, policies = 1499 returning account_id").await;
    let users = (0..16).map(|i| CreateUser { user_name: format!("u{i}"), ..bare_user() }).collect();
    let (made, refusals) = race(&scene, users).await;
    assert_eq!(made, 1);
    all_say(&refusals, "Cannot exceed quota for UsersPerAccount: 5000");
    let groups = (0..16).map(|i| CreateGroup { group_name: format!("g{i}"), path: "/".into() }).collect();
    let (made, refusals) = race(&scene, groups).await;
    assert_eq!(made, 1);
    all_say(&refusals, "Cannot exceed quota for GroupsPerAccount: 300");
    let policies = (0..8).map(|i| CreatePolicy { policy_name: format!("p{i}"), ..CreatePolicy::example() }).collect();
    let (made, refusals) = race(&scene, policies).await;
    assert_eq!(made, 1);
    all_say(&refusals, "Cannot exceed quota for PoliciesPerAccount: 1500");
    let name = scene.sql("select name from iam_user").await.remove(0);
    scene.root(DeleteUser { user_name: name }).await;
    assert_eq!(scene.root(GetAccountSummary {}).await.summary_map["Users"], 4999, "a place is given back");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn limit_race_of_users_and_groups(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    for i in 0..16 {
        scene.group(&format!("g{i}")).await;
    }
    let joins = (0..16).map(|i| AddUserToGroup { group_name: format!("g{i}"), user_name: "ann".into() }).collect();
    let (made, refusals) = race(&scene, joins).await;
    assert_eq!(made, 10);
    all_say(&refusals, "Cannot exceed quota for GroupsPerUser: 10");
    assert_eq!(scene.sql("select sum(members)::text from iam_group").await, ["10"], "a refused join leaves no count");

    let policies = [
        "ReadOnlyAccess",
        "PowerUserAccess",
        "AdministratorAccess",
        "IAMFullAccess",
        "IAMReadOnlyAccess",
        "AmazonS3FullAccess",
        "AmazonS3ReadOnlyAccess",
        "AmazonEC2FullAccess",
        "AmazonEC2ReadOnlyAccess",
        "CloudWatchFullAccess",
        "CloudWatchReadOnlyAccess",
        "AmazonSNSFullAccess",
        "SecurityAudit",
    ];
    let to_user = policies.map(|name| AttachUserPolicy { user_name: "ann".into(), policy_arn: managed(name) });
    let (made, refusals) = race(&scene, to_user.into()).await;
    assert_eq!(made, 10);
    all_say(&refusals, "Cannot exceed quota for PoliciesPerUser: 10");
    let to_group = policies.map(|name| AttachGroupPolicy { group_name: "g0".into(), policy_arn: managed(name) });
    let (made, refusals) = race(&scene, to_group.into()).await;
    assert_eq!(made, 10);
    all_say(&refusals, "Cannot exceed quota for PoliciesPerGroup: 10");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn limit_race_of_versions(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let policy_arn = scene.root(CreatePolicy::example()).await.policy.arn;
    let ask = CreatePolicyVersion { policy_arn, set_as_default: Some(true), ..CreatePolicyVersion::example() };
    let (made, refusals) = race(&scene, vec![ask; 16]).await;
    assert_eq!(made, 4);
    let full = "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.";
    all_say(&refusals, full);
    assert_eq!(scene.sql("select default_version::text from managed_policy").await, ["5"]);
}

/// A user who is being deleted while things are added to them either goes with nothing left behind, or stays.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn deletion_against_addition_leaves_no_orphans(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.group("staff").await;
    for round in 0..20 {
        let name = format!("u{round}");
        scene.plain_user(&name).await;
        let (root, user_name) = (&scene.root, || name.clone());
        let (_, _, _, _) = tokio::join!(
            scene.call(root, CreateAccessKey { user_name: Some(user_name()) }),
            scene.call(root, AddUserToGroup { group_name: "staff".into(), user_name: user_name() }),
            scene.call(root, AttachUserPolicy { user_name: user_name(), policy_arn: managed("ReadOnlyAccess") }),
            scene.call(root, DeleteUser { user_name: user_name() }),
        );
    }
    let orphans = "select 'key' from access_key k where user_id is not null
                       and not exists (select from iam_user u where u.user_id = k.user_id)
                   union all select 'attachment' from attachment a
                       where not exists (select from iam_user u where u.user_id = a.entity_id)";
    assert_eq!(scene.sql(orphans).await, Vec::<String>::new());
    assert_eq!(
        scene.sql("select (sum(members) = (select count(*) from group_member))::text from iam_group").await,
        ["true"]
    );
    assert_eq!(scene.sql("select (users = (select count(*) from iam_user))::text from account_count").await, ["true"]);
}
