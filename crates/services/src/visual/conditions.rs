//! A block's conditions: the two that have a field of their own, and any others.

use policy::ConditionElement;
use policy::condition::{Operator, Test};

use super::Permissions;
use crate::service::KeyType;

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
    /// The operator compares something else than the key has.
    Unsuited(KeyType),
    /// A request has one value of the key: there is nothing to choose from.
    Single,
    /// There is no value.
    NoValue,
    /// This value is neither true nor false.
    Truth(String),
    /// This value is no number.
    Number(String),
    /// This value is no instant.
    Date(String),
    /// This value is no base64.
    Binary(String),
    /// This value is no ARN and no pattern of one.
    Arn(String),
    /// This value is no address and no range of them.
    Address(String),
}

/// What the operator of this name compares; nothing where it asks only whether the key is there, or where there is no such
/// operator.
#[must_use]
pub fn compared(operator: &str) -> Option<KeyType> {
    Some(match operator.parse::<Operator>().ok()?.test {
        Test::String { .. } => KeyType::String,
        Test::Numeric { .. } => KeyType::Numeric,
        Test::Date { .. } => KeyType::Date,
        Test::Bool => KeyType::Bool,
        Test::Binary => KeyType::Binary,
        Test::IpAddress { .. } => KeyType::IpAddress,
        Test::Arn { .. } => KeyType::Arn,
        _ => return None,
    })
}

/// The operators that AWS's editor offers for a key of this type, without prefix and suffix; all of them where the type is
/// not known.
pub fn operators(key: Option<KeyType>) -> impl Iterator<Item = &'static str> {
    Operator::names().filter(move |name| key.is_none_or(|key| suits(key, name)))
}

fn suits(key: KeyType, operator: &str) -> bool {
    compared(operator).is_none_or(|compared| compared == key.of_one())
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
        for range in &ranges {
            check(Test::IpAddress { negated: false }, range)?;
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

    /// Adds a condition; values of a key that the operator has already come to those. What the key's values are decides
    /// about the operator, where it is known.
    ///
    /// # Errors
    /// What is wrong with it first; nothing is changed then.
    pub fn add_condition(
        &mut self,
        operator: &str,
        key: &str,
        key_type: Option<KeyType>,
        values: Vec<String>,
    ) -> Result<(), ConditionFault> {
        // The catalogue spells placeholders in two ways.
        let open = key.contains("${") || key.contains('<');
        if key.is_empty() || open || key.contains(char::is_whitespace) && !key.contains('/') {
            return Err(ConditionFault::Key);
        }
        let parsed: Operator = operator.parse().map_err(|_| ConditionFault::Operator)?;
        if let Some(key_type) = key_type {
            if !suits(key_type, operator) {
                return Err(ConditionFault::Unsuited(key_type.of_one()));
            }
            if parsed.quantifier.is_some() && !key_type.is_multivalued() {
                return Err(ConditionFault::Single);
            }
        }
        if values.is_empty() {
            return Err(ConditionFault::NoValue);
        }
        for value in &values {
            check(parsed.test, value)?;
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

/// Whether a value means anything to the test. What a variable stands for is known when it is asked; only texts, ARNs and
/// truth values can have one.
fn check(test: Test, value: &str) -> Result<(), ConditionFault> {
    let variable = value.contains("${");
    let good = match test {
        Test::Bool => variable || TRUTH.reads(value),
        Test::Arn { .. } => variable || is_arn(value),
        test => test.reads(value),
    };
    let fault = match test {
        _ if good => return Ok(()),
        Test::Bool | Test::Null => ConditionFault::Truth,
        Test::Date { .. } => ConditionFault::Date,
        Test::Binary => ConditionFault::Binary,
        Test::Arn { .. } => ConditionFault::Arn,
        Test::IpAddress { .. } => ConditionFault::Address,
        _ => ConditionFault::Number,
    };
    Err(fault(value.to_owned()))
}

/// What reads `true` and `false` alone.
const TRUTH: Test = Test::Null;

/// Six parts, which wildcards cannot make up for: each stands for itself. `*` alone is any.
fn is_arn(text: &str) -> bool {
    text == "*" || text.splitn(6, ':').filter(|part| !part.contains(char::is_whitespace)).count() == 6
}
