//! Even distances between things.

use leptos::prelude::*;

/// Which way things stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// One below the other.
    #[default]
    Vertical,
    /// Side by side; they wrap.
    Horizontal,
}

/// How far apart things stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Space {
    /// 4 pixels.
    Xxs,
    /// 8 pixels.
    Xs,
    /// 12 pixels.
    S,
    /// 16 pixels.
    M,
    /// 20 pixels, the distance between containers.
    #[default]
    L,
    /// 32 pixels.
    Xxl,
}

impl Space {
    const fn word(self) -> &'static str {
        match self {
            Self::Xxs => "xxs",
            Self::Xs => "xs",
            Self::S => "s",
            Self::M => "m",
            Self::L => "l",
            Self::Xxl => "xxl",
        }
    }
}

/// Puts its children at even distances.
#[component]
pub fn SpaceBetween(
    /// Which way they stand.
    #[prop(optional)]
    direction: Direction,
    /// How far apart.
    #[prop(optional)]
    size: Space,
    /// The things.
    children: Children,
) -> impl IntoView {
    let direction = match direction {
        Direction::Vertical => "space-between--vertical",
        Direction::Horizontal => "space-between--horizontal",
    };
    view! { <div class=format!("space-between {direction} space-between--{}", size.word())>{children()}</div> }
        .into_any()
}
