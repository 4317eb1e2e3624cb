//! A budget's past periods as a drawing: a bar for what each came to, a mark for what was budgeted.

use leptos::prelude::*;

/// One period.
pub(super) struct Bar {
    /// What it is called.
    pub(super) label: String,
    /// What it came to.
    pub(super) actual: Option<i64>,
    /// What was budgeted.
    pub(super) budgeted: Option<i64>,
}

const WIDTH: i64 = 600;
const HEIGHT: i64 = 160;
/// Room for the marks' own width above and for the ground below.
const EDGE: i64 = 4;
/// Places for bars at least: a single period is no wall.
const PLACES: i64 = 12;

/// The drawing. All that it shows stands in the table below it too, so that it has one short text of its own.
pub(super) fn chart(bars: &[Bar], label: String) -> AnyView {
    let most = bars.iter().flat_map(|bar| [bar.actual, bar.budgeted]).flatten().max().unwrap_or(0).max(1);
    let count = i64::try_from(bars.len()).unwrap_or(PLACES).max(PLACES);
    let step = WIDTH / count;
    let height =
        |value: i64| i64::try_from(i128::from(value.max(0)) * i128::from(HEIGHT) / i128::from(most)).unwrap_or(HEIGHT);
    let drawn = bars
        .iter()
        .zip(0_i64..)
        .map(|(bar, at)| {
            let (left, tall) = (at * step + step / 5, height(bar.actual.unwrap_or(0)));
            let over = bar.actual.zip(bar.budgeted).is_some_and(|(actual, budgeted)| actual > budgeted);
            let class = if over { "budget-chart__bar budget-chart__bar--over" } else { "budget-chart__bar" };
            let mark = bar.budgeted.map(|budgeted| {
                let (y, from, to) = (HEIGHT - height(budgeted), at * step, (at + 1) * step);
                view! { <line class="budget-chart__mark" x1=from x2=to y1=y y2=y></line> }
            });
            let (top, wide) = (HEIGHT - tall, step * 3 / 5);
            view! {
                <rect class=class x=left y=top width=wide height=tall>
                    <title>{bar.label.clone()}</title>
                </rect>
                {mark}
            }
        })
        .collect_view();
    view! {
        <svg
            class="budget-chart"
            viewBox=format!("0 -{EDGE} {WIDTH} {}", HEIGHT + 2 * EDGE)
            role="img"
            aria-label=label
            focusable="false"
            data-testid="history-chart"
        >
            {drawn}
            <line class="budget-chart__ground" x1="0" x2=WIDTH y1=HEIGHT y2=HEIGHT></line>
        </svg>
    }
    .into_any()
}
