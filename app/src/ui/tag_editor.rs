//! Editing the tags of a resource.

use super::{Button, IconName};
use crate::ui::prop::Attr;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One tag as it stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagRow {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
    /// What is wrong with the key.
    pub key_error: Option<String>,
    /// What is wrong with the value.
    pub value_error: Option<String>,
}

/// Rows of key and value. The fields are called `<name>.member.<n>.Key` and `.Value`, as in AWS's Query protocol;
/// a row with both fields empty is no tag, so that without scripts one empty row at the end takes the next tag.
#[component]
pub fn TagEditor(
    /// The form field's first part; `Tags` when left out.
    #[prop(optional, into)]
    name: Attr,
    /// The tags that are there.
    #[prop(optional)]
    rows: Vec<TagRow>,
    /// How many a resource can have.
    #[prop(default = 50)]
    limit: usize,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let (Attr(name), Attr(testid)) = (name, testid);
    let name = name.unwrap_or_else(|| "Tags".to_owned());
    let count = rows.len();
    let mut rows = rows;
    if rows.len() < limit {
        rows.push(TagRow::default());
    }
    let template = row(&name, "0".to_owned(), TagRow::default());
    let rows = rows.into_iter().enumerate().map(|(index, tag)| row(&name, (index + 1).to_string(), tag)).collect_view();
    view! {
        <div class="tag-editor" data-tag-editor=limit.to_string() data-testid=testid>
            <p class="tag-editor__empty" hidden=count != 0>
                "No tags associated with the resource."
            </p>
            <div class="tag-editor__rows">{rows}</div>
            <template>{template}</template>
            <div class="tag-editor__actions needs-script">
                <Button testid="add-tag" attr:data-adds-tag="true">"Add new tag"</Button>
            </div>
            <p class="tag-editor__left" role="status">
                {format!("You can add up to {} more tags.", limit.saturating_sub(count))}
            </p>
        </div>
    }
    .into_any()
}

fn row(name: &str, number: String, tag: TagRow) -> AnyView {
    let field = |part: &'static str,
                 label: &'static str,
                 value: String,
                 error: Option<String>,
                 maxlength: &'static str| {
        let id = super::slug(&format!("{name}-{number}-{part}"));
        let error_id = format!("{id}-error");
        let describes = error.is_some().then(|| error_id.clone());
        let invalid = error.is_some().then_some("true");
        view! {
            <div class="tag-editor__field">
                <label class="form-field__label" for=id.clone()>
                    {label}
                    {(part == "Value").then(|| view! { <span class="form-field__optional">" - "<em>"optional"</em></span> })}
                </label>
                <input
                    class="input"
                    id=id
                    name=format!("{name}.member.{number}.{part}")
                    value=value
                    maxlength=maxlength
                    autocomplete="off"
                    spellcheck="false"
                    aria-invalid=invalid
                    aria-describedby=describes
                />
                {error.map(|text| view! { <div class="form-field__error" id=error_id>{text}</div> })}
            </div>
        }
    };
    let named = if tag.key.is_empty() { "Remove tag".to_owned() } else { format!("Remove tag {}", tag.key) };
    view! {
        <div class="tag-editor__row" role="group" aria-label="Tag">
            {field("Key", "Key", tag.key, tag.key_error, "128")}
            {field("Value", "Value", tag.value, tag.value_error, "256")}
            <span class="tag-editor__remove needs-script">
                <Button icon=IconName::Remove label=named attr:data-removes-tag="true">
                    "Remove"
                </Button>
            </span>
        </div>
    }
    .into_any()
}
