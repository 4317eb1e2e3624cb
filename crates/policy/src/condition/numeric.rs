//! `Numeric…`: whole and decimal numbers of any length, compared exactly.

use std::cmp::Ordering;

use super::operator::Order;

#[derive(Clone, Debug)]
pub(super) struct Operand {
    order: Order,
    number: Decimal,
}

impl Operand {
    pub fn new(order: Order, value: &str) -> Option<Self> {
        Some(Self { order, number: Decimal::read(value)? })
    }

    pub fn fits(&self, value: &str) -> bool {
        Decimal::read(value).is_some_and(|number| self.order.accepts(number.cmp(&self.number)))
    }
}

/// A number without the zeros that mean nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Decimal {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Decimal {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let only_digits = |part: &str| part.chars().all(|character| character.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !only_digits(whole) || !only_digits(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: negative && !zero, whole: whole.to_owned(), fraction: fraction.to_owned() })
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let size = |one: &Self, two: &Self| {
            let whole = one.whole.len().cmp(&two.whole.len()).then_with(|| one.whole.cmp(&two.whole));
            // Digits after the point compare like words: `5` is more than `49`.
            whole.then_with(|| one.fraction.cmp(&two.fraction))
        };
        match (self.negative, other.negative) {
            (false, false) => size(self, other),
            (true, true) => size(other, self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_by_value() {
        let ascending =
            ["-10", "-9.5", "-9.49", "-0.1", "0", "0.05", "0.5", "1", "9", "10", "10.01", "9223372036854775808"];
        let read = |text: &str| Decimal::read(text).expect(text);
        for (i, one) in ascending.iter().enumerate() {
            for (j, two) in ascending.iter().enumerate() {
                assert_eq!(read(one).cmp(&read(two)), i.cmp(&j), "{one} and {two}");
            }
        }
        for (one, two) in [("1", "1.0"), ("01", "+1"), ("-0", "0.00"), (".5", "0.50"), ("7.", "7")] {
            assert_eq!(read(one).cmp(&read(two)), Ordering::Equal, "{one} and {two}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "-", ".", "1e3", "0x10", "1,5", "ten", "1.2.3", "--1", "NaN", "inf", "*"] {
            assert!(Decimal::read(text).is_none(), "{text}");
        }
    }
}
