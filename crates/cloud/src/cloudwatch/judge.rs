//! What an alarm's datapoints say about its state: pure reckoning, by the tables of the CloudWatch User Guide,
//! "Configuring how CloudWatch alarms treat missing data".

use model::{Timestamp, cloudwatch::PutMetricAlarm};

/// Periods before the evaluated ones whose data stands in for what is missing.
pub(super) const SPARE: i64 = 2;

/// One period: when it begins, and its datapoint if it has one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) at: i64,
    pub(super) value: Option<f64>,
}

/// What the datapoints say.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    /// The state stays what it is.
    Keep,
    /// The state is this one, for this reason.
    Is { state: &'static str, reason: String, used: Vec<(i64, f64)> },
}

/// Whether a value breaches a threshold.
fn breaches(operator: &str, value: f64, threshold: f64) -> bool {
    match operator {
        "GreaterThanOrEqualToThreshold" => value >= threshold,
        "LessThanThreshold" => value < threshold,
        "LessThanOrEqualToThreshold" => value <= threshold,
        _ => value > threshold,
    }
}

/// `greater than`, as the reasons say it.
fn phrase(operator: &str) -> &'static str {
    match operator {
        "GreaterThanOrEqualToThreshold" => "greater than or equal to",
        "LessThanThreshold" => "less than",
        "LessThanOrEqualToThreshold" => "less than or equal to",
        _ => "greater than",
    }
}

/// `16.23 (14/12/24 12:00:00)`.
fn told((at, value): &(i64, f64)) -> String {
    let (year, month, day, hour, minute, second) = Timestamp(*at).parts();
    format!("{value:?} ({day:02}/{month:02}/{:02} {hour:02}:{minute:02}:{second:02})", year.rem_euclid(100))
}

fn plural(count: usize, one: &str) -> String {
    if count == 1 { format!("{count} {one}") } else { format!("{count} {one}s") }
}

/// The state that datapoints call for. `points` are the evaluated periods and the [`SPARE`] ones before them, the latest
/// first.
pub(super) fn judge(alarm: &PutMetricAlarm, points: &[Point]) -> Verdict {
    let periods = usize::try_from(alarm.evaluation_periods).unwrap_or(1).max(1);
    let needed = usize::try_from(alarm.datapoints()).unwrap_or(1).clamp(1, periods);
    let threshold = alarm.threshold.unwrap_or_default();
    let breaching = |value: f64| breaches(&alarm.comparison_operator, value, threshold);
    let real: Vec<(i64, f64)> =
        points.iter().filter_map(|point| Some((point.at, point.value?))).take(periods).collect();
    let missing = periods - real.len();
    let (bad, good): (Vec<_>, Vec<_>) = real.iter().copied().partition(|(_, value)| breaching(*value));
    let treat = alarm.treat_missing_data.as_deref().unwrap_or("missing");
    let filled_bad = if treat == "breaching" { missing } else { 0 };
    let is = |state: &'static str| {
        let relevant = if state == "ALARM" { &bad } else { &good };
        let reason = reason(alarm, state, relevant, (periods, needed), (missing, treat));
        Verdict::Is { state, reason, used: real.clone() }
    };
    if bad.len() + filled_bad >= needed {
        return is("ALARM");
    }
    if missing == 0 || treat == "breaching" || treat == "notBreaching" || !good.is_empty() {
        return is("OK");
    }
    match treat {
        "ignore" => Verdict::Keep,
        _ if bad.is_empty() => Verdict::Is {
            state: "INSUFFICIENT_DATA",
            reason: format!(
                "Insufficient Data: {} {} unknown.",
                plural(periods, "datapoint"),
                if periods == 1 { "was" } else { "were" }
            ),
            used: Vec::new(),
        },
        // All that there is breaches. It counts once the oldest of it is as old as so many datapoints would be.
        _ => {
            let oldest = bad.last().map(|(at, _)| *at);
            let age = points.iter().position(|point| Some(point.at) == oldest).map_or(0, |place| place + 1);
            if age >= needed { is("ALARM") } else { Verdict::Keep }
        }
    }
}

/// AWS's sentence for a state.
fn reason(
    alarm: &PutMetricAlarm,
    state: &str,
    relevant: &[(i64, f64)],
    (periods, needed): (usize, usize),
    (missing, treat): (usize, &str),
) -> String {
    let threshold = alarm.threshold.unwrap_or_default();
    let not = if state == "ALARM" { "" } else { "not " };
    let verb = |count: usize| if count == 1 { "was" } else { "were" };
    let compared = format!("{not}{} the threshold ({threshold:?})", phrase(&alarm.comparison_operator));
    if relevant.is_empty() {
        let treated = if treat == "breaching" { "Breaching" } else { "NonBreaching" };
        return format!(
            "Threshold Crossed: no datapoints were received for {} and {} {} treated as [{treated}].",
            plural(missing, "period"),
            plural(missing, "missing datapoint"),
            verb(missing)
        );
    }
    let list = relevant.iter().map(told).collect::<Vec<_>>().join(", ");
    let count = relevant.len();
    if needed == periods {
        return format!("Threshold Crossed: {} [{list}] {} {compared}.", plural(count, "datapoint"), verb(count));
    }
    let change = if state == "ALARM" { "OK -> ALARM" } else { "ALARM -> OK" };
    let enough = if state == "ALARM" { needed } else { periods - needed + 1 };
    format!(
        "Threshold Crossed: {count} out of the last {} [{list}] {} {compared} (minimum {} for {change} transition).",
        plural(periods, "datapoint"),
        verb(count),
        plural(enough, "datapoint")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alarm(needed: i64, periods: i64, treat: &str) -> PutMetricAlarm {
        PutMetricAlarm {
            evaluation_periods: periods,
            datapoints_to_alarm: Some(needed),
            threshold: Some(10.0),
            comparison_operator: "GreaterThanThreshold".into(),
            treat_missing_data: Some(treat.into()),
            ..PutMetricAlarm::default()
        }
    }

    /// The guide's notation, the oldest first: `0` holds, `X` breaches, `-` is missing.
    fn points(text: &str) -> Vec<Point> {
        let of = |(at, c): (usize, char)| Point {
            at: at as i64 * 60_000,
            value: match c {
                '0' => Some(1.0),
                'X' => Some(11.0),
                _ => None,
            },
        };
        let mut points: Vec<Point> = text.chars().enumerate().map(of).collect();
        points.reverse();
        points
    }

    fn state(verdict: &Verdict) -> &'static str {
        match verdict {
            Verdict::Keep => "Keep",
            Verdict::Is { state, .. } => state,
        }
    }

    /// The guide's two tables.
    #[test]
    fn missing_data_is_treated_as_the_guide_says() {
        const NO: &str = "INSUFFICIENT_DATA";
        for (needed, text, expected) in [
            (3, "0-X-X", ["OK", "OK", "OK", "OK"]),
            (3, "0----", ["OK", "OK", "OK", "OK"]),
            (3, "-----", [NO, "Keep", "ALARM", "OK"]),
            (3, "0XX-X", ["ALARM", "ALARM", "ALARM", "ALARM"]),
            (3, "--X--", ["ALARM", "Keep", "ALARM", "OK"]),
            (2, "0-X-X", ["ALARM", "ALARM", "ALARM", "ALARM"]),
            (2, "00X0X", ["ALARM", "ALARM", "ALARM", "ALARM"]),
            (2, "0-X--", ["OK", "OK", "ALARM", "OK"]),
            (2, "----0", ["OK", "OK", "ALARM", "OK"]),
            (2, "---X-", ["ALARM", "Keep", "ALARM", "OK"]),
        ] {
            for (treat, expected) in ["missing", "ignore", "breaching", "notBreaching"].into_iter().zip(expected) {
                // The guide's first table has a row that fills two of three with breaching data, and stays OK: it looks
                // at the one datapoint that there is.
                let found = judge(&alarm(needed, 3, treat), &points(text));
                assert_eq!(state(&found), expected, "{needed} of 3, {text}, {treat}");
            }
        }
    }

    #[test]
    fn one_breaching_datapoint_alone_is_premature() {
        assert_eq!(judge(&alarm(3, 3, "missing"), &points("----X")), Verdict::Keep);
        assert_eq!(state(&judge(&alarm(1, 1, "missing"), &points("--X"))), "ALARM");
    }

    #[test]
    fn every_operator_compares() {
        for (operator, below, at, above) in [
            ("GreaterThanThreshold", "OK", "OK", "ALARM"),
            ("GreaterThanOrEqualToThreshold", "OK", "ALARM", "ALARM"),
            ("LessThanThreshold", "ALARM", "OK", "OK"),
            ("LessThanOrEqualToThreshold", "ALARM", "ALARM", "OK"),
        ] {
            let alarm = PutMetricAlarm { comparison_operator: operator.into(), ..alarm(1, 1, "missing") };
            for (value, expected) in [(9.99, below), (10.0, at), (10.01, above)] {
                let found = judge(&alarm, &[Point { at: 0, value: Some(value) }]);
                assert_eq!(state(&found), expected, "{value} {operator} 10");
            }
        }
    }

    #[test]
    fn reasons_are_those_of_aws() {
        let reason = |alarm: &PutMetricAlarm, points: &[Point]| match judge(alarm, points) {
            Verdict::Is { reason, .. } => reason,
            Verdict::Keep => String::new(),
        };
        let at = 1_734_177_600_000;
        let one = |value| vec![Point { at, value }];
        let single = PutMetricAlarm { threshold: Some(16.0), ..alarm(1, 1, "missing") };
        assert_eq!(
            reason(&single, &one(Some(16.23))),
            "Threshold Crossed: 1 datapoint [16.23 (14/12/24 12:00:00)] was greater than the threshold (16.0)."
        );
        assert_eq!(
            reason(&single, &one(Some(2.0))),
            "Threshold Crossed: 1 datapoint [2.0 (14/12/24 12:00:00)] was not greater than the threshold (16.0)."
        );
        assert_eq!(reason(&single, &one(None)), "Insufficient Data: 1 datapoint was unknown.");
        assert_eq!(
            reason(&alarm(1, 1, "breaching"), &one(None)),
            "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching]."
        );
        let two = reason(&alarm(2, 3, "missing"), &points("X0X"));
        assert!(
            two.starts_with("Threshold Crossed: 2 out of the last 3 datapoints [11.0 (01/01/70 00:02:00), "),
            "{two}"
        );
        assert!(two.ends_with("(minimum 2 datapoints for OK -> ALARM transition)."), "{two}");
    }
}
