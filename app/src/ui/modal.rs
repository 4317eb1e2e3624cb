//! Dialogs over the page.

use super::{Button, ButtonVariant, IconName, classes};
use crate::ui::prop::{Attr, Slot};
use leptos::prelude::*;

/// The width of a [`Modal`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ModalSize {
    /// 320 pixels.
    Small,
    /// 600 pixels.
    #[default]
    Medium,
    /// 820 pixels.
    Large,
}

/// A dialog over the page: the browser's own, which keeps the focus inside, closes on Esc and gives the focus back.
/// A [`Button`] with `opens=<id>` shows it.
#[component]
pub fn Modal(
    /// The dialog's id, page-wide unique.
    #[prop(into)]
    id: String,
    /// The heading.
    #[prop(into)]
    title: String,
    /// The width.
    #[prop(optional)]
    size: ModalSize,
    /// Shown from the start, as after a refused submission.
    #[prop(optional)]
    open: bool,
    /// Buttons at the bottom right: Cancel first, the primary one last.
    #[prop(optional, into)]
    footer: Slot,
    /// `data-testid`; the id when left out.
    #[prop(optional, into)]
    testid: Attr,
    /// The content.
    children: Children,
) -> impl IntoView {
    let (Attr(testid), Slot(footer)) = (testid, footer);
    let size = match size {
        ModalSize::Small => "modal--small",
        ModalSize::Medium => "modal--medium",
        ModalSize::Large => "modal--large",
    };
    let heading = format!("{id}-title");
    let testid = testid.unwrap_or_else(|| id.clone());
    let (dialog, labelled_by) = (id.clone(), heading.clone());
    view! {
        <dialog class=classes(["modal", size]) id=dialog aria-labelledby=labelled_by open=open data-testid=testid>
            <div class="modal__header">
                <h2 class="modal__title" id=heading>
                    {title}
                </h2>
                <Button variant=ButtonVariant::Icon icon=IconName::Close label="Close modal" closes=id />
            </div>
            <div class="modal__content">{children()}</div>
            {footer.map(|view| view! { <div class="modal__footer">{view.run()}</div> })}
        </dialog>
    }
    .into_any()
}
