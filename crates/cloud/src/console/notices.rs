//! The bell: read with every page while there is something to tell.

use model::{
    Timestamp,
    console::{AlarmNotice, BudgetNotice, ListNotices, ListNoticesOutput, NOTICES_AT_MOST},
};

use crate::{
    authorize, billing, budgets, cloudwatch,
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

/// For how long an alert of a budget is told, in milliseconds.
pub(crate) const TOLD_FOR: i64 = 7 * 86_400_000;

impl Execute for ListNotices {
    // It comes with every page: its rows would bury the trail.
    const SILENT: bool = true;

    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<ListNoticesOutput> {
        Ok(ListNoticesOutput { alarms: alarms(tx).await?, budgets: budgets_passed(tx).await? })
    }
}

async fn alarms(tx: &mut Tx) -> Result<Vec<AlarmNotice>> {
    let account = tx.account().clone();
    let rows = sqlx::query!(
        "select region, name, state_transitioned_at from cloudwatch_alarm where account_id = $1 and state = 'ALARM'
         order by state_transitioned_at desc, region, name limit $2",
        account.as_str(),
        NOTICES_AT_MOST
    )
    .fetch_all(tx.conn())
    .await?;
    let mut told = Vec::new();
    for row in rows {
        let target = cloudwatch::about(tx, &row.region, &row.name)?;
        if authorize::may(tx, "cloudwatch:DescribeAlarms", &target).await? {
            let since = Timestamp(row.state_transitioned_at);
            told.push(AlarmNotice { alarm_name: row.name, region: row.region, since });
        }
    }
    Ok(told)
}

async fn budgets_passed(tx: &mut Tx) -> Result<Vec<BudgetNotice>> {
    if !billing::is_open(tx).await? {
        return Ok(Vec::new());
    }
    let (account, now) = (tx.account().clone(), tx.now());
    let rows = sqlx::query!(
        r#"select b.name, max(t.fired_at) as "fired_at!"
           from budget_alert t join budget b on b.account_id = t.account_id and b.budget_id = t.budget_id
           where t.account_id = $1 and t.fired_at > $2 and t.fired_at <= $3
           group by b.name order by 2 desc, 1 limit $4"#,
        account.as_str(),
        now.0 - TOLD_FOR,
        now.0,
        NOTICES_AT_MOST
    )
    .fetch_all(tx.conn())
    .await?;
    let mut told = Vec::new();
    for row in rows {
        let target = budgets::target(tx, account.as_str(), Some(&row.name), budgets::VIEW)?;
        if authorize::may(tx, budgets::VIEW, &target).await? {
            told.push(BudgetNotice { budget_name: row.name, fired_at: Timestamp(row.fired_at) });
        }
    }
    Ok(told)
}
