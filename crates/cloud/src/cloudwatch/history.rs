//! What became of alarms.

use model::{
    Timestamp,
    cloudwatch::{AlarmHistoryItem, CloudWatchFault, DescribeAlarmHistory, DescribeAlarmHistoryOutput},
};
use serde_json::Value;
use uuid::Uuid;

use super::{Row, after, target};
use crate::{
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// Adds an entry. Entries of one instant keep the order in which they were written: the caller holds the account.
pub(super) async fn note(tx: &mut Tx, alarm: &Row, kind: &str, summary: &str, data: Value) -> Result<()> {
    let (account, now, id) = (tx.account().clone(), tx.now(), tx.uuid());
    sqlx::query!(
        "insert into cloudwatch_history (account_id, history_id, region, alarm_name, at, place, kind, summary, data)
         select $1, $2, $3, $4, $5, coalesce(max(place), 0) + 1, $6, $7, $8 from cloudwatch_history
         where account_id = $1 and region = $3 and alarm_name = $4 and at = $5",
        account.as_str(),
        id,
        alarm.region,
        alarm.name,
        now.0,
        kind,
        summary,
        data.to_string()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

impl Execute for DescribeAlarmHistory {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, self.alarm_name.as_deref())
    }

    async fn run(self, tx: &mut Tx) -> Result<DescribeAlarmHistoryOutput> {
        let (account, region) = (tx.account().clone(), tx.request.region.clone());
        let ascending = self.scan_by.as_deref() == Some("TimestampAscending");
        let limit = self.max_records.unwrap_or(100);
        let wanted = self.alarm_types.is_empty() || self.alarm_types.iter().any(|kind| kind == "MetricAlarm");
        if self.alarm_contributor_id.is_some() || !wanted {
            return Ok(DescribeAlarmHistoryOutput { alarm_history_items: Vec::new(), next_token: None });
        }
        let invalid = || CloudWatchFault::InvalidNextToken.says("The next token specified is invalid.");
        let position = after(self.next_token.as_deref())?;
        let place = match position.id.as_str() {
            "" => None,
            id => {
                let (place, id) = id.split_once(' ').ok_or_else(invalid)?;
                let at: i64 = position.name.parse().map_err(|_| invalid())?;
                Some((at, place.parse::<i32>().map_err(|_| invalid())?, Uuid::parse_str(id).map_err(|_| invalid())?))
            }
        };
        let sign = if ascending { 1_i64 } else { -1 };
        let rows = sqlx::query!(
            "select history_id, alarm_name, at, place, kind, summary, data from cloudwatch_history
             where account_id = $1 and region = $2 and ($3::text is null or alarm_name = $3)
               and ($4::text is null or kind = $4) and at >= $5 and at <= $6
               and ($7::bigint is null or (at * $10, place * $10, history_id) > ($7 * $10, $8::integer * $10, $9::uuid))
             order by at * $10, place * $10, history_id limit $11",
            account.as_str(),
            region,
            self.alarm_name,
            self.history_item_type,
            self.start_date.map_or(i64::MIN / 2, |at| at.0),
            self.end_date.map_or(i64::MAX / 2, |at| at.0),
            place.map(|(at, _, _)| at),
            place.map(|(_, place, _)| place),
            place.map(|(_, _, id)| id),
            sign,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, _, next_token) = marker::page(rows, limit, |row| Position {
            name: row.at.to_string(),
            id: format!("{} {}", row.place, row.history_id),
        });
        let items = rows
            .into_iter()
            .map(|row| AlarmHistoryItem {
                alarm_name: row.alarm_name,
                alarm_type: "MetricAlarm".into(),
                timestamp: Timestamp(row.at),
                history_item_type: row.kind,
                history_summary: row.summary,
                history_data: row.data,
            })
            .collect();
        Ok(DescribeAlarmHistoryOutput { alarm_history_items: items, next_token })
    }
}
