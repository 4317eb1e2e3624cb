//! Choosing a block's service.

use ::services::{Entry, visual::Permissions};
use leptos::prelude::*;

use super::{
    block::{Row, name_of},
    fields,
    place::Place,
    sent::Editing,
};
use crate::{
    iam::policies::draft::NEXT,
    ui::{EmptyState, FilterInput},
};

/// The section "Service".
pub(super) fn row(place: &Place, editing: &Editing, number: usize, block: &Permissions, open: bool) -> Row {
    let summary = match block.service.as_str() {
        "" => "Choose a service".to_owned(),
        prefix if ::services::entry(prefix).is_none() => format!("{prefix} (unrecognized service)"),
        _ => name_of(block),
    };
    let content = open.then(|| list(place, editing, number, block));
    Row { title: "Service".to_owned(), summary, content }
}

fn list(place: &Place, editing: &Editing, number: usize, block: &Permissions) -> AnyView {
    let query = editing.typed(fields::FIND_SERVICE);
    let wanted = query.trim().to_lowercase();
    let matches =
        |service: &Entry| service.short_name().to_lowercase().contains(&wanted) || service.prefix.contains(&wanted);
    let none = !::services::by_name().any(matches);
    let choices = ::services::by_name().map(|service| {
        let (hidden, current) = (!matches(service), service.prefix == block.service);
        let to = place.about("service", number, &service.prefix);
        view! {
            <li class="service-choices__item" hidden=hidden data-filter-item="true">
                <button
                    class="service-choices__choice"
                    type="submit"
                    name="_op"
                    value=NEXT
                    formaction=to
                    formnovalidate=true
                    aria-current=current.then_some("true")
                    data-testid=format!("service-{}", service.prefix)
                >
                    {service.short_name()}
                    " "
                    <span class="service-choices__prefix">{service.prefix.as_str()}</span>
                </button>
            </li>
        }
    });
    let choices = choices.collect_view();
    let nothing = none.then(|| {
        view! { <EmptyState title="No matches" text="No service has this in its name or prefix." testid="no-services" /> }
    });
    let id = format!("services-{number}");
    view! {
        {finder(fields::FIND_SERVICE, "Find a service", query, &id, true, "find-service")}
        {nothing}
        <ul class="service-choices" id=id>
            {choices}
        </ul>
    }
    .into_any()
}

/// A line that filters what is on the page while typing; without scripts Enter asks the server.
pub(super) fn finder(
    name: &'static str,
    label: &'static str,
    value: String,
    target: &str,
    picks: bool,
    testid: &'static str,
) -> AnyView {
    let target = target.to_owned();
    view! {
        <FilterInput name placeholder=label area=label value target picks testid />
        <span class="text-filter__count" role="status"></span>
    }
    .into_any()
}
