//! Why somebody is refused: what each policy said, what would help, and what is told to whom.

use cloud::{Request, Source};
use model::{
    ApiError, Denial, Tag,
    console::{ExplainDenial, ExplainDenialOutput},
    iam::{
        AddUserToGroup, AttachGroupPolicy, ContextEntry, CreateUser, GetUser, ListUsers, PutGroupPolicy, PutUserPolicy,
    },
};
use policy::{Layer, MissReason, Outcome};
use services::Remedy;
use sqlx::PgPool;

use crate::scene::{PASSWORD, Scene, bare_user, managed};

fn policy(effect: &str, action: &str, resource: &str, condition: &str) -> String {
    format!(
        "{{\"Version\": \"2012-10-17\", \"Statement\": [\n  {{\"Sid\": \"One\", \"Effect\": \"{effect}\", \
         \"Action\": \"{action}\", \"Resource\": \"{resource}\"{condition}}}\n]}}"
    )
}

async fn put(scene: &Scene, user: &str, name: &str, document: String) {
    scene.root(PutUserPolicy { user_name: user.into(), policy_name: name.into(), policy_document: document }).await;
}

fn user_arn(scene: &Scene, name: &str) -> String {
    format!("arn:aws:iam::{}:user/{name}", scene.account)
}

fn question(scene: &Scene, user: &str, action: &str, resource: &str) -> ExplainDenial {
    ExplainDenial {
        principal_arn: user_arn(scene, user),
        action_name: action.into(),
        resource: resource.into(),
        context_entries: vec![],
    }
}

/// What a refusal would be explained by: as its panel links to it.
fn of(denial: Denial) -> ExplainDenial {
    let entry = |(key, values): (String, Vec<String>)| ContextEntry {
        context_key_name: key,
        context_key_values: values,
        context_key_type: "string".into(),
    };
    ExplainDenial {
        principal_arn: denial.principal,
        action_name: denial.action,
        resource: denial.resource,
        context_entries: denial.facts.into_iter().map(entry).collect(),
    }
}

fn names(output: &ExplainDenialOutput) -> Vec<(Layer, Option<&str>, Option<Outcome>)> {
    output.policies.iter().map(|policy| (policy.layer, policy.policy_name.as_deref(), policy.says)).collect()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_deny_is_named_with_its_statement_and_nothing_helps(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.user("ann", &["IAMFullAccess"]).await;
    scene.group("Staff").await;
    scene.root(AddUserToGroup { user_name: "ann".into(), group_name: "Staff".into() }).await;
    let policy_arn = managed("AmazonS3ReadOnlyAccess");
    scene.root(AttachGroupPolicy { group_name: "Staff".into(), policy_arn }).await;
    scene
        .root(PutGroupPolicy {
            group_name: "Staff".into(),
            policy_name: "Careful".into(),
            policy_document: policy("Deny", "iam:DeleteUser", "*", ""),
        })
        .await;
    let output = scene.root(question(&scene, "ann", "iam:DeleteUser", "user bob")).await;
    assert_eq!(output.outcome, Outcome::ExplicitDeny);
    assert_eq!(output.because, "with an explicit deny in an identity-based policy");
    assert_eq!(output.resource_arn, user_arn(&scene, "bob"));
    assert_eq!(output.remedy, Remedy::Denied(Layer::Identity));
    let mut told = names(&output);
    told.sort_by_key(|(_, name, _)| name.map(str::to_owned));
    assert_eq!(
        told,
        [
            (Layer::Identity, Some("AmazonS3ReadOnlyAccess"), Some(Outcome::ImplicitDeny)),
            (Layer::Identity, Some("Careful"), Some(Outcome::ExplicitDeny)),
            (Layer::Identity, Some("IAMFullAccess"), Some(Outcome::Allowed)),
        ]
    );
    let careful =
        output.policies.iter().find(|policy| policy.policy_name.as_deref() == Some("Careful")).expect("asked");
    assert_eq!((careful.group_name.as_deref(), careful.policy_arn.as_deref()), (Some("Staff"), None));
    let [statement] = careful.statements.as_slice() else { panic!("one statement") };
    assert!(statement.decides && statement.missed.is_none());
    assert_eq!((statement.sid.as_deref(), statement.number), (Some("One"), 1));
    assert_eq!((statement.span.start.line, statement.span.start.column), (2, 3));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_condition_that_failed_is_told_with_the_facts_of_the_refusal(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let condition = r#", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}"#;
    put(&scene, "ann", "Strong", policy("Allow", "iam:ListUsers", "*", condition)).await;
    scene.password("ann", false).await;
    let session = scene.sign_in("ann", PASSWORD).await.expect("signs in");
    let ann = scene.of_session(&session).await;
    let request = Request { session: Some(session), ..Request::new(Source::Console) };
    let refused = scene.cloud.call(&ann, &request, ListUsers::default()).await.expect_err("no second factor");
    let ApiError::AccessDenied { denial } = refused else { panic!("{refused}") };
    let fact = |key: &str| denial.facts.iter().find(|(known, _)| known == key).map(|(_, values)| values.join(","));
    assert_eq!(fact("aws:multifactorauthpresent").as_deref(), Some("false"));
    assert!(fact("aws:currenttime").is_some() && fact("aws:username").is_none());

    let output = scene.root(of((*denial).clone())).await;
    assert_eq!((output.outcome, output.because.as_str()), (Outcome::ImplicitDeny, denial.because.as_str()));
    assert!(output.missing_context_keys.is_empty());
    let missed = output.policies[0].statements[0].missed.clone().expect("it does not apply");
    let MissReason::Condition { operator, key, expected, found, .. } = missed else { panic!("{missed:?}") };
    assert_eq!((operator.as_str(), key.as_str()), ("Bool", "aws:MultiFactorAuthPresent"));
    assert_eq!((expected, found), (vec!["true".to_owned()], Some(vec!["false".to_owned()])));

    let bare = ExplainDenial { context_entries: vec![], ..of(*denial) };
    let output = scene.root(bare).await;
    assert_eq!(output.missing_context_keys, ["aws:MultiFactorAuthPresent"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_smallest_statement_allows_it_where_no_limit_stands(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let ann = scene.user("ann", &[]).await;
    scene.root(CreateUser { user_name: "bob".into(), path: "/desk/".into(), ..bare_user() }).await;
    let asked = GetUser { user_name: Some("bob".into()) };
    let refused = scene.call(&ann, asked.clone()).await.expect_err("no policy");
    let ApiError::AccessDenied { denial } = refused else { panic!("{refused}") };
    assert_eq!(denial.resource, "user bob");
    let output = scene.root(of((*denial).clone())).await;
    assert_eq!(output.resource_arn, user_arn(&scene, "desk/bob"));
    assert!(output.resource_known && output.policies.is_empty());
    let Remedy::Allow(document) = output.remedy else { panic!("{:?}", output.remedy) };
    put(&scene, "ann", "Remedy", document).await;
    scene.call(&ann, asked).await.expect("the remedy helps");
    scene.call(&ann, GetUser { user_name: Some("ann".into()) }).await.expect_err("and no further");
    assert_eq!(scene.root(of(*denial)).await.remedy, Remedy::Nothing);

    scene.bound("ann", "AmazonS3ReadOnlyAccess").await;
    let output = scene.root(question(&scene, "ann", "iam:GetUser", "user bob")).await;
    assert_eq!(output.because, "because no permissions boundary allows the iam:GetUser action");
    assert_eq!(output.remedy, Remedy::Limited(Layer::Boundary));
    let boundary = (Layer::Boundary, Some("AmazonS3ReadOnlyAccess"), Some(Outcome::ImplicitDeny));
    assert_eq!(names(&output), [(Layer::Identity, Some("Remedy"), Some(Outcome::Allowed)), boundary]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn who_may_only_simulate_learns_what_simulating_tells(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.root(CreateUser { tags: vec![Tag { key: "Team".into(), value: "red".into() }], ..named("ann") }).await;
    scene.root(CreateUser { path: "/secret/".into(), ..named("bob") }).await;
    let condition = r#", "Condition": {"StringEquals": {"aws:PrincipalTag/Team": "blue"}}"#;
    put(&scene, "ann", "Blue", policy("Allow", "iam:DeleteUser", "*", condition)).await;
    put(&scene, "ann", "Never", policy("Deny", "iam:CreateUser", "*", "")).await;
    let clerk = scene.user("clerk", &[]).await;
    let asked = |action: &str| question(&scene, "ann", action, "user bob");
    let (code, sentence) = scene.refusal_of(&clerk, asked("iam:DeleteUser")).await;
    assert_eq!(code, "AccessDenied");
    assert!(sentence.contains("iam:SimulatePrincipalPolicy on resource: arn:aws:iam:"), "{sentence}");

    put(&scene, "clerk", "Ask", policy("Allow", "iam:SimulatePrincipalPolicy", "*", "")).await;
    let output = scene.call(&clerk, asked("iam:DeleteUser")).await.expect("may simulate");
    assert_eq!((output.outcome, names(&output)), (Outcome::ImplicitDeny, vec![(Layer::Identity, None, None); 2]));
    assert!(output.policies.iter().all(|policy| policy.statements.is_empty() && !policy.readable));
    assert_eq!((output.resource_arn, output.resource_known), (user_arn(&scene, "bob"), false), "the path stays hidden");
    let output = scene.call(&clerk, asked("iam:CreateUser")).await.expect("may simulate");
    let denying = output.policies.iter().find(|policy| policy.policy_name.is_some()).expect("what decided is named");
    assert_eq!((denying.policy_name.as_deref(), denying.says), (Some("Never"), Some(Outcome::ExplicitDeny)));

    put(&scene, "clerk", "Read", policy("Allow", "iam:GetUserPolicy", "*", "")).await;
    let found = |output: &ExplainDenialOutput| {
        let blue =
            output.policies.iter().find(|policy| policy.policy_name.as_deref() == Some("Blue")).expect("readable");
        match blue.statements[0].missed.clone() {
            Some(MissReason::Condition { found, .. }) => found.expect("a value"),
            other => panic!("{other:?}"),
        }
    };
    let output = scene.call(&clerk, asked("iam:DeleteUser")).await.expect("may simulate");
    assert_eq!(found(&output), ["a value that you may not read"]);
    put(&scene, "clerk", "Look", policy("Allow", "iam:GetUser", "*", "")).await;
    let output = scene.call(&clerk, asked("iam:DeleteUser")).await.expect("may simulate");
    assert_eq!((found(&output), output.resource_known), (vec!["red".to_owned()], true));
    assert_eq!(output.resource_arn, user_arn(&scene, "secret/bob"));
}

fn named(name: &str) -> CreateUser {
    CreateUser { user_name: name.into(), ..bare_user() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_boundary_that_lets_through_is_not_named_to_who_may_only_simulate(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    put(&scene, "ann", "Bucket", policy("Allow", "s3:GetObject", "*", "")).await;
    scene.bound("ann", "AmazonS3ReadOnlyAccess").await;
    let clerk = scene.user("clerk", &[]).await;
    put(&scene, "clerk", "Ask", policy("Allow", "iam:SimulatePrincipalPolicy", "*", "")).await;
    let asked = question(&scene, "ann", "s3:GetObject", "arn:aws:s3:::reports/one");
    let output = scene.call(&clerk, asked.clone()).await.expect("may simulate");
    assert_eq!(output.outcome, Outcome::Allowed);
    let granting = (Layer::Identity, Some("Bucket"), Some(Outcome::Allowed));
    assert_eq!(names(&output), [granting, (Layer::Boundary, None, None)]);
    let [bucket, boundary] = output.policies.as_slice() else { panic!("two policies") };
    let [statement] = bucket.statements.as_slice() else { panic!("one statement") };
    assert!(statement.decides && statement.sid.is_none(), "its place is told, its Sid is not");
    assert!(boundary.statements.is_empty() && boundary.policy_arn.is_none());

    let output = scene.root(asked).await;
    assert_eq!(output.policies[0].statements[0].sid.as_deref(), Some("One"));
    assert!(!output.policies[1].statements.is_empty());
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_no_policy_decides_is_said_so(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.user("ann", &["AdministratorAccess"]).await;
    let output = scene.root(question(&scene, "ann", "billing:UpdateIAMAccessPreference", "*")).await;
    assert_eq!((output.outcome, output.remedy), (Outcome::ImplicitDeny, Remedy::NoPolicy));
    let output = scene.root(question(&scene, "ann", "budgets:ViewBudget", "*")).await;
    assert!(output.because.contains("has not activated IAM access"), "{}", output.because);
    assert_eq!(output.remedy, Remedy::NoPolicy);

    let (code, _) = scene.refusal(question(&scene, "nobody", "iam:ListUsers", "*")).await;
    assert_eq!(code, "NoSuchEntity");
    scene.group("Staff").await;
    let group = ExplainDenial {
        principal_arn: format!("arn:aws:iam::{}:group/Staff", scene.account),
        ..question(&scene, "ann", "iam:ListUsers", "*")
    };
    assert_eq!(scene.refusal(group).await.0, "InvalidInput");
    let neighbour = scene.neighbour().await;
    let (code, _) = neighbour.refusal(question(&scene, "ann", "iam:ListUsers", "*")).await;
    assert_eq!(code, "InvalidInput");
    let output = scene.root(question(&scene, "ann", "iam:GetUser", &user_arn(&neighbour, "ann"))).await;
    assert_eq!(output.remedy, Remedy::Limited(Layer::Resource), "another account's policy must allow it");
}
