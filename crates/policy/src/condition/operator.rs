//! The names of the operators: `ForAnyValue:StringLikeIfExists` is a quantifier, a test and a suffix.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// How to treat a key with several values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// Every value of the request must fit; true if there is none.
    ForAllValues,
    /// One value of the request must fit; false if there is none.
    ForAnyValue,
}

/// How two texts are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Character by character.
    Equals,
    /// Without regard to case.
    EqualsIgnoreCase,
    /// With wildcards.
    Like,
}

/// How two numbers or dates are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The same.
    Equals,
    /// The request's before the policy's.
    LessThan,
    /// Before or the same.
    LessThanEquals,
    /// The request's after the policy's.
    GreaterThan,
    /// After or the same.
    GreaterThanEquals,
}

impl Order {
    pub(super) fn accepts(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equals => ordering.is_eq(),
            Self::LessThan => ordering.is_lt(),
            Self::LessThanEquals => ordering.is_le(),
            Self::GreaterThan => ordering.is_gt(),
            Self::GreaterThanEquals => ordering.is_ge(),
        }
    }
}

/// What an operator does with a value, and whether its answer is turned round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Test {
    /// `String…`
    String {
        /// How the texts are compared.
        comparison: Comparison,
        /// `StringNot…`
        negated: bool,
    },
    /// `Numeric…`
    Numeric {
        /// How the numbers are compared.
        order: Order,
        /// `NumericNotEquals`
        negated: bool,
    },
    /// `Date…`
    Date {
        /// How the instants are compared.
        order: Order,
        /// `DateNotEquals`
        negated: bool,
    },
    /// `Bool`
    Bool,
    /// `BinaryEquals`
    Binary,
    /// `IpAddress` and `NotIpAddress`
    IpAddress {
        /// `NotIpAddress`
        negated: bool,
    },
    /// `ArnEquals` and `ArnLike`, which are the same
    Arn {
        /// `ArnNotEquals` and `ArnNotLike`
        negated: bool,
    },
    /// `Null`
    Null,
}

const fn string(comparison: Comparison, negated: bool) -> Test {
    Test::String { comparison, negated }
}

const fn numeric(order: Order, negated: bool) -> Test {
    Test::Numeric { order, negated }
}

const fn date(order: Order, negated: bool) -> Test {
    Test::Date { order, negated }
}

/// All operators under their names. The names are case-sensitive.
const NAMES: [(&str, Test); 27] = [
    ("StringEquals", string(Comparison::Equals, false)),
    ("StringNotEquals", string(Comparison::Equals, true)),
    ("StringEqualsIgnoreCase", string(Comparison::EqualsIgnoreCase, false)),
    ("StringNotEqualsIgnoreCase", string(Comparison::EqualsIgnoreCase, true)),
    ("StringLike", string(Comparison::Like, false)),
    ("StringNotLike", string(Comparison::Like, true)),
    ("NumericEquals", numeric(Order::Equals, false)),
    ("NumericNotEquals", numeric(Order::Equals, true)),
    ("NumericLessThan", numeric(Order::LessThan, false)),
    ("NumericLessThanEquals", numeric(Order::LessThanEquals, false)),
    ("NumericGreaterThan", numeric(Order::GreaterThan, false)),
    ("NumericGreaterThanEquals", numeric(Order::GreaterThanEquals, false)),
    ("DateEquals", date(Order::Equals, false)),
    ("DateNotEquals", date(Order::Equals, true)),
    ("DateLessThan", date(Order::LessThan, false)),
    ("DateLessThanEquals", date(Order::LessThanEquals, false)),
    ("DateGreaterThan", date(Order::GreaterThan, false)),
    ("DateGreaterThanEquals", date(Order::GreaterThanEquals, false)),
    ("Bool", Test::Bool),
    ("BinaryEquals", Test::Binary),
    ("IpAddress", Test::IpAddress { negated: false }),
    ("NotIpAddress", Test::IpAddress { negated: true }),
    ("ArnEquals", Test::Arn { negated: false }),
    ("ArnNotEquals", Test::Arn { negated: true }),
    ("ArnLike", Test::Arn { negated: false }),
    ("ArnNotLike", Test::Arn { negated: true }),
    ("Null", Test::Null),
];

impl Test {
    /// Whether the operator asks that nothing fits. A missing key then counts as true.
    #[must_use]
    pub fn is_negated(self) -> bool {
        match self {
            Self::String { negated, .. } | Self::Numeric { negated, .. } | Self::Date { negated, .. } => negated,
            Self::IpAddress { negated } | Self::Arn { negated } => negated,
            Self::Bool | Self::Binary | Self::Null => false,
        }
    }
}

/// A condition operator, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// The prefix, if there is one.
    pub quantifier: Option<Quantifier>,
    /// The test itself.
    pub test: Test,
    /// The suffix `IfExists`: true if the key is missing.
    pub if_exists: bool,
}

/// A name that is no operator's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("there is no such condition operator")]
pub struct UnknownOperator;

impl FromStr for Operator {
    type Err = UnknownOperator;

    fn from_str(name: &str) -> Result<Self, UnknownOperator> {
        let (quantifier, rest) = match name.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Quantifier::ForAllValues), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantifier::ForAnyValue), rest),
            Some(_) => return Err(UnknownOperator),
            None => (None, name),
        };
        let (base, if_exists) = match rest.strip_suffix("IfExists") {
            Some(base) => (base, true),
            None => (rest, false),
        };
        let (_, test) = NAMES.iter().find(|(known, _)| *known == base).ok_or(UnknownOperator)?;
        if *test == Test::Null && if_exists {
            return Err(UnknownOperator);
        }
        Ok(Self { quantifier, test: *test, if_exists })
    }
}

impl Operator {
    /// The names of all tests, without prefix and suffix, for choosing one.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }
}

impl fmt::Display for Quantifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ForAllValues => "ForAllValues",
            Self::ForAnyValue => "ForAnyValue",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart() {
        let operator: Operator = "ForAnyValue:StringNotLikeIfExists".parse().expect("known");
        assert_eq!(operator.quantifier, Some(Quantifier::ForAnyValue));
        assert_eq!(operator.test, Test::String { comparison: Comparison::Like, negated: true });
        assert!(operator.if_exists);
        assert_eq!(Operator::names().filter(|name| name.parse::<Operator>().is_ok()).count(), 27);
    }

    #[test]
    fn what_is_no_operator_is_refused() {
        for name in [
            "",
            "stringEquals",
            "StringEqual",
            "ForAnyValue::StringEquals",
            "ForSome:Bool",
            "NullIfExists",
            "IfExists",
            "IfExistsBool",
        ] {
            assert_eq!(name.parse::<Operator>(), Err(UnknownOperator), "{name}");
        }
    }
}
