//! What islands ask of the browser itself: randomness, saving a file, moving the focus, closing a dialog.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlDialogElement, HtmlElement, Url};

/// `count` bytes that nobody can guess (Web Cryptography API; it needs no secure context).
pub fn random(count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    filled.expect("every browser that runs WebAssembly has a random source");
    bytes
}

/// Lets the browser save `text` as a file of that name. Nothing of it stays with the page.
pub fn save(name: &str, text: &str) {
    // A browser that refuses saves nothing; the secrets can still be shown and copied.
    let _ = try_save(name, text);
}

fn try_save(name: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let kind = BlobPropertyBag::new();
    kind.set_type("text/csv;charset=utf-8");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// Moves the focus to the element of that id, once the page shows it.
pub fn focus(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id).and_then(|found| found.dyn_into::<HtmlElement>().ok())
        {
            // An element that cannot take the focus leaves it where it is.
            let _ = element.focus();
        }
    });
}

/// Moves the focus to a heading at the top of what has just changed, and shows the page from its top.
pub fn show_from_top(id: &str) {
    focus(id);
    request_animation_frame(|| window().scroll_to_with_x_and_y(0.0, 0.0));
}

/// Closes the dialog of that id.
pub fn close(id: &str) {
    if let Some(dialog) = document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlDialogElement>().ok())
    {
        dialog.close();
    }
}
