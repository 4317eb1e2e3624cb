//! The price list: what each kind of usage that the simulator offers costs, and how much of it a month has for nothing.

use std::sync::LazyLock;

use crate::decimal::Decimal;

/// Regions with these list prices, each with what stands in front of its usage types on a bill.
pub const PRICED_REGIONS: [(&str, &str); 3] = [("us-east-1", ""), ("us-east-2", "USE2-"), ("us-west-2", "USW2-")];

/// One kind of usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// The service's code: `AmazonEC2`.
    pub service_code: &'static str,
    /// The service as bills spell it.
    pub service: &'static str,
    /// The usage type without the region in front: `BoxUsage:t2.micro`.
    pub usage_type: &'static str,
    /// The operation: `RunInstances`; some have none.
    pub operation: &'static str,
    /// What is counted: `Hrs`.
    pub unit: &'static str,
    /// US dollars a unit.
    pub rate: Decimal,
    /// What a month has for nothing.
    pub free: Option<Free>,
}

/// What a month has for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Free {
    /// Units a month.
    pub quantity: Decimal,
    /// For twelve months from sign-up alone, not for ever.
    pub first_year: bool,
    /// The usage that shares it, under one name: `Global-BoxUsage:freetier.micro`.
    pub family: &'static str,
}

impl Price {
    /// Names it in inputs: `AmazonEC2/BoxUsage:t2.micro`.
    pub fn key(&self) -> String {
        format!("{}/{}", self.service_code, self.usage_type)
    }
}

const LIST: &str = include_str!("../../data/prices.csv");

/// A line of the list; nothing for one that is none.
fn price(line: &'static str) -> Option<Price> {
    let fields: Vec<&'static str> = line.split(',').collect();
    let [service_code, service, usage_type, operation, unit, rate, quantity, term, family] = fields.as_slice() else {
        return None;
    };
    let free = if quantity.is_empty() {
        None
    } else {
        Some(Free { quantity: quantity.parse().ok()?, first_year: *term == "12-months", family })
    };
    Some(Price { service_code, service, usage_type, operation, unit, rate: rate.parse().ok()?, free })
}

fn lines() -> impl Iterator<Item = &'static str> {
    LIST.lines().filter(|line| !line.starts_with('#') && !line.starts_with("service_code,"))
}

/// The whole list.
pub fn prices() -> &'static [Price] {
    static PRICES: LazyLock<Vec<Price>> = LazyLock::new(|| lines().filter_map(price).collect());
    &PRICES
}

/// The price of a kind of usage by its key.
pub fn price_of(key: &str) -> Option<&'static Price> {
    prices().iter().find(|price| price.key() == key)
}

/// Every kind of usage of a family.
pub fn family(name: &str) -> impl Iterator<Item = &'static Price> {
    prices().iter().filter(move |price| price.free.is_some_and(|free| free.family == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_price_of_its_own() {
        for line in lines() {
            assert!(price(line).is_some(), "{line}");
        }
        let mut keys: Vec<String> = prices().iter().map(Price::key).collect();
        assert!(keys.len() > 20, "{}", keys.len());
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), prices().len());
        for price in prices() {
            assert!(price.rate > Decimal::ZERO, "{price:?}");
            let Some(free) = price.free else { continue };
            assert!(free.quantity > Decimal::ZERO && !free.family.is_empty(), "{price:?}");
            // One quantity is shared: whoever shares it says the same of it.
            assert!(family(free.family).all(|other| other.free == Some(free)), "{}", free.family);
        }
    }

    #[test]
    fn what_the_labs_count_on() {
        let t2 = price_of("AmazonEC2/BoxUsage:t2.micro").expect("is listed");
        assert_eq!(t2.rate.to_string(), "0.0116");
        let free = t2.free.expect("is free for a year");
        assert_eq!(
            (free.quantity, free.first_year, free.family),
            (Decimal::whole(750), true, "Global-BoxUsage:freetier.micro")
        );
        assert_eq!(price_of("AmazonEC2/BoxUsage:m5.large").and_then(|price| price.free), None);
        assert_eq!(price_of("AmazonEC2/BoxUsage:x9.huge"), None);
    }
}
