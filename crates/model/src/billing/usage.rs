//! The spend simulator: usage at list prices, once, by a plan for weeks, or along a curve. AWS has nothing like it: the
//! names are ours.

use serde::{Deserialize, Serialize};

use super::{PRICED_REGIONS, day, price_of};
use crate::{Access, Action, Fields, Operation, Tag, decimal::Decimal, name};

/// The longest that a plan or a curve goes on, in days; also how far ahead of today it may begin.
pub const MOST_DAYS: i64 = 366;
/// The most units that one day may have.
pub const MOST_QUANTITY: i64 = 1_000_000_000_000;
/// The most dollars that one line may cost.
pub const MOST_LINE_COST: i64 = 1_000_000;

/// What one plan uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedUsage {
    /// The price's key.
    pub usage: &'static str,
    /// Units: of each day, or of each month, of which a day has its part.
    pub quantity: &'static str,
    /// Whether the quantity is one of a month.
    pub monthly: bool,
    /// The resource that is used; nothing where usage has none.
    pub resource: &'static str,
}

const fn daily(usage: &'static str, quantity: &'static str, resource: &'static str) -> PlannedUsage {
    PlannedUsage { usage, quantity, monthly: false, resource }
}

const fn monthly(usage: &'static str, quantity: &'static str, resource: &'static str) -> PlannedUsage {
    PlannedUsage { usage, quantity, monthly: true, resource }
}

/// Something that goes on day after day until somebody notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Names it in inputs.
    pub id: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// How many days it goes on where nothing is said.
    pub days: i64,
    /// What it uses.
    pub usage: &'static [PlannedUsage],
}

/// The plans that the simulator offers.
pub const PLANS: [Plan; 6] = [
    Plan {
        id: "idle-m5-large",
        title: "An idle m5.large for three weeks",
        days: 21,
        usage: &[
            daily("AmazonEC2/BoxUsage:m5.large", "24", "i-0a1b2c3d4e5f60718"),
            monthly("AmazonEC2/EBS:VolumeUsage.gp3", "8", "vol-0a1b2c3d4e5f60718"),
        ],
    },
    Plan {
        id: "runaway-nat-gateway",
        title: "A runaway NAT gateway",
        days: 14,
        usage: &[
            daily("AmazonEC2/NatGateway-Hours", "24", "nat-0a1b2c3d4e5f60718"),
            daily("AmazonEC2/NatGateway-Bytes", "500", "nat-0a1b2c3d4e5f60718"),
        ],
    },
    Plan {
        id: "forgotten-elastic-ip",
        title: "A forgotten Elastic IP address",
        days: 30,
        usage: &[daily("AmazonEC2/ElasticIP:IdleAddress", "24", "eipalloc-0a1b2c3d4e5f60718")],
    },
    Plan {
        id: "two-free-tier-servers",
        title: "Two t2.micro servers, one more than is free",
        days: 30,
        usage: &[
            daily("AmazonEC2/BoxUsage:t2.micro", "24", "i-0a1b2c3d4e5f60719"),
            daily("AmazonEC2/BoxUsage:t2.micro", "24", "i-0a1b2c3d4e5f6071a"),
            monthly("AmazonEC2/EBS:VolumeUsage.gp2", "16", "vol-0a1b2c3d4e5f60719"),
        ],
    },
    Plan {
        id: "small-website",
        title: "A small website on S3 and CloudFront",
        days: 30,
        usage: &[
            monthly("AmazonS3/TimedStorage-ByteHrs", "20", "website-of-the-class"),
            daily("AmazonS3/Requests-Tier2", "50000", "website-of-the-class"),
            daily("AmazonCloudFront/DataTransfer-Out-Bytes", "40", ""),
            monthly("AmazonRoute53/HostedZone", "1", ""),
        ],
    },
    Plan {
        id: "busy-function",
        title: "A Lambda function that calls itself",
        days: 3,
        usage: &[
            daily("AWSLambda/Request", "40000000", "calls-itself"),
            daily("AWSLambda/Lambda-GB-Second", "5000000", "calls-itself"),
        ],
    },
];

/// What the simulator has entered into the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UsageAdded {
    /// The entry's id: [`super::DeleteCostEntry`] takes all of it back.
    pub entry_id: String,
    /// How many lines it has.
    pub lines: i64,
    /// What they cost together, in US dollars; some of it may lie ahead.
    pub amount: String,
    /// How many budget alerts it set off.
    pub alerts: i64,
}

/// Adds usage of one day at its list price; what is free of it costs nothing. Budgets are evaluated at once. Usage of a
/// day to come counts when the day comes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddUsage {
    /// The price's key: `AmazonEC2/BoxUsage:m5.large`.
    #[serde(default)]
    pub usage: String,
    /// How many units.
    #[serde(default)]
    pub quantity: String,
    /// Where; `us-east-1` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The day, `2026-11-22`, UTC; today if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// Which resource was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<String>,
    /// The resource's cost allocation tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

fn check_usage(fields: &mut Fields, usage: &str) {
    if price_of(usage).is_none() {
        fields.fault("usage", Some(usage), "Member must be a kind of usage of the price list");
    }
}

fn check_region(fields: &mut Fields, region: Option<&str>) {
    if let Some(region) = region {
        fields.one_of("region", region, &PRICED_REGIONS.map(|(region, _)| region));
    }
}

fn check_day(fields: &mut Fields, field: &str, text: Option<&str>) {
    if let Some(text) = text
        && day(text).is_none_or(|day| day.0 < 946_684_800_000)
    {
        fields.fault(field, Some(text), "Member must be a day such as 2026-11-22");
    }
}

fn check_days(fields: &mut Fields, days: Option<i64>) {
    if let Some(days) = days {
        fields.range("days", days, 1, MOST_DAYS);
    }
}

/// More than nothing, and no more than one day may have.
fn check_quantity(fields: &mut Fields, text: &str) {
    match text.parse::<Decimal>() {
        Ok(quantity) if quantity > Decimal::ZERO && quantity <= Decimal::whole(MOST_QUANTITY) => {}
        Ok(_) => {
            let limit = format!("Member must be greater than 0 and at most {MOST_QUANTITY}");
            fields.fault("quantity", Some(text), limit);
        }
        Err(reason) => fields.fault("quantity", Some(text), format!("Member is {reason}")),
    }
}

impl Operation for AddUsage {
    const ACTION: Action = Action::new("billing", "AddUsage");
    const ACCESS: Access = Access::Write;
    type Output = UsageAdded;

    fn check(&self, fields: &mut Fields) {
        check_usage(fields, &self.usage);
        check_quantity(fields, &self.quantity);
        check_region(fields, self.region.as_deref());
        check_day(fields, "day", self.day.as_deref());
        fields.optional("resourceId", self.resource_id.as_deref(), &name::LINE);
        fields.tags("tags", &self.tags);
        fields.optional("note", self.note.as_deref(), &name::LINE);
    }

    fn example() -> Self {
        Self { usage: "AmazonEC2/BoxUsage:m5.large".into(), quantity: "24".into(), ..Self::default() }
    }
}

/// Adds the usage of a plan, day by day. Days to come count when they come.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddUsagePlan {
    /// Which of [`PLANS`].
    #[serde(default)]
    pub plan: String,
    /// The first day, `2026-11-22`, UTC; today if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_day: Option<String>,
    /// How many days, 1 to [`MOST_DAYS`]; the plan's own if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    /// Where; `us-east-1` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The resources' cost allocation tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

impl Operation for AddUsagePlan {
    const ACTION: Action = Action::new("billing", "AddUsagePlan");
    const ACCESS: Access = Access::Write;
    type Output = UsageAdded;

    fn check(&self, fields: &mut Fields) {
        fields.one_of("plan", &self.plan, &PLANS.map(|plan| plan.id));
        check_day(fields, "startDay", self.start_day.as_deref());
        check_days(fields, self.days);
        check_region(fields, self.region.as_deref());
        fields.tags("tags", &self.tags);
    }

    fn example() -> Self {
        Self { plan: PLANS[0].id.into(), ..Self::default() }
    }
}

/// How a curve goes on: by the same number each day, or by so many per cent of the day before.
pub const SHAPES: [&str; 2] = ["LINEAR", "PERCENT"];

/// Adds usage that grows or shrinks from day to day; it never falls below nothing. Days to come count when they come.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddUsageCurve {
    /// The price's key: `AmazonS3/TimedStorage-ByteHrs`.
    #[serde(default)]
    pub usage: String,
    /// How many units the first day has.
    #[serde(default)]
    pub quantity: String,
    /// One of [`SHAPES`].
    #[serde(default)]
    pub shape: String,
    /// How many units, or per cent, each day has more than the one before; less with a sign.
    #[serde(default)]
    pub change: String,
    /// The first day, `2026-11-22`, UTC; today if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_day: Option<String>,
    /// How many days, 1 to [`MOST_DAYS`]; 30 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    /// Where; `us-east-1` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Which resource is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<String>,
    /// The resource's cost allocation tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

impl AddUsageCurve {
    /// How many days a curve has where nothing is said.
    pub const DAYS: i64 = 30;

    /// The quantity of the day after one with `quantity`; nothing if it is too large.
    pub fn next(&self, quantity: Decimal) -> Option<Decimal> {
        let change: Decimal = self.change.parse().ok()?;
        let more = if self.shape == "PERCENT" { quantity.times(change)?.over(100)? } else { change };
        let next = quantity.plus(more)?.max(Decimal::ZERO);
        (next <= Decimal::whole(MOST_QUANTITY)).then_some(next)
    }
}

impl Operation for AddUsageCurve {
    const ACTION: Action = Action::new("billing", "AddUsageCurve");
    const ACCESS: Access = Access::Write;
    type Output = UsageAdded;

    fn check(&self, fields: &mut Fields) {
        check_usage(fields, &self.usage);
        check_quantity(fields, &self.quantity);
        fields.one_of("shape", &self.shape, &SHAPES);
        if let Err(reason) = self.change.parse::<Decimal>() {
            fields.fault("change", Some(&self.change), format!("Member is {reason}"));
        }
        check_day(fields, "startDay", self.start_day.as_deref());
        check_days(fields, self.days);
        check_region(fields, self.region.as_deref());
        fields.optional("resourceId", self.resource_id.as_deref(), &name::LINE);
        fields.tags("tags", &self.tags);
    }

    fn example() -> Self {
        Self {
            usage: "AmazonS3/TimedStorage-ByteHrs".into(),
            quantity: "10".into(),
            shape: "PERCENT".into(),
            change: "10".into(),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_use_what_the_price_list_has() {
        for plan in PLANS {
            assert!(!plan.usage.is_empty() && (1..=MOST_DAYS).contains(&plan.days), "{}", plan.id);
            for used in plan.usage {
                assert!(price_of(used.usage).is_some(), "{}", used.usage);
                assert!(used.quantity.parse::<Decimal>().is_ok_and(|quantity| quantity > Decimal::ZERO));
            }
        }
    }

    #[test]
    fn curves_go_on_exactly_and_never_below_nothing() {
        let curve = |shape: &str, change: &str| AddUsageCurve {
            shape: shape.into(),
            change: change.into(),
            ..AddUsageCurve::example()
        };
        let next = |curve: &AddUsageCurve, from: &str| curve.next(from.parse().unwrap()).map(|next| next.to_string());
        assert_eq!(next(&curve("LINEAR", "2.5"), "10").as_deref(), Some("12.5"));
        assert_eq!(next(&curve("LINEAR", "-12"), "10").as_deref(), Some("0"));
        assert_eq!(next(&curve("PERCENT", "10"), "10").as_deref(), Some("11"));
        assert_eq!(next(&curve("PERCENT", "-50"), "3").as_deref(), Some("1.5"));
        assert_eq!(next(&curve("PERCENT", "-200"), "3").as_deref(), Some("0"));
        assert_eq!(next(&curve("PERCENT", "1000"), "999999999999"), None);
    }
}
