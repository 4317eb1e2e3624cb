//! Icons as inline SVG, so that they take the colour of the text and need no request.

use super::icon_paths::IconName;
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// The side of an icon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 16 pixels, for lines of text.
    #[default]
    Normal,
    /// 20 pixels.
    Medium,
    /// 32 pixels.
    Big,
    /// 48 pixels.
    Large,
}

impl IconSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Normal => "icon",
            Self::Medium => "icon icon--medium",
            Self::Big => "icon icon--big",
            Self::Large => "icon icon--large",
        }
    }
}

/// One icon. Without a label it is decoration, hidden from assistive technology.
#[component]
pub fn Icon(
    /// Which drawing.
    name: IconName,
    /// How large.
    #[prop(optional)]
    size: IconSize,
    /// What the icon says when no text beside it does.
    #[prop(optional, into)]
    label: Attr,
) -> impl IntoView {
    let Attr(label) = label;
    let (stroke, fill) = name.paths();
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    view! {
        <svg class=size.class() viewBox="0 0 16 16" focusable="false" role=role aria-label=label aria-hidden=hidden>
            {(!stroke.is_empty()).then(|| view! { <path class="icon__stroke" d=stroke></path> })}
            {(!fill.is_empty()).then(|| view! { <path class="icon__fill" d=fill></path> })}
        </svg>
    }
}
