//! The third step: tags for all new users.

use leptos::prelude::*;
use model::{Tag, tag::MAX_TAGS};

use super::{super::draft::tag_control, StepHeading, state::State};
use crate::{
    iam::{browser, typing::Typing},
    ui::{Button, Container, FormField, Input, Space, SpaceBetween, Text},
};

/// The third step.
#[component]
pub(super) fn Tags(
    /// The wizard.
    state: State,
) -> impl IntoView {
    let left = move || {
        let left = MAX_TAGS.saturating_sub(state.tags.with(Vec::len));
        let tags = if left == 1 { "tag" } else { "tags" };
        format!("You can add {left} more {tags}.")
    };
    let full = Signal::derive(move || state.tags.with(Vec::len) >= MAX_TAGS);
    let about = "IAM tags are key-value pairs you can add to your user. Tags can include user information, such as an email address, or can be descriptive, such as a job title. You can use the tags to organize, track, or control access for this user.";
    view! {
        <Container header=move || view! { <StepHeading state step=2 description=about /> }>
            <SpaceBetween size=Space::M>
                {move || {
                    state.tags.with(Vec::is_empty).then(|| view! { <Text>"No tags associated with the resource."</Text> })
                }}
                <For each=move || 0..state.tags.with(Vec::len) key=|index| *index let:index>
                    <Row state index />
                </For>
                <div><Button
                    disabled=full
                    testid="add-tag"
                    on:click=move |_| {
                        state.tags.update(|tags| tags.push(Tag::default()));
                        browser::focus(tag_control(state.tags.with_untracked(Vec::len) - 1, "key"));
                    }
                >
                    "Add new tag"
                </Button></div>
                <p role="status" data-testid="tags-left">{left}</p>
            </SpaceBetween>
        </Container>
    }
}

/// The fields of one tag.
#[component]
fn Row(
    /// The wizard.
    state: State,
    /// Which of the tags.
    index: usize,
) -> impl IntoView {
    let number = index + 1;
    let (key_control, value_control) = (tag_control(index, "key"), tag_control(index, "value"));
    let read = move |part: fn(&Tag) -> String| {
        Signal::derive(move || state.tags.with(|tags| tags.get(index).map(part).unwrap_or_default()))
    };
    let write = move |change: fn(&mut Tag, String), text: String| {
        state.tags.update(|tags| {
            if let Some(tag) = tags.get_mut(index) {
                change(tag, text);
            }
        });
    };
    view! {
        <div class="tag-editor__row" role="group" aria-label=format!("Tag {number}")>
            <FormField control_id=key_control.clone() label="Key" stretch=true error=state.fault(key_control)>
                <Typing heard=move |typed| write(|tag, text| tag.key = text, typed)>
                    <Input name="Key" value=read(|tag| tag.key.clone()) testid=format!("tag-key-{number}") />
                </Typing>
            </FormField>
            <FormField control_id=value_control.clone() label="Value" optional=true stretch=true error=state.fault(value_control)>
                <Typing heard=move |typed| write(|tag, text| tag.value = text, typed)>
                    <Input name="Value" value=read(|tag| tag.value.clone()) testid=format!("tag-value-{number}") />
                </Typing>
            </FormField>
            <span class="tag-editor__remove">
                <Button
                    label=format!("Remove tag {number}")
                    testid=format!("remove-tag-{number}")
                    on:click=move |_| {
                        state.faults.set(Vec::new());
                        state.tags.update(|tags| {
                            tags.remove(index);
                        });
                    }
                >
                    "Remove"
                </Button>
            </span>
        </div>
    }
}
