//! The foot of every page: what this is and what it is not.

use super::{Labels, NAME, labels};
use crate::ui::{Icon, IconName};
use leptos::prelude::*;

/// The foot of every page.
#[component]
pub fn Footer() -> impl IntoView {
    let words = match labels() {
        Labels::Y2020 => "labels of 2020",
        Labels::Current => "labels of today",
    };
    view! {
        <footer class="footer" data-testid="footer">
            <p class="footer__text">{NAME} " is an independent stand-in, not affiliated with AWS."</p>
            <ul class="footer__facts">
                <li class="footer__fact">{words}</li>
                <li class="footer__chip" data-testid="authorization-chip">
                    <Icon name=IconName::Security />
                    "authorization: enforced"
                </li>
            </ul>
        </footer>
    }
}
