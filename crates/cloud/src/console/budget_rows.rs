//! The budgets of the console's pages: one statement for a page of budgets, one for all of their alerts.

use model::{
    console::{BudgetRow, ListBudgetRows, ListBudgetRowsOutput},
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
        let mut alerts = budgets::notifications_of(tx, &ids).await?;
        let rows = found
            .into_iter()
            .map(|row| BudgetRow { alerts: alerts.remove(&row.budget_id).unwrap_or_default(), budget: row.shown(tx) })
            .collect();
        Ok(ListBudgetRowsOutput { rows, is_truncated, marker })
    }
}
