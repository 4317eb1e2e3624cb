//! SNS's deeds, a file a noun. Here is what they share: the topic that a call names, with its policy and its tags.

mod links;
mod permissions;
mod policy;
mod publish;
mod subscriptions;
mod tags;
mod topics;

use ::policy::Arn;
use model::{
    ApiError, Tag, Timestamp,
    sns::{self, PENDING_DAYS, TopicArn},
};
use sqlx::types::Json;

pub(crate) use publish::{Outgoing, deliver_as};

use crate::{Source, authorize, error::Result, execute::Target, marker::Position, tx::Tx};

/// A topic as the database keeps it.
pub(crate) struct Row {
    display_name: String,
    policy: Option<String>,
    tags: Json<Vec<Tag>>,
    subscriptions_deleted: i32,
}

/// The topic that an ARN of this account names.
async fn find(tx: &mut Tx, arn: &TopicArn) -> Result<Option<Row>> {
    let account = tx.account().clone();
    Ok(sqlx::query_as!(
        Row,
        r#"select display_name, policy, tags as "tags: Json<Vec<Tag>>", subscriptions_deleted from sns_topic
           where account_id = $1 and region = $2 and name = $3"#,
        account.as_str(),
        arn.region,
        arn.name
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The topic, which must be there.
async fn existing(tx: &mut Tx, arn: &TopicArn) -> Result<Row> {
    Ok(find(tx, arn).await?.ok_or_else(sns::no_topic)?)
}

/// The topic, held until the end of the transaction: its policy, its tags and its subscriptions change one at a time.
async fn hold(tx: &mut Tx, arn: &TopicArn, missing: fn() -> ApiError) -> Result<()> {
    let account = tx.account().clone();
    let held = sqlx::query!(
        "select name from sns_topic where account_id = $1 and region = $2 and name = $3 for update",
        account.as_str(),
        arn.region,
        arn.name
    )
    .fetch_optional(tx.conn())
    .await?;
    if held.is_some() { Ok(()) } else { Err(missing().into()) }
}

/// The question about a topic, which its own policy and its tags have a say in. Another account's is refused whatever
/// its name: nobody lets other accounts in here.
async fn target(tx: &mut Tx, action: &'static str, field: &str, arn: &TopicArn) -> Result<Target> {
    let mut target = Target::of(&whole(arn)?).judged_as(action).touching("AWS::SNS::Topic", arn.to_string());
    if arn.account != tx.account().as_str() {
        return Err(authorize::foreign(tx, action, &target));
    }
    // A program signs for one region; the console goes wherever its link leads.
    if tx.request.source == Source::Api && arn.region != tx.request.region {
        return Err(sns::invalid(field).into());
    }
    if let Some(row) = find(tx, arn).await? {
        for tag in &row.tags.0 {
            target = target.with(&format!("aws:ResourceTag/{}", tag.key), vec![tag.value.clone()]);
        }
        target.policy = row.policy.as_deref().and_then(|text| policy::attached(&arn.name, text));
    }
    Ok(target)
}

fn whole(arn: &TopicArn) -> Result<Arn> {
    let arn = Arn::new("aws", "sns", &arn.region, &arn.account, &arn.name).map_err(|error| anyhow::anyhow!(error))?;
    Ok(arn)
}

/// The question about everything that the region has.
fn everything(tx: &Tx, action: &'static str) -> Result<Target> {
    let region = tx.request.region.as_str();
    let arn = Arn::new("aws", "sns", region, tx.account().as_str(), "*").map_err(|error| anyhow::anyhow!(error))?;
    Ok(Target::of(&arn).judged_as(action))
}

/// A topic of the caller's own in the region of the call.
fn own(tx: &Tx, name: &str) -> TopicArn {
    TopicArn { region: tx.request.region.clone(), account: tx.account().as_str().to_owned(), name: name.to_owned() }
}

/// An unconfirmed subscription made at or before this instant counts as gone.
fn dropped_before(now: Timestamp) -> i64 {
    now.0 - PENDING_DAYS * 86_400_000
}

/// Where a page begins.
fn after(token: Option<&str>) -> Result<Position, ApiError> {
    Position::parse(token).map_err(|_| sns::invalid("NextToken"))
}

/// Items on a page of every list of SNS.
const PAGE: i64 = 100;
