//! Alerts to a topic.

use model::{
    Operation as _,
    budgets::{CreateBudget, CreateSubscriber, DescribeSubscribersForNotification, Subscriber, UpdateSubscriber},
    console::ListBudgetRows,
    sns::{CreateTopic, SetTopicAttributes},
};
use sqlx::PgPool;

use super::{
    alerts::{spend, subjects},
    monthly, percent,
};
use crate::scene::Scene;

async fn fault(scene: &Scene) -> Option<String> {
    let row =
        scene.root(ListBudgetRows { budget_name: Some("x".into()), ..ListBudgetRows::default() }).await.rows.remove(0);
    row.alerts[0].topic_fault.clone()
}

/// What was published, as it lies in the mailbox of a confirmed subscription.
async fn published(scene: &Scene) -> Vec<String> {
    scene.sql("select subject from mail where recipient = 'bob@example.com' order by created_at, mail_id").await
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_alert_is_published_if_the_topic_lets_budgets_in(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let arn = format!("arn:aws:sns:us-east-1:{}:alerts", scene.account);
    let mut create = monthly(&scene, "x", "10", &[50, 80]);
    for alert in &mut create.notifications_with_subscribers {
        alert.subscribers.push(Subscriber::topic(&arn));
    }
    scene.root(create).await;

    assert_eq!(spend(&scene, "6").await, 1);
    assert_eq!(subjects(&scene).await, 1, "the mail goes all the same");
    assert_eq!(fault(&scene).await.as_deref(), Some("Topic does not exist"));

    scene.root(CreateTopic { name: "alerts".into(), ..CreateTopic::example() }).await;
    let confirmed = format!(
        "insert into sns_subscription (account_id, subscription_id, region, topic, protocol, endpoint_key, endpoint, token_hash, confirmed_at, created_at)
         values ('{}', gen_random_uuid(), 'us-east-1', 'alerts', 'email', 'bob@example.com', 'bob@example.com', '', 1, 1)
         returning endpoint",
        scene.account
    );
    scene.sql(&confirmed).await;
    assert_eq!(spend(&scene, "3").await, 1);
    let faults = "select fault from budget_subscriber where kind = 'SNS' and fault like '%is not authorized to perform: SNS:Publish%'";
    assert_eq!(scene.sql(faults).await.len(), 1, "its policy lets only the account in");
    assert!(published(&scene).await.is_empty());

    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"budgets.amazonaws.com"}},"Action":"SNS:Publish","Resource":"{arn}"}}]}}"#
    );
    let allow = SetTopicAttributes { topic_arn: arn, attribute_name: "Policy".into(), attribute_value: Some(policy) };
    scene.root(allow).await;
    scene
        .sql("update account set clock_offset_ms = clock_offset_ms + 32 * 86400000::bigint returning account_id")
        .await;
    assert_eq!(spend(&scene, "9").await, 2);
    assert_eq!(published(&scene).await, ["Understudy Budgets: x has exceeded your alert threshold"; 2]);
    assert_eq!(fault(&scene).await, None);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_notification_has_one_topic(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.root(monthly(&scene, "x", "10", &[80])).await;
    let arn = |name: &str| format!("arn:aws:sns:us-east-1:{}:{name}", scene.account);
    let add = |subscriber: Subscriber| CreateSubscriber {
        account_id: scene.account.clone(),
        budget_name: "x".into(),
        notification: percent(80),
        subscriber,
    };
    scene.root(add(Subscriber::topic(arn("one")))).await;
    let second = scene.refusal(add(Subscriber::topic(arn("two")))).await;
    let sentence = "one notification can only have 1 subscribers with type of SNS";
    assert_eq!(second, ("CreationLimitExceededException", sentence.into()));
    let wrong = scene.refusal(add(Subscriber::topic("alerts"))).await;
    assert_eq!(wrong.0, "InvalidParameterException");
    let change = |new_subscriber: Subscriber| UpdateSubscriber {
        account_id: scene.account.clone(),
        budget_name: "x".into(),
        notification: percent(80),
        old_subscriber: Subscriber::topic(arn("one")),
        new_subscriber,
    };
    assert_eq!(scene.refusal(change(Subscriber::email("bob@example.com"))).await.0, "InvalidParameterException");
    scene.root(change(Subscriber::topic(arn("Two")))).await;
    let ask = DescribeSubscribersForNotification {
        account_id: scene.account.clone(),
        budget_name: "x".into(),
        notification: percent(80),
        max_results: None,
        next_token: None,
    };
    let told = scene.root(ask).await.subscribers;
    assert_eq!(told, [Subscriber::email("ann@example.com"), Subscriber::topic(arn("Two"))]);
    let mut two: CreateBudget = monthly(&scene, "y", "10", &[80]);
    two.notifications_with_subscribers[0].subscribers =
        vec![Subscriber::topic(arn("one")), Subscriber::topic(arn("two"))];
    assert_eq!(scene.refusal(two).await.0, "CreationLimitExceededException");
}
