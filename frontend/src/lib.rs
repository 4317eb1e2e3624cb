//! The browser's entry: brings the islands of the page to life. The page itself is complete without it.

// The islands register themselves; linking the crate is all it takes.
pub use app;

use wasm_bindgen::prelude::wasm_bindgen;

/// Hydrates every island of the page; panics go to the browser's console.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
