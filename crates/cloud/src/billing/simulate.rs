//! The spend simulator's deeds: usage becomes lines at list prices, what is free first.

use std::collections::BTreeMap;

use model::{
    ApiError, Tag, Timestamp,
    billing::{
        AddUsage, AddUsageCurve, AddUsagePlan, MOST_DAYS, MOST_LINE_COST, PLANS, PRICED_REGIONS, Price, UsageAdded,
        day, family, price_of,
    },
    decimal::Decimal,
};

use super::{
    MODIFY,
    ledger::{self, NewLine},
};
use crate::{
    budgets,
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

const DAY_MS: i64 = 86_400_000;

/// Makes lines of usage. It remembers how much of what is free its lines have taken: those of one entry are priced one
/// after the other, before any of them is written.
struct Pricer {
    region: &'static str,
    prefix: &'static str,
    tags: BTreeMap<String, String>,
    note: Option<String>,
    /// The first day without the first year's free tier.
    first_year_ends: String,
    /// By family and month, what has been taken of the free quantity.
    taken: BTreeMap<(&'static str, String), Decimal>,
}

/// What one day uses of one thing.
struct Used<'a> {
    price: &'static Price,
    day: &'a str,
    quantity: Decimal,
    resource: Option<&'a str>,
}

impl Pricer {
    async fn new(tx: &mut Tx, region: Option<&str>, tags: Vec<Tag>, note: Option<String>) -> Result<Self> {
        let account = tx.account().clone();
        let created = sqlx::query_scalar!("select created_at from account where account_id = $1", account.as_str())
            .fetch_one(tx.conn())
            .await?;
        let (year, ..) = Timestamp(created).parts();
        let of_year = Timestamp(created).day()[4..].to_owned();
        let known = PRICED_REGIONS.iter().find(|(name, _)| Some(*name) == region);
        let (region, prefix) = known.copied().unwrap_or(PRICED_REGIONS[0]);
        Ok(Self {
            region,
            prefix,
            tags: tags.into_iter().map(|tag| (tag.key, tag.value)).collect(),
            note,
            first_year_ends: format!("{:04}{of_year}", year + 1),
            taken: BTreeMap::new(),
        })
    }

    /// How much of the day's usage is free.
    async fn free(&mut self, tx: &mut Tx, used: &Used<'_>) -> Result<Decimal> {
        let Some(free) = used.price.free.filter(|free| !free.first_year || used.day < self.first_year_ends.as_str())
        else {
            return Ok(Decimal::ZERO);
        };
        let month = used.day[..7].to_owned();
        let key = (free.family, month.clone());
        let before = match self.taken.get(&key) {
            Some(taken) => *taken,
            None => taken(tx, free.family, &month).await?,
        };
        let part = used.quantity.min((free.quantity - before).max(Decimal::ZERO));
        self.taken.insert(key, before + part);
        Ok(part)
    }

    /// The lines of a day's usage: what is free of it, and what is paid for.
    async fn lines(&mut self, tx: &mut Tx, used: &Used<'_>, lines: &mut Vec<NewLine>) -> Result<()> {
        let free = self.free(tx, used).await?;
        for (quantity, free_tier) in [(free, true), (used.quantity - free, false)] {
            if quantity == Decimal::ZERO {
                continue;
            }
            let rate = if free_tier { Decimal::ZERO } else { used.price.rate };
            let cost =
                quantity.times(rate).filter(|cost| *cost <= Decimal::whole(MOST_LINE_COST)).ok_or_else(|| {
                    let limit = format!("Member must not cost more than {MOST_LINE_COST} US dollars a day");
                    ApiError::field("quantity", Some(&used.quantity.to_string()), limit)
                })?;
            lines.push(NewLine {
                day: used.day.to_owned(),
                item_type: "Usage".into(),
                service: used.price.service.into(),
                usage_type: format!("{}{}", self.prefix, used.price.usage_type),
                operation: used.price.operation.into(),
                region: self.region.into(),
                quantity,
                unit: used.price.unit.into(),
                rate: Some(rate),
                unblended: cost,
                blended: cost,
                amortized: cost,
                resource_id: used.resource.map(str::to_owned),
                tags: self.tags.clone(),
                free_tier,
                note: self.note.clone(),
            });
        }
        Ok(())
    }
}

/// What of a month's free quantity the ledger's lines have taken, in all regions.
async fn taken(tx: &mut Tx, family_name: &str, month: &str) -> Result<Decimal> {
    let account = tx.account().clone();
    let (services, usage_types): (Vec<String>, Vec<String>) = family(family_name)
        .flat_map(|price| {
            PRICED_REGIONS.map(|(_, prefix)| (price.service.to_owned(), format!("{prefix}{}", price.usage_type)))
        })
        .unzip();
    let first = ledger::month(Some(month.to_owned()), tx.now());
    let sum = sqlx::query_scalar!(
        r#"select coalesce(sum(quantity), 0)::text as "sum!" from spend_daily
           where account_id = $1 and day >= $2::text::date and day < $3::text::date and free_tier
             and (service, usage_type) in (select * from unnest($4::text[], $5::text[]))"#,
        account.as_str(),
        first.day(),
        first.next_month().day(),
        &services[..],
        &usage_types[..]
    )
    .fetch_one(tx.conn())
    .await?;
    ledger::read(&sum)
}

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

/// A price that `check` has found in the list.
fn listed(key: &str) -> Result<&'static Price> {
    Ok(price_of(key).ok_or_else(|| anyhow::anyhow!("a price that is not listed passed its check: {key}"))?)
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
