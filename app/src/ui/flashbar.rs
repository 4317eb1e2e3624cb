//! Messages at the top of a page about what was just done.

use super::{Button, ButtonVariant, Icon, IconName, Severity, classes};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One message. It can wait in a session for the page that shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// How serious it is.
    pub severity: Severity,
    /// The bold part.
    pub header: Option<String>,
    /// The message.
    pub text: String,
    /// A button at the right.
    pub link: Option<FlashLink>,
}

/// The button of a [`Flash`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlashLink {
    /// The text: "View user".
    pub text: String,
    /// Where it leads.
    pub href: String,
}

impl Flash {
    /// A message of that severity.
    pub fn new(severity: Severity, text: impl Into<String>) -> Self {
        Self { severity, text: text.into(), ..Self::default() }
    }

    /// It worked.
    pub fn success(text: impl Into<String>) -> Self {
        Self::new(Severity::Success, text)
    }

    /// It did not work.
    pub fn error(text: impl Into<String>) -> Self {
        Self::new(Severity::Error, text)
    }

    /// Adds the bold part.
    pub fn header(mut self, header: impl Into<String>) -> Self {
        self.header = Some(header.into());
        self
    }

    /// Adds a button.
    pub fn link(mut self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.link = Some(FlashLink { text: text.into(), href: href.into() });
        self
    }
}

/// The messages, newest first. They are announced; closing one needs scripts, the next page has none of them.
#[component]
pub fn Flashbar(
    /// What to say.
    #[prop(into)]
    items: Signal<Vec<Flash>>,
) -> impl IntoView {
    view! {
        <section class="flashbar" aria-label="Notifications" data-testid="flashbar">
            <ul class="flashbar__list" role="list">
                {move || items.get().into_iter().map(item).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

fn item(flash: Flash) -> impl IntoView {
    let word = flash.severity.word();
    let role = if flash.severity == Severity::Error { "alert" } else { "status" };
    view! {
        <li
            class=classes(["flashbar__item", &format!("flashbar__item--{word}")])
            data-dismissible="true"
            data-testid=format!("flash-{word}")
        >
            <div class="flashbar__message" role=role>
                <Icon name=flash.severity.icon() label=flash.severity.label() />
                <div class="flashbar__text">
                    {flash.header.map(|text| view! { <div class="flashbar__header">{text}</div> })}
                    <div class="flashbar__content">{flash.text}</div>
                </div>
            </div>
            {flash
                .link
                .map(|link| {
                    view! {
                        <div class="flashbar__action">
                            <Button href=link.href>{link.text}</Button>
                        </div>
                    }
                })}
            <span class="flashbar__dismiss needs-script">
                <Button variant=ButtonVariant::Icon icon=IconName::Close label="Close notification" dismisses=true />
            </span>
        </li>
    }
}
