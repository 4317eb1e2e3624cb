//! A button that opens a menu.

use super::{ButtonVariant, Icon, IconName, classes};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// One entry of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuItem {
    /// Leads to a page.
    Link {
        /// The text.
        text: String,
        /// Where it leads.
        href: String,
        /// Marks the entry that is already chosen.
        current: bool,
    },
    /// Sends a form that stands elsewhere on the page.
    Submit {
        /// The text.
        text: String,
        /// The form's id.
        form: String,
        /// Field name and value sent with it.
        field: Option<(String, String)>,
    },
    /// Sends a form that stands elsewhere on the page to another address: what is in it goes along.
    SubmitTo {
        /// The text.
        text: String,
        /// The form's id.
        form: String,
        /// Field name and value sent with it.
        field: (String, String),
        /// Where it is sent.
        to: String,
        /// Marks the entry that is already chosen.
        current: bool,
    },
    /// Opens a [`Modal`](super::Modal).
    Opens {
        /// The text.
        text: String,
        /// The modal's id.
        modal: String,
    },
    /// Cannot be used now, and says why.
    Disabled {
        /// The text.
        text: String,
        /// Why not.
        reason: String,
    },
    /// A line that only tells something.
    Heading(String),
    /// A line between entries.
    Divider,
}

impl MenuItem {
    /// An entry that leads to a page.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link { text: text.into(), href: href.into(), current: false }
    }

    /// An entry that sends the form of that id.
    pub fn submit(text: impl Into<String>, form: impl Into<String>) -> Self {
        Self::Submit { text: text.into(), form: form.into(), field: None }
    }

    /// An entry that opens the modal of that id.
    pub fn opens(text: impl Into<String>, modal: impl Into<String>) -> Self {
        Self::Opens { text: text.into(), modal: modal.into() }
    }

    /// An entry that cannot be used now.
    pub fn disabled(text: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Disabled { text: text.into(), reason: reason.into() }
    }
}

/// On which side of its button a menu hangs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MenuAlign {
    /// Its left edge under the button's left edge.
    #[default]
    Start,
    /// Its right edge under the button's right edge.
    End,
}

impl MenuAlign {
    /// The class that places the menu.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Start => "menu--start",
            Self::End => "menu--end",
        }
    }
}

/// A button that opens a menu. Enter, Space and the arrow keys open it, arrows move, Esc closes.
#[component]
pub fn ButtonDropdown(
    /// A page-wide unique id; the menu's is `<id>-menu`.
    #[prop(into)]
    id: String,
    /// The button's text.
    #[prop(into)]
    text: String,
    /// The entries.
    items: Vec<MenuItem>,
    /// The button's weight.
    #[prop(optional)]
    variant: ButtonVariant,
    /// On which side the menu hangs.
    #[prop(optional)]
    align: MenuAlign,
    /// Whether the button can be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Usable only while the table of this id has a selection: `true` asks for exactly one row.
    #[prop(optional, into)]
    for_selection: Option<(String, bool)>,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let Attr(testid) = testid;
    let menu = format!("{id}-menu");
    let variant = match variant {
        ButtonVariant::Primary => "button--primary",
        ButtonVariant::Link => "button--link",
        ButtonVariant::Icon => "button--icon",
        ButtonVariant::Normal | ButtonVariant::Inline => "button--normal",
    };
    let label = (variant == "button--icon").then(|| text.clone());
    let icon = if label.is_some() { IconName::Ellipsis } else { IconName::CaretDownFilled };
    let (selection, single) = match for_selection {
        Some((table, single)) => (Some(table), single),
        None => (None, false),
    };
    view! {
        <div class="button-dropdown">
            <button
                class=classes(["button", variant, "button-dropdown__trigger"])
                type="button"
                id=id.clone()
                popovertarget=menu.clone()
                aria-haspopup="menu"
                aria-label=label.clone()
                disabled=move || disabled.get()
                data-for-selection=selection
                data-single=single
                data-testid=testid
            >
                {label.is_none().then(|| view! { <span class="button__text">{text}</span> })}
                <Icon name=icon />
            </button>
            <Menu id=menu labelled_by=id align items />
        </div>
    }
    .into_any()
}

/// The menu alone, for a trigger of another shape: a button with `popovertarget` of the same id.
#[component]
pub fn Menu(
    /// The menu's id.
    #[prop(into)]
    id: String,
    /// Id of the button that opens it.
    #[prop(into)]
    labelled_by: String,
    /// On which side the menu hangs.
    #[prop(optional)]
    align: MenuAlign,
    /// The entries.
    items: Vec<MenuItem>,
) -> impl IntoView {
    view! {
        <ul class=classes(["menu", align.class()]) id=id popover="auto" role="menu" aria-labelledby=labelled_by>
            {items.into_iter().map(entry).collect_view()}
        </ul>
    }
    .into_any()
}

fn entry(item: MenuItem) -> AnyView {
    match item {
        MenuItem::Link { text, href, current } => view! {
            <li class="menu__row" role="none">
                <a class="menu__item" role="menuitem" href=href aria-current=current.then_some("true")>
                    <span>{text}</span>
                    {current.then(|| view! { <Icon name=IconName::Check /> })}
                </a>
            </li>
        }
        .into_any(),
        MenuItem::Submit { text, form, field } => {
            let (name, value) = field.unzip();
            view! {
                <li class="menu__row" role="none">
                    <button class="menu__item" role="menuitem" type="submit" form=form name=name value=value>
                        {text}
                    </button>
                </li>
            }
            .into_any()
        }
        MenuItem::SubmitTo { text, form, field: (name, value), to, current } => view! {
            <li class="menu__row" role="none">
                <button
                    class="menu__item"
                    role="menuitem"
                    type="submit"
                    form=form
                    formaction=to
                    name=name
                    value=value
                    aria-current=current.then_some("true")
                >
                    <span>{text}</span>
                    {current.then(|| view! { <Icon name=IconName::Check /> })}
                </button>
            </li>
        }
        .into_any(),
        MenuItem::Opens { text, modal } => view! {
            <li class="menu__row" role="none">
                <button class="menu__item" role="menuitem" type="button" command="show-modal" commandfor=modal>
                    {text}
                </button>
            </li>
        }
        .into_any(),
        MenuItem::Disabled { text, reason } => view! {
            <li class="menu__row" role="none">
                <span class="menu__item menu__item--disabled" role="menuitem" tabindex="0" aria-disabled="true">
                    <span>{text}</span>
                    <span class="menu__reason">{reason}</span>
                </span>
            </li>
        }
        .into_any(),
        MenuItem::Heading(text) => view! { <li class="menu__heading" role="presentation">{text}</li> }.into_any(),
        MenuItem::Divider => view! { <li class="menu__divider" role="separator"></li> }.into_any(),
    }
}
