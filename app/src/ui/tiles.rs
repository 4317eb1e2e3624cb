//! One choice among few, as large tiles.

use super::{FieldContext, Icon, IconName, IconSize};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// One tile.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tile {
    /// What the form sends.
    pub value: String,
    /// The label.
    pub text: String,
    /// A few words below the label.
    pub description: Option<String>,
    /// A drawing at the top.
    pub icon: Option<IconName>,
    /// Whether it can be chosen.
    pub disabled: bool,
}

impl Tile {
    /// A tile with nothing but its label.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), description: None, icon: None, disabled: false }
    }

    /// Adds a few words below the label.
    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Adds a drawing.
    pub fn icon(mut self, icon: IconName) -> Self {
        self.icon = Some(icon);
        self
    }
}

/// One choice among few, as large tiles. Its [`FormField`](super::FormField) takes `group=true`.
#[component]
pub fn Tiles(
    /// Form field name; the ids are `<name>-<value>`.
    #[prop(into)]
    name: String,
    /// The tiles.
    tiles: Vec<Tile>,
    /// The chosen value.
    #[prop(optional, into)]
    value: MaybeProp<String>,
    /// How many stand side by side on a wide screen: 1 to 4.
    #[prop(default = 3)]
    columns: u8,
    /// Called with the new value, inside an island.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
    /// The accessible name, where no [`FormField`](super::FormField) gives one.
    #[prop(optional, into)]
    label: Attr,
    /// `data-testid`; each tile has `<testid>-<value>`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let (Attr(label), Attr(testid)) = (label, testid);
    let field = use_context::<FieldContext>();
    let labelled_by = field.as_ref().map(|field| field.label_id.clone()).filter(|_| label.is_none());
    let described = field.map(|field| field.described_by);
    let tiles = tiles
        .into_iter()
        .map(|tile| {
            let id = super::slug(&format!("{name}-{}", tile.value));
            let description_id = format!("{id}-description");
            let target = id.clone();
            let label_id = format!("{id}-text");
            let describes = tile.description.is_some().then(|| description_id.clone());
            let is = tile.value.clone();
            let chosen = Signal::derive(move || value.get().as_deref() == Some(is.as_str()));
            let testid = testid.as_ref().map(|testid| format!("{testid}-{}", tile.value));
            let sends = tile.value.clone();
            view! {
                <label class="tiles__tile" for=target>
                    <input
                        class="radio-group__control tiles__control"
                        type="radio"
                        id=id
                        name=name.clone()
                        value=tile.value
                        checked=chosen.get_untracked()
                        prop:checked=move || chosen.get()
                        disabled=tile.disabled
                        aria-labelledby=label_id.clone()
                        aria-describedby=describes
                        on:change=move |_| {
                            if let Some(callback) = on_change {
                                callback.run(sends.clone());
                            }
                        }
                        data-testid=testid
                    />
                    {tile
                        .icon
                        .map(|name| {
                            view! { <span class="tiles__icon"><Icon name size=IconSize::Big /></span> }
                        })}
                    <span class="tiles__text">
                        <span class="tiles__label" id=label_id>{tile.text}</span>
                        {tile
                            .description
                            .map(|text| {
                                view! { <span class="tiles__description" id=description_id>{text}</span> }
                            })}
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div
            class=format!("tiles tiles--{}", columns.clamp(1, 4))
            role="radiogroup"
            aria-label=label
            aria-labelledby=labelled_by
            aria-describedby=move || described.and_then(|described| described.get())
            data-testid=testid
        >
            {tiles}
        </div>
    }
    .into_any()
}

/// The same choice where each tile is a page of its own: links, which need neither scripts nor a button.
#[component]
pub fn LinkTiles(
    /// The accessible name.
    #[prop(into)]
    label: String,
    /// The tiles, and where each leads.
    tiles: Vec<(Tile, String)>,
    /// The value of the one that is shown.
    #[prop(into)]
    current: String,
    /// How many stand side by side on a wide screen: 1 to 4.
    #[prop(default = 3)]
    columns: u8,
    /// `data-testid`; each tile has `<testid>-<value>`.
    #[prop(into)]
    testid: String,
) -> impl IntoView {
    let tiles = tiles
        .into_iter()
        .map(|(tile, href)| {
            let here = (tile.value == current).then_some("true");
            view! {
                <a class="tiles__tile tiles__tile--link" href=href aria-current=here data-testid=format!("{testid}-{}", tile.value)>
                    {tile
                        .icon
                        .map(|name| {
                            view! { <span class="tiles__icon"><Icon name size=IconSize::Big /></span> }
                        })}
                    <span class="tiles__text">
                        <span class="tiles__label">{tile.text}</span>
                        {tile.description.map(|text| view! { <span class="tiles__description">{text}</span> })}
                    </span>
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class=format!("tiles tiles--{}", columns.clamp(1, 4)) aria-label=label>
            {tiles}
        </nav>
    }
    .into_any()
}
