//! Optional props that take a value as well as an `Option` of it.

use leptos::{children::ViewFnOnce, prelude::*};

/// An optional text that does not change: an id, an address, a test id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attr(pub Option<String>);

impl From<&str> for Attr {
    fn from(text: &str) -> Self {
        Self(Some(text.to_owned()))
    }
}

impl From<String> for Attr {
    fn from(text: String) -> Self {
        Self(Some(text))
    }
}

impl From<&String> for Attr {
    fn from(text: &String) -> Self {
        Self(Some(text.clone()))
    }
}

impl<T: Into<String>> From<Option<T>> for Attr {
    fn from(text: Option<T>) -> Self {
        Self(text.map(Into::into))
    }
}

/// An optional view, given as a closure: `header=move || view! { … }`.
#[derive(Default)]
pub struct Slot(pub Option<ViewFnOnce>);

impl<F, V> From<F> for Slot
where
    F: FnOnce() -> V + Send + 'static,
    V: RenderHtml + Send + 'static,
{
    fn from(view: F) -> Self {
        Self(Some(view.into()))
    }
}

impl<F, V> From<Option<F>> for Slot
where
    F: FnOnce() -> V + Send + 'static,
    V: RenderHtml + Send + 'static,
{
    fn from(view: Option<F>) -> Self {
        Self(view.map(ViewFnOnce::from))
    }
}
