//! Buttons, and links that look like buttons.

use super::{Icon, IconName, Spinner, classes, when};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// The weight of a button. A page has at most one primary button per region, and it stands last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// Outlined.
    #[default]
    Normal,
    /// Filled: the one thing to do.
    Primary,
    /// Without outline, for Cancel.
    Link,
    /// An icon alone; needs a label.
    Icon,
    /// Text that stands in a sentence.
    Inline,
}

impl ButtonVariant {
    const fn class(self) -> &'static str {
        match self {
            Self::Normal => "button--normal",
            Self::Primary => "button--primary",
            Self::Link => "button--link",
            Self::Icon => "button--icon",
            Self::Inline => "button--inline",
        }
    }
}

/// What a button does with the form around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Nothing.
    #[default]
    Button,
    /// Sends it.
    Submit,
    /// Empties it.
    Reset,
}

impl ButtonKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Button => "button",
            Self::Submit => "submit",
            Self::Reset => "reset",
        }
    }
}

/// A button, or with `href` a link that looks like one.
///
/// With a `disabled_reason` a disabled button keeps its place in the tab order and tells why.
#[component]
pub fn Button(
    /// Its weight.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Makes it a link.
    #[prop(optional, into)]
    href: Attr,
    /// What it does with the form around it.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// An icon after the text.
    #[prop(optional, into)]
    icon_end: Option<IconName>,
    /// The accessible name, needed where there is only an icon, useful where the text alone is vague.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// Whether it can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Why it cannot be used.
    #[prop(optional, into)]
    disabled_reason: MaybeProp<String>,
    /// Shows a spinner in place of the icon.
    #[prop(optional, into)]
    loading: Signal<bool>,
    /// Form field name sent when this button submits.
    #[prop(optional, into)]
    name: Attr,
    /// Form field value sent when this button submits.
    #[prop(optional, into)]
    value: Attr,
    /// Id of the form it belongs to, when it stands outside of it.
    #[prop(optional, into)]
    form: Attr,
    /// Sends the form elsewhere.
    #[prop(optional, into)]
    formaction: Attr,
    /// Sends the form without the browser's checks, for Previous and Cancel.
    #[prop(optional)]
    formnovalidate: bool,
    /// Id of the [`Modal`](super::Modal) that it opens.
    #[prop(optional, into)]
    opens: Attr,
    /// Id of the [`Modal`](super::Modal) that it closes.
    #[prop(optional, into)]
    closes: Attr,
    /// Id of the popover that it shows and hides.
    #[prop(optional, into)]
    popovertarget: Attr,
    /// Takes away the alert or flash around it (needs scripts).
    #[prop(optional)]
    dismisses: bool,
    /// Usable only while the table of this id has a selection: `Some((id, true))` asks for exactly one row.
    #[prop(optional, into)]
    for_selection: Option<(String, bool)>,
    /// Takes the whole width.
    #[prop(optional)]
    full_width: bool,
    /// The file name under which a link's target is saved.
    #[prop(optional, into)]
    download: Attr,
    /// The element's id.
    #[prop(optional, into)]
    id: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
    /// The text.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (
        Attr(href),
        Attr(name),
        Attr(value),
        Attr(form),
        Attr(formaction),
        Attr(opens),
        Attr(closes),
        Attr(popovertarget),
        Attr(download),
        Attr(id),
        Attr(testid),
    ) = (href, name, value, form, formaction, opens, closes, popovertarget, download, id, testid);
    let class = classes(["button", variant.class(), when(full_width, "button--full-width")]);
    let explained = move || disabled.get() && disabled_reason.get().is_some();
    let reason = move || disabled.get().then(|| disabled_reason.get()).flatten();
    let content = view! {
        {move || {
            if loading.get() {
                Some(view! { <Spinner /> }.into_any())
            } else {
                icon.map(|name| view! { <Icon name /> }.into_any())
            }
        }}
        {children.map(|children| view! { <span class="button__text">{children()}</span> })}
        {icon_end.map(|name| view! { <Icon name /> })}
    };
    if let Some(href) = href {
        let target = move || (!disabled.get()).then(|| href.clone());
        view! {
            <a
                class=class
                href=target
                role=move || disabled.get().then_some("link")
                tabindex=move || explained().then_some("0")
                aria-disabled=move || disabled.get().then_some("true")
                aria-label=move || label.get()
                title=reason
                data-reason=reason
                download=download
                id=id
                data-testid=testid
            >
                {content}
            </a>
        }
        .into_any()
    } else {
        let (command, commandfor) = match (opens, closes) {
            (Some(modal), _) => (Some("show-modal"), Some(modal)),
            (None, Some(modal)) => (Some("close"), Some(modal)),
            (None, None) => (None, None),
        };
        let (selection, single) = match for_selection {
            Some((table, single)) => (Some(table), single),
            None => (None, false),
        };
        view! {
            <button
                class=class
                type=move || if explained() { "button" } else { kind.word() }
                disabled=move || disabled.get() && !explained()
                aria-disabled=move || explained().then_some("true")
                aria-busy=move || loading.get().then_some("true")
                aria-label=move || label.get()
                title=reason
                data-reason=reason
                name=name
                value=value
                form=form
                formaction=formaction
                formnovalidate=formnovalidate
                command=command
                commandfor=commandfor
                popovertarget=popovertarget
                data-dismiss=dismisses
                data-for-selection=selection
                data-single=single
                id=id
                data-testid=testid
            >
                {content}
            </button>
        }
        .into_any()
    }
}
