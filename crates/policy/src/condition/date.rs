//! `Date…`: instants, as ISO 8601 in the forms of the W3C note on date and time formats, or as seconds
//! since 1970. Digits alone are seconds, so a bare year needs its `T`.

use super::operator::Order;

#[derive(Clone, Debug)]
pub(super) struct Operand {
    order: Order,
    instant: Instant,
}

impl Operand {
    pub fn new(order: Order, value: &str) -> Option<Self> {
        Some(Self { order, instant: Instant::read(value)? })
    }

    pub fn fits(&self, value: &str) -> bool {
        Instant::read(value).is_some_and(|instant| self.order.accepts(instant.cmp(&self.instant)))
    }
}

/// Whether a text can be read as a date at all.
pub(crate) fn is_date(text: &str) -> bool {
    Instant::read(text).is_some()
}

/// Ordered by seconds since 1970-01-01T00:00Z, then by the fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Instant {
    seconds: i64,
    nanoseconds: u32,
}

impl Instant {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        if text.contains(['T', '-']) { Self::iso(&text) } else { Self::epoch(&text) }
    }

    fn epoch(text: &str) -> Option<Self> {
        let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let seconds = i64::try_from(digits(seconds)?).ok()?;
        Some(Self { seconds, nanoseconds: nanoseconds(fraction)? })
    }

    fn iso(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('T').unwrap_or((text, ""));
        let days = days(date)?;
        let (clock, offset) = split_zone(time)?;
        let (seconds_of_day, nanoseconds) = if clock.is_empty() { (0, 0) } else { time_of_day(clock)? };
        let seconds = days.checked_mul(86_400)?.checked_add(seconds_of_day)?.checked_sub(offset)?;
        Some(Self { seconds, nanoseconds })
    }
}

/// Days since 1970-01-01 of `YYYY`, `YYYY-MM` or `YYYY-MM-DD` in the proleptic Gregorian calendar.
fn days(date: &str) -> Option<i64> {
    let (sign, rest) = match date.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, date),
    };
    let mut parts = rest.split('-');
    let year = i64::try_from(digits(parts.next()?)?).ok()?.checked_mul(sign)?;
    // The years that AWS takes.
    if !(-292_275_054..=292_278_993).contains(&year) {
        return None;
    }
    let month = parts.next().map_or(Some(1), |part| within(part, 1, 12))?;
    let day = parts.next().map_or(Some(1), |part| within(part, 1, 31))?;
    if parts.next().is_some() || day > length_of_month(year, month) {
        return None;
    }
    // Years are counted from March, so that the leap day comes last: H. Hinnant, "chrono-Compatible
    // Low-Level Date Algorithms".
    let year = if month <= 2 { year.checked_sub(1)? } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = month.checked_add(9)? % 12;
    let day_of_year =
        month_from_march.checked_mul(153)?.checked_add(2)?.checked_div(5)?.checked_add(day)?.checked_sub(1)?;
    let leap_days = (year_of_era / 4).checked_sub(year_of_era / 100)?;
    let day_of_era = year_of_era.checked_mul(365)?.checked_add(leap_days)?.checked_add(day_of_year)?;
    era.checked_mul(146_097)?.checked_add(day_of_era)?.checked_sub(719_468)
}

fn length_of_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Cuts the zone off a time and says how many seconds it is ahead of UTC; no zone means UTC.
fn split_zone(time: &str) -> Option<(&str, i64)> {
    if let Some(clock) = time.strip_suffix('Z') {
        return Some((clock, 0));
    }
    let (clock, zone, sign) = match (time.split_once('+'), time.split_once('-')) {
        (Some((clock, zone)), None) => (clock, zone, 1),
        (None, Some((clock, zone))) => (clock, zone, -1),
        (None, None) => return Some((time, 0)),
        (Some(_), Some(_)) => return None,
    };
    let (hours, minutes) = zone.split_once(':').unwrap_or((zone, "00"));
    if clock.is_empty() || hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let hours = within(hours, 0, 23)?.checked_mul(3_600)?;
    let offset = hours.checked_add(within(minutes, 0, 59)?.checked_mul(60)?)?;
    Some((clock, offset.checked_mul(sign)?))
}

/// Seconds and nanoseconds of `hh`, `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fraction`.
fn time_of_day(clock: &str) -> Option<(i64, u32)> {
    let mut parts = clock.split(':');
    let hours = within(parts.next()?, 0, 23)?;
    let minutes = parts.next().map_or(Some(0), |part| within(part, 0, 59))?;
    let (seconds, fraction) = match parts.next() {
        Some(part) => {
            let (seconds, fraction) = part.split_once('.').unwrap_or((part, "0"));
            (within(seconds, 0, 59)?, nanoseconds(fraction)?)
        }
        None => (0, 0),
    };
    if parts.next().is_some() {
        return None;
    }
    let seconds = hours.checked_mul(3_600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)?;
    Some((seconds, fraction))
}

/// Up to nine digits behind a point.
fn nanoseconds(fraction: &str) -> Option<u32> {
    let missing = 9_usize.checked_sub(fraction.len())?;
    let whole = u32::try_from(digits(fraction)?).ok()?;
    whole.checked_mul(10_u32.checked_pow(u32::try_from(missing).ok()?)?)
}

fn within(text: &str, least: i64, most: i64) -> Option<i64> {
    let number = i64::try_from(digits(text)?).ok()?;
    (least..=most).contains(&number).then_some(number)
}

/// A number of digits only: `parse` alone would take a sign as well.
fn digits(text: &str) -> Option<u64> {
    if text.chars().all(|character| character.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<i64> {
        Instant::read(text).map(|instant| instant.seconds)
    }

    #[test]
    fn iso_dates_are_instants() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59Z", -1),
            ("2000-02-29T12:00:00Z", 951_825_600),
            ("2020-01-01T00:00:01Z", 1_577_836_801),
            ("2020-01-01", 1_577_836_800),
            ("2020-01", 1_577_836_800),
            ("2020T", 1_577_836_800),
            ("2020-01-01T01:00+01:00", 1_577_836_800),
            ("2019-12-31T19:00:00-05:00", 1_577_836_800),
            ("2020-01-01t2:00:00.593194+02", 1_577_836_800),
            ("1577836800", 1_577_836_800),
            ("0001-01-01", -62_135_596_800),
            ("-0001-03-01", -62_193_657_600),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn fractions_count() {
        let read = |text: &str| Instant::read(text).expect(text);
        assert!(read("2020-01-01T00:00:00.5Z") > read("2020-01-01T00:00:00.49Z"));
        assert_eq!(read("2020-01-01T00:00:00.500Z"), read("1577836800.5"));
    }

    #[test]
    fn aws_takes_these_odd_ones() {
        for text in ["01T", "-292275054", "2016-12-13T21:20:37.593194+00:00", "2016-12-13t2:00:00.593194+23"] {
            assert!(is_date(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "sdfdsf",
            "234-13",
            "2019-02-29",
            "2020-01-01-01",
            "2020-01-01T24:00Z",
            "2020-01-01T10:60Z",
            "2016-12-13t2:00:00.593194+1",
            "2016-12-13t2:00:00.1999999999+10:59",
            "9223372036854775808",
            "292278994-01-01",
            "2020-01-01T+01:00",
            "2020-*",
            "T",
            "-",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }
}
