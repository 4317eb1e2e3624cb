//! The frame around pages before sign-in.

use super::{Footer, Logo};
use crate::ui::prop::{Attr, Slot};
use crate::ui::{Behaviours, Flash, Flashbar};
use leptos::prelude::*;

/// The frame around pages before sign-in: the mark, one column, perhaps a second one beside it.
#[component]
pub fn PlainLayout(
    /// Stands beside the main column on wide screens.
    #[prop(optional, into)]
    aside: Slot,
    /// Messages over the page.
    #[prop(optional)]
    flash: Vec<Flash>,
    /// A wider column, for sign-up.
    #[prop(optional)]
    wide: bool,
    /// Adds [`Behaviours`]; a page without them loads no wasm.
    #[prop(optional)]
    enhanced: bool,
    /// Where the mark leads.
    #[prop(optional, into)]
    home: Attr,
    /// The page.
    children: Children,
) -> impl IntoView {
    let (Attr(home), Slot(aside)) = (home, aside);
    let class = if wide { "plain-layout plain-layout--wide" } else { "plain-layout" };
    let home = home.unwrap_or_else(|| "/".to_owned());
    view! {
        <div class=class>
            <a class="skip-link" href="#main">
                "Skip to main content"
            </a>
            <header class="plain-layout__header">
                <a class="plain-layout__identity" href=home aria-label="Understudy">
                    <Logo />
                </a>
            </header>
            <div class="plain-layout__body">
                <main class="plain-layout__main" id="main" tabindex="-1">
                    {(!flash.is_empty()).then(|| view! { <Flashbar items=flash /> })} {children()}
                </main>
                {aside.map(|view| view! { <aside class="plain-layout__aside">{view.run()}</aside> })}
            </div>
            <Footer />
            {enhanced.then(|| view! { <Behaviours /> })}
        </div>
    }
    .into_any()
}
