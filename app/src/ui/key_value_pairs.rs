//! The details of a resource.

use super::{CopyText, InfoLink};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// One detail.
pub struct KeyValue {
    label: String,
    info: Option<String>,
    testid: String,
    value: AnyView,
}

impl KeyValue {
    /// A label and any view. Its `data-testid` is `value-<label in lower case with hyphens>`.
    pub fn new(label: impl Into<String>, value: impl IntoAny) -> Self {
        let label = label.into();
        Self { testid: format!("value-{}", super::slug(&label)), label, info: None, value: value.into_any() }
    }

    /// A label and a text; "-" for an empty one.
    pub fn text(label: impl Into<String>, value: impl Into<String>) -> Self {
        let value = value.into();
        Self::new(label, if value.is_empty() { "-".to_owned() } else { value })
    }

    /// A label and a text that can be copied.
    pub fn copy(label: impl Into<String>, value: impl Into<String>) -> Self {
        let (label, text) = (label.into(), value.into());
        Self::new(label.clone(), view! { <CopyText text what=label /> })
    }

    /// Adds an Info link to the help topic of that id.
    pub fn info(mut self, topic: impl Into<String>) -> Self {
        self.info = Some(topic.into());
        self
    }
}

/// The details of a resource in columns: bold labels, values below.
#[component]
pub fn KeyValuePairs(
    /// The details, read row by row.
    items: Vec<KeyValue>,
    /// How many columns on a wide screen: 1 to 4.
    #[prop(default = 3)]
    columns: u8,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let Attr(testid) = testid;
    let items = items
        .into_iter()
        .map(|item| {
            let about = item.label.clone();
            view! {
                <div class="key-value-pairs__pair">
                    <dt class="key-value-pairs__label">
                        {item.label} {item.info.map(|topic| view! { <InfoLink topic about /> })}
                    </dt>
                    <dd class="key-value-pairs__value" data-testid=item.testid>
                        {item.value}
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <dl class=format!("key-value-pairs key-value-pairs--{}", columns.clamp(1, 4)) data-testid=testid>
            {items}
        </dl>
    }
    .into_any()
}
