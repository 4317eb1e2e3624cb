//! Instants, as every wire but awsJson writes them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant: milliseconds since 1970-01-01T00:00:00 UTC. On the wire ISO 8601 with seconds, as IAM prints it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

/// The months' names, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Days since 1970-01-01 of a civil date, and back (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month as u32, day as u32)
}

fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl Timestamp {
    /// The name under which serde is told of an instant: a wire that writes instants in another way knows them by it.
    pub const NEWTYPE: &'static str = "Timestamp";

    /// The first instant of this instant's month, UTC.
    pub fn month(self) -> Self {
        let (year, month, ..) = self.parts();
        Self(days_from_civil(year, i64::from(month), 1) * 86_400_000)
    }

    /// The first instant of the next month, UTC.
    pub fn next_month(self) -> Self {
        let (year, month, ..) = self.parts();
        let (year, month) = if month == 12 { (year + 1, 1) } else { (year, i64::from(month) + 1) };
        Self(days_from_civil(year, month, 1) * 86_400_000)
    }

    /// The first instant of this instant's day, month, quarter or year: `DAILY`, `MONTHLY`, `QUARTERLY`, `ANNUALLY`.
    pub fn period(self, unit: &str) -> Self {
        let (year, month, ..) = self.parts();
        match unit {
            "DAILY" => Self(self.0.div_euclid(86_400_000) * 86_400_000),
            "QUARTERLY" => Self(days_from_civil(year, i64::from((month - 1) / 3 * 3 + 1), 1) * 86_400_000),
            "ANNUALLY" => Self(days_from_civil(year, 1, 1) * 86_400_000),
            _ => self.month(),
        }
    }

    /// The first instant of the period after this instant's, see [`Timestamp::period`].
    pub fn next_period(self, unit: &str) -> Self {
        let begun = self.period(unit);
        let months = match unit {
            "DAILY" => return Self(begun.0 + 86_400_000),
            "QUARTERLY" => 3,
            "ANNUALLY" => 12,
            _ => 1,
        };
        (0..months).fold(begun, |month, _| month.next_month())
    }

    /// The day alone: `2026-11-22`.
    pub fn day(self) -> String {
        let (year, month, day, ..) = self.parts();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Whole days from this instant to `later`, rounded down; 0 if `later` is earlier.
    pub fn days_until(self, later: Self) -> i64 {
        (later.0 - self.0).max(0) / 86_400_000
    }

    /// Year, month (1 to 12), day, hour, minute and second, UTC.
    pub fn parts(self) -> (i64, u32, u32, u32, u32, u32) {
        let seconds = self.0.div_euclid(1000);
        let (year, month, day) = civil_from_days(seconds.div_euclid(86_400));
        let of_day = seconds.rem_euclid(86_400) as u32;
        (year, month, day, of_day / 3600, of_day / 60 % 60, of_day % 60)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day, hour, minute, second) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

impl std::str::FromStr for Timestamp {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const SHAPE: &str = "not an instant such as 2026-11-22T10:00:00Z";
        let number = |from: usize, to: usize| -> Result<i64, Self::Err> {
            text.get(from..to).and_then(|t| t.parse().ok()).ok_or(SHAPE)
        };
        if text.len() < 20 || !text.ends_with('Z') || text.as_bytes().get(10) != Some(&b'T') {
            return Err(SHAPE);
        }
        let days = days_from_civil(number(0, 4)?, number(5, 7)?, number(8, 10)?);
        Ok(Self((days * 86_400 + number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)?) * 1000))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(Self::NEWTYPE, &self.to_string())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> de::Visitor<'de> for Text {
            type Value = String;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an instant such as 2026-11-22T10:00:00Z")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
                Ok(text.to_owned())
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
                String::deserialize(deserializer)
            }

            /// Forms: `serde_qs` takes a newtype's text for a sequence of one.
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut texts: A) -> Result<String, A::Error> {
                texts.next_element()?.ok_or_else(|| de::Error::invalid_length(0, &self))
            }
        }
        let text = deserializer.deserialize_newtype_struct(Self::NEWTYPE, Text)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_and_parses_iso_8601() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (1_795_345_530_000, "2026-11-22T11:05:30Z"),
        ] {
            assert_eq!(Timestamp(ms).to_string(), text);
            assert_eq!(text.parse(), Ok(Timestamp(ms)));
        }
        for (of, month, next) in [
            ("2026-11-22T11:05:30Z", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"),
            ("2027-12-31T23:59:59Z", "2027-12-01T00:00:00Z", "2028-01-01T00:00:00Z"),
        ] {
            let instant: Timestamp = of.parse().unwrap();
            assert_eq!((instant.month().to_string(), instant.next_month().to_string()), (month.into(), next.into()));
            assert_eq!(instant.day(), of[..10]);
        }
        assert!("2026-11-22".parse::<Timestamp>().is_err());
        let instant: Timestamp = "2028-02-29T23:59:59Z".parse().unwrap();
        for (unit, begins, next) in [
            ("DAILY", "2028-02-29", "2028-03-01"),
            ("MONTHLY", "2028-02-01", "2028-03-01"),
            ("QUARTERLY", "2028-01-01", "2028-04-01"),
            ("ANNUALLY", "2028-01-01", "2029-01-01"),
        ] {
            assert_eq!((instant.period(unit).day(), instant.next_period(unit).day()), (begins.into(), next.into()));
        }
    }
}
