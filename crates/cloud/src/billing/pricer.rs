//! What usage costs: it becomes lines of the ledger at list prices, what is free first.

use std::collections::BTreeMap;

use model::{
    ApiError, Tag, Timestamp,
    billing::{MOST_LINE_COST, PRICED_REGIONS, Price, family, price_of},
    decimal::Decimal,
};

use super::ledger::{self, NewLine};
use crate::{error::Result, tx::Tx};

/// Makes lines of usage. It remembers how much of what is free its lines have taken: those of one entry are priced one
/// after the other, before any of them is written.
pub(super) struct Pricer {
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
pub(super) struct Used<'a> {
    pub price: &'static Price,
    pub day: &'a str,
    pub quantity: Decimal,
    pub resource: Option<&'a str>,
}

impl Pricer {
    /// For one region of an account, the first of the list if it has none of this name.
    pub(super) async fn new(tx: &mut Tx, region: Option<&str>, tags: Vec<Tag>, note: Option<String>) -> Result<Self> {
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
    pub(super) async fn lines(&mut self, tx: &mut Tx, used: &Used<'_>, lines: &mut Vec<NewLine>) -> Result<()> {
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

/// A price that the code or `check` knows to be in the list.
pub(super) fn listed(key: &str) -> Result<&'static Price> {
    Ok(price_of(key).ok_or_else(|| anyhow::anyhow!("a price that is not listed passed its check: {key}"))?)
}
