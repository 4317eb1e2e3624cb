//! Light and dark.

use super::{paths, shell_info};
use crate::ui::{Form, Icon, IconName};
use leptos::prelude::*;

/// The cookie that remembers the theme in this browser: `light` or `dark`; absent, the system decides.
pub const THEME_COOKIE: &str = "understudy-theme";

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The value of the cookie and of `data-theme` on `<html>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the cookie's value; anything unknown leaves it to the system.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }
}

/// Changes between light and dark. Without scripts it posts, with them it happens at once.
#[component]
pub(super) fn ThemeToggle() -> impl IntoView {
    let shell = shell_info();
    let next = if shell.theme == Some(Theme::Dark) { Theme::Light } else { Theme::Dark };
    let hidden = vec![("Theme".to_owned(), next.word().to_owned()), ("ReturnTo".to_owned(), shell.address)];
    view! {
        <Form action=paths::THEME hidden inline=true>
            <button
                class="top-navigation__button"
                type="submit"
                aria-label="Switch between light and dark"
                data-toggles-theme=THEME_COOKIE
                data-testid="theme-toggle"
            >
                <Icon name=IconName::LightDark />
            </button>
        </Form>
    }
}
