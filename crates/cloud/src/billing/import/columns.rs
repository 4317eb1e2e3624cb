//! What the columns of an export mean: those of FOCUS 1.x (https://focus.finops.org/focus-columns/, with the `x_` columns
//! that AWS adds) and of the legacy Cost and Usage Report (AWS Cost and Usage Report User Guide, "Data dictionary").
//! Columns that are not named here are passed over.

use std::collections::{BTreeMap, HashMap};

use csv::StringRecord;
use model::{billing::day, decimal::Decimal};

use crate::billing::ledger::NewLine;

/// What is wrong with a field: its column and why.
pub(super) type Wrong<'a> = (Option<&'a str>, String);

/// The most dollars that one line may be, either way.
const MOST: i64 = 1_000_000_000;
/// Tags that one line may have, and the characters of a key or a value.
const MOST_TAGS: usize = 200;
const TAG_KEY: usize = 128;
const TAG_VALUE: usize = 256;
/// Characters of any other text.
const TEXT: usize = 2048;
/// Characters of what bills are summed up by.
const NAME: usize = 256;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Focus,
    Cur,
}

/// The columns of one export.
#[derive(Debug)]
pub(super) struct Columns {
    format: Format,
    header: Vec<String>,
    /// Where each stands: lines are many, and columns more than a hundred.
    places: HashMap<String, usize>,
    /// The column of each tag, for the Cost and Usage Report: FOCUS has one for all of them.
    tags: Vec<(usize, String)>,
}

/// Those without which nothing can be said of a line.
const FOCUS: [&str; 4] = ["BilledCost", "ChargeCategory", "ChargePeriodStart", "ServiceName"];
const CUR: [&str; 4] =
    ["lineItem/UnblendedCost", "lineItem/LineItemType", "lineItem/UsageStartDate", "lineItem/ProductCode"];
/// In front of the columns of tags that users and AWS define.
const TAGS: &str = "resourceTags/";

impl Columns {
    /// # Errors
    /// Which columns are missing.
    pub(super) fn of(header: &StringRecord) -> Result<Self, String> {
        let header: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        let missing = |wanted: [&str; 4]| -> Vec<String> {
            wanted
                .iter()
                .filter(|name| !header.iter().any(|have| have == *name))
                .map(|name| (*name).to_owned())
                .collect()
        };
        let (focus, cur) = (missing(FOCUS), missing(CUR));
        let (format, lacking) = if focus.len() <= cur.len() { (Format::Focus, focus) } else { (Format::Cur, cur) };
        if lacking.len() == FOCUS.len() {
            return Err("The header is neither one of FOCUS 1.x nor one of the legacy Cost and Usage Report.".into());
        }
        if !lacking.is_empty() {
            return Err(format!("The header has no column {}.", lacking.join(", ")));
        }
        for (at, name) in header.iter().enumerate() {
            if !name.is_empty() && header[..at].contains(name) {
                return Err(format!("The header has two columns {name}."));
            }
        }
        let tags = header
            .iter()
            .enumerate()
            .filter(|_| format == Format::Cur)
            .filter_map(|(at, name)| Some((at, name.strip_prefix(TAGS)?.to_owned())))
            .map(|(at, key)| (at, key.strip_prefix("user:").map(str::to_owned).unwrap_or(key)))
            .collect();
        let places = header.iter().cloned().zip(0..).collect();
        Ok(Self { format, header, places, tags })
    }

    pub(super) fn format(&self) -> &'static str {
        match self.format {
            Format::Focus => "FOCUS",
            Format::Cur => "CUR",
        }
    }

    /// One line of the ledger out of one of the export.
    pub(super) fn line<'a>(&'a self, record: &'a StringRecord) -> Result<NewLine, Wrong<'a>> {
        let fields = Fields { columns: self, record };
        match self.format {
            Format::Focus => focus(&fields),
            Format::Cur => cur(&fields, &self.tags),
        }
    }
}

struct Fields<'a> {
    columns: &'a Columns,
    record: &'a StringRecord,
}

impl<'a> Fields<'a> {
    /// The field of a column; empty if there is no such column. FOCUS exports write `NULL` for nothing.
    fn get(&self, column: &str) -> &'a str {
        let at = self.columns.places.get(column);
        let text = at.and_then(|at| self.record.get(*at)).unwrap_or_default().trim();
        if self.columns.format == Format::Focus && text.eq_ignore_ascii_case("null") { "" } else { text }
    }

    fn number(&self, column: &'a str) -> Result<Option<Decimal>, Wrong<'a>> {
        match self.get(column) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|reason: &str| (Some(column), reason.to_owned())),
        }
    }

    fn cost(&self, column: &'a str) -> Result<Option<Decimal>, Wrong<'a>> {
        let cost = self.number(column)?;
        let most = Decimal::whole(MOST);
        if cost.is_some_and(|cost| cost > most || cost < -most) {
            return Err((Some(column), format!("more than {MOST} US dollars")));
        }
        Ok(cost)
    }

    fn name(&self, column: &'a str) -> Result<&'a str, Wrong<'a>> {
        text(column, self.get(column), NAME)
    }

    fn required(&self, column: &'a str) -> Result<&'a str, Wrong<'a>> {
        match self.name(column)? {
            "" => Err((Some(column), "Member must not be empty".into())),
            text => Ok(text),
        }
    }

    /// The first of two columns that says something.
    fn either(&self, first: &'a str, second: &'a str) -> Result<&'a str, Wrong<'a>> {
        match self.name(first)? {
            "" => self.name(second),
            text => Ok(text),
        }
    }

    /// The day of an instant such as `2026-11-22T10:00:00Z`.
    fn day(&self, column: &'a str) -> Result<String, Wrong<'a>> {
        let text = self.get(column);
        let known = text
            .get(..10)
            .filter(|date| day(date).is_some_and(|day| (946_684_800_000..4_102_444_800_000).contains(&day.0)));
        let rest = text.get(10..).unwrap_or_default();
        match known {
            Some(date) if rest.is_empty() || rest.starts_with(['T', ' ']) => Ok(date.to_owned()),
            _ => Err((Some(column), format!("{:.40} is not an instant such as 2026-11-22T10:00:00Z", text))),
        }
    }

    fn dollars(&self, column: &'a str) -> Result<(), Wrong<'a>> {
        match self.get(column) {
            "" | "USD" => Ok(()),
            other => Err((Some(column), format!("{other:.10} is not USD, the ledger's only currency"))),
        }
    }
}

fn text<'a>(column: &'a str, text: &'a str, most: usize) -> Result<&'a str, Wrong<'a>> {
    if text.chars().any(char::is_control) {
        return Err((Some(column), "Member must have printable characters".into()));
    }
    if text.chars().count() > most {
        return Err((Some(column), format!("Member must have length less than or equal to {most}")));
    }
    Ok(text)
}

fn tag<'a>(tags: &mut BTreeMap<String, String>, column: &'a str, key: &str, value: &str) -> Result<(), Wrong<'a>> {
    let long = key.chars().count() > TAG_KEY || value.chars().count() > TAG_VALUE;
    if long || key.is_empty() || key.chars().chain(value.chars()).any(char::is_control) {
        let reason = format!("a tag has a key of 1 to {TAG_KEY} characters and a value of at most {TAG_VALUE}");
        return Err((Some(column), reason));
    }
    tags.insert(key.to_owned(), value.to_owned());
    if tags.len() > MOST_TAGS {
        return Err((Some(column), format!("more than {MOST_TAGS} tags")));
    }
    Ok(())
}

fn focus<'a>(fields: &Fields<'a>) -> Result<NewLine, Wrong<'a>> {
    fields.dollars("BillingCurrency")?;
    let unblended = fields.cost("BilledCost")?.ok_or((Some("BilledCost"), "Member must not be empty".into()))?;
    let item_type = match fields.required("ChargeCategory")? {
        "Purchase" => "Fee",
        known @ ("Usage" | "Tax" | "Credit" | "Adjustment") => known,
        other => {
            let reason = format!("{other:.40} is none of Usage, Purchase, Tax, Credit, Adjustment");
            return Err((Some("ChargeCategory"), reason));
        }
    };
    let mut tags = BTreeMap::new();
    if !fields.get("Tags").is_empty() {
        let said: BTreeMap<String, serde_json::Value> = serde_json::from_str(fields.get("Tags"))
            .map_err(|_| (Some("Tags"), "not a JSON object of keys and values".to_owned()))?;
        for (key, value) in said {
            let value = match value {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text,
                other => other.to_string(),
            };
            tag(&mut tags, "Tags", &key, &value)?;
        }
    }
    let used = fields.number("ConsumedQuantity")?;
    let (quantity, unit) = match used {
        Some(quantity) => (quantity, fields.name("ConsumedUnit")?),
        None => (fields.number("PricingQuantity")?.unwrap_or_default(), fields.name("PricingUnit")?),
    };
    let amortized = fields.cost("EffectiveCost")?.unwrap_or(unblended);
    let description = text("ChargeDescription", fields.get("ChargeDescription"), TEXT)?;
    let rate = match fields.number("ContractedUnitPrice")? {
        Some(rate) => Some(rate),
        None => fields.number("ListUnitPrice")?,
    };
    Ok(NewLine {
        day: fields.day("ChargePeriodStart")?,
        item_type: item_type.into(),
        service: fields.required("ServiceName")?.into(),
        usage_type: fields.either("x_UsageType", "SkuMeter")?.into(),
        operation: fields.name("x_Operation")?.into(),
        region: fields.either("RegionId", "Region")?.into(),
        quantity,
        unit: unit.into(),
        rate,
        unblended,
        // FOCUS knows no average over an organization: in one account they are the same.
        blended: unblended,
        amortized,
        resource_id: Some(text("ResourceId", fields.get("ResourceId"), TEXT)?.to_owned()).filter(|id| !id.is_empty()),
        tags,
        free_tier: is_free(item_type, unblended, description),
        note: None,
    })
}

/// AWS says so in the description: "$0.00 per … under monthly free tier".
fn is_free(item_type: &str, unblended: Decimal, description: &str) -> bool {
    item_type == "Usage" && unblended == Decimal::ZERO && description.to_ascii_lowercase().contains("free tier")
}

fn cur<'a>(fields: &Fields<'a>, columns: &'a [(usize, String)]) -> Result<NewLine, Wrong<'a>> {
    fields.dollars("lineItem/CurrencyCode")?;
    let cost = "lineItem/UnblendedCost";
    let unblended = fields.cost(cost)?.ok_or((Some(cost), "Member must not be empty".into()))?;
    let item_type = fields.required("lineItem/LineItemType")?;
    let mut tags = BTreeMap::new();
    for (at, key) in columns {
        let value = fields.record.get(*at).unwrap_or_default().trim();
        if !value.is_empty() {
            tag(&mut tags, fields.columns.header.get(*at).map_or(TAGS, String::as_str), key, value)?;
        }
    }
    // What a reservation or a Savings Plan has paid for already costs its part of that (User Guide, "Amortized costs").
    let amortized = match item_type {
        "DiscountedUsage" => fields.cost("reservation/EffectiveCost")?,
        "SavingsPlanCoveredUsage" => fields.cost("savingsPlan/SavingsPlanEffectiveCost")?,
        "SavingsPlanNegation" => Some(Decimal::ZERO),
        _ => None,
    };
    let service = if item_type == "Tax" {
        "Tax"
    } else {
        match fields.name("product/ProductName")? {
            "" => fields.required("lineItem/ProductCode")?,
            name => name,
        }
    };
    let description = text("lineItem/LineItemDescription", fields.get("lineItem/LineItemDescription"), TEXT)?;
    let resource = text("lineItem/ResourceId", fields.get("lineItem/ResourceId"), TEXT)?;
    Ok(NewLine {
        day: fields.day("lineItem/UsageStartDate")?,
        item_type: item_type.into(),
        service: service.into(),
        usage_type: fields.name("lineItem/UsageType")?.into(),
        operation: fields.name("lineItem/Operation")?.into(),
        region: fields.either("product/regionCode", "product/region")?.into(),
        quantity: fields.number("lineItem/UsageAmount")?.unwrap_or_default(),
        unit: fields.name("pricing/unit")?.into(),
        rate: fields.number("lineItem/UnblendedRate")?,
        unblended,
        blended: fields.cost("lineItem/BlendedCost")?.unwrap_or(unblended),
        amortized: amortized.unwrap_or(unblended),
        resource_id: Some(resource.to_owned()).filter(|id| !id.is_empty()),
        tags,
        free_tier: is_free(item_type, unblended, description),
        note: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(fields: &[&str]) -> StringRecord {
        StringRecord::from(fields.to_vec())
    }

    #[test]
    fn focus_lines() {
        let header = record(&[
            "BilledCost",
            "BillingCurrency",
            "ChargeCategory",
            "ChargePeriodStart",
            "ServiceName",
            "EffectiveCost",
            "ConsumedQuantity",
            "ConsumedUnit",
            "RegionId",
            "Tags",
            "ResourceId",
            "x_UsageType",
            "ChargeDescription",
            "ListUnitPrice",
        ]);
        let columns = Columns::of(&header).expect("FOCUS");
        assert_eq!(columns.format(), "FOCUS");
        let line = columns
            .line(&record(&[
                "0.0000004",
                "USD",
                "Usage",
                "2026-11-22T10:00:00Z",
                "AWS Lambda",
                "3.52E-7",
                "2",
                "Requests",
                "us-east-1",
                r#"{"team":"red","on":true,"none":null}"#,
                "arn:x",
                "Request",
                "$0.0000002 per request",
                "NULL",
            ]))
            .expect("a line");
        assert_eq!((line.day.as_str(), line.item_type.as_str()), ("2026-11-22", "Usage"));
        assert_eq!(
            (line.unblended.to_string(), line.amortized.to_string()),
            ("0.0000004".into(), "0.000000352".into())
        );
        let tags: Vec<(&str, &str)> = line.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(tags, [("none", ""), ("on", "true"), ("team", "red")]);
        assert_eq!((line.rate, line.resource_id.as_deref(), line.free_tier), (None, Some("arn:x"), false));
        let wrong = |at: usize, text: &str| {
            let mut fields = vec!["1", "USD", "Usage", "2026-11-22", "S", "", "", "", "", "", "", "", "", ""];
            fields[at] = text;
            columns.line(&record(&fields)).map(drop).map_err(|(column, _)| column.unwrap_or_default().to_owned())
        };
        assert_eq!(wrong(8, ""), Ok(()));
        for (at, text, column) in [
            (0, "", "BilledCost"),
            (0, "1,5", "BilledCost"),
            (0, "1e10", "BilledCost"),
            (1, "EUR", "BillingCurrency"),
            (2, "Gift", "ChargeCategory"),
            (3, "22.11.2026", "ChargePeriodStart"),
            (3, "2026-13-01", "ChargePeriodStart"),
            (3, "1999-12-31T00:00:00Z", "ChargePeriodStart"),
            (3, "2026-11-22xyz", "ChargePeriodStart"),
            (4, "", "ServiceName"),
            (4, "a\u{7}b", "ServiceName"),
            (9, "[1]", "Tags"),
        ] {
            assert_eq!(wrong(at, text), Err(column.to_owned()), "{text}");
        }
    }

    #[test]
    fn lines_of_the_cost_and_usage_report() {
        let header = record(&[
            "lineItem/LineItemType",
            "lineItem/UsageStartDate",
            "lineItem/ProductCode",
            "lineItem/UnblendedCost",
            "lineItem/BlendedCost",
            "product/ProductName",
            "reservation/EffectiveCost",
            "resourceTags/user:team",
            "resourceTags/aws:createdBy",
            "lineItem/LineItemDescription",
        ]);
        let columns = Columns::of(&header).expect("CUR");
        assert_eq!(columns.format(), "CUR");
        let of = |fields: &[&str]| columns.line(&record(fields)).expect("a line");
        let line = of(&[
            "DiscountedUsage",
            "2026-11-22T10:00:00Z",
            "AmazonEC2",
            "0",
            "0.05",
            "Amazon Elastic Compute Cloud",
            "0.04",
            "red",
            "",
            "",
        ]);
        assert_eq!(line.service, "Amazon Elastic Compute Cloud");
        assert_eq!(
            (line.unblended.to_string(), line.blended.to_string(), line.amortized.to_string()),
            ("0".into(), "0.05".into(), "0.04".into())
        );
        assert_eq!(line.tags.get("team").map(String::as_str), Some("red"));
        assert_eq!(line.tags.len(), 1, "what is empty is no tag");
        let line = of(&["Tax", "2026-11-01T00:00:00Z", "AmazonEC2", "1.9", "", "", "", "", "", ""]);
        assert_eq!((line.service.as_str(), line.blended.to_string()), ("Tax", "1.9".into()));
        let line = of(&[
            "Usage",
            "2026-11-01T00:00:00Z",
            "AWSLambda",
            "0.0000000000",
            "",
            "",
            "",
            "",
            "",
            "AWS Lambda - Requests under monthly Free Tier",
        ]);
        assert!(line.free_tier && line.service == "AWSLambda");
    }

    #[test]
    fn headers_that_are_none() {
        let neither = Columns::of(&record(&["a", "b"])).expect_err("is neither");
        assert!(neither.contains("neither"), "{neither}");
        let less = Columns::of(&record(&["BilledCost", "ChargeCategory", "ServiceName"])).expect_err("lacks one");
        assert_eq!(less, "The header has no column ChargePeriodStart.");
        let twice = record(&["BilledCost", "ChargeCategory", "ChargePeriodStart", "ServiceName", "BilledCost"]);
        assert!(Columns::of(&twice).expect_err("twice").contains("two columns BilledCost"));
    }
}
