//! How many characters a document may still have, told while it is typed. The wizards' module has it: no other page
//! needs it.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use crate::ui::{Space, SpaceBetween, Status, StatusIndicator, Text, TextColor};

/// Counts the characters of the text area with the id `control`, white space apart, against a quota.
#[cfg_attr(feature = "wizards", island)]
#[cfg_attr(not(feature = "wizards"), component)]
pub(super) fn CharactersLeft(
    /// Id of the text area.
    control: String,
    /// How many characters it has when the page comes.
    size: usize,
    /// How many all documents can have together.
    quota: usize,
    /// How many the other documents have; absent where they may not be read.
    others: Option<usize>,
) -> impl IntoView {
    let size = RwSignal::new(size);
    Effect::new(move |_| {
        let control = control.clone();
        let area =
            document().get_element_by_id(&control).and_then(|found| found.dyn_into::<HtmlTextAreaElement>().ok());
        // The browser may have kept what was typed before a reload.
        if let Some(area) = area {
            size.set(characters(&area));
        }
        // The listener lives as long as the page.
        window_event_listener(ev::input, move |event| {
            let area = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
            if let Some(area) = area.filter(|area| area.id() == control) {
                size.set(characters(&area));
            }
        });
    });
    let left = move || quota.checked_sub(size.get() + others.unwrap_or_default());
    let text = move || match left() {
        Some(left) => format!("{} of {} characters remaining.", grouped(left), grouped(quota)),
        None => format!("More than {} characters.", grouped(quota)),
    };
    let note = match others {
        Some(0) => None,
        Some(others) => Some(format!("The other inline policies have {}.", grouped(others))),
        None => Some("The other inline policies may not be read and are not counted here.".to_owned()),
    };
    view! {
        <SpaceBetween size=Space::Xxs>
            <Text color=TextColor::Secondary testid="characters-left">{text} " " {note}</Text>
            // Said once, when it becomes too much, and not with every key.
            <div role="status">
                {move || {
                    left()
                        .is_none()
                        .then(|| {
                            view! {
                                <StatusIndicator status=Status::Error testid="over-quota">
                                    "The document is too long: it will be refused."
                                </StatusIndicator>
                            }
                        })
                }}
            </div>
        </SpaceBetween>
    }
}

fn characters(area: &HtmlTextAreaElement) -> usize {
    policy::size_without_white_space(&area.value())
}

/// "2,048".
pub(in crate::iam) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
