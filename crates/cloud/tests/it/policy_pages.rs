//! What the policies' pages read: the table of all, what a policy says, whom it is attached to.

use cloud::{Caller, Request, Source};
use model::{
    console::{
        CheckPolicyDocument, FindingKind, GetPolicySummary, ListManagedPolicyRows, ListManagedPolicyRowsOutput,
        ListPolicyEntityRows, ListPolicyEntityRowsOutput,
    },
    iam::{AttachGroupPolicy, PutUserPolicy},
};
use sqlx::PgPool;

use crate::scene::{Scene, managed};

async fn table(scene: &Scene, asked: ListManagedPolicyRows) -> ListManagedPolicyRowsOutput {
    scene.cloud.call(&scene.root, &Request::new(Source::Console), asked).await.expect("lists")
}

fn names(output: &ListManagedPolicyRowsOutput) -> Vec<&str> {
    output.rows.iter().map(|row| row.policy_name.as_str()).collect()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn every_policy_has_its_place_on_a_numbered_page(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let first = table(&scene, ListManagedPolicyRows { page_size: Some(20), ..Default::default() }).await;
    assert_eq!((first.rows.len(), first.matching, first.total), (20, 1594, 1594));
    let at = |page| ListManagedPolicyRows { page: Some(page), page_size: Some(20), ..Default::default() };
    let (second, last, behind) = (table(&scene, at(2)).await, table(&scene, at(80)).await, table(&scene, at(81)).await);
    assert!(names(&first).last().map(|name| name.to_lowercase()) < names(&second).first().map(|n| n.to_lowercase()));
    assert_eq!((last.rows.len(), behind.rows.len()), (14, 0));
    let down =
        table(&scene, ListManagedPolicyRows { order: Some("policy-name".into()), descending: Some(true), ..at(1) });
    let ends = (names(&down.await).first().map(|&name| name.to_owned()), names(&last).last().map(|&n| n.to_owned()));
    assert_eq!(ends.0, ends.1, "the order turned round");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_table_is_narrowed_by_kind_and_by_name_or_description(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let kind = |kind: &str| ListManagedPolicyRows { kind: Some(kind.into()), ..Default::default() };
    let jobs = table(&scene, kind("JobFunction")).await;
    assert!(jobs.rows.iter().all(|row| row.kind == "AWS managed - job function"));
    assert!(names(&jobs).contains(&"AdministratorAccess") && names(&jobs).contains(&"Billing"));
    let by_path = jobs.rows.iter().filter(|row| row.policy_arn.contains(":policy/job-function/")).count();
    assert_eq!(jobs.rows.len() - by_path, 4, "the four that the console counts among them wherever they are");
    assert_eq!(table(&scene, kind("AwsManaged")).await.matching, 1594 - jobs.matching);
    assert_eq!(table(&scene, kind("CustomerManaged")).await.matching, 0);

    let search = |text: &str| ListManagedPolicyRows { query: Some(text.into()), ..Default::default() };
    let administrators = table(&scene, search("administrator")).await;
    assert_eq!(names(&administrators)[0], "AdministratorAccess", "what begins so comes first");
    assert_eq!(administrators.matching, 16);
    let by_description = table(&scene, search("s3-object-lambda")).await;
    assert!(names(&by_description).contains(&"AmazonS3FullAccess"), "{:?}", names(&by_description));
    for wild in ["%", "no such policy"] {
        assert_eq!(table(&scene, search(wild)).await.matching, 0, "{wild}");
    }
    let linked = table(&scene, search("AWSSupportServiceRolePolicy")).await;
    assert!(!linked.rows[0].is_attachable, "shown, and marked as not to be attached");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn used_as_counts_this_account_alone_and_orders(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let other = scene.neighbour().await;
    other.user("ann", &["IAMFullAccess"]).await;
    scene.user("ann", &["ReadOnlyAccess"]).await;
    scene.user("bob", &["ReadOnlyAccess"]).await;
    scene.bound("bob", "PowerUserAccess").await;
    let by_use = ListManagedPolicyRows {
        order: Some("used-as".into()),
        descending: Some(true),
        page_size: Some(3),
        ..Default::default()
    };
    let used = table(&scene, by_use).await;
    let counts: Vec<_> = used
        .rows
        .iter()
        .map(|row| (row.policy_name.as_str(), row.attachment_count, row.permissions_boundary_usage_count))
        .collect();
    assert_eq!(&counts[..2], [("ReadOnlyAccess", 2, 0), ("PowerUserAccess", 0, 1)]);
    assert_eq!((counts[2].1, counts[2].2), (0, 0), "the neighbour's uses are not ours");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_summary_names_services_and_what_remains(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let summary = |name: &str| scene.root(GetPolicySummary { policy_arn: managed(name) });
    let all = summary("AdministratorAccess").await;
    assert!(all.services.len() > 400 && all.services.iter().all(|row| row.access.to_string() == "Full access"));
    assert!(all.remaining.is_empty());
    let s3 = summary("AmazonS3FullAccess").await;
    let told: Vec<_> = s3.services.iter().map(|row| (row.name.as_str(), row.access.to_string())).collect();
    assert_eq!(told, [("S3", "Full access".to_owned()), ("S3 Object Lambda", "Full access".to_owned())]);
    assert_eq!(s3.remaining.len() + 2, all.services.len());
    assert!(
        s3.remaining.iter().any(|service| service.name == "IAM")
            && s3.remaining.iter().all(|service| service.prefix != "s3")
    );
    let power = summary("PowerUserAccess").await;
    let iam = power.services.iter().find(|row| row.prefix == "iam").expect("a second statement allows some of IAM");
    assert_eq!(iam.access.to_string(), "Limited: List, Write");
    assert!(power.remaining.is_empty());
    let read = summary("IAMReadOnlyAccess").await;
    assert_eq!(read.services[0].access.to_string(), "Full: List Limited: Read");
    let denied = summary("AWSDenyAll").await;
    assert!(
        denied.services.iter().all(|row| row.effect.as_str() == "Deny") && denied.remaining.len() == all.services.len()
    );
    let (_, text) = scene.refusal(GetPolicySummary { policy_arn: managed("Nonsense") }).await;
    assert_eq!(text, format!("Policy {} was not found.", managed("Nonsense")));
    let stranger = scene.user("stranger", &[]).await;
    let (_, text) = scene.refusal_of(&stranger, GetPolicySummary { policy_arn: managed("ReadOnlyAccess") }).await;
    assert!(text.contains("iam:GetPolicyVersion on resource: policy arn:aws:iam::aws:policy/ReadOnlyAccess"), "{text}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_text_under_way_is_read_as_saving_would(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let anybody = scene.user("anybody", &[]).await;
    let check = |text: &str| scene.call(&anybody, CheckPolicyDocument { policy_document: text.into() });
    let text = "{\"Version\": \"2012-10-17\",\n \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"iam:PassRole\", \"s3:GetObjct\"], \"Resource\": \"*\"}}";
    let found = check(text).await.expect("reads");
    assert_eq!((found.problem, found.size), (None, 110));
    let marks: Vec<_> = found.findings.iter().map(|finding| (finding.kind, finding.line, finding.column)).collect();
    assert_eq!(marks, [(FindingKind::PassAnyRole, 2, 46), (FindingKind::UnknownAction, 2, 62)]);
    let told: Vec<_> = found.services.iter().map(|row| (row.name.as_str(), row.access.to_string())).collect();
    assert_eq!(told, [("IAM", "Limited: Write".to_owned()), ("S3", "None".to_owned())]);
    assert!(found.remaining > 400);
    let broken = check("{\"Version\": \"2012-10-17\",\n \"Statement\": [}").await.expect("reads");
    let problem = broken.problem.expect("no policy");
    assert_eq!((problem.message.as_str(), problem.line, problem.column), ("Syntax errors in policy.", 2, 16));
    assert!(problem.detail.is_some() && broken.findings.is_empty() && broken.services.is_empty());
}

async fn entities(scene: &Scene, caller: &Caller, asked: ListPolicyEntityRows) -> ListPolicyEntityRowsOutput {
    scene.cloud.call(caller, &Request::new(Source::Console), asked).await.expect("lists")
}

fn shown(output: &ListPolicyEntityRowsOutput) -> Vec<String> {
    output.rows.iter().map(|row| format!("{} {}", row.kind, row.name)).collect()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn entities_are_attached_bounded_or_neither(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let other = scene.neighbour().await;
    other.user("foreigner", &["ReadOnlyAccess"]).await;
    scene.user("ann", &["ReadOnlyAccess"]).await;
    scene.plain_user("bob").await;
    scene.bound("bob", "ReadOnlyAccess").await;
    for group in ["Staff", "idle"] {
        scene.group(group).await;
    }
    scene.root(AttachGroupPolicy { group_name: "Staff".into(), policy_arn: managed("ReadOnlyAccess") }).await;
    let base = ListPolicyEntityRows { policy_arn: managed("ReadOnlyAccess"), ..Default::default() };
    let used = |used_as: &str| ListPolicyEntityRows { used_as: Some(used_as.into()), ..base.clone() };
    let root = &scene.root;
    assert_eq!(shown(&entities(&scene, root, base.clone()).await), ["Group Staff", "User ann"]);
    assert_eq!(shown(&entities(&scene, root, used("PermissionsBoundary")).await), ["User bob"]);
    assert_eq!(shown(&entities(&scene, root, used("None")).await), ["Group idle", "User bob"]);
    let users = ListPolicyEntityRows { entity_filter: Some("User".into()), ..used("None") };
    assert_eq!(shown(&entities(&scene, root, users).await), ["User bob"]);
    let found = ListPolicyEntityRows { query: Some("NN".into()), ..base.clone() };
    assert_eq!(shown(&entities(&scene, root, found).await), ["User ann"]);

    let one = ListPolicyEntityRows { max_items: Some(1), ..base.clone() };
    let first = entities(&scene, root, one.clone()).await;
    assert!(first.is_truncated);
    let rest = entities(&scene, root, ListPolicyEntityRows { marker: first.marker.clone(), ..one }).await;
    assert_eq!((shown(&first), shown(&rest)), (vec!["Group Staff".to_owned()], vec!["User ann".to_owned()]));
    assert!(!rest.is_truncated);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn kinds_that_may_not_be_listed_are_left_out(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.group("Staff").await;
    let advisor = scene.user("advisor", &[]).await;
    let document = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*",
        "Action": ["iam:ListEntitiesForPolicy", "iam:ListGroups"]}}"#;
    let put =
        PutUserPolicy { user_name: "advisor".into(), policy_name: "groups".into(), policy_document: document.into() };
    scene.root(put).await;
    let asked = ListPolicyEntityRows {
        policy_arn: managed("ReadOnlyAccess"),
        used_as: Some("None".into()),
        ..Default::default()
    };
    let seen = entities(&scene, &advisor, asked.clone()).await;
    assert_eq!((shown(&seen), seen.refused), (vec!["Group Staff".to_owned()], vec!["iam:ListUsers".to_owned()]));
    let stranger = scene.user("stranger", &[]).await;
    let (_, text) = scene.refusal_of(&stranger, asked).await;
    assert!(
        text.contains("iam:ListEntitiesForPolicy on resource: policy arn:aws:iam::aws:policy/ReadOnlyAccess"),
        "{text}"
    );
}
