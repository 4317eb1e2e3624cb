//! The Condition element (IAM User Guide, "IAM JSON policy elements: Condition operators" and
//! "Single-valued vs. multivalued context keys"): compiled once, then asked for each request.
//!
//! A condition is true, false, or cannot be told: an operator nobody knows, or a value that its operator
//! cannot read, such as the number `ten`. What cannot be told must not open a door, so an Allow does not
//! apply and a Deny does.

mod arn;
mod binary;
mod boolean;
mod date;
mod ip;
mod null;
mod numeric;
mod operator;
mod string;

pub use operator::{Comparison, Operator, Order, Quantifier, Test, UnknownOperator};

use crate::document::{ConditionElement, Version};
use crate::request::Context;

pub(crate) use date::is_date;

/// An answer that knows when it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// It cannot be told.
    Unknown,
}

impl Truth {
    /// True if one of the answers is, else unknown if one of them is.
    pub(crate) fn any(answers: impl IntoIterator<Item = Self>) -> Self {
        let mut result = Self::False;
        for answer in answers {
            match answer {
                Self::True => return Self::True,
                Self::Unknown => result = Self::Unknown,
                Self::False => {}
            }
        }
        result
    }

    /// False if one of the answers is, else unknown if one of them is.
    pub(crate) fn all(answers: impl IntoIterator<Item = Self>) -> Self {
        !Self::any(answers.into_iter().map(|answer| !answer))
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl Test {
    /// Whether the test can read this value of a policy; a condition with a value that it cannot read is never told to
    /// hold. Texts and ARNs can be anything. What a variable stands for is not known here.
    #[must_use]
    pub fn reads(self, value: &str) -> bool {
        !matches!(Operand::new(self, value, Version::V2012), Operand::Unreadable)
    }
}

/// One operator with one key, ready to be asked.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    /// In lower case.
    key: String,
    /// `None` if nobody knows the operator.
    operator: Option<Operator>,
    operands: Vec<Operand>,
}

/// A value of the policy, read as its operator needs it.
#[derive(Clone, Debug)]
enum Operand {
    String(string::Operand),
    Numeric(numeric::Operand),
    Date(date::Operand),
    Bool(boolean::Operand),
    Binary(binary::Operand),
    Ip(ip::Operand),
    Arn(arn::Operand),
    Null(null::Operand),
    /// The operator cannot read the value.
    Unreadable,
}

impl Operand {
    fn new(test: Test, value: &str, version: Version) -> Self {
        let operand = match test {
            Test::String { comparison, .. } => Some(Self::String(string::Operand::new(comparison, value, version))),
            Test::Numeric { order, .. } => numeric::Operand::new(order, value).map(Self::Numeric),
            Test::Date { order, .. } => date::Operand::new(order, value).map(Self::Date),
            Test::Bool => Some(Self::Bool(boolean::Operand::new(value, version))),
            Test::Binary => binary::Operand::new(value).map(Self::Binary),
            Test::IpAddress { .. } => ip::Operand::new(value).map(Self::Ip),
            Test::Arn { .. } => Some(Self::Arn(arn::Operand::new(value, version))),
            Test::Null => null::Operand::new(value).map(Self::Null),
        };
        operand.unwrap_or(Self::Unreadable)
    }

    /// Whether one value of the request fits, before any negation.
    fn fits(&self, value: &str, context: &Context) -> Truth {
        match self {
            Self::String(operand) => operand.fits(value, context).into(),
            Self::Numeric(operand) => operand.fits(value).into(),
            Self::Date(operand) => operand.fits(value).into(),
            Self::Bool(operand) => operand.fits(value, context).into(),
            Self::Binary(operand) => operand.fits(value).into(),
            Self::Ip(operand) => operand.fits(value).into(),
            Self::Arn(operand) => operand.fits(value, context).into(),
            Self::Null(_) | Self::Unreadable => Truth::Unknown,
        }
    }
}

impl Condition {
    pub fn new(element: &ConditionElement, version: Version) -> Self {
        let operator: Option<Operator> = element.operator.parse().ok();
        let operands = match operator {
            Some(operator) => element.values.iter().map(|value| Operand::new(operator.test, value, version)).collect(),
            None => Vec::new(),
        };
        Self { key: element.key.to_lowercase(), operator, operands }
    }

    pub fn holds(&self, context: &Context) -> Truth {
        let Some(operator) = self.operator else {
            return Truth::Unknown;
        };
        let values = context.get(&self.key).unwrap_or_default();
        if operator.test == Test::Null {
            return self.is_null(values.is_empty());
        }
        let negated = operator.test.is_negated();
        if values.is_empty() {
            return match operator.quantifier {
                _ if operator.if_exists => Truth::True,
                Some(Quantifier::ForAllValues) => Truth::True,
                Some(Quantifier::ForAnyValue) => Truth::False,
                None => negated.into(),
            };
        }
        let one = |value: &String| Truth::any(self.operands.iter().map(|operand| operand.fits(value, context)));
        let signed = |value: &String| if negated { !one(value) } else { one(value) };
        // "… or if the key values in the request resolve to an empty data set, such as an empty string".
        let empty = values.iter().all(String::is_empty);
        match operator.quantifier {
            Some(Quantifier::ForAllValues) if empty => Truth::True,
            Some(Quantifier::ForAnyValue) if empty => Truth::False,
            Some(Quantifier::ForAllValues) => Truth::all(values.iter().map(signed)),
            Some(Quantifier::ForAnyValue) => Truth::any(values.iter().map(signed)),
            // Without a quantifier the negated operator is the opposite of the positive one.
            None if negated => !Truth::any(values.iter().map(one)),
            None => Truth::any(values.iter().map(one)),
        }
    }

    fn is_null(&self, absent: bool) -> Truth {
        Truth::any(self.operands.iter().map(|operand| match operand {
            Operand::Null(operand) => operand.fits(absent).into(),
            _ => Truth::Unknown,
        }))
    }
}

#[cfg(test)]
mod tests;
