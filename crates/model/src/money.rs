//! Money and thresholds as whole millionths, exact: nothing here is ever a binary fraction, except for the instant
//! in which AWS's wire writes a threshold as one.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

const UNIT: i64 = 1_000_000;

/// Millionths out of a decimal text such as `100`, `.5` or `80.25`: AWS's `([0-9]*\.)?[0-9]+`, at most six digits
/// after the point that are not zero.
fn millionths(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let fraction_ok = !fraction.is_empty() && digits(fraction) && (text.contains('.') || !whole.is_empty());
    if !digits(whole) || !fraction_ok {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 6 {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let fraction: i64 = format!("{fraction:0<6}").parse().ok()?;
    whole.checked_mul(UNIT)?.checked_add(fraction)
}

/// The shortest decimal with at least `places` digits after the point.
fn decimal(millionths: i64, places: usize) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let all = format!("{:06}", millionths.unsigned_abs() % UNIT.unsigned_abs());
    let kept = all.trim_end_matches('0').len().max(places);
    let point = if kept == 0 { "" } else { "." };
    format!("{sign}{}{point}{}", millionths.unsigned_abs() / UNIT.unsigned_abs(), &all[..kept])
}

/// A sum of money in millionths of a US dollar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Usd(pub i64);

impl Usd {
    /// As people read it: `$1,234.50`; more than two digits after the point only where they are not zero.
    pub fn dollars(self) -> String {
        let text = decimal(self.0, 2);
        let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("-", text));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "00"));
        let mut grouped = String::with_capacity(text.len() + 6);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        format!("{sign}${grouped}.{fraction}")
    }

    /// This sum in per cent of `whole`, rounded to hundredths: `81.5%`. Nothing can be said of a part of nothing.
    pub fn percent_of(self, whole: Self) -> Option<String> {
        if whole.0 <= 0 {
            return None;
        }
        let hundredths = (i128::from(self.0) * 20_000 / i128::from(whole.0) + 1).div_euclid(2);
        let hundredths = i64::try_from(hundredths).ok()?;
        Some(format!("{}%", decimal(hundredths.checked_mul(UNIT / 100)?, 0)))
    }
}

/// As AWS's amounts read: `100.0`, `0.0116`.
impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&decimal(self.0, 1))
    }
}

impl FromStr for Usd {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        millionths(text).map(Self).ok_or("not an amount such as 100 or 9.99")
    }
}

/// A notification's threshold in millionths of a per cent, or of a dollar: which of them its type says. On the wire
/// a JSON number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Threshold(pub i64);

impl Threshold {
    /// What `self` per cent of `limit` are, rounded up to a millionth: whoever is above the exact value by a
    /// millionth is at least there.
    pub fn percent_of(self, limit: Usd) -> Usd {
        let exact = i128::from(self.0) * i128::from(limit.0);
        let rounded = (exact + 99_999_999).div_euclid(100_000_000);
        Usd(i64::try_from(rounded).unwrap_or(i64::MAX))
    }
}

/// `80`, `99.5`.
impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&decimal(self.0, 0))
    }
}

impl FromStr for Threshold {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        millionths(text).map(Self).ok_or("not a number such as 80 or 99.5")
    }
}

impl Serialize for Threshold {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The nearest binary fraction of a decimal with up to fifteen digits prints as that decimal again.
        let number: f64 = self.to_string().parse().map_err(serde::ser::Error::custom)?;
        serializer.serialize_f64(number)
    }
}

impl<'de> Deserialize<'de> for Threshold {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        number.to_string().parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        for (text, value, printed) in [
            ("100", 100_000_000, "100.0"),
            ("100.0", 100_000_000, "100.0"),
            (".5", 500_000, "0.5"),
            ("0.0116", 11_600, "0.0116"),
            ("0.1000000", 100_000, "0.1"),
            ("007", 7_000_000, "7.0"),
        ] {
            assert_eq!(text.parse(), Ok(Usd(value)), "{text}");
            assert_eq!(Usd(value).to_string(), printed);
        }
        for bad in ["", ".", "1.", "-1", "+1", "1e3", "1,5", " 1", "0.0000001", "9223372036855", "NaN"] {
            assert!(bad.parse::<Usd>().is_err(), "{bad}");
        }
    }

    #[test]
    fn people_read_dollars() {
        for (value, text) in [
            (0, "$0.00"),
            (1_234_500_000, "$1,234.50"),
            (1_000_000_000_000, "$1,000,000.00"),
            (11_600, "$0.0116"),
            (-5_000_000, "-$5.00"),
        ] {
            assert_eq!(Usd(value).dollars(), text);
        }
    }

    #[test]
    fn thresholds_cross_the_wire_as_numbers() {
        for (json, value) in
            [("80", 80_000_000), ("80.0", 80_000_000), ("0.01", 10_000), ("1000000", 1_000_000_000_000)]
        {
            assert_eq!(serde_json::from_str::<Threshold>(json).unwrap(), Threshold(value));
        }
        assert_eq!(serde_json::to_string(&Threshold(99_500_000)).unwrap(), "99.5");
        for bad in ["-1", "1e300", "0.0000001", "\"80\""] {
            assert!(serde_json::from_str::<Threshold>(bad).is_err(), "{bad}");
        }
        assert_eq!(Threshold(80_000_000).percent_of(Usd(10_000_000)), Usd(8_000_000));
        assert_eq!(Threshold(33_333_333).percent_of(Usd(1)), Usd(1));
        assert_eq!(Usd(8_150_000).percent_of(Usd(10_000_000)).as_deref(), Some("81.5%"));
        assert_eq!(Usd(2).percent_of(Usd(3)).as_deref(), Some("66.67%"));
        assert_eq!(Usd(2).percent_of(Usd(0)), None);
    }
}
