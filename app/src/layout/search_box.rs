//! The console's search box: a form without scripts, a list of results while typing with them.

use crate::ui::{Icon, IconName};
use leptos::{ev::KeyboardEvent, prelude::*};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};

/// Where a result stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SearchGroup {
    /// A service.
    #[default]
    Services,
    /// A page of a service.
    Features,
    /// One of the caller's own users, groups, roles, policies.
    Resources,
    /// A help text.
    Documentation,
    /// Something to do: "Create a user".
    Tasks,
}

impl SearchGroup {
    /// The heading over the results.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Services => "Services",
            Self::Features => "Features",
            Self::Resources => "Resources",
            Self::Documentation => "Documentation",
            Self::Tasks => "Tasks",
        }
    }
}

/// Something that can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchEntry {
    /// Where it stands among the results.
    #[serde(rename = "g")]
    pub group: SearchGroup,
    /// Its name.
    #[serde(rename = "l")]
    pub label: String,
    /// What it is, in a few words.
    #[serde(rename = "d", default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Where it stands.
    #[serde(rename = "h")]
    pub href: String,
    /// Other words that find it.
    #[serde(rename = "k", default, skip_serializing_if = "String::is_empty")]
    pub keywords: String,
}

/// At most so many results of one group.
const PER_GROUP: usize = 6;

/// The entries that a query finds, best first within their groups.
pub fn search(entries: &[SearchEntry], query: &str) -> Vec<SearchEntry> {
    let query = query.trim().to_lowercase();
    if query.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(SearchGroup, u8, &SearchEntry)> =
        entries.iter().filter_map(|entry| rank(entry, &query).map(|rank| (entry.group, rank, entry))).collect();
    found.sort_by(|left, right| (left.0, left.1, &left.2.label).cmp(&(right.0, right.1, &right.2.label)));
    let mut counts = [0_usize; 5];
    found
        .into_iter()
        .filter(|(group, _, _)| {
            let count = &mut counts[*group as usize];
            *count += 1;
            *count <= PER_GROUP
        })
        .map(|(_, _, entry)| entry.clone())
        .collect()
}

fn rank(entry: &SearchEntry, query: &str) -> Option<u8> {
    let label = entry.label.to_lowercase();
    let keywords = entry.keywords.to_lowercase();
    let begins = |text: &str, part: &str| text.split([' ', '-', '(', '/', '.', '@']).any(|word| word.starts_with(part));
    if label == query {
        Some(0)
    } else if label.starts_with(query) {
        Some(1)
    } else if begins(&label, query) {
        Some(2)
    } else if query.split_whitespace().all(|part| begins(&label, part) || begins(&keywords, part)) {
        Some(3)
    } else if label.contains(query) || entry.description.to_lowercase().contains(query) {
        Some(4)
    } else {
        None
    }
}

/// The search box. Alt+S comes here, arrows move through the results, Enter opens one, Esc clears.
#[island]
pub fn SearchBox(
    /// The element's id, page-wide unique.
    id: String,
    /// Where the form goes without scripts, and on Enter without a chosen result.
    action: String,
    /// Shown in grey, and spoken.
    placeholder: String,
    /// What is found without asking the server.
    entries: Vec<SearchEntry>,
    /// Answers a query, appended to it, with further entries as JSON.
    resources: Option<String>,
    /// Alt+S comes to this one; one a page.
    shortcut: bool,
) -> impl IntoView {
    let entries = StoredValue::new(entries);
    let query = RwSignal::new(String::new());
    let remote = RwSignal::new(Vec::<SearchEntry>::new());
    let active = RwSignal::new(None::<usize>);
    let open = RwSignal::new(false);
    let results = Memo::new(move |_| {
        let query = query.get();
        let mut found = entries.with_value(|entries| search(entries, &query));
        found.extend(remote.get().into_iter().filter(|_| !query.trim().is_empty()));
        found.sort_by_key(|entry| entry.group);
        found
    });
    let shown = move || open.get() && !query.get().trim().is_empty();
    let list_id = format!("{id}-results");
    let option_id = {
        let id = id.clone();
        move |index: usize| format!("{id}-result-{index}")
    };
    let active_id = {
        let option_id = option_id.clone();
        move || active.get().filter(|_| shown()).map(&option_id)
    };

    let on_input = move |event| {
        let text = event_target_value(&event);
        query.set(text.clone());
        open.set(true);
        active.set(None);
        remote.set(Vec::new());
        if let Some(address) = resources.clone().filter(|_| text.trim().len() > 1) {
            set_timeout(
                move || {
                    if query.get_untracked() == text {
                        leptos::task::spawn_local(async move {
                            let found = fetch(&address, &text).await.unwrap_or_default();
                            if query.get_untracked() == text {
                                remote.set(found);
                            }
                        });
                    }
                },
                Duration::from_millis(150),
            );
        }
    };
    let on_keydown = move |event: KeyboardEvent| {
        let count = results.with(Vec::len);
        let key = event.key();
        match key.as_str() {
            "ArrowDown" | "ArrowUp" if count > 0 => {
                event.prevent_default();
                open.set(true);
                let step = if key == "ArrowDown" { 1 } else { count - 1 };
                let from = active.get().unwrap_or(if key == "ArrowDown" { count - 1 } else { 0 });
                active.set(Some((from + step) % count));
            }
            "Enter" if shown() => {
                let chosen = active.get().unwrap_or(0);
                if let Some(entry) = results.with(|results| results.get(chosen).cloned()) {
                    event.prevent_default();
                    let _ = window().location().assign(&entry.href);
                }
            }
            "Escape" => {
                event.prevent_default();
                query.set(String::new());
                open.set(false);
                active.set(None);
            }
            _ => {}
        }
    };
    // Leaving the box closes the list; a click on a result must not, so the list keeps the focus where it is.
    let on_blur = move |_| open.set(false);
    let controls = list_id.clone();
    let (spoken, area) = (placeholder.clone(), placeholder.clone());
    view! {
        <form class="search-box" role="search" aria-label=area action=action method="get" data-testid="search-box">
            <span class="search-box__icon"><Icon name=IconName::Search /></span>
            <input
                class="search-box__input"
                type="search"
                name="q"
                id=id
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                placeholder=placeholder
                aria-label=spoken
                aria-autocomplete="list"
                aria-controls=controls
                aria-expanded=move || if shown() { "true" } else { "false" }
                aria-activedescendant=active_id
                aria-keyshortcuts=shortcut.then_some("Alt+S")
                data-search-shortcut=shortcut
                prop:value=move || query.get()
                on:input=on_input
                on:keydown=on_keydown
                on:focus=move |_| open.set(true)
                on:blur=on_blur
                data-testid="search-input"
            />
            {shortcut.then(|| view! { <kbd class="search-box__key" aria-hidden="true">"[Alt+S]"</kbd> })}
            <div
                class="search-box__results"
                id=list_id
                role="listbox"
                aria-label="Search results"
                hidden=move || !shown()
                on:mousedown=|event| event.prevent_default()
                data-testid="search-results"
            >
                {move || list(results.get(), active, option_id.clone())}
            </div>
        </form>
    }
}

fn list(results: Vec<SearchEntry>, active: RwSignal<Option<usize>>, option_id: impl Fn(usize) -> String) -> AnyView {
    if results.is_empty() {
        return view! { <div class="search-box__nothing" role="option" aria-disabled="true" aria-selected="false">"No matches"</div> }
            .into_any();
    }
    let mut group = None;
    results
        .into_iter()
        .enumerate()
        .map(|(index, entry)| {
            let heading = (group != Some(entry.group)).then(|| entry.group.heading());
            group = Some(entry.group);
            view! {
                {heading.map(|text| view! { <div class="search-box__heading" role="presentation">{text}</div> })}
                <a
                    class="search-box__result"
                    role="option"
                    id=option_id(index)
                    href=entry.href
                    tabindex="-1"
                    aria-selected=move || if active.get() == Some(index) { "true" } else { "false" }
                    on:mousemove=move |_| active.set(Some(index))
                >
                    <span class="search-box__label">{entry.label}</span>
                    {(!entry.description.is_empty())
                        .then(|| view! { <span class="search-box__description">{entry.description}</span> })}
                </a>
            }
        })
        .collect_view()
        .into_any()
}

/// Asks the server for entries. The browser's `fetch` through its plain interface, which costs the least wasm.
async fn fetch(address: &str, query: &str) -> Option<Vec<SearchEntry>> {
    let query = String::from(js_sys::encode_uri_component(query));
    let promise = window().fetch_with_str(&format!("{address}{query}"));
    let response = wasm_bindgen_futures::JsFuture::from(promise).await.ok()?;
    let read: js_sys::Function = js_sys::Reflect::get(&response, &JsValue::from_str("text")).ok()?.dyn_into().ok()?;
    let promise: js_sys::Promise = read.call0(&response).ok()?.dyn_into().ok()?;
    let text = wasm_bindgen_futures::JsFuture::from(promise).await.ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}
