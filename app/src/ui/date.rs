//! Instants as people read them, in UTC. The calendar is elsewhere: this only rearranges ISO 8601.

use crate::ui::prop::Attr;
use leptos::prelude::*;
use model::MONTHS;

/// How an instant is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateStyle {
    /// `March 08, 2021, 10:00 (UTC)`
    #[default]
    Long,
    /// `2021-03-08 10:00 UTC`
    Short,
    /// `March 08, 2021`
    Day,
    /// `2021-03-08 10:00:00 UTC`
    Exact,
}

/// An instant, with its exact form for machines.
#[component]
pub fn Date(
    /// ISO 8601 in UTC: `2021-03-08T10:00:00Z`.
    #[prop(into)]
    iso: String,
    /// How it is written.
    #[prop(optional)]
    style: DateStyle,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let Attr(testid) = testid;
    let text = format_instant(&iso, style);
    view! { <time class="date" datetime=iso data-testid=testid>{text}</time> }
}

/// Writes an ISO 8601 instant in UTC in the given style; what is not one comes back as it is.
pub fn format_instant(iso: &str, style: DateStyle) -> String {
    let Some((year, month, day, time)) = civil(iso) else {
        return iso.to_owned();
    };
    let minutes = time.get(..5).unwrap_or(time);
    match style {
        DateStyle::Long => format!("{month} {day}, {year}, {minutes} (UTC)"),
        DateStyle::Day => format!("{month} {day}, {year}"),
        DateStyle::Short => format!("{} {minutes} UTC", &iso[..10]),
        DateStyle::Exact => format!("{} {} UTC", &iso[..10], time.get(..8).unwrap_or(time)),
    }
}

/// Cuts an ISO 8601 instant into year, name of the month, day and time of day.
pub fn civil(iso: &str) -> Option<(&str, &'static str, &str, &str)> {
    if !iso.is_ascii() {
        return None;
    }
    let (date, time) = iso.split_once(['T', ' '])?;
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    (date.len() == 10).then_some((year, *month, day, time))
}
