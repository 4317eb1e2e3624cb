//! Columns that become rows on narrow screens.

use leptos::prelude::*;

/// Equal columns. Each child is one cell.
#[component]
pub fn ColumnLayout(
    /// How many on a wide screen: 1 to 4.
    #[prop(default = 2)]
    columns: u8,
    /// Draws lines between the columns.
    #[prop(optional)]
    borders: bool,
    /// The cells.
    children: Children,
) -> impl IntoView {
    let borders = if borders { " column-layout--borders" } else { "" };
    view! { <div class=format!("column-layout column-layout--{}{borders}", columns.clamp(1, 4))>{children()}</div> }
        .into_any()
}

/// Cards of a least width, as many side by side as fit.
#[component]
pub fn Grid(
    /// Wide cards (at least 360 pixels) instead of narrow ones (at least 240).
    #[prop(optional)]
    wide: bool,
    /// Figures with short labels: as many equal columns as fit, two of them on a phone.
    #[prop(optional)]
    figures: bool,
    /// The cards.
    children: Children,
) -> impl IntoView {
    let class = match (figures, wide) {
        (true, _) => "grid grid--figures",
        (false, true) => "grid grid--wide",
        (false, false) => "grid",
    };
    view! { <div class=class>{children()}</div> }.into_any()
}
