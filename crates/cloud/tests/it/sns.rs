//! SNS: topics, subscriptions that somebody said yes to, messages, and who lets whom publish.

use std::collections::BTreeMap;

use cloud::{Caller, Request, Settings, Source};
use model::{
    ApiError, Operation as _, Tag,
    console::{ConfirmByMail, UnsubscribeByMail},
    iam::PutUserPolicy,
    sns::{
        AddPermission, ConfirmSubscription, CreateTopic, DeleteTopic, GetSubscriptionAttributes, GetTopicAttributes,
        ListSubscriptions, ListSubscriptionsByTopic, ListTagsForResource, ListTopics, Publish, RemovePermission,
        SetTopicAttributes, Subscribe, SubscriptionArn, TagResource, Unsubscribe, UntagResource,
    },
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, dump, finds, house, root},
    scene::Scene,
};

fn topic(name: &str) -> CreateTopic {
    CreateTopic { name: name.into(), ..CreateTopic::default() }
}

fn subscribe(topic_arn: &str, protocol: &str, address: &str) -> Subscribe {
    Subscribe {
        topic_arn: topic_arn.into(),
        protocol: protocol.into(),
        endpoint: Some(address.into()),
        ..Subscribe::example()
    }
}

fn publish(topic_arn: &str, message: &str) -> Publish {
    Publish { topic_arn: Some(topic_arn.into()), message: message.into(), ..Publish::default() }
}

fn set_policy(topic_arn: &str, policy: &str) -> SetTopicAttributes {
    SetTopicAttributes {
        topic_arn: topic_arn.into(),
        attribute_name: "Policy".into(),
        attribute_value: Some(policy.into()),
    }
}

async fn attributes(scene: &Scene, topic_arn: &str) -> BTreeMap<String, String> {
    scene.root(GetTopicAttributes { topic_arn: topic_arn.into() }).await.attributes
}

/// The link of ours in a mail's text.
fn link(text: &str) -> String {
    text.split_whitespace().find(|word| word.starts_with("http")).expect("a link").to_owned()
}

/// A member of a link's query.
pub fn member(link: &str, name: &str) -> String {
    let query = link.split_once('?').expect("a link").1;
    let mut members = query.split('&').filter_map(|member| member.split_once('='));
    members.find(|(key, _)| *key == name).expect("a member").1.to_owned()
}

fn confirm(link: &str) -> ConfirmByMail {
    ConfirmByMail { topic_arn: member(link, "TopicArn"), token: member(link, "Token").into() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_topic_from_making_to_deleting(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let named = CreateTopic {
        attributes: [("DisplayName".to_owned(), "Alarms".to_owned())].into(),
        tags: vec![Tag { key: "team".into(), value: "a".into() }],
        ..topic("Default_CloudWatch_Alarms_Topic")
    };
    let arn = scene.root(named.clone()).await.topic_arn;
    assert_eq!(arn, format!("arn:aws:sns:us-east-1:{}:Default_CloudWatch_Alarms_Topic", scene.account));
    for again in [named.clone(), topic(&named.name)] {
        assert_eq!(scene.root(again).await.topic_arn, arn, "a topic is made once");
    }
    let other = CreateTopic { attributes: [("DisplayName".to_owned(), "x".to_owned())].into(), ..topic(&named.name) };
    assert_eq!(
        scene.refusal(other).await,
        (
            "InvalidParameter",
            "Invalid parameter: Attributes Reason: Topic already exists with different attributes".into()
        )
    );
    let other = CreateTopic { tags: vec![Tag { key: "team".into(), value: "b".into() }], ..topic(&named.name) };
    assert_eq!(
        scene.refusal(other).await.1,
        "Invalid parameter: Tags Reason: Topic already exists with different tags"
    );
    for bad in ["", "a b", "x.fifo", &"n".repeat(257)] {
        assert_eq!(
            scene.refusal(topic(bad)).await,
            ("InvalidParameter", "Invalid parameter: Topic Name".into()),
            "{bad}"
        );
    }
    assert_eq!(scene.sql("select topics::text from account_count").await, ["1"]);
    let found = attributes(&scene, &arn).await;
    assert_eq!((found["DisplayName"].as_str(), found["Owner"].as_str()), ("Alarms", scene.account.as_str()));
    assert!(found["Policy"].contains("__default_statement_ID"), "{}", found["Policy"]);
    let rename = SetTopicAttributes {
        topic_arn: arn.clone(),
        attribute_name: "DisplayName".into(),
        attribute_value: Some("Bells".into()),
    };
    scene.root(rename.clone()).await;
    assert_eq!(attributes(&scene, &arn).await["DisplayName"], "Bells");
    let unknown = SetTopicAttributes { attribute_name: "Colour".into(), ..rename };
    assert_eq!(scene.refusal(unknown).await.1, "Invalid parameter: AttributeName");

    let tag = TagResource { resource_arn: arn.clone(), tags: vec![Tag { key: "a".into(), value: "1".into() }] };
    scene.root(tag).await;
    scene.root(UntagResource { resource_arn: arn.clone(), tag_keys: vec!["team".into()] }).await;
    let tags = scene.root(ListTagsForResource { resource_arn: arn.clone() }).await.tags;
    assert_eq!(tags, [Tag { key: "a".into(), value: "1".into() }]);

    scene.root(DeleteTopic { topic_arn: arn.clone() }).await;
    scene.root(DeleteTopic { topic_arn: arn.clone() }).await;
    assert_eq!(scene.sql("select topics::text from account_count").await, ["0"]);
    let gone = scene.refusal(GetTopicAttributes { topic_arn: arn.clone() }).await;
    assert_eq!(gone, ("NotFound", "Topic does not exist".into()));
    assert_eq!(scene.refusal(ListTagsForResource { resource_arn: arn }).await.0, "ResourceNotFound");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn topics_have_pages_and_regions(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for number in 0..103 {
        scene.root(topic(&format!("t{number:03}"))).await;
    }
    let first = scene.root(ListTopics::default()).await;
    assert_eq!(first.topics.len(), 100);
    let rest = scene.root(ListTopics { next_token: first.next_token }).await;
    assert_eq!((rest.topics.len(), rest.next_token), (3, None));
    let forged = ListTopics { next_token: Some("forged".into()) };
    assert_eq!(scene.refusal(forged).await.1, "Invalid parameter: NextToken");

    let tokyo = Request { region: "ap-northeast-1".into(), ..Request::new(Source::Api) };
    let there = scene.cloud.call(&scene.root, &tokyo, topic("t000")).await.expect("a name is unique in its region");
    assert!(there.topic_arn.starts_with("arn:aws:sns:ap-northeast-1:"));
    assert_eq!(scene.cloud.call(&scene.root, &tokyo, ListTopics::default()).await.expect("lists").topics.len(), 1);
    let elsewhere = GetTopicAttributes { topic_arn: there.topic_arn };
    assert_eq!(scene.refusal(elsewhere).await.1, "Invalid parameter: TopicArn");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn nothing_is_delivered_before_somebody_said_yes(pool: PgPool) {
    let cloud = house(&pool, Settings { public_url: "https://c.example".into(), ..Settings::default() }).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    let arn = owner.call(topic("alarms")).await.expect("a topic").topic_arn;
    let answer = owner.call(subscribe(&arn, "email", "Ann@example.com")).await.expect("subscribes");
    assert_eq!(answer.subscription_arn, "pending confirmation");
    owner.call(publish(&arn, "too early")).await.expect("publishes to nobody");
    let mails = owner.mails().await;
    assert_eq!(mails[0].summary.subject, "Understudy Notification - Subscription Confirmation");
    assert_eq!(mails[0].summary.to, "Ann@example.com");
    let first = link(mails[0].text.expose());
    assert!(first.starts_with("https://c.example/subscription/confirm?TopicArn=arn:aws:sns:"), "{first}");
    assert_eq!(finds(&dump(&pool).await, &member(&first, "Token")), None, "tokens are kept as hashes");

    // The same address again: the same subscription, and a newer link.
    owner.call(subscribe(&arn, "email", "ann@EXAMPLE.com")).await.expect("subscribes again");
    let second = link(owner.mails().await[0].text.expose());
    let nobody = Browser::open(&cloud).await;
    let old = nobody.call(confirm(&first)).await.expect_err("an older link");
    assert!(matches!(old, ApiError::InvalidCode { .. }), "{old:?}");
    let confirmed = nobody.call(confirm(&second)).await.expect("confirms");
    assert_eq!((confirmed.topic_name.as_str(), confirmed.endpoint.as_str()), ("alarms", "Ann@example.com"));
    assert!(confirmed.subscription_arn.starts_with(&format!("{arn}:")));
    assert_eq!(nobody.call(confirm(&second)).await.expect("once more").subscription_arn, confirmed.subscription_arn);
    let listed = owner.call(ListSubscriptions::default()).await.expect("lists").subscriptions;
    assert_eq!(listed.len(), 1);
    assert_eq!((&listed[0].subscription_arn, &listed[0].owner), (&confirmed.subscription_arn, &account));
    let again = owner.call(subscribe(&arn, "email", "ann@example.com")).await.expect("is there");
    assert_eq!(again.subscription_arn, confirmed.subscription_arn);

    let message = Publish { subject: Some("Hello".into()), ..publish(&arn, "line 1\n  line 2") };
    owner.call(message).await.expect("publishes");
    let mail = owner.mails().await.remove(0);
    assert_eq!(mail.summary.subject, "Hello");
    assert!(mail.text.expose().starts_with("line 1\n  line 2\n"), "{:?}", mail.text.expose());
    assert_eq!(owner.mails().await.iter().filter(|mail| mail.text.expose().contains("too early")).count(), 0);

    let end = link(mail.text.expose());
    assert!(end.starts_with("https://c.example/subscription/unsubscribe?SubscriptionArn=arn:aws:sns:"), "{end}");
    let unsubscribe =
        UnsubscribeByMail { subscription_arn: member(&end, "SubscriptionArn"), token: member(&end, "Token").into() };
    let forged = UnsubscribeByMail { token: "forged".into(), ..unsubscribe.clone() };
    assert!(matches!(nobody.call(forged).await, Err(ApiError::InvalidCode { .. })));
    assert_eq!(nobody.call(unsubscribe.clone()).await.expect("ends").endpoint, "Ann@example.com");
    assert!(matches!(nobody.call(unsubscribe).await, Err(ApiError::InvalidCode { .. })), "it has ended");
    assert!(owner.call(ListSubscriptions::default()).await.expect("lists").subscriptions.is_empty());
}

/// A wrong link is nobody's: it writes nothing into the trail of the account that it names.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_wrong_link_leaves_no_trace_in_an_account(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let arn = scene.root(topic("alarms")).await.topic_arn;
    scene.root(subscribe(&arn, "email", "ann@example.com")).await;
    let nobody = Browser::open(&scene.cloud).await;
    let before = scene.sql("select count(*)::text from trail").await;
    let wrong = ConfirmByMail { topic_arn: arn, token: "wrong".into() };
    assert!(nobody.call(wrong).await.is_err());
    let elsewhere = ConfirmByMail { topic_arn: "arn:aws:sns:us-east-1:x:y".into(), token: "wrong".into() };
    assert!(nobody.call(elsewhere).await.is_err());
    assert_eq!(scene.sql("select count(*)::text from trail").await, before);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_unconfirmed_subscription_is_dropped_after_three_days(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    let arn = owner.call(topic("alarms")).await.expect("a topic").topic_arn;
    owner.call(subscribe(&arn, "email", "ann@example.com")).await.expect("subscribes");
    let link = link(owner.mails().await[0].text.expose());
    let forward = format!(
        "update account set clock_offset_ms = {} where account_id = '{account}' returning account_id",
        3 * 86_400_000 + 60_000
    );
    crate::scene::sql(&pool, &account, &forward).await;
    let by_topic = ListSubscriptionsByTopic { topic_arn: arn.clone(), next_token: None };
    assert!(owner.call(by_topic).await.expect("lists").subscriptions.is_empty());
    let late = Browser::open(&cloud).await.call(confirm(&link)).await;
    assert!(matches!(late, Err(ApiError::InvalidCode { .. })), "{late:?}");
    owner.call(subscribe(&arn, "email", "bob@example.com")).await.expect("subscribes");
    let places = crate::scene::sql(&pool, &account, "select subscriptions::text from sns_topic").await;
    assert_eq!(places, ["1"], "its place is given back");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn programs_read_json(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, _) = root(&cloud, "root@example.com").await;
    let arn = owner.call(topic("alarms")).await.expect("a topic").topic_arn;
    owner.call(subscribe(&arn, "email-json", "bot@example.com")).await.expect("subscribes");
    let json = |text: &str| -> serde_json::Value {
        serde_json::from_str(text.split("\n\n-- \n").next().expect("a body")).expect("JSON")
    };
    let asked = json(owner.mails().await[0].text.expose());
    assert_eq!(asked["Type"], "SubscriptionConfirmation");
    let token = asked["Token"].as_str().expect("a token");
    let wrong =
        ConfirmSubscription { topic_arn: arn.clone(), token: "A".repeat(43).into(), authenticate_on_unsubscribe: None };
    assert_eq!(owner.call(wrong.clone()).await.expect_err("wrong").to_string(), "Invalid token");
    let right = ConfirmSubscription { token: token.into(), authenticate_on_unsubscribe: Some("true".into()), ..wrong };
    let subscription_arn = owner.call(right).await.expect("confirms").subscription_arn;
    let found = owner
        .call(GetSubscriptionAttributes { subscription_arn: subscription_arn.clone() })
        .await
        .expect("reads")
        .attributes;
    assert_eq!(
        (found["PendingConfirmation"].as_str(), found["ConfirmationWasAuthenticated"].as_str()),
        ("false", "true")
    );
    let message =
        Publish { message_structure: Some("json".into()), ..publish(&arn, r#"{"default":"d","email":"for people"}"#) };
    let id = owner.call(message).await.expect("publishes").message_id;
    let told = json(owner.mails().await[0].text.expose());
    assert_eq!((told["Message"].as_str(), told["MessageId"].as_str()), (Some("d"), Some(id.as_str())));
    // Whoever confirmed it by a signed call wants it to be ended by one.
    let end = told["UnsubscribeURL"].as_str().expect("a link");
    let unsubscribe =
        UnsubscribeByMail { subscription_arn: member(end, "SubscriptionArn"), token: member(end, "Token").into() };
    let refused = Browser::open(&cloud).await.call(unsubscribe).await;
    assert!(matches!(refused, Err(ApiError::Forbidden { .. })), "{refused:?}");
    for _ in 0..2 {
        owner.call(Unsubscribe { subscription_arn: subscription_arn.clone() }).await.expect("ends");
    }
    let gone = owner.call(GetSubscriptionAttributes { subscription_arn }).await.expect_err("gone");
    assert_eq!((gone.code(), gone.to_string().as_str()), ("NotFound", "Subscription does not exist"));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_a_subscription_may_be(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let arn = scene.root(topic("alarms")).await.topic_arn;
    for (protocol, address, said) in [
        ("pigeon", "a@example.com", "Invalid parameter: Amazon SNS does not support this protocol string: pigeon"),
        ("email", "nobody", "Invalid parameter: Email address"),
        (
            "https",
            "https://example.com",
            "Invalid parameter: Protocol https is not available: this version of Understudy delivers by email and email-json",
        ),
    ] {
        assert_eq!(scene.refusal(subscribe(&arn, protocol, address)).await, ("InvalidParameter", said.into()));
    }
    let missing = arn.replace("alarms", "nothing");
    assert_eq!(
        scene.refusal(subscribe(&missing, "email", "a@example.com")).await,
        ("NotFound", "Topic does not exist".into())
    );
    let id = Subscribe { return_subscription_arn: Some(true), ..subscribe(&arn, "email", "a@example.com") };
    let id = scene.root(id).await.subscription_arn;
    assert_eq!(id.parse::<SubscriptionArn>().expect("an ARN").topic.to_string(), arn);
    for number in 1..100 {
        scene.root(subscribe(&arn, "email", &format!("a{number}@example.com"))).await;
    }
    assert_eq!(scene.refusal(subscribe(&arn, "email", "one.more@example.com")).await.0, "SubscriptionLimitExceeded");
    scene.root(subscribe(&arn, "email", "a@example.com")).await;
}

/// Who may publish: the caller's own policies or the topic's, and whatever either of them denies.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_topics_policy_lets_in_and_keeps_out(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let arn = scene.root(topic("alarms")).await.topic_arn;
    let ann = scene.user("ann", &[]).await;
    let try_it = async |caller: &Caller| scene.call(caller, publish(&arn, "x")).await.map(|_| ());
    let refused = try_it(&ann).await.expect_err("no policy").to_string();
    assert_eq!(
        refused,
        format!(
            "User: arn:aws:iam::{}:user/ann is not authorized to perform: SNS:Publish on resource: {arn} because no identity-based policy allows the SNS:Publish action",
            scene.account
        )
    );
    let statement = |effect: &str, principal: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"S","Effect":"{effect}","Principal":{{"AWS":"{principal}"}},"Action":"SNS:Publish","Resource":"{arn}"}}]}}"#
        )
    };
    let ann_arn = format!("arn:aws:iam::{}:user/ann", scene.account);
    scene.root(set_policy(&arn, &statement("Allow", &ann_arn))).await;
    assert_eq!(try_it(&ann).await, Ok(()), "the topic names her");
    let bob = scene.user("bob", &[]).await;
    assert!(try_it(&bob).await.is_err());
    let own = PutUserPolicy {
        user_name: "bob".into(),
        policy_name: "p".into(),
        policy_document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sns:*","Resource":"*"}]}"#
            .into(),
    };
    scene.root(own).await;
    assert_eq!(try_it(&bob).await, Ok(()), "his own policy allows it");
    scene.root(set_policy(&arn, &statement("Deny", "*"))).await;
    let denied = try_it(&bob).await.expect_err("denied");
    assert!(denied.to_string().ends_with("with an explicit deny in a resource-based policy"), "{denied}");
    assert!(try_it(&scene.root).await.is_err(), "a resource's deny reaches root");
    scene.root(set_policy(&arn, "")).await;
    assert!(attributes(&scene, &arn).await["Policy"].contains("__default_statement_ID"));

    let neighbour = scene.neighbour().await;
    let foreign = neighbour.call(&neighbour.root, publish(&arn, "x")).await.expect_err("another account's");
    assert!(matches!(foreign, ApiError::AccessDenied { .. }), "{foreign:?}");
    let bad = scene.refusal(set_policy(&arn, &statement("Allow", "*").replace("SNS:Publish", "s3:GetObject"))).await;
    assert_eq!(bad.1, "Invalid parameter: Policy statement action out of service scope!");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn permissions_are_statements(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let arn = scene.root(topic("alarms")).await.topic_arn;
    let add = AddPermission {
        topic_arn: arn.clone(),
        label: "friends".into(),
        aws_account_id: vec!["444455556666".into()],
        action_name: vec!["Publish".into()],
    };
    scene.root(add.clone()).await;
    assert_eq!(scene.refusal(add.clone()).await.1, "Invalid parameter: Statement already exists");
    let odd = AddPermission { label: "odd".into(), action_name: vec!["CreateTopic".into()], ..add };
    assert_eq!(scene.refusal(odd).await.1, "Invalid parameter: Policy statement action out of service scope!");
    let policy = attributes(&scene, &arn).await["Policy"].clone();
    assert!(policy.contains("arn:aws:iam::444455556666:root") && policy.contains("__default_statement_ID"), "{policy}");
    for label in ["friends", "friends", "__default_statement_ID"] {
        scene.root(RemovePermission { topic_arn: arn.clone(), label: label.into() }).await;
    }
    let policy = attributes(&scene, &arn).await["Policy"].clone();
    assert!(policy.contains(r#""Statement":[]"#), "{policy}");
    scene.root(publish(&arn, "a policy without statements stops nobody")).await;
}
