//! What the sign-in pages share.

use leptos::prelude::*;

use crate::{
    context::PageContext,
    ui::{Alert, Severity},
};

/// Why the form before did not sign anybody in: one text for every reason but a busy server.
#[component]
pub fn Failure(
    /// The form's operation.
    operation: &'static str,
) -> impl IntoView {
    let error = PageContext::current().error_of(operation)?;
    Some(view! {
        <div id="main_message" data-testid="main_message">
            <Alert severity=Severity::Error header="There was an error">
                {error.to_string()}
            </Alert>
        </div>
    })
}

/// Why the page that was asked for is not there: the session that the browser came with is none any more.
#[component]
pub fn Ended() -> impl IntoView {
    let page = PageContext::current();
    (page.query("ended") == "1" && page.outcome.is_none()).then(|| {
        view! {
            <Alert severity=Severity::Info header="You have been signed out" testid="session-ended">
                "This browser's session was ended from another one, or its time was up. Sign in again to continue."
            </Alert>
        }
    })
}

/// The page that was asked for before the sign-in, as a hidden field of the form.
pub fn next_field(page: &PageContext) -> Vec<(String, String)> {
    let wanted = page.query("redirect_uri");
    let typed = page.outcome.as_ref().and_then(|outcome| outcome.values.get("Redirect").cloned());
    let next = if wanted.is_empty() { typed.unwrap_or_default() } else { wanted };
    if next.starts_with('/') && !next.starts_with("//") { vec![("_next".to_owned(), next)] } else { Vec::new() }
}

/// A hidden field that names the form's operation.
pub fn operation_field(operation: &str) -> (String, String) {
    ("_op".to_owned(), operation.to_owned())
}
