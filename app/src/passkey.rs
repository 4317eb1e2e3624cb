//! The form that a passkey or security key answers: it carries a challenge, and a script of ours
//! (`crates/site/src/passkey.js`) lets the browser answer it before the form is sent.

use leptos::prelude::*;

use crate::ui::{Alert, Form, Severity};

/// A form with the challenge around its button. What went wrong in the browser stands above the button.
#[component]
pub fn PasskeyForm(
    /// Where it is sent.
    action: String,
    /// Hidden fields: the operation and its members, but for `Credential`.
    hidden: Vec<(String, String)>,
    /// Whether a new passkey is asked for, rather than one that is known.
    #[prop(optional)]
    create: bool,
    /// WebAuthn's options, as JSON.
    options: String,
    /// The button, and what stands beside it.
    children: Children,
) -> impl IntoView {
    let hidden = [hidden, vec![("Credential".to_owned(), String::new())]].concat();
    view! {
        <div data-passkey=if create { "create" } else { "get" } data-options=options data-testid="passkey">
            <div data-passkey-problem hidden=true data-testid="passkey-problem">
                <Alert severity=Severity::Error>
                    <span data-passkey-text></span>
                </Alert>
            </div>
            <noscript>
                <Alert severity=Severity::Warning>"A passkey or security key needs JavaScript. Turn it on, or use another device."</Alert>
            </noscript>
            <Form action hidden novalidate=true>
                {children()}
            </Form>
        </div>
    }
}
