//! What a stranger's policy can make the server do has an end.

use model::{
    console::{CheckPolicyDocument, ExplainDenial, GetPolicySummary},
    iam::{
        AttachUserPolicy, ContextEntry, PutUserPolicy, SimulateCustomPolicy, SimulatePolicyOutput,
        SimulatePrincipalPolicy,
    },
};
use serde_json::json;
use sqlx::PgPool;

use crate::{
    own_policies::{arn, document, new},
    scene::Scene,
};

fn allowing(actions: &[String], resource: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": resource}]})
        .to_string()
}

fn actions(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("s3:Action{number}")).collect()
}

/// The answers, page by page.
async fn pages(scene: &Scene, asked: SimulateCustomPolicy) -> Vec<SimulatePolicyOutput> {
    let mut pages: Vec<SimulatePolicyOutput> = Vec::new();
    loop {
        let marker = pages.last().and_then(|page| page.marker.clone());
        let page = scene.root(SimulateCustomPolicy { marker, ..asked.clone() }).await;
        assert!(!page.evaluation_results.is_empty() && page.is_truncated == page.marker.is_some());
        let more = page.is_truncated;
        pages.push(page);
        if !more {
            return pages;
        }
    }
}

/// The names of all actions answered, in order.
fn answered(pages: &[SimulatePolicyOutput]) -> Vec<String> {
    pages.iter().flat_map(|page| &page.evaluation_results).map(|result| result.eval_action_name.clone()).collect()
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_page_of_hard_questions_ends_early(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let hard = |stars: usize| allowing(&["s3:*".to_owned()], &format!("arn:aws:s3:::{}b", "*a".repeat(stars)));
    let asked = SimulateCustomPolicy {
        policy_input_list: vec![hard(1_000)],
        action_names: actions(12),
        resource_arns: vec![format!("arn:aws:s3:::{}", "a".repeat(1_200))],
        ..SimulateCustomPolicy::default()
    };
    let hard_pages = pages(&scene, asked.clone()).await;
    assert!(hard_pages.len() > 1, "one page of {}", hard_pages[0].evaluation_results.len());
    assert_eq!(answered(&hard_pages), asked.action_names, "each once, in order");

    let easy = SimulateCustomPolicy { policy_input_list: vec![document("Allow", "s3:*")], ..asked.clone() };
    assert_eq!(pages(&scene, easy).await.len(), 1);

    let impossible = SimulateCustomPolicy { policy_input_list: vec![hard(20_000)], ..asked };
    let (code, sentence) = scene.refusal(impossible).await;
    assert_eq!(code, "InvalidInput");
    let says =
        "The policies, the resource and the context are too large together to simulate s3:Action0 on arn:aws:s3:::aaa";
    assert!(sentence.starts_with(says), "{sentence}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_answer_names_so_many_statements_and_no_more(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let everything = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    let text = json!({"Version": "2012-10-17", "Statement": vec![everything; 400]}).to_string();
    let asked = SimulateCustomPolicy {
        policy_input_list: vec![text],
        action_names: actions(100),
        ..SimulateCustomPolicy::default()
    };
    let pages = pages(&scene, asked.clone()).await;
    assert_eq!(answered(&pages), asked.action_names);
    for page in &pages {
        let told: usize = page.evaluation_results.iter().map(|result| result.matched_statements.len()).sum();
        assert!(told < 20_000, "{told} statements in one answer");
    }
    assert!(pages.len() > 1);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_users_policies_are_simulated_in_the_same_bounds(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let hard = allowing(&["s3:*".to_owned()], &format!("arn:aws:s3:::{}b", "*a".repeat(1_000)));
    scene.root(new("hard", &hard)).await;
    scene.root(AttachUserPolicy { user_name: "ann".into(), policy_arn: arn(&scene, "hard") }).await;
    let asked = SimulatePrincipalPolicy {
        policy_source_arn: format!("arn:aws:iam::{}:user/ann", scene.account),
        action_names: actions(12),
        resource_arns: vec![format!("arn:aws:s3:::{}", "a".repeat(1_200))],
        ..SimulatePrincipalPolicy::default()
    };
    let page = scene.root(asked).await;
    assert!(page.is_truncated && page.evaluation_results.len() < 12);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_denial_is_not_explained_at_any_price(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let policy_document = allowing(&["s3:*".to_owned()], &format!("arn:aws:s3:::{}", "${s3:prefix}".repeat(100)));
    scene.root(PutUserPolicy { user_name: "ann".into(), policy_name: "wide".into(), policy_document }).await;
    let asked = |prefix: usize| ExplainDenial {
        principal_arn: format!("arn:aws:iam::{}:user/ann", scene.account),
        action_name: "s3:GetObject".into(),
        resource: "arn:aws:s3:::bills/may".into(),
        context_entries: vec![ContextEntry {
            context_key_name: "s3:prefix".into(),
            context_key_values: vec!["x".repeat(prefix)],
            context_key_type: "string".into(),
        }],
    };
    assert!(scene.call(&scene.root, asked(100)).await.is_ok());
    let (code, sentence) = scene.refusal(asked(100_000)).await;
    assert_eq!(code, "InvalidInput");
    assert!(sentence.contains("too large together to simulate s3:GetObject on arn:aws:s3:::bills/may"), "{sentence}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_text_that_nobody_could_save_is_not_summed_up(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let check = async |text: &str| scene.root(CheckPolicyDocument { policy_document: text.into() }).await;
    let ordinary = check(&allowing(&["s3:GetObjct".to_owned()], "*")).await;
    assert_eq!((ordinary.services.len(), ordinary.findings.len()), (1, 1));

    let long = check(&allowing(&actions(2_000), "*")).await;
    assert!(long.size > 10_240 && long.problem.is_none());
    assert!(long.services.is_empty() && long.findings.is_empty() && long.remaining > 400);

    let patterns: Vec<String> = (0..200).map(|number| format!("*:*{number}")).collect();
    let broad = allowing(&patterns, "*");
    let checked = check(&broad).await;
    assert!(checked.size < 6_144 && checked.services.is_empty() && checked.findings.is_empty());
    // It can be saved all the same: then its page says why there is no summary.
    scene.root(new("broad", &broad)).await;
    assert_eq!(
        scene.refusal(GetPolicySummary { policy_arn: arn(&scene, "broad") }).await,
        ("InvalidInput", "This policy names too many patterns to be summed up.".to_owned())
    );
}
