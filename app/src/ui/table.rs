//! Lists of resources. Pages never write `<table>`.

use super::{
    Button, Column, EmptyState, Icon, IconName, Rows, Selection, SelectionKind, Sort, Status, StatusIndicator, classes,
    when,
};
use crate::ui::prop::{Attr, Slot};
use leptos::{children::ViewFnOnce, prelude::*};

/// A list of resources, with all its states: rows, loading, empty, no match, failed.
#[component]
pub fn Table<T: Send + Sync + 'static>(
    /// The element's id, page-wide unique.
    #[prop(into)]
    id: String,
    /// What is listed, for those who cannot see the header: "Users".
    #[prop(into)]
    label: String,
    /// The columns.
    columns: Vec<Column<T>>,
    /// The rows.
    rows: Rows<T>,
    /// Lets rows be chosen.
    #[prop(optional, into)]
    selection: Option<Selection<T>>,
    /// Lets the order be changed.
    #[prop(optional, into)]
    sort: Option<Sort>,
    /// A [`Header`](super::Header) with the list's actions.
    #[prop(optional, into)]
    header: Slot,
    /// A [`TextFilter`](super::TextFilter).
    #[prop(optional, into)]
    filter: Slot,
    /// A [`Pagination`](super::Pagination).
    #[prop(optional, into)]
    pagination: Slot,
    /// An [`EmptyState`]; a plain one when left out.
    #[prop(optional, into)]
    empty: Slot,
    /// Below the rows.
    #[prop(optional, into)]
    footer: Slot,
    /// Without a frame, inside another container.
    #[prop(optional)]
    embedded: bool,
    /// Less air.
    #[prop(optional)]
    compact: bool,
    /// `data-testid`; the id when left out. Rows have `<testid>-row`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let (Attr(testid), Slot(header), Slot(filter), Slot(pagination), Slot(empty), Slot(footer)) =
        (testid, header, filter, pagination, empty, footer);
    let testid = testid.unwrap_or_else(|| id.clone());
    let row_testid = format!("{testid}-row");
    let span = columns.len() + usize::from(selection.is_some());
    let head = head(&columns, selection.as_ref(), sort, &id);
    let tools = filter.is_some() || pagination.is_some();
    let body = match rows {
        Rows::Ready(rows) if rows.is_empty() => {
            let view = empty.map_or_else(
                || view! { <EmptyState title="No resources" text="No resources to display." /> }.into_any(),
                ViewFnOnce::run,
            );
            message(span, view)
        }
        Rows::Ready(rows) => rows
            .into_iter()
            .map(|row| {
                let choice = selection.as_ref().map(|selection| choice(selection, &row));
                let cells = columns.iter().map(|column| cell(column, &row)).collect_view();
                view! {
                    <tr class="table__row" data-testid=row_testid.clone()>
                        {choice} {cells}
                    </tr>
                }
            })
            .collect_view()
            .into_any(),
        Rows::NoMatch { clear } => message(
            span,
            view! {
                <EmptyState
                    title="No matches"
                    text="We can't find a match."
                    action=move || view! { <Button href=clear>"Clear filter"</Button> }
                />
            }
            .into_any(),
        ),
        Rows::Loading => message(
            span,
            view! {
                <div role="status">
                    <StatusIndicator status=Status::Loading>"Loading resources"</StatusIndicator>
                </div>
            }
            .into_any(),
        ),
        Rows::Failed(reason) => message(
            span,
            view! {
                <div role="alert">
                    <StatusIndicator status=Status::Error>{reason}</StatusIndicator>
                </div>
            }
            .into_any(),
        ),
        Rows::Instead(view) => message(span, view),
    };
    let class = classes(["table", when(embedded, "table--embedded"), when(compact, "table--compact")]);
    let group = format!("{label} table");
    view! {
        <div class=class data-testid=testid>
            {header.map(|view| view! { <div class="table__header">{view.run()}</div> })}
            {tools
                .then(|| {
                    view! {
                        <div class="table__tools">
                            <div class="table__filter">{filter.map(ViewFnOnce::run)}</div>
                            {pagination.map(ViewFnOnce::run)}
                        </div>
                    }
                })}
            <div class="table__scroll" tabindex="0" role="group" aria-label=group>
                <table class="table__grid" id=id aria-label=label>
                    <thead>
                        <tr>{head}</tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
            {footer.map(|view| view! { <div class="table__footer">{view.run()}</div> })}
        </div>
    }
    .into_any()
}

fn message(span: usize, view: AnyView) -> AnyView {
    view! {
        <tr class="table__message">
            <td colspan=span.to_string()>
                <div class="table__note">{view}</div>
            </td>
        </tr>
    }
    .into_any()
}

fn head<T>(columns: &[Column<T>], selection: Option<&Selection<T>>, sort: Option<Sort>, id: &str) -> AnyView {
    let choose = selection.map(|selection| match selection.kind {
        SelectionKind::Multi => view! {
            <th class="table__choice" scope="col">
                <input
                    class="checkbox__control needs-script"
                    type="checkbox"
                    aria-label="Select all rows"
                    data-selects-all=id.to_owned()
                    data-testid="select-all"
                />
            </th>
        }
        .into_any(),
        SelectionKind::Single => view! {
            <th class="table__choice" scope="col">
                <span class="visually-hidden">"Selection"</span>
            </th>
        }
        .into_any(),
    });
    let headers = columns
        .iter()
        .map(|column| {
            let class = classes(["table__heading", when(column.end, "table__heading--end")]);
            let Some(sort) = sort.as_ref().filter(|_| column.sortable) else {
                return view! { <th class=class scope="col">{column.header.clone()}</th> }.into_any();
            };
            let sorted = sort.column == column.id;
            let down = sorted && !sort.descending;
            let state = match (sorted, sort.descending) {
                (false, _) => "none",
                (true, false) => "ascending",
                (true, true) => "descending",
            };
            let icon = match (sorted, sort.descending) {
                (false, _) => IconName::CaretDown,
                (true, false) => IconName::CaretUpFilled,
                (true, true) => IconName::CaretDownFilled,
            };
            view! {
                <th class=class scope="col" aria-sort=state>
                    <a class="table__sort" href=sort.href.run((column.id.to_owned(), down))>
                        <span>{column.header.clone()}</span>
                        <Icon name=icon />
                    </a>
                </th>
            }
            .into_any()
        })
        .collect_view();
    view! {
        {choose}
        {headers}
    }
    .into_any()
}

fn choice<T>(selection: &Selection<T>, row: &T) -> AnyView {
    let value = (selection.value)(row);
    let label = format!("Select {}", (selection.label)(row));
    let (kind, class) = match selection.kind {
        SelectionKind::Multi => ("checkbox", "checkbox__control"),
        SelectionKind::Single => ("radio", "radio-group__control"),
    };
    let callback = selection.on_change;
    let sends = value.clone();
    view! {
        <td class="table__choice">
            <input
                class=class
                type=kind
                name=selection.name.clone()
                value=value
                form=selection.form.clone()
                checked=(selection.selected)(row)
                disabled=(selection.disabled)(row)
                aria-label=label
                data-selects-row="true"
                on:change=move |event| {
                    if let Some(callback) = callback {
                        callback.run((sends.clone(), event_target_checked(&event)));
                    }
                }
            />
        </td>
    }
    .into_any()
}

fn cell<T>(column: &Column<T>, row: &T) -> AnyView {
    let class =
        classes(["table__cell", when(column.end, "table__cell--end"), when(column.nowrap, "table__cell--nowrap")]);
    let content = (column.cell)(row);
    if column.row_header {
        view! { <th class=class scope="row">{content}</th> }.into_any()
    } else {
        view! { <td class=class>{content}</td> }.into_any()
    }
}
