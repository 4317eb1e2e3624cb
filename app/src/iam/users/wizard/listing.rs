//! Lists that the wizard fetches while it is used: searching, and more of the same.

use leptos::{prelude::*, task::spawn_local};
use model::console::{GroupRow, ListGroupRows, ListPermissionRows, ListPolicyRows, PermissionRow, PolicyRow};
use std::time::Duration;

use crate::{
    CallError,
    iam::{calls::Remote, denied::Problem, words::showing},
    ui::{Button, EmptyState, Icon, IconName, Rows},
};

/// How long typing must pause before the server is asked.
const PAUSE: Duration = Duration::from_millis(200);
/// How many rows come at a time.
const PAGE: i64 = 50;

/// A read model that comes in pages.
pub(super) trait Paged: Remote {
    /// One row.
    type Row: Clone + Send + Sync + 'static;
    /// Asks for a page.
    fn asking(query: Option<String>, marker: Option<String>) -> Self;
    /// The rows, how many there are in all where that is known, and where the next page begins.
    fn answered(output: Self::Output) -> (Vec<Self::Row>, Option<i64>, Option<String>);
}

macro_rules! paged {
    ($($name:ident $row:ident $total:expr;)*) => { $(
        impl Paged for $name {
            type Row = $row;

            fn asking(query: Option<String>, marker: Option<String>) -> Self {
                let searched = Self { query, ..Self::default() };
                Self { marker, max_items: Some(PAGE), ..searched }
            }

            fn answered(output: Self::Output) -> (Vec<$row>, Option<i64>, Option<String>) {
                let total: fn(&Self::Output) -> Option<i64> = $total;
                (output.rows.clone(), total(&output), output.marker)
            }
        }
    )* };
}

paged! {
    ListPolicyRows PolicyRow |output| Some(output.total);
    ListGroupRows GroupRow |_| None;
    ListPermissionRows PermissionRow |_| None;
}

/// What has been fetched so far.
#[derive(Clone)]
pub(super) struct Found<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many match in all, where that is known.
    pub total: Option<i64>,
    /// Where the next page begins.
    marker: Option<String>,
    /// Whether rows are on their way.
    pub loading: bool,
    /// Why the last page did not come.
    failed: Option<CallError>,
}

/// A list, what is searched for in it, and what has been fetched of it.
pub(super) struct Listing<P: Paged> {
    pub query: RwSignal<String>,
    pub found: RwSignal<Found<P::Row>>,
    /// Counts how often the table was drawn. Each time its rows are new elements: a browser keeps a tick in an
    /// element that shows another row.
    pub drawn: RwSignal<u64>,
    /// Counts the searches: an answer to an earlier one comes too late.
    turn: StoredValue<u64>,
}

impl<P: Paged> Clone for Listing<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Paged> Copy for Listing<P> {}

impl<P: Paged> Listing<P> {
    /// A list of which nothing has been fetched.
    pub fn new() -> Self {
        let found = Found { rows: Vec::new(), total: None, marker: None, loading: true, failed: None };
        Self {
            query: RwSignal::default(),
            found: RwSignal::new(found),
            drawn: RwSignal::new(0),
            turn: StoredValue::new(0),
        }
    }

    /// Fetches the first page, once the browser shows the list.
    pub fn start(self) {
        Effect::new(move |_| self.search());
    }

    /// Fetches the first page of what is searched for.
    pub fn search(self) {
        self.fetch(None);
    }

    /// Fetches the next page.
    pub fn more(self) {
        let marker = self.found.with_untracked(|found| found.marker.clone());
        if marker.is_some() {
            self.fetch(marker);
        }
    }

    /// Draws the table anew.
    pub fn draw(self) {
        self.drawn.update(|drawn| *drawn += 1);
    }

    fn fetch(self, marker: Option<String>) {
        let query = self.query.get_untracked().trim().to_owned();
        let asked = P::asking((!query.is_empty()).then_some(query), marker.clone());
        self.turn.update_value(|turn| *turn += 1);
        let turn = self.turn.get_value();
        self.found.update(|found| found.loading = true);
        spawn_local(async move {
            let answer = asked.remote().await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.found.update(|found| {
                found.loading = false;
                found.failed = None;
                match answer.map(P::answered) {
                    Ok((rows, total, next)) => {
                        if marker.is_none() {
                            found.rows.clear();
                        }
                        found.rows.extend(rows);
                        (found.total, found.marker) = (total, next);
                    }
                    Err(error) => found.failed = Some(error),
                }
            });
            self.draw();
        });
    }

    /// What the table shows when it is drawn; `empty` stands where there is nothing at all.
    pub fn rows(self, empty: impl FnOnce() -> AnyView) -> Rows<P::Row> {
        let found = self.found.get_untracked();
        if let Some(error) = found.failed {
            let retry = Callback::new(move |()| self.search());
            return Rows::Instead(view! { <Problem error on_retry=retry /> }.into_any());
        }
        if !found.rows.is_empty() {
            return Rows::Ready(found.rows);
        }
        if found.loading {
            return Rows::Loading;
        }
        if self.query.get_untracked().trim().is_empty() {
            return Rows::Instead(empty());
        }
        Rows::Instead(view! { <EmptyState title="No matches" text="We can't find a match." /> }.into_any())
    }
}

/// The search line over a list.
#[component]
pub(super) fn Search<P: Paged>(
    /// The list.
    listing: Listing<P>,
    /// What it searches: "Filter policies".
    #[prop(into)]
    placeholder: String,
    /// `data-testid`.
    #[prop(into)]
    testid: String,
) -> impl IntoView {
    let (label, region) = (placeholder.clone(), placeholder.clone());
    let mut later = debounce(PAUSE, move |()| listing.search());
    let count = move || {
        let found = listing.found.get();
        let shown = found.total.unwrap_or_else(|| i64::try_from(found.rows.len()).unwrap_or_default());
        (!found.loading).then(|| showing(shown))
    };
    view! {
        <div class="form form--inline">
            <div class="text-filter" role="search" aria-label=region>
                <span class="text-filter__icon"><Icon name=IconName::Search /></span>
                <input
                    class="input text-filter__input"
                    type="search"
                    placeholder=placeholder
                    aria-label=label
                    autocomplete="off"
                    spellcheck="false"
                    data-testid=testid
                    prop:value=listing.query
                    on:input=move |event| {
                        listing.query.set(event_target_value(&event));
                        later(());
                    }
                    on:keydown=move |event| {
                        // Enter searches; it must not send the wizard's form.
                        if event.key() == "Enter" {
                            event.prevent_default();
                            listing.search();
                        }
                    }
                />
            </div>
            <span class="text-filter__count" role="status" data-testid="results">{count}</span>
        </div>
    }
}

/// A table that is drawn anew with every answer.
#[component]
pub(super) fn Drawn<P: Paged>(
    /// The list.
    listing: Listing<P>,
    /// Draws the table.
    table: Callback<(), AnyView>,
) -> impl IntoView {
    view! { <For each=move || [listing.drawn.get()] key=|drawn| *drawn children=move |_| table.run(()) /> }
}

/// The way to the rest of a long list.
#[component]
pub(super) fn More<P: Paged>(
    /// The list.
    listing: Listing<P>,
    /// `data-testid`.
    testid: &'static str,
) -> impl IntoView {
    let rest = move || listing.found.with(|found| found.marker.is_some());
    move || {
        rest().then(|| {
            let loading = Signal::derive(move || listing.found.with(|found| found.loading));
            view! { <div><Button loading on:click=move |_| listing.more() testid>"Show more"</Button></div> }
        })
    }
}
