//! A small coloured word.

use super::classes;
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// The colour of a [`Badge`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeColor {
    /// Neutral.
    #[default]
    Grey,
    /// Notable.
    Blue,
    /// Good.
    Green,
    /// Bad.
    Red,
}

/// A small coloured word, such as a count or a kind.
#[component]
pub fn Badge(
    /// Its colour.
    #[prop(optional)]
    color: BadgeColor,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
    /// The word.
    children: Children,
) -> impl IntoView {
    let Attr(testid) = testid;
    let variant = match color {
        BadgeColor::Grey => "badge--grey",
        BadgeColor::Blue => "badge--blue",
        BadgeColor::Green => "badge--green",
        BadgeColor::Red => "badge--red",
    };
    view! { <span class=classes(["badge", variant]) data-testid=testid>{children()}</span> }
}
