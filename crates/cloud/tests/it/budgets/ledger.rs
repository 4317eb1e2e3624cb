//! Lines of the ledger and instants, as the tests of budgets need them.

use cloud::{Caller, Request, Source};
use model::{Timestamp, operator::EvaluateCosts};

use crate::scene::Scene;

/// A line as an import brings it.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    pub day: &'a str,
    pub item_type: &'a str,
    pub service: &'a str,
    pub usage_type: &'a str,
    pub region: &'a str,
    pub quantity: &'a str,
    pub unblended: &'a str,
    pub blended: &'a str,
    pub amortized: &'a str,
    pub tags: &'a str,
}

pub const EC2: &str = "Amazon Elastic Compute Cloud - Compute";

impl Default for Line<'_> {
    fn default() -> Self {
        Self {
            day: "2031-05-10",
            item_type: "Usage",
            service: EC2,
            usage_type: "BoxUsage:t3.micro",
            region: "us-east-1",
            quantity: "1",
            unblended: "1",
            blended: "1",
            amortized: "1",
            tags: "{}",
        }
    }
}

impl Line<'_> {
    /// Puts it into the ledger; nobody is told until something is evaluated.
    pub async fn enter(&self, scene: &Scene) {
        let insert = format!(
            "insert into spend (account_id, spend_id, day, item_type, service, usage_type, region, quantity,
                                unblended_cost, blended_cost, amortized_cost, tags, created_at)
             values ('{}', gen_random_uuid(), '{}', '{}', '{}', '{}', '{}', {}, {}, {}, {}, '{}', 0) returning service",
            scene.account,
            self.day,
            self.item_type,
            self.service,
            self.usage_type,
            self.region,
            self.quantity,
            self.unblended,
            self.blended,
            self.amortized,
            self.tags
        );
        scene.sql(&insert).await;
    }
}

/// So many dollars on a day.
pub async fn dollars(scene: &Scene, day: &str, amount: &str) {
    Line { day, unblended: amount, blended: amount, amortized: amount, ..Line::default() }.enter(scene).await;
}

/// Sets the account's clock, and looks.
pub async fn at(scene: &Scene, instant: &str) -> i64 {
    let instant: Timestamp = instant.parse().expect("an instant");
    let set = format!(
        "update account set clock_offset_ms = {} - (extract(epoch from clock_timestamp()) * 1000)::bigint
         where account_id = '{}' returning account_id",
        instant.0, scene.account
    );
    scene.sql(&set).await;
    look(scene).await
}

/// Evaluates the budgets: how many alerts went off.
pub async fn look(scene: &Scene) -> i64 {
    let evaluate = EvaluateCosts { account_id: scene.account.clone() };
    let evaluated = scene.cloud.call(&Caller::operator(), &Request::new(Source::Service), evaluate).await;
    evaluated.expect("evaluates").alerts
}
