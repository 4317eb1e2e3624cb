//! Exact decimals for the cost ledger: quantities, rates and costs as finely as cost exports write them. Nothing here is
//! ever a binary fraction.

use std::{
    fmt,
    ops::{Add, Neg, Sub},
    str::FromStr,
};

use crate::money::Usd;

/// Digits after the point.
const PLACES: u32 = 12;
const UNIT: i128 = 10_i128.pow(PLACES);
/// Fewer whole digits than this many and one: the column is `numeric(27, 12)`.
const MOST: i128 = 10_i128.pow(27);

/// A number in trillionths, smaller than 10^15 either way. As text an optional sign, digits, at most one point, and an
/// optional exponent (FOCUS allows `35.2E-7`); what is finer than a trillionth is rounded, halves to even.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i128);

/// `value / by`, halves to even.
fn rounded(value: i128, by: i128) -> i128 {
    let (whole, rest) = (value.div_euclid(by), value.rem_euclid(by));
    match (rest * 2).cmp(&by) {
        std::cmp::Ordering::Less => whole,
        std::cmp::Ordering::Greater => whole + 1,
        std::cmp::Ordering::Equal => whole + whole.rem_euclid(2),
    }
}

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(UNIT);

    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self(number as i128 * UNIT)
    }

    const fn within(value: i128) -> Option<Self> {
        if value > -MOST && value < MOST { Some(Self(value)) } else { None }
    }

    /// The product, rounded to a trillionth; nothing if it is too large.
    pub fn times(self, by: Self) -> Option<Self> {
        Self::within(rounded(self.0.checked_mul(by.0)?, UNIT))
    }

    /// A part of a number of parts, rounded to a trillionth; nothing of no parts.
    pub fn over(self, parts: u32) -> Option<Self> {
        (parts > 0).then(|| Self(rounded(self.0, i128::from(parts))))
    }

    /// The sum; nothing if it is too large.
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::within(self.0.checked_add(other.0)?)
    }

    /// As an amount in millionths of a dollar, rounded.
    pub fn usd(self) -> Option<Usd> {
        i64::try_from(rounded(self.0, UNIT / 1_000_000)).ok().map(Usd)
    }

    /// An amount as people read it: `$1,234.50`; further digits after the point only where they are not zero.
    pub fn dollars(self) -> String {
        let text = self.to_string();
        let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("-", text));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let whole: Usd = whole.parse().unwrap_or_default();
        let grouped = whole.dollars();
        let grouped = grouped.strip_suffix(".00").unwrap_or(&grouped);
        format!("{sign}{grouped}.{fraction:0<2}")
    }
}

impl Add for Decimal {
    type Output = Self;

    /// For sums of what is known to be small; see [`Decimal::plus`].
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Decimal {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Decimal {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl From<Usd> for Decimal {
    fn from(Usd(millionths): Usd) -> Self {
        Self(i128::from(millionths) * (UNIT / 1_000_000))
    }
}

/// The shortest way to write it: `0.0116`, `-3`, `0.0000002`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (all, unit) = (self.0.unsigned_abs(), UNIT.unsigned_abs());
        let sign = if self.0 < 0 { "-" } else { "" };
        let fraction = format!("{:012}", all % unit);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{}{point}{fraction}", all / unit)
    }
}

impl FromStr for Decimal {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const SHAPE: &str = "not a number such as 100 or 0.0116";
        const LARGE: &str = "too large";
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().map_err(|_| SHAPE)?),
            None => (text, 0),
        };
        let (negative, number) = match number.strip_prefix('-') {
            Some(number) => (true, number),
            None => (false, number.strip_prefix('+').unwrap_or(number)),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || whole.len() + fraction.len() == 0 {
            return Err(SHAPE);
        }
        // Thirty digits are three more than fit: what is behind them is too small to matter, or the number too large.
        let all: String = format!("{whole}{fraction}");
        let leading = all.len() - all.trim_start_matches('0').len();
        let kept: String = all.chars().skip(leading).take(30).collect();
        if kept.is_empty() {
            return Ok(Self::ZERO);
        }
        let digits: i128 = kept.parse().map_err(|_| LARGE)?;
        let lost = i64::try_from(all.len() - leading - kept.len()).map_err(|_| LARGE)?;
        let scale =
            i64::from(exponent) + i64::from(PLACES) + lost - i64::try_from(fraction.len()).map_err(|_| LARGE)?;
        let value = match scale {
            0.. => {
                let power = u32::try_from(scale).ok().filter(|scale| *scale < 38).ok_or(LARGE)?;
                digits.checked_mul(10_i128.pow(power)).ok_or(LARGE)?
            }
            -37..0 => rounded(digits, 10_i128.pow(u32::try_from(-scale).map_err(|_| SHAPE)?)),
            _ => 0,
        };
        Self::within(if negative { -value } else { value }).ok_or(LARGE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_are_read_and_written_exactly() {
        for (text, printed) in [
            ("0", "0"),
            ("100", "100"),
            ("0.0116", "0.0116"),
            (".5", "0.5"),
            ("5.", "5"),
            ("-0.10", "-0.1"),
            ("+7", "7"),
            ("0.000000208300", "0.0000002083"),
            ("35.2E-7", "0.00000352"),
            ("1e3", "1000"),
            ("0E-10", "0"),
            ("999999999999999.999999999999", "999999999999999.999999999999"),
            ("0.0000000000005", "0"),
            ("0.0000000000015", "0.000000000002"),
            ("0.0000000000025", "0.000000000002"),
            ("-0.0000000000015", "-0.000000000002"),
            ("1e-400", "0"),
            ("0.1000000000000000000000000000000000000000000001", "0.1"),
        ] {
            assert_eq!(of(text).to_string(), printed, "{text}");
        }
        for bad in ["", ".", "-", "1,5", " 1", "1 ", "NaN", "inf", "1e", "1e1.5", "--1", "0x10", "1_000"] {
            assert!(bad.parse::<Decimal>().is_err(), "{bad}");
        }
        for large in ["1000000000000000", "1e15", "-1e15", "1e400", "9e2147483647"] {
            assert_eq!(large.parse::<Decimal>(), Err("too large"), "{large}");
        }
    }

    #[test]
    fn reckoning_is_exact_to_the_trillionth() {
        assert_eq!(of("744").times(of("0.0116")), Some(of("8.6304")));
        assert_eq!(of("1000000").times(of("0.0000166667")), Some(of("16.6667")));
        assert_eq!(of("999999999999999").times(of("999999999999999")), None);
        assert_eq!(of("8").over(30).map(|part| part.to_string()), Some("0.266666666667".into()));
        assert_eq!(of("1").over(0), None);
        assert_eq!((of("1.5") - of("2")).to_string(), "-0.5");
        assert_eq!(of("0.1") + of("0.2"), of("0.3"));
        assert_eq!(of("12.3456785").usd(), Some(Usd(12_345_678)), "halves to even");
        assert_eq!(Decimal::from(Usd(11_600)), of("0.0116"));
    }

    #[test]
    fn people_read_dollars() {
        for (amount, text) in [
            ("0", "$0.00"),
            ("1234.5", "$1,234.50"),
            ("0.0000002", "$0.0000002"),
            ("-5", "-$5.00"),
            ("1000000", "$1,000,000.00"),
        ] {
            assert_eq!(of(amount).dollars(), text);
        }
    }
}
