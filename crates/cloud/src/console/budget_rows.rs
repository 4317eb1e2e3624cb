//! The budgets of the console's pages: one statement for a page of budgets, one for all of their alerts.

use std::collections::HashMap;

use model::{
    budgets::Notification,
    console::{AlertRow, BudgetRow, ListBudgetRows, ListBudgetRowsOutput},
    money::Threshold,
    page,
};
use uuid::Uuid;

use crate::{
    budgets,
    error::Result,
    execute::{Execute, Target},
    marker::{self, Position},
    tx::Tx,
};

/// The alerts of some budgets, by budget, in the order in which they were made.
async fn alerts(tx: &mut Tx, of: &[Uuid]) -> Result<HashMap<Uuid, Vec<AlertRow>>> {
    let (account, now) = (tx.account().clone(), tx.now());
    let rows = sqlx::query!(
        r#"select n.budget_id, n.percentage, n.threshold, budget_is_passed(n, b.amount, c.actual) as "above!",
                  array(select s.address from budget_subscriber s
                        where s.account_id = $1 and s.notification_id = n.notification_id order by s.address_key)
                  as "addresses!"
           from budget b
           cross join lateral (select budget_actual(b, $3::text::date, $4::text::date) as actual) c
           join budget_notification n on n.account_id = b.account_id and n.budget_id = b.budget_id
           where b.account_id = $1 and b.budget_id = any($2)
           order by n.created_at, n.percentage desc, n.threshold"#,
        account.as_str(),
        of,
        now.month().day(),
        now.day()
    )
    .fetch_all(tx.conn())
    .await?;
    let mut found: HashMap<Uuid, Vec<AlertRow>> = HashMap::new();
    for row in rows {
        let notification = Notification::actual(Threshold(row.threshold), row.percentage).standing(row.above);
        found.entry(row.budget_id).or_default().push(AlertRow { notification, addresses: row.addresses });
    }
    Ok(found)
}

impl Execute for ListBudgetRows {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        let account = tx.account().clone();
        let target = budgets::target(tx, account.as_str(), self.budget_name.as_deref(), budgets::VIEW)?;
        Ok(target.asking("budgets:DescribeBudgets"))
    }

    async fn run(self, tx: &mut Tx) -> Result<ListBudgetRowsOutput> {
        let after = Position::parse(self.marker.as_deref())?;
        let limit = page::limit(self.max_items);
        let found = budgets::rows(tx, self.budget_name.as_deref(), &after.name, limit + 1).await?;
        if let (Some(name), true) = (&self.budget_name, found.is_empty()) {
            return Err(budgets::missing(&format!("get budget: {name}"), "budget").into());
        }
        let (found, is_truncated, marker) =
            marker::page(found, limit, |row| Position { name: row.name.clone(), id: String::new() });
        let ids: Vec<Uuid> = found.iter().map(|row| row.budget_id).collect();
        let mut alerts = alerts(tx, &ids).await?;
        let rows = found
            .into_iter()
            .map(|row| BudgetRow { alerts: alerts.remove(&row.budget_id).unwrap_or_default(), budget: row.shown(tx) })
            .collect();
        Ok(ListBudgetRowsOutput { rows, is_truncated, marker })
    }
}
