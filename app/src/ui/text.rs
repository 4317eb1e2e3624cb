//! Text in the scale of the type tokens.

use super::classes;
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// Size and meaning of a [`Text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextVariant {
    /// A paragraph.
    #[default]
    Paragraph,
    /// 12 pixels.
    Small,
    /// Bold.
    Strong,
    /// Monospaced: names, ARNs, keys.
    Code,
    /// The largest, for figures and welcome lines.
    Display,
    /// The bold label over a value.
    Label,
}

/// Colour of a [`Text`], by meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextColor {
    /// That of the text around it.
    #[default]
    Inherit,
    /// Less important.
    Secondary,
    /// It worked.
    Success,
    /// It did not.
    Error,
    /// Take care.
    Warning,
}

/// Text in the scale of the type tokens.
#[component]
pub fn Text(
    /// Size and meaning.
    #[prop(optional)]
    variant: TextVariant,
    /// Colour, by meaning.
    #[prop(optional)]
    color: TextColor,
    /// The element's id.
    #[prop(optional, into)]
    id: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
    /// The text.
    children: Children,
) -> impl IntoView {
    let (Attr(id), Attr(testid)) = (id, testid);
    let color = match color {
        TextColor::Inherit => "",
        TextColor::Secondary => "text--secondary",
        TextColor::Success => "text--success",
        TextColor::Error => "text--error",
        TextColor::Warning => "text--warning",
    };
    match variant {
        TextVariant::Paragraph => {
            view! { <p class=classes(["text text--paragraph", color]) id=id data-testid=testid>{children()}</p> }
                .into_any()
        }
        TextVariant::Small => {
            view! { <small class=classes(["text text--small", color]) id=id data-testid=testid>{children()}</small> }
                .into_any()
        }
        TextVariant::Strong => {
            view! { <strong class=classes(["text text--strong", color]) id=id data-testid=testid>{children()}</strong> }
                .into_any()
        }
        TextVariant::Code => {
            view! { <code class=classes(["text text--code", color]) id=id data-testid=testid>{children()}</code> }
                .into_any()
        }
        TextVariant::Display => {
            view! { <div class=classes(["text text--display", color]) id=id data-testid=testid>{children()}</div> }
                .into_any()
        }
        TextVariant::Label => {
            view! { <div class=classes(["text text--label", color]) id=id data-testid=testid>{children()}</div> }
                .into_any()
        }
    }
}
