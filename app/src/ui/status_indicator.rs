//! The state of something: an icon and a word, never colour alone.

use super::{Icon, IconName, Spinner, classes};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// The kinds of state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Status {
    /// As it should be.
    Success,
    /// Broken.
    Error,
    /// Needs care.
    Warning,
    /// Worth knowing.
    Info,
    /// Waiting for something.
    Pending,
    /// Under way.
    InProgress,
    /// Being fetched.
    Loading,
    /// Stopped.
    Stopped,
    /// Not begun.
    NotStarted,
}

/// The state of something.
#[component]
pub fn StatusIndicator(
    /// Which kind of state.
    #[prop(into)]
    status: Signal<Status>,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
    /// The word.
    children: Children,
) -> impl IntoView {
    let Attr(testid) = testid;
    let word = move || match status.get() {
        Status::Success => "success",
        Status::Error => "error",
        Status::Warning => "warning",
        Status::Info => "info",
        Status::Pending | Status::InProgress | Status::Loading | Status::Stopped | Status::NotStarted => "inactive",
    };
    let icon = move || {
        let name = match status.get() {
            Status::Success => IconName::StatusPositive,
            Status::Error => IconName::StatusNegative,
            Status::Warning => IconName::StatusWarning,
            Status::Info => IconName::StatusInfo,
            Status::Pending => IconName::StatusPending,
            Status::InProgress => IconName::StatusInProgress,
            Status::Stopped => IconName::StatusStopped,
            Status::NotStarted => IconName::StatusNotStarted,
            Status::Loading => return view! { <Spinner /> }.into_any(),
        };
        view! { <Icon name /> }.into_any()
    };
    view! {
        <span class=move || classes(["status-indicator", &format!("status-indicator--{}", word())]) data-testid=testid>
            {icon}
            <span class="status-indicator__text">{children()}</span>
        </span>
    }
    .into_any()
}
