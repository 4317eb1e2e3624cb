//! A metric's graph with an alarm's threshold, drawn by the server as SVG. What it shows is said in words beside it, for
//! whoever does not see it.

use leptos::prelude::*;
use model::{
    Timestamp,
    cloudwatch::{GetMetricData, Metric, MetricDataQuery, MetricStat},
};

use super::words::{duration, number};
use crate::{CallError, iam::denied::Problem};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 200.0;
/// Room for the labels at the left and below.
const LEFT: f64 = 56.0;
const BELOW: f64 = 24.0;
const ABOVE: f64 = 12.0;
/// Periods that are shown.
const PERIODS: i64 = 56;

/// What is drawn.
pub(super) struct Drawn {
    pub(super) metric: Metric,
    pub(super) statistic: String,
    /// Seconds.
    pub(super) period: i64,
    pub(super) threshold: Option<f64>,
}

/// The graph of the last periods up to `now`.
pub(super) async fn graph(drawn: Drawn, now: Timestamp) -> AnyView {
    let period = drawn.period.max(60) * 1000;
    let end = (now.0.div_euclid(period) + 1) * period;
    let start = end - PERIODS * period;
    let name = drawn.metric.metric_name.clone();
    let stat = MetricStat { metric: drawn.metric, period: drawn.period, stat: drawn.statistic.clone(), unit: None };
    let query = MetricDataQuery { id: "m1".into(), metric_stat: Some(stat), ..MetricDataQuery::default() };
    let ask = GetMetricData {
        metric_data_queries: vec![query],
        start_time: Timestamp(start),
        end_time: Timestamp(end),
        scan_by: Some("TimestampAscending".into()),
        ..GetMetricData::default()
    };
    let found: Result<Vec<(i64, f64)>, CallError> = crate::call(ask).await.map(|output| {
        let series = output.metric_data_results.into_iter().next().unwrap_or_default();
        series.timestamps.iter().map(|at| at.0).zip(series.values).collect()
    });
    match found {
        Ok(points) => draw(&points, (start, end), (&name, &drawn.statistic, drawn.period), drawn.threshold),
        Err(error) => view! { <Problem error /> }.into_any(),
    }
}

/// A round number not below the largest that is shown.
fn top(largest: f64) -> f64 {
    if largest <= 0.0 {
        return 1.0;
    }
    let magnitude = 10_f64.powf(largest.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|step| step * magnitude).find(|top| *top >= largest).unwrap_or(largest)
}

fn draw(
    points: &[(i64, f64)],
    (start, end): (i64, i64),
    (name, statistic, period): (&str, &str, i64),
    threshold: Option<f64>,
) -> AnyView {
    let shown = || points.iter().map(|(_, value)| *value).chain(threshold);
    let top = top(shown().fold(0.0, f64::max));
    let bottom = shown().fold(0.0, f64::min);
    let x = |at: i64| LEFT + (WIDTH - LEFT) * ((at - start) as f64 / (end - start) as f64);
    let y = |value: f64| ABOVE + (HEIGHT - ABOVE - BELOW) * (1.0 - (value - bottom) / (top - bottom));
    let line = points.iter().map(|(at, value)| format!("{:.1},{:.1}", x(*at), y(*value))).collect::<Vec<_>>().join(" ");
    let mut svg = String::new();
    for value in [bottom, (bottom + top) / 2.0, top] {
        let (at, text) = (y(value), number(value));
        svg.push_str(&format!(
            "<line class=\"metric-graph__level\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
             <text class=\"metric-graph__label\" x=\"{:.1}\" y=\"{at:.1}\" text-anchor=\"end\" dominant-baseline=\"middle\">{text}</text>",
            LEFT - 6.0
        ));
    }
    for (at, anchor) in [(start, "start"), (start + (end - start) / 2, "middle"), (end, "end")] {
        let text = Timestamp(at).to_string();
        let text = text.get(5..16).unwrap_or_default().replace('T', " ");
        svg.push_str(&format!(
            "<text class=\"metric-graph__label\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{text}</text>",
            x(at),
            HEIGHT - 6.0
        ));
    }
    svg.push_str(&format!("<polyline class=\"metric-graph__line\" points=\"{line}\"/>"));
    for (at, value) in points {
        let told = format!("{}: {}", Timestamp(*at), number(*value));
        svg.push_str(&format!(
            "<circle class=\"metric-graph__point\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\"><title>{told}</title></circle>",
            x(*at),
            y(*value)
        ));
    }
    if let Some(value) = threshold {
        let at = y(value);
        svg.push_str(&format!(
            "<line class=\"metric-graph__threshold\" data-testid=\"threshold-line\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>"
        ));
    }
    // Nothing but numbers and instants is in it.
    let svg = format!("<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\">{svg}</svg>");
    let latest = points.last().map_or_else(
        || "No data in this time.".to_owned(),
        |(at, value)| format!("Latest: {} at {}.", number(*value), Timestamp(*at)),
    );
    let against = threshold.map(|value| format!(" Threshold: {}.", number(value))).unwrap_or_default();
    let spoken = format!("{name}, {statistic} over {}. {latest}{against}", duration(period));
    view! {
        <figure class="metric-graph" data-testid="metric-graph">
            <div role="img" aria-label=spoken.clone() inner_html=svg></div>
            <figcaption class="metric-graph__caption" data-testid="metric-graph-caption">{spoken}</figcaption>
        </figure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_level_is_a_round_number() {
        for (largest, expected) in [(0.0, 1.0), (0.7, 1.0), (16.23, 20.0), (10.0, 10.0), (21.0, 25.0), (300.0, 500.0)] {
            assert_eq!(top(largest), expected, "{largest}");
        }
    }
}
