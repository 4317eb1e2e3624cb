//! What holds for every operation of the list, whoever wrote it: a stranger is refused, a neighbour is blind, the
//! trail has exactly one row a call, and no secret in it.

use std::collections::BTreeSet;
use std::pin::Pin;

use cloud::{Caller, Execute, Request, Source};
use model::{
    ApiError, Guard, Operation as _,
    cloudwatch::{PutMetricAlarm, PutMetricData},
    iam::{AttachUserPolicy, CreateAccessKey, CreateAccountAlias, CreatePolicy, PutGroupPolicy, PutUserPolicy},
    sns::{CreateTopic, Subscribe},
};
use serde_json::Value;
use sqlx::{PgPool, Row as _};

use crate::scene::{HOUSE, Scene, managed, sql};

/// Visits every operation of the list with its example.
pub trait Visit {
    /// The account that examples are about.
    fn account(&self) -> &str;

    async fn visit<O: Execute>(&mut self, operation: O);
}

macro_rules! visit_every {
    ($($service:ident { $($name:ident)* })*) => {
        pub async fn every_operation(visitor: &mut impl Visit) {
            $($( boxed::<model::$service::$name>(visitor).await; )*)*
        }
    };
}
model::for_each_operation!(visit_every);

/// Made in a function of its own: the stack would have to hold all of them at once, even on their way into boxes.
fn boxed<'a, O: Execute + 'a>(visitor: &'a mut impl Visit) -> Pin<Box<dyn Future<Output = ()> + 'a>> {
    Box::pin(visit_one::<O>(visitor))
}

async fn visit_one<O: Execute>(visitor: &mut impl Visit) {
    let example = serde_json::to_string(&O::example()).expect("serializes");
    let example = example.replace("111122223333", visitor.account());
    visitor.visit(serde_json::from_str::<O>(&example).expect("comes back")).await;
}

/// An account in which everything that examples name is there.
pub async fn furnished(pool: PgPool) -> Scene {
    let scene = Scene::new(pool).await;
    scene.plain_user("example-user").await;
    scene.group("example-group").await;
    scene.root(AttachUserPolicy { user_name: "example-user".into(), policy_arn: managed("ReadOnlyAccess") }).await;
    scene.root(PutUserPolicy::example()).await;
    scene.root(PutGroupPolicy::example()).await;
    scene.root(CreatePolicy::example()).await;
    scene.root(CreateAccountAlias { account_alias: "example-alias".into() }).await;
    scene.root(CreateTopic::example()).await;
    scene.root(PutMetricAlarm::example()).await;
    scene.root(PutMetricData::example()).await;
    let topic_arn = format!("arn:aws:sns:us-east-1:{}:example-topic", scene.account);
    scene.root(Subscribe { topic_arn, ..Subscribe::example() }).await;
    let key = scene.root(CreateAccessKey { user_name: Some("example-user".into()) }).await.access_key.access_key_id;
    let named = format!(
        "update access_key set access_key_id = 'AKIAEXAMPLEEXAMPLE22' where access_key_id = '{key}' returning status"
    );
    scene.sql(&named).await;
    scene
}

/// Everything an account has but its trail, as text.
pub async fn state(scene: &Scene) -> Vec<String> {
    let mut all = Vec::new();
    for table in [
        "access_key",
        "account",
        "account_alias",
        "account_count",
        "iam_user",
        "login_profile",
        "iam_group",
        "group_member",
        "attachment",
        "inline_policy",
        "managed_policy",
        "managed_policy_version",
        "tag",
        "password_policy",
        "spend",
        "spend_daily",
        "cost_entry",
        "billing_preference",
        "free_tier_alert",
        "budget",
        "budget_notification",
        "budget_subscriber",
        "budget_alert",
        "password_history",
        "mfa_device",
        "credential_report",
        "access_report",
        "cloudwatch_alarm",
        "cloudwatch_history",
        "cloudwatch_metric",
        "cloudwatch_datum",
        "sns_topic",
        "sns_subscription",
    ] {
        let rows =
            format!("select '{table} ' || t::text from {table} t where account_id = '{}' order by 1", scene.account);
        all.extend(scene.sql(&rows).await);
    }
    all
}

/// How many rows the accounts' trails have for one request.
async fn trail_rows(pool: &PgPool, accounts: &BTreeSet<String>, request: &Request) -> usize {
    let mut rows = 0;
    for account in accounts {
        rows += sql(pool, account, &format!("select name from trail where request_id = '{}'", request.id)).await.len();
    }
    rows
}

async fn accounts(pool: &PgPool) -> BTreeSet<String> {
    let rows = sqlx::query("select account_id from account").fetch_all(pool).await.expect("lists accounts");
    rows.iter().map(|row| row.get(0)).chain([HOUSE.to_owned()]).collect()
}

struct Stranger {
    scene: Scene,
    caller: Caller,
    asked: usize,
}

impl Visit for Stranger {
    fn account(&self) -> &str {
        &self.scene.account
    }

    async fn visit<O: Execute>(&mut self, operation: O) {
        let before = state(&self.scene).await;
        let outcome = self.scene.call(&self.caller, operation).await;
        match O::GUARD {
            Guard::Policy | Guard::RootOnly(_) => {
                let error = outcome.err().unwrap_or_else(|| panic!("{}: a stranger may", O::ACTION));
                assert!(matches!(error, ApiError::AccessDenied { .. }), "{}: {error:?}", O::ACTION);
                self.asked += 1;
            }
            Guard::Operator => {
                let error = outcome.err().unwrap_or_else(|| panic!("{}: a stranger is the operator", O::ACTION));
                assert!(matches!(error, ApiError::Forbidden { .. }), "{}: {error:?}", O::ACTION);
            }
            Guard::Public(reason) | Guard::Signed(reason) => {
                assert!(!reason.is_empty(), "{}", O::ACTION);
                return;
            }
        }
        assert_eq!(state(&self.scene).await, before, "{}: something changed", O::ACTION);
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn every_operation_denies_unprivileged(pool: PgPool) {
    let scene = furnished(pool).await;
    let caller = scene.user("stranger", &[]).await;
    let mut stranger = Stranger { scene, caller, asked: 0 };
    every_operation(&mut stranger).await;
    assert!(stranger.asked > 40, "{} operations ask anybody", stranger.asked);
}

/// Nobody: no signature at the API, no session or an unknown one at the console.
struct Nobody {
    scene: Scene,
    refused: usize,
    public: Vec<&'static str>,
}

impl Visit for Nobody {
    fn account(&self) -> &str {
        &self.scene.account
    }

    async fn visit<O: Execute>(&mut self, operation: O) {
        if let Guard::Public(_) = O::GUARD {
            self.public.push(O::ACTION.service);
            return;
        }
        let before = state(&self.scene).await;
        for (source, expected) in
            [(Source::Api, ApiError::MissingAuthenticationToken), (Source::Console, ApiError::SignedOut)]
        {
            let request = Request { session: Some(self.scene.session().await), ..Request::new(source) };
            for request in [Request::new(source), request] {
                let caller = self.scene.cloud.caller_of_session(request.session.as_ref()).await.expect("asks");
                let error = self.scene.cloud.call(&caller, &request, operation.clone()).await.err();
                assert_eq!(error.as_ref(), Some(&expected), "{} from {source:?}", O::ACTION);
                self.refused += 1;
            }
        }
        assert_eq!(state(&self.scene).await, before, "{}: something changed", O::ACTION);
    }
}

/// The public ones, which answer nobody by design, are the variant without the check: each says why in its guard.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn every_operation_denies_anonymous(pool: PgPool) {
    let mut nobody = Nobody { scene: furnished(pool).await, refused: 0, public: Vec::new() };
    every_operation(&mut nobody).await;
    assert!(nobody.refused > 400, "{} calls", nobody.refused);
    let doors = ["signin", "account", "console", "operator"];
    assert!(nobody.public.iter().all(|service| doors.contains(service)), "{:?}", nobody.public);
}

struct Neighbour {
    ours: Scene,
    theirs: Scene,
}

impl Visit for Neighbour {
    fn account(&self) -> &str {
        &self.ours.account
    }

    async fn visit<O: Execute>(&mut self, operation: O) {
        let before = state(&self.ours).await;
        let asked = serde_json::to_string(&operation).expect("serializes");
        let outcome = self.theirs.call(&self.theirs.root, operation).await;
        assert_eq!(state(&self.ours).await, before, "{}: a neighbour's call changed us", O::ACTION);
        let said = match outcome {
            Ok(output) => serde_json::to_string(&output).expect("serializes"),
            Err(error) => error.to_string(),
        };
        let ids = "select user_id from iam_user union all select group_id from iam_group
                   union all select policy_id from managed_policy";
        let ids = self.ours.sql(ids).await;
        // What a neighbour names in the question is no secret in the answer.
        for id in ids.iter().chain([&self.ours.account]).filter(|id| !asked.contains(id.as_str())) {
            assert!(!said.contains(id.as_str()), "{}: a neighbour is told {id}: {said}", O::ACTION);
        }
    }
}

/// That a statement which forgets its account would tell, and is stopped below the code, is shown in
/// `row_level_security.rs`.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn idor_matrix(pool: PgPool) {
    let ours = furnished(pool).await;
    let theirs = ours.neighbour().await;
    every_operation(&mut Neighbour { ours, theirs }).await;
}

/// Calls everything as whoever is most likely to succeed, and looks into the trail.
struct Auditor {
    scene: Scene,
    stranger: Caller,
    succeeded: usize,
    secrets: Vec<String>,
}

impl Visit for Auditor {
    fn account(&self) -> &str {
        &self.scene.account
    }

    async fn visit<O: Execute>(&mut self, operation: O) {
        let caller = if O::GUARD == Guard::Operator { Caller::operator() } else { self.scene.root.clone() };
        collect_hidden(&serde_json::to_value(&operation).expect("serializes"), O::HIDDEN, &mut self.secrets);
        for caller in [self.stranger.clone(), caller] {
            let before = accounts(&self.scene.pool).await;
            let mut request = Request::new(Source::Api);
            let public = matches!(O::GUARD, Guard::Public(_));
            if public {
                request = Request { session: Some(self.scene.session().await), ..Request::new(Source::Console) };
            }
            let outcome = self.scene.cloud.call(&caller, &request, operation.clone()).await;
            if let Ok(output) = &outcome {
                self.succeeded += 1;
                collect_hidden(&serde_json::to_value(output).expect("serializes"), O::HIDDEN, &mut self.secrets);
            }
            let all = before.union(&accounts(&self.scene.pool).await).cloned().collect();
            let rows = trail_rows(&self.scene.pool, &all, &request).await;
            // A failure of nobody on no known account has no trail to go to.
            let nobody = rows == 0 && public && outcome.is_err();
            // A worker's look each minute would bury the trail.
            let silent = rows == 0 && O::SILENT && outcome.is_ok();
            assert!(rows == 1 || nobody || silent, "{}: {rows} rows, {:?}", O::ACTION, outcome.err());
        }
    }
}

/// The texts of the members that are not to be seen.
fn collect_hidden(value: &Value, hidden: &[&str], found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if hidden.contains(&name.as_str()) => found.push(text.clone()),
                    other => collect_hidden(other, hidden, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_hidden(item, hidden, found)),
        _ => {}
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn one_row_a_call_and_no_secret_in_it(pool: PgPool) {
    let scene = Scene::new(pool.clone()).await;
    let stranger = scene.user("stranger", &[]).await;
    let mut auditor = Auditor { scene, stranger, succeeded: 0, secrets: Vec::new() };
    every_operation(&mut auditor).await;
    assert!(auditor.succeeded > 30, "{} calls succeeded", auditor.succeeded);
    assert!(auditor.secrets.len() > 10, "{} secrets to look for", auditor.secrets.len());
    let mut seen = 0;
    for account in accounts(&pool).await {
        for row in sql(&pool, &account, "select t::text from trail t").await {
            seen += 1;
            assert!(!row.contains("Canary-"), "an example's secret: {row}");
            for secret in &auditor.secrets {
                assert!(!row.contains(secret.as_str()), "{secret}: {row}");
            }
        }
    }
    assert!(seen > 100, "{seen} rows");
}
