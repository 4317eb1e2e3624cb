//! The policy simulator: decisions, what they come from, and what is missing to tell.

use model::iam::{
    AddUserToGroup, AttachGroupPolicy, AttachUserPolicy, ContextEntry, EvaluationResult, GetContextKeysForCustomPolicy,
    GetContextKeysForPrincipalPolicy, PermissionsBoundaryDecisionDetail, PutGroupPolicy, PutUserPolicy,
    SimulateCustomPolicy, SimulatePrincipalPolicy, TagUser, TextPosition,
};
use sqlx::PgPool;

use crate::{
    own_policies::{arn, new},
    scene::{Scene, managed},
};

const OBJECT: &str = "arn:aws:s3:::bills/may.csv";

fn policy(effect: &str, action: &str, more: &str) -> String {
    format!(
        "{{\"Version\": \"2012-10-17\", \"Statement\": [\n  {{\"Effect\": \"{effect}\", \"Action\": \"{action}\", \
         \"Resource\": \"*\"{more}}}\n]}}"
    )
}

fn custom(policies: &[String], actions: &[&str], resources: &[&str]) -> SimulateCustomPolicy {
    SimulateCustomPolicy {
        policy_input_list: policies.to_vec(),
        action_names: actions.iter().map(|&action| action.into()).collect(),
        resource_arns: resources.iter().map(|&resource| resource.into()).collect(),
        ..SimulateCustomPolicy::default()
    }
}

fn entry(key: &str, values: &[&str]) -> ContextEntry {
    ContextEntry {
        context_key_name: key.into(),
        context_key_values: values.iter().map(|&value| value.into()).collect(),
        context_key_type: "string".into(),
    }
}

fn sources(result: &EvaluationResult) -> Vec<&str> {
    result.matched_statements.iter().map(|statement| statement.source_policy_id.as_str()).collect()
}

fn told(results: &[EvaluationResult]) -> Vec<(&str, &str, &str)> {
    results
        .iter()
        .map(|result| {
            (result.eval_action_name.as_str(), result.eval_resource_name.as_str(), result.eval_decision.as_str())
        })
        .collect()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn given_policies_are_decided_with_their_statements(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let allow = policy("Allow", "s3:Get*", "");
    let deny = policy("Deny", "s3:GetObjectAcl", "");
    let actions = ["s3:GetObject", "S3:getobjectacl", "s3:PutObject"];
    let output = scene.root(custom(&[allow.clone(), deny], &actions, &[])).await;
    assert_eq!(
        told(&output.evaluation_results),
        [
            ("s3:GetObject", "*", "allowed"),
            ("S3:getobjectacl", "*", "explicitDeny"),
            ("s3:PutObject", "*", "implicitDeny")
        ]
    );
    let [allowed, denied, nothing] = output.evaluation_results.as_slice() else { panic!("three results") };
    let statement = &allowed.matched_statements[0];
    assert_eq!((sources(allowed), sources(denied)), (vec!["PolicyInputList.1"], vec!["PolicyInputList.2"]));
    assert!(nothing.matched_statements.is_empty());
    assert_eq!(statement.source_policy_type, "IAM Policy");
    assert_eq!(statement.start_position, TextPosition { line: 2, column: 3 });
    assert_eq!(statement.end_position, TextPosition { line: 2, column: 60 });
    assert!(allowed.organizations_decision_detail.allowed_by_organizations);
    assert!(allowed.permissions_boundary_decision_detail.is_none() && allowed.eval_decision_details.is_empty());
    assert!(allowed.resource_specific_results.is_empty());

    let output = scene.root(custom(&[allow], &["s3:GetObject"], &[OBJECT, "arn:aws:s3:::b/c"])).await;
    assert_eq!(
        told(&output.evaluation_results),
        [("s3:GetObject", OBJECT, "allowed"), ("s3:GetObject", "arn:aws:s3:::b/c", "allowed")]
    );
    let specific = &output.evaluation_results[0].resource_specific_results[0];
    assert_eq!((specific.eval_resource_name.as_str(), specific.eval_resource_decision.as_str()), (OBJECT, "allowed"));
    assert_eq!(specific.matched_statements, output.evaluation_results[0].matched_statements);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn keys_that_are_asked_for_and_not_given_are_named(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let condition = r#", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"},
        "StringLike": {"s3:prefix": "${aws:username}/*"}}"#;
    let text = policy("Allow", "s3:ListBucket", condition);
    let bare = custom(std::slice::from_ref(&text), &["s3:ListBucket", "s3:GetObject"], &[]);
    let output = scene.root(bare.clone()).await;
    let missing = |number: usize| output.evaluation_results[number].missing_context_values.clone();
    assert_eq!(output.evaluation_results[0].eval_decision, "implicitDeny");
    assert_eq!(missing(0), ["aws:MultiFactorAuthPresent", "s3:prefix", "aws:username"]);
    assert!(missing(1).is_empty(), "the statement does not speak of it");

    let known = vec![entry("AWS:MultiFactorAuthPresent", &["true"]), entry("s3:prefix", &["ann/x"])];
    let asked = SimulateCustomPolicy { context_entries: known.clone(), ..bare.clone() };
    let still = scene.root(asked).await.evaluation_results.remove(0);
    assert_eq!(
        (still.eval_decision.as_str(), &still.missing_context_values[..]),
        ("implicitDeny", &["aws:username".to_owned()][..])
    );
    let caller = Some("arn:aws:iam::123456789012:user/ann".to_owned());
    let asked = SimulateCustomPolicy { context_entries: known, caller_arn: caller, ..bare };
    let enough = scene.root(asked).await.evaluation_results.remove(0);
    assert_eq!((enough.eval_decision.as_str(), enough.missing_context_values.len()), ("allowed", 0));

    let keys = scene.root(GetContextKeysForCustomPolicy { policy_input_list: vec![text] }).await.context_key_names;
    assert_eq!(keys, ["aws:MultiFactorAuthPresent", "s3:prefix", "aws:username"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn boundaries_and_resource_policies_have_their_say(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let base = custom(&[policy("Allow", "*", "")], &["s3:GetObject", "iam:CreateUser"], &[]);
    let bounded = SimulateCustomPolicy {
        permissions_boundary_policy_input_list: vec![policy("Allow", "s3:*", "")],
        ..base.clone()
    };
    let results = scene.root(bounded).await.evaluation_results;
    let detail = |allowed| Some(PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary: allowed });
    assert_eq!(
        (results[0].eval_decision.as_str(), results[0].permissions_boundary_decision_detail),
        ("allowed", detail(true))
    );
    assert_eq!(
        (results[1].eval_decision.as_str(), results[1].permissions_boundary_decision_detail),
        ("implicitDeny", detail(false))
    );
    assert_eq!(sources(&results[0]), ["PolicyInputList.1"]);

    let bucket = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "arn:aws:s3:::bills/*",
        "Action": "s3:GetObject", "Principal": {"AWS": "arn:aws:iam::123456789012:user/ann"}}}"#;
    let asked = SimulateCustomPolicy {
        resource_policy: Some(bucket.into()),
        ..custom(&[policy("Allow", "iam:Get*", "")], &["s3:GetObject"], &[OBJECT])
    };
    let (code, text) = scene.refusal(asked.clone()).await;
    assert_eq!((code, text.as_str()), ("InvalidInput", "CallerArn must be provided when ResourcePolicy is."));
    let ann = SimulateCustomPolicy { caller_arn: Some("arn:aws:iam::123456789012:user/ann".into()), ..asked.clone() };
    let result = scene.root(ann.clone()).await.evaluation_results.remove(0);
    assert_eq!((result.eval_decision.as_str(), sources(&result)), ("allowed", vec!["ResourcePolicy"]));
    let bob = SimulateCustomPolicy { caller_arn: Some("arn:aws:iam::123456789012:user/bob".into()), ..asked };
    assert_eq!(scene.root(bob).await.evaluation_results[0].eval_decision, "implicitDeny");
    let foreign = SimulateCustomPolicy { resource_owner: Some("arn:aws:iam::999999999999:root".into()), ..ann };
    let result = scene.root(foreign).await.evaluation_results.remove(0);
    assert_eq!(result.eval_decision, "implicitDeny", "another account's resource needs both");
    let details: Vec<_> =
        result.eval_decision_details.iter().map(|(kind, says)| (kind.as_str(), says.as_str())).collect();
    assert_eq!(details, [("IAM Policy", "implicitDeny"), ("Resource Policy", "allowed")]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_users_policies_are_those_in_force(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    scene.group("Staff").await;
    scene.root(AddUserToGroup { user_name: "ann".into(), group_name: "Staff".into() }).await;
    scene.root(AttachUserPolicy { user_name: "ann".into(), policy_arn: managed("IAMReadOnlyAccess") }).await;
    let own = policy("Allow", "s3:*", r#", "Condition": {"StringEquals": {"aws:PrincipalTag/Team": "blue"}}"#);
    scene.root(PutUserPolicy { user_name: "ann".into(), policy_name: "Storage".into(), policy_document: own }).await;
    let no = policy("Deny", "s3:DeleteBucket", "");
    scene.root(PutGroupPolicy { group_name: "Staff".into(), policy_name: "Careful".into(), policy_document: no }).await;
    let tags = vec![model::Tag { key: "Team".into(), value: "blue".into() }];
    scene.root(TagUser { user_name: "ann".into(), tags }).await;

    let ann = format!("arn:aws:iam::{}:user/ann", scene.account);
    let actions = ["s3:PutObject", "s3:DeleteBucket", "iam:ListUsers", "iam:CreateUser"];
    let asked = SimulatePrincipalPolicy {
        policy_source_arn: ann.clone(),
        action_names: actions.iter().map(|&action| action.into()).collect(),
        ..SimulatePrincipalPolicy::default()
    };
    let results = scene.root(asked.clone()).await.evaluation_results;
    let found: Vec<_> = results.iter().map(|result| (result.eval_decision.as_str(), sources(result))).collect();
    assert_eq!(
        found,
        [
            ("allowed", vec!["user_ann_Storage"]),
            ("explicitDeny", vec!["group_Staff_Careful"]),
            ("allowed", vec!["IAMReadOnlyAccess"]),
            ("implicitDeny", vec![]),
        ]
    );

    let more = SimulatePrincipalPolicy { policy_input_list: vec![policy("Allow", "iam:*", "")], ..asked.clone() };
    let results = scene.root(more).await.evaluation_results;
    assert_eq!((results[3].eval_decision.as_str(), sources(&results[3])), ("allowed", vec!["PolicyInputList.1"]));
    scene.bound("ann", "AmazonS3FullAccess").await;
    let results = scene.root(asked.clone()).await.evaluation_results;
    let detail = PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary: false };
    assert_eq!(results[2].permissions_boundary_decision_detail, Some(detail));
    assert_eq!((results[0].eval_decision.as_str(), results[2].eval_decision.as_str()), ("allowed", "implicitDeny"));
    let other = SimulatePrincipalPolicy {
        permissions_boundary_policy_input_list: vec![policy("Allow", "iam:*", "")],
        ..asked.clone()
    };
    assert_eq!(scene.root(other).await.evaluation_results[2].eval_decision, "allowed", "in place of the user's own");

    let keys = GetContextKeysForPrincipalPolicy { policy_source_arn: ann, policy_input_list: Vec::new() };
    assert_eq!(scene.root(keys).await.context_key_names, ["aws:PrincipalTag/Team"]);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_group_speaks_for_itself_and_who_is_not_there_is_said(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.group("Staff").await;
    scene.root(AttachGroupPolicy { group_name: "Staff".into(), policy_arn: managed("AmazonS3ReadOnlyAccess") }).await;
    let document = policy("Allow", "sqs:SendMessage", "");
    scene
        .root(PutGroupPolicy { group_name: "Staff".into(), policy_name: "Queue".into(), policy_document: document })
        .await;
    scene.root(new("Own", &policy("Allow", "sns:Publish", ""))).await;
    scene.root(AttachGroupPolicy { group_name: "Staff".into(), policy_arn: arn(&scene, "Own") }).await;
    let of = |kind: &str, name: &str| SimulatePrincipalPolicy {
        policy_source_arn: format!("arn:aws:iam::{}:{kind}/{name}", scene.account),
        action_names: vec!["s3:GetObject".into(), "sqs:SendMessage".into(), "sns:Publish".into()],
        ..SimulatePrincipalPolicy::default()
    };
    let results = scene.root(of("group", "Staff")).await.evaluation_results;
    let found: Vec<_> = results.iter().map(|result| (result.eval_decision.as_str(), sources(result))).collect();
    let expected = ["AmazonS3ReadOnlyAccess", "group_Staff_Queue", "Own"].map(|source| ("allowed", vec![source]));
    assert_eq!(found, expected);

    let (code, text) = scene.refusal(of("user", "nobody")).await;
    assert_eq!((code, text.as_str()), ("NoSuchEntity", "The user with name nobody cannot be found."));
    let (code, _) = scene.refusal(of("group", "path/Staff")).await;
    assert_eq!(code, "NoSuchEntity", "the path belongs to the name");
    let root = SimulatePrincipalPolicy {
        policy_source_arn: format!("arn:aws:iam::{}:root", scene.account),
        ..of("user", "x")
    };
    let (code, text) = scene.refusal(root.clone()).await;
    assert_eq!(code, "InvalidInput");
    assert_eq!(
        text,
        format!("Invalid Entity Arn: {} does not clearly define entity type and name.", root.policy_source_arn)
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn simulating_needs_its_permission_and_sound_questions(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let ann = format!("arn:aws:iam::{}:user/ann", scene.account);
    let asked = SimulatePrincipalPolicy {
        policy_source_arn: ann.clone(),
        action_names: vec!["s3:GetObject".into()],
        ..SimulatePrincipalPolicy::default()
    };
    let advisor = scene.user("advisor", &[]).await;
    let (_, text) = scene.refusal_of(&advisor, asked.clone()).await;
    assert!(text.contains(&format!("iam:SimulatePrincipalPolicy on resource: {ann} because")), "{text}");
    let document = format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "iam:SimulatePrincipalPolicy", "Resource": "{ann}"}}}}"#
    );
    scene
        .root(PutUserPolicy { user_name: "advisor".into(), policy_name: "sim".into(), policy_document: document })
        .await;
    scene.call(&advisor, asked).await.expect("now may");

    let allow = [policy("Allow", "*", "")];
    for action in ["s3:*", "GetObject", ":GetObject", "s3:"] {
        let (code, _) = scene.refusal(custom(&allow, &[action], &[])).await;
        assert_eq!(code, "InvalidInput", "{action}");
    }
    let (code, text) = scene.refusal(custom(&["{}".to_owned()], &["s3:GetObject"], &[])).await;
    assert_eq!(
        (code, text.as_str()),
        ("InvalidInput", "Invalid policy in PolicyInputList.1: line 1, column 1: Statement is missing.")
    );
    assert_eq!(scene.refusal(custom(&allow, &[], &[])).await.0, "ValidationError");
    assert_eq!(scene.refusal(custom(&[], &["s3:GetObject"], &[])).await.0, "ValidationError");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn results_come_in_pages(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let base =
        custom(&[policy("Allow", "s3:*", "")], &["s3:GetObject", "iam:GetUser"], &["arn:aws:s3:::a", "arn:aws:s3:::b"]);
    let asked = SimulateCustomPolicy { max_items: Some(3), ..base };
    let first = scene.root(asked.clone()).await;
    assert!(first.is_truncated && first.evaluation_results.len() == 3);
    let rest = scene.root(SimulateCustomPolicy { marker: first.marker.clone(), ..asked.clone() }).await;
    assert!(!rest.is_truncated && rest.marker.is_none());
    assert_eq!(told(&rest.evaluation_results), [("iam:GetUser", "arn:aws:s3:::b", "implicitDeny")]);
    let (code, text) = scene.refusal(SimulateCustomPolicy { marker: Some("nonsense".into()), ..asked }).await;
    assert_eq!((code, text.as_str()), ("ValidationError", "Invalid Marker."));
}
