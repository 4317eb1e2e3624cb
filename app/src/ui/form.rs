//! Forms that post to a page of this host.

use super::{Alert, Severity};
use crate::ui::prop::Attr;
use leptos::prelude::*;
use std::sync::Arc;

/// What every posting form carries besides its fields: whom the page was made for, and a token that makes a
/// repeated submission harmless. The server puts one into the context; each [`Form`] draws its own token.
#[derive(Clone)]
pub struct FormGuard {
    /// The principal that the page was rendered for.
    pub principal: String,
    /// Draws a new token.
    pub token: Arc<dyn Fn() -> String + Send + Sync>,
}

impl FormGuard {
    /// Name of the hidden field with the token.
    pub const TOKEN: &'static str = "_token";
    /// Name of the hidden field with the principal.
    pub const PRINCIPAL: &'static str = "_principal";
}

/// A form. It posts unless `get` is set, and then carries the fields of [`FormGuard`].
#[component]
pub fn Form(
    /// Where it is sent.
    #[prop(into)]
    action: String,
    /// Asks instead of posting: filters and searches.
    #[prop(optional)]
    get: bool,
    /// Further hidden fields.
    #[prop(optional)]
    hidden: Vec<(String, String)>,
    /// Leaves all checking to the server.
    #[prop(optional)]
    novalidate: bool,
    /// The accessible name; a form with one is a landmark.
    #[prop(optional, into)]
    label: Attr,
    /// Takes no box of its own in the layout around it.
    #[prop(optional)]
    inline: bool,
    /// The element's id, for buttons outside of it.
    #[prop(optional, into)]
    id: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
    /// The fields.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (Attr(label), Attr(id), Attr(testid)) = (label, id, testid);
    let mut hidden = hidden;
    if !get && let Some(guard) = use_context::<FormGuard>() {
        hidden.push((FormGuard::TOKEN.to_owned(), (guard.token)()));
        hidden.push((FormGuard::PRINCIPAL.to_owned(), guard.principal));
    }
    let method = if get { "get" } else { "post" };
    let class = if inline { "form form--inline" } else { "form" };
    view! {
        <form class=class method=method action=action novalidate=novalidate aria-label=label id=id data-testid=testid>
            {hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()}
            {children.map(|children| children())}
        </form>
    }
    .into_any()
}

/// The row of buttons at a form's end: Cancel first, the primary one last.
#[component]
pub fn FormActions(
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="form__actions">{children()}</div> }
}

/// What is wrong with the form as a whole, and links to the fields that are wrong. Nothing when nothing is wrong.
#[component]
pub fn FormErrors(
    /// The sentence about the whole.
    #[prop(optional, into)]
    message: MaybeProp<String>,
    /// Id of the control and what is wrong with it.
    #[prop(optional, into)]
    fields: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    move || {
        let (message, fields) = (message.get(), fields.get());
        if message.is_none() && fields.is_empty() {
            return None;
        }
        let header = message.unwrap_or_else(|| match fields.len() {
            1 => "There is a problem with one field.".to_owned(),
            count => format!("There are problems with {count} fields."),
        });
        Some(view! {
            <Alert severity=Severity::Error header id="form-errors" testid="form-errors">
                {(!fields.is_empty())
                    .then(|| {
                        view! {
                            <ul class="list">
                                {fields
                                    .into_iter()
                                    .map(|(control, text)| {
                                        view! {
                                            <li class="list__item">
                                                <a class="link" href=format!("#{control}")>{text}</a>
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ul>
                        }
                    })}
            </Alert>
        })
    }
}
