//! What it takes to sum a policy up, told beforehand: policies are written by strangers, and one of a few thousand
//! characters can ask for every pattern to be compared with every action of every service.

use std::collections::BTreeSet;

use policy::{Document, Element, Pattern, Statement};

use crate::catalogue::{all, entry};
use crate::resources::named_service;

/// How many comparisons of two names a summary is worth: some hundred milliseconds, and many times what the longest of
/// AWS's own policies takes.
const MOST: usize = 1_000_000;
/// How many types of resource a service has, roughly.
const TYPES: usize = 5;
/// How many comparisons of names it takes to compare a resource that may be of any service with one type.
const WHOLE_ARN: usize = 10;

/// Whether [`summarize`](crate::summarize) answers a policy within a moment. If not, it says more than anybody reads.
#[must_use]
pub fn can_be_summarized(document: &Document) -> bool {
    let mut left = MOST;
    document.statements.iter().all(|statement| takes(statement, &mut left).is_some())
}

/// Takes what the statement needs from what is left; `None` if that is not enough.
fn takes(statement: &Statement, left: &mut usize) -> Option<()> {
    let mut spend = |comparisons: usize| {
        *left = left.checked_sub(comparisons)?;
        Some(())
    };
    let Element { negated, values } = &statement.action;
    let mut services = BTreeSet::new();
    for pattern in values {
        let (prefix, name) = pattern.split_once(':').unwrap_or((pattern, "*"));
        let prefix = prefix.to_ascii_lowercase();
        let actions = |of: usize| if name == "*" { 1 } else { 1 + of };
        if prefix.contains(['*', '?']) {
            let meant = Pattern::new(&prefix);
            spend(all().len())?;
            for entry in all().iter().filter(|entry| meant.matches(&entry.prefix)) {
                spend(actions(entry.actions))?;
                services.insert(entry.prefix.as_str());
            }
        } else if let Some(entry) = entry(&prefix) {
            spend(actions(entry.actions))?;
            services.insert(entry.prefix.as_str());
        } else {
            spend(1)?;
        }
    }
    let services = if *negated { all().len() } else { services.len() };
    for value in statement.resource.iter().flat_map(|element| &element.values) {
        let whole = TYPES.saturating_mul(WHOLE_ARN + value.len() / WHOLE_ARN);
        // All but one service see at once that it is none of theirs.
        let named = named_service(value).is_some();
        spend(if named { whole.saturating_add(services) } else { services.saturating_mul(whole) })?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use policy::PolicyKind;

    use super::*;

    fn of(actions: &[String], resources: &[String]) -> bool {
        let text = serde_json::json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": actions, "Resource": resources},
        ]});
        can_be_summarized(&Document::parse(&text.to_string(), PolicyKind::Identity).expect("a policy"))
    }

    fn many(count: usize, text: impl Fn(usize) -> String) -> Vec<String> {
        (0..count).map(text).collect()
    }

    #[test]
    fn what_people_write_can_be_summed_up() {
        let (all, buckets) = (["*".to_owned()], many(60, |n| format!("arn:aws:s3:::bucket-of-department-{n}/*")));
        assert!(of(&all, &all) && of(&all, &buckets));
        assert!(of(&["*:Describe*", "*:List*", "*:Get*", "*:Tag*"].map(str::to_owned), &all));
        assert!(of(&many(500, |n| format!("ec2:Describe{n}*")), &all));
    }

    #[test]
    fn whatever_names_its_services_and_fits_a_managed_policy_can_be_summed_up() {
        let all = ["*".to_owned()];
        assert!(of(&many(680, |n| format!("ec2:*{n}*")), &all));
        assert!(of(&all, &many(360, |n| format!("arn:aws:s3:::{n}"))));
    }

    #[test]
    fn what_would_take_for_ever_cannot() {
        let all = ["*".to_owned()];
        assert!(!of(&many(200, |n| format!("*:*{n}")), &all));
        assert!(!of(&all, &many(900, |n| format!("arn:a{n}"))));
        assert!(!of(&all, &[format!("arn:*{}", "*a".repeat(50_000))]));
        assert!(!of(&many(20_000, |n| format!("ec2:*{n}*")), &all));
    }
}
