//! Links. None leaves the host.

use super::classes;
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// How a link looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkVariant {
    /// Underlined, in a sentence.
    #[default]
    Inline,
    /// Without underline, in a table or list.
    Plain,
    /// Bold, for the way on.
    Primary,
}

/// A link to another page of this host.
#[component]
pub fn Link(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How it looks.
    #[prop(optional)]
    variant: LinkVariant,
    /// The accessible name, when the text alone is vague.
    #[prop(optional, into)]
    label: Attr,
    /// The file name under which the target is saved.
    #[prop(optional, into)]
    download: Attr,
    /// The element's id.
    #[prop(optional, into)]
    id: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
    /// The text.
    children: Children,
) -> impl IntoView {
    let (Attr(label), Attr(download), Attr(id), Attr(testid)) = (label, download, id, testid);
    let variant = match variant {
        LinkVariant::Inline => "",
        LinkVariant::Plain => "link--plain",
        LinkVariant::Primary => "link--primary",
    };
    view! {
        <a class=classes(["link", variant]) href=href aria-label=label download=download id=id data-testid=testid>
            {children()}
        </a>
    }
}

/// "Info" or "Learn more": opens a help topic in the panel at the right.
#[component]
pub fn InfoLink(
    /// Id of the [`HelpPanel`](crate::layout::HelpPanel) that it opens.
    #[prop(into)]
    topic: String,
    /// What the help is about, for those who cannot see what stands beside the link.
    #[prop(into)]
    about: String,
    /// The text; "Info" when left out.
    #[prop(optional, into)]
    text: Attr,
) -> impl IntoView {
    let Attr(text) = text;
    let text = text.unwrap_or_else(|| "Info".to_owned());
    let label = format!("{text}: {about}");
    view! {
        <button class="link link--info" type="button" popovertarget=topic aria-label=label>
            {text}
        </button>
    }
}
