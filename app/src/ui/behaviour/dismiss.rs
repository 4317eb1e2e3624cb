//! Taking messages away.

use super::dom;

pub(super) fn install() {
    dom::listen("click", |event| {
        let Some(button) = dom::closest(event, "[data-dismiss]") else {
            return;
        };
        let Ok(Some(message)) = button.closest("[data-dismissible]") else {
            return;
        };
        let list = message.parent_element();
        message.remove();
        // The focus must not fall off the page: to the next message, else to the page itself.
        let next = list.and_then(|list| dom::first(&list, "[data-dismiss]")).or_else(|| dom::by_id("main"));
        if let Some(next) = next {
            dom::focus(&next);
        }
    });
}
