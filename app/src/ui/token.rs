//! Small removable things: chosen groups, filters.

use super::{Icon, IconName};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// One chosen thing. Its button is a submit button, so that taking it away also works without scripts.
#[component]
pub fn Token(
    /// What was chosen.
    #[prop(into)]
    text: String,
    /// A second line.
    #[prop(optional, into)]
    description: Attr,
    /// Field name and value that the form sends when it is taken away; no button when left out.
    #[prop(optional, into)]
    remove: Option<(String, String)>,
    /// Where the form is sent then, if not where it always goes.
    #[prop(optional, into)]
    formaction: Attr,
    /// Where the form is sent to change it, with the same field; no such button when left out.
    #[prop(optional, into)]
    edit_formaction: Attr,
    /// Where a link takes it away, for filters that live in the address.
    #[prop(optional, into)]
    remove_href: Attr,
    /// Called instead of sending a form, inside an island.
    #[prop(optional, into)]
    on_remove: Option<Callback<()>>,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let (Attr(description), Attr(formaction), Attr(edit_formaction), Attr(remove_href), Attr(testid)) =
        (description, formaction, edit_formaction, remove_href, testid);
    let label = format!("Remove {text}");
    let edit = edit_formaction.zip(remove.clone()).map(|(to, (name, value))| {
        let label = format!("Edit {text}");
        view! {
            <button
                class="token__edit"
                type="submit"
                name=name
                value=value
                formaction=to
                formnovalidate=true
                aria-label=label
            >
                <Icon name=IconName::Edit />
            </button>
        }
    });
    let button = if let Some(callback) = on_remove {
        Some(
            view! {
                <button class="token__remove" type="button" aria-label=label on:click=move |_| callback.run(())>
                    <Icon name=IconName::Close />
                </button>
            }
            .into_any(),
        )
    } else if let Some(href) = remove_href {
        Some(
            view! {
                <a class="token__remove" href=href aria-label=label>
                    <Icon name=IconName::Close />
                </a>
            }
            .into_any(),
        )
    } else {
        remove.map(|(name, value)| {
            view! {
                <button
                    class="token__remove"
                    type="submit"
                    name=name
                    value=value
                    formaction=formaction
                    formnovalidate=true
                    aria-label=label
                >
                    <Icon name=IconName::Close />
                </button>
            }
            .into_any()
        })
    };
    view! {
        <span class="token" data-testid=testid>
            <span class="token__text">
                {text} {description.map(|text| view! { <span class="token__description">{text}</span> })}
            </span>
            {edit}
            {button}
        </span>
    }
    .into_any()
}

/// Tokens side by side.
#[component]
pub fn TokenGroup(
    /// What they are: "Chosen groups".
    #[prop(into)]
    label: String,
    /// The tokens.
    children: Children,
) -> impl IntoView {
    view! { <div class="token-group" role="group" aria-label=label>{children()}</div> }
}
