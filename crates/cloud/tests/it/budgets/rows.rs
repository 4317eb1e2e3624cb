//! The console's page of budgets: in one call what the API tells in many, and to nobody else.

use model::{
    billing::UpdateIAMAccessPreference,
    budgets::{CreateSubscriber, Subscriber},
    console::ListBudgetRows,
};
use sqlx::PgPool;

use super::{alerts::spend, describe, monthly, percent};
use crate::scene::Scene;

fn named(name: &str) -> ListBudgetRows {
    ListBudgetRows { budget_name: Some(name.into()), ..ListBudgetRows::default() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_budget_comes_with_its_alerts(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.root(monthly(&scene, "a", "10", &[90, 50])).await;
    scene.root(monthly(&scene, "b", "100", &[])).await;
    scene.root(monthly(&scene, "c", "100", &[5])).await;
    let zoe = CreateSubscriber {
        account_id: scene.account.clone(),
        budget_name: "a".into(),
        notification: percent(90),
        subscriber: Subscriber::email("Zoe@example.com"),
    };
    scene.root(zoe).await;
    spend(&scene, "6").await;

    let page = scene.root(ListBudgetRows { max_items: Some(2), ..ListBudgetRows::default() }).await;
    let names: Vec<_> = page.rows.iter().map(|row| row.budget.budget_name.as_str()).collect();
    assert_eq!((names, page.is_truncated), (vec!["a", "b"], true));
    assert_eq!(page.rows[0].budget, describe(&scene, "a").await);
    let alerts: Vec<_> = page.rows[0]
        .alerts
        .iter()
        .map(|alert| (alert.notification.threshold.to_string(), alert.notification.is_exceeded(), &alert.addresses[..]))
        .collect();
    let (ann, both) = (["ann@example.com".to_owned()], ["ann@example.com".to_owned(), "Zoe@example.com".to_owned()]);
    assert_eq!(alerts, [("50".to_owned(), true, &ann[..]), ("90".to_owned(), false, &both[..])]);
    assert!(page.rows[1].alerts.is_empty());
    let rest = scene.root(ListBudgetRows { marker: page.marker, ..ListBudgetRows::default() }).await;
    assert_eq!((rest.rows.len(), rest.is_truncated), (1, false));
    assert!(rest.rows[0].alerts[0].notification.is_exceeded());

    assert_eq!(scene.root(named("c")).await.rows, rest.rows);
    let missing = ("NotFoundException", "Unable to get budget: x - the budget doesn't exist.".to_owned());
    assert_eq!(scene.refusal(named("x")).await, missing);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn it_is_behind_the_switch_and_the_policy(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let reader = scene.user("reader", &["AWSBillingReadOnlyAccess"]).await;
    let other = scene.user("other", &["AmazonS3ReadOnlyAccess"]).await;
    scene.root(monthly(&scene, "a", "10", &[])).await;
    let all = ListBudgetRows::default;
    let (code, sentence) = scene.refusal_of(&reader, all()).await;
    assert_eq!(code, "AccessDenied");
    assert!(sentence.ends_with("because the root user has not activated IAM access to billing information"));
    scene.root(UpdateIAMAccessPreference { activated: true }).await;
    assert_eq!(scene.call(&reader, all()).await.expect("may").rows.len(), 1);
    let (_, sentence) = scene.refusal_of(&other, named("a")).await;
    let about = format!("budgets:ViewBudget on resource: arn:aws:budgets::{}:budget/a because", scene.account);
    assert!(sentence.contains(&about), "{sentence}");
    let trail = "select distinct service || ':' || name from trail where principal_id <> account_id
                 and user_name in ('reader', 'other') order by 1";
    assert_eq!(scene.sql(trail).await, ["budgets:DescribeBudgets"]);
}
