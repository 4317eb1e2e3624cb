//! What HTML cannot do alone.

use leptos::prelude::*;

/// Adds to the page what HTML cannot do alone. One a page, placed by the layouts.
#[island]
pub fn Behaviours() -> impl IntoView {}
