//! A block's conditions: the two that have a field of their own, and any others.

use std::net::IpAddr;

use policy::ConditionElement;
use policy::condition::{Operator, Test};

use super::Permissions;

/// Whether there was a second factor.
pub const MFA_KEY: &str = "aws:MultiFactorAuthPresent";
/// From where a request comes.
pub const SOURCE_IP_KEY: &str = "aws:SourceIp";

/// Why something is no condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionFault {
    /// There is no key, or one with a placeholder that was not filled in.
    Key,
    /// There is no such operator.
    Operator,
    /// There is no value.
    NoValue,
    /// This value is neither true nor false.
    Truth(String),
    /// This value is no number.
    Number(String),
    /// This value is no address and no range of them.
    Address(String),
}

impl Permissions {
    fn is_mfa(element: &ConditionElement) -> bool {
        element.operator == "Bool" && element.key.eq_ignore_ascii_case(MFA_KEY) && element.values == ["true"]
    }

    fn is_source_ip(element: &ConditionElement) -> bool {
        element.operator == "IpAddress" && element.key.eq_ignore_ascii_case(SOURCE_IP_KEY)
    }

    /// Whether a second factor is asked for.
    #[must_use]
    pub fn needs_mfa(&self) -> bool {
        self.conditions.iter().any(Self::is_mfa)
    }

    /// Asks for a second factor, or no longer. A request that does not tell of one does not fit.
    pub fn need_mfa(&mut self, needed: bool) {
        if needed && !self.needs_mfa() {
            self.put("Bool", MFA_KEY, vec!["true".to_owned()]);
        } else if !needed {
            self.conditions.retain(|element| !Self::is_mfa(element));
        }
    }

    /// The addresses that requests must come from.
    #[must_use]
    pub fn source_ip(&self) -> Vec<String> {
        self.conditions
            .iter()
            .find(|element| Self::is_source_ip(element))
            .map_or_else(Vec::new, |found| found.values.clone())
    }

    /// Sets the addresses that requests must come from; none means any.
    ///
    /// # Errors
    /// The first that is no address and no range; nothing is changed then.
    pub fn limit_source_ip(&mut self, ranges: Vec<String>) -> Result<(), ConditionFault> {
        if ranges == self.source_ip() {
            return Ok(());
        }
        if let Some(wrong) = ranges.iter().find(|range| !is_range(range)) {
            return Err(ConditionFault::Address(wrong.clone()));
        }
        match self.conditions.iter_mut().find(|element| Self::is_source_ip(element)) {
            Some(element) if !ranges.is_empty() => element.values = ranges,
            None if !ranges.is_empty() => self.put("IpAddress", SOURCE_IP_KEY, ranges),
            _ => self.conditions.retain(|element| !Self::is_source_ip(element)),
        }
        Ok(())
    }

    /// The conditions without a field of their own, each with its number.
    pub fn other_conditions(&self) -> impl Iterator<Item = (usize, &ConditionElement)> {
        let own = |element: &ConditionElement| Self::is_mfa(element) || Self::is_source_ip(element);
        self.conditions.iter().enumerate().filter(move |(_, element)| !own(element))
    }

    /// Adds a condition; values of a key that the operator has already come to those.
    ///
    /// # Errors
    /// What is wrong with it first.
    pub fn add_condition(&mut self, operator: &str, key: &str, values: Vec<String>) -> Result<(), ConditionFault> {
        if key.is_empty() || key.contains("${") || key.contains(char::is_whitespace) && !key.contains('/') {
            return Err(ConditionFault::Key);
        }
        let parsed: Operator = operator.parse().map_err(|_| ConditionFault::Operator)?;
        if values.is_empty() {
            return Err(ConditionFault::NoValue);
        }
        for value in &values {
            // What a variable stands for is known when it is asked.
            if !value.contains("${") {
                check(parsed.test, value)?;
            }
        }
        self.put(operator, key, values);
        Ok(())
    }

    fn put(&mut self, operator: &str, key: &str, values: Vec<String>) {
        if let Some(element) =
            self.conditions.iter_mut().find(|element| element.operator == operator && element.key == key)
        {
            for value in values {
                if !element.values.contains(&value) {
                    element.values.push(value);
                }
            }
            return;
        }
        let element = ConditionElement { operator: operator.to_owned(), key: key.to_owned(), values };
        let last = self.conditions.iter().rposition(|other| other.operator == operator);
        let place = last.map_or(self.conditions.len(), |last| last.saturating_add(1));
        self.conditions.insert(place, element);
    }

    /// Takes the condition of this number away.
    pub fn remove_condition(&mut self, number: usize) {
        if number < self.conditions.len() {
            self.conditions.remove(number);
        }
    }
}

fn check(test: Test, value: &str) -> Result<(), ConditionFault> {
    let good = match test {
        Test::Bool | Test::Null => return truth(value),
        Test::Numeric { .. } => value.parse::<f64>().is_ok_and(f64::is_finite),
        Test::IpAddress { .. } => {
            return if is_range(value) { Ok(()) } else { Err(ConditionFault::Address(value.to_owned())) };
        }
        _ => true,
    };
    if good { Ok(()) } else { Err(ConditionFault::Number(value.to_owned())) }
}

fn truth(value: &str) -> Result<(), ConditionFault> {
    let known = value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false");
    if known { Ok(()) } else { Err(ConditionFault::Truth(value.to_owned())) }
}

/// An address of either kind, perhaps with the length of a prefix (RFC 4632).
fn is_range(text: &str) -> bool {
    let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    let longest = if address.is_ipv4() { 32 } else { 128 };
    length.is_none_or(|length| length.parse::<u8>().is_ok_and(|length| length <= longest))
}
