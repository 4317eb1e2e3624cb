//! The spend simulator's deeds: usage becomes lines at list prices.

use model::{
    ApiError, Timestamp,
    billing::{AddUsage, AddUsageCurve, AddUsagePlan, MOST_DAYS, PLANS, UsageAdded, day},
    decimal::Decimal,
};

use super::{
    MODIFY, ledger,
    pricer::{Pricer, Used, listed},
};
use crate::{
    budgets,
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

const DAY_MS: i64 = 86_400_000;

/// So many days in a row, the first as given, today if not.
fn days(tx: &Tx, field: &str, first: Option<&str>, count: i64) -> Result<Vec<String>> {
    let today = Timestamp(tx.now().0.div_euclid(DAY_MS) * DAY_MS);
    let first = first.and_then(day).unwrap_or(today);
    if first.0 > today.0 + MOST_DAYS * DAY_MS {
        let limit = format!("Member must be at most {MOST_DAYS} days after today, {}", today.day());
        return Err(ApiError::field(field, Some(&first.day()), limit).into());
    }
    Ok((0..count).map(|at| Timestamp(first.0 + at * DAY_MS).day()).collect())
}

fn days_of_month(day_text: &str) -> u32 {
    let first = day(&format!("{}-01", &day_text[..7])).unwrap_or_default();
    u32::try_from((first.next_month().0 - first.0) / DAY_MS).unwrap_or(30)
}

impl Execute for AddUsage {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(MODIFY))
    }

    async fn run(self, tx: &mut Tx) -> Result<UsageAdded> {
        budgets::hold(tx).await?;
        let price = listed(&self.usage)?;
        let quantity = ledger::read(&self.quantity)?;
        let days = days(tx, "day", self.day.as_deref(), 1)?;
        let mut pricer = Pricer::new(tx, self.region.as_deref(), self.tags, self.note).await?;
        let mut lines = Vec::new();
        for day in &days {
            let used = Used { price, day, quantity, resource: self.resource_id.as_deref() };
            pricer.lines(tx, &used, &mut lines).await?;
        }
        let title = format!("{quantity} {} of {}", price.unit, price.usage_type);
        ledger::enter(tx, "USAGE", &title, &lines).await
    }
}

impl Execute for AddUsagePlan {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(MODIFY))
    }

    async fn run(self, tx: &mut Tx) -> Result<UsageAdded> {
        budgets::hold(tx).await?;
        let plan = PLANS.iter().find(|plan| plan.id == self.plan);
        let plan = plan.ok_or_else(|| anyhow::anyhow!("an unknown plan passed its check: {}", self.plan))?;
        let days = days(tx, "startDay", self.start_day.as_deref(), self.days.unwrap_or(plan.days))?;
        let mut pricer = Pricer::new(tx, self.region.as_deref(), self.tags, None).await?;
        let mut lines = Vec::new();
        for day in &days {
            for planned in plan.usage {
                let whole = ledger::read(planned.quantity)?;
                // A month's quantity is spread over its days, as exports of the real thing do it with storage.
                let part = if planned.monthly { whole.over(days_of_month(day)) } else { Some(whole) };
                let quantity = part.unwrap_or_default();
                let resource = Some(planned.resource).filter(|resource| !resource.is_empty());
                let used = Used { price: listed(planned.usage)?, day, quantity, resource };
                pricer.lines(tx, &used, &mut lines).await?;
            }
        }
        ledger::enter(tx, "PLAN", plan.title, &lines).await
    }
}

impl Execute for AddUsageCurve {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().judged_as(MODIFY))
    }

    async fn run(self, tx: &mut Tx) -> Result<UsageAdded> {
        budgets::hold(tx).await?;
        let price = listed(&self.usage)?;
        let days = days(tx, "startDay", self.start_day.as_deref(), self.days.unwrap_or(Self::DAYS))?;
        let mut pricer = Pricer::new(tx, self.region.as_deref(), self.tags.clone(), None).await?;
        let (mut quantity, mut lines) = (ledger::read(&self.quantity)?, Vec::new());
        for (at, day) in days.iter().enumerate() {
            if at > 0 {
                quantity = self.next(quantity).ok_or_else(|| {
                    ApiError::field(
                        "change",
                        Some(&self.change),
                        format!("Member leads to too large a quantity on {day}"),
                    )
                })?;
            }
            if quantity > Decimal::ZERO {
                let used = Used { price, day, quantity, resource: self.resource_id.as_deref() };
                pricer.lines(tx, &used, &mut lines).await?;
            }
        }
        let percent = if self.shape == "PERCENT" { "%" } else { "" };
        let title = format!(
            "{}: {} {}, changing by {}{percent} a day",
            price.usage_type, self.quantity, price.unit, self.change
        );
        ledger::enter(tx, "CURVE", &title, &lines).await
    }
}
