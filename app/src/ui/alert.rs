//! A message in the page's flow, in one of four severities.

use super::{Button, ButtonVariant, Icon, IconName, classes};
use crate::ui::prop::{Attr, Slot};
use leptos::prelude::*;

/// How serious a message is; also the colour of a flash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Severity {
    /// Something good to know.
    #[default]
    Info,
    /// It worked.
    Success,
    /// It works, with a catch.
    Warning,
    /// It did not work.
    Error,
    /// It is still going on.
    InProgress,
}

impl Severity {
    /// The word used in class names and test ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::InProgress => "in-progress",
        }
    }

    /// The word a screen reader says before the message.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Info => "Information",
            Self::Success => "Success",
            Self::Warning => "Warning",
            Self::Error => "Error",
            Self::InProgress => "In progress",
        }
    }

    /// The icon beside the message, so that colour never speaks alone.
    pub const fn icon(self) -> IconName {
        match self {
            Self::Info => IconName::StatusInfo,
            Self::Success => IconName::StatusPositive,
            Self::Warning => IconName::StatusWarning,
            Self::Error => IconName::StatusNegative,
            Self::InProgress => IconName::StatusInProgress,
        }
    }
}

/// A message in the flow of the page.
#[component]
pub fn Alert(
    /// How serious it is.
    #[prop(optional)]
    severity: Severity,
    /// The bold first line.
    #[prop(optional, into)]
    header: MaybeProp<String>,
    /// A button or link at the right.
    #[prop(optional, into)]
    action: Slot,
    /// Shows a button that takes the message away (needs scripts).
    #[prop(optional)]
    dismissible: bool,
    /// The element's id.
    #[prop(optional, into)]
    id: Attr,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
    /// The message.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (Attr(id), Attr(testid), Slot(action)) = (id, testid, action);
    let class = classes(["alert", &format!("alert--{}", severity.word())]);
    let role = if severity == Severity::Error { "alert" } else { "group" };
    let label = (role == "group").then_some(severity.label());
    view! {
        <div class=class role=role aria-label=label id=id data-testid=testid data-dismissible=dismissible>
            <span class="alert__icon"><Icon name=severity.icon() label=severity.label() /></span>
            <div class="alert__body">
                {move || header.get().map(|text| view! { <div class="alert__header">{text}</div> })}
                <div class="alert__content">{children.map(|children| children())}</div>
            </div>
            {action.map(|action| view! { <div class="alert__action">{action.run()}</div> })}
            {dismissible
                .then(|| {
                    view! {
                        <span class="alert__dismiss needs-script">
                            <Button variant=ButtonVariant::Icon icon=IconName::Close label="Close alert" dismisses=true />
                        </span>
                    }
                })}
        </div>
    }
    .into_any()
}
