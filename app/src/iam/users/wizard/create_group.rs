//! The dialog that makes a group without leaving the wizard.

use leptos::{prelude::*, task::spawn_local};
use model::{
    Operation,
    iam::{AttachGroupPolicy, AttachedPolicy, CreateGroup as NewGroup, root_path},
};

use super::{
    listing::Listing,
    policies::{Choice, PolicyPicker},
    state::State,
};
use crate::{
    CallError,
    iam::{
        browser,
        denied::Problem,
        plan::{FromBrowser, Runner as _},
        typing::Typing,
        words::{NAME_CHARACTERS, fault_of},
    },
    ui::{Alert, Button, ButtonKind, ButtonVariant, FormField, Input, Modal, ModalSize, Severity, Space, SpaceBetween},
};

/// Id of the dialog.
pub(super) const ID: &str = "create-group-dialog";
const FORM: &str = "create-group-form";

/// What the dialog holds.
#[derive(Clone, Copy)]
struct Dialog {
    name: RwSignal<String>,
    fault: RwSignal<Option<String>>,
    policies: RwSignal<Vec<AttachedPolicy>>,
    problem: RwSignal<Option<CallError>>,
    /// The group that was made although a policy could not be attached.
    made: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    /// Counts the groups made: each one empties the dialog.
    round: RwSignal<u32>,
}

/// The dialog that makes a group.
#[component]
pub(super) fn CreateGroup(
    /// The wizard.
    state: State,
) -> impl IntoView {
    let dialog = Dialog {
        name: RwSignal::default(),
        fault: RwSignal::default(),
        policies: RwSignal::default(),
        problem: RwSignal::default(),
        made: RwSignal::default(),
        busy: RwSignal::new(false),
        round: RwSignal::new(0),
    };
    let choice = Choice { id: "group-policies", name: "PolicyArn", more: "group-policies-more", single: false };
    view! {
        <Modal
            id=ID
            title="Create group"
            size=ModalSize::Large
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes=ID testid="cancel-group">"Cancel"</Button>
                    <Button
                        variant=ButtonVariant::Primary
                        kind=ButtonKind::Submit
                        form=FORM
                        loading=dialog.busy
                        disabled=dialog.busy
                        testid="submit-group"
                    >
                        "Create group"
                    </Button>
                }
            }
        >
            <form
                class="form"
                id=FORM
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    dialog.submit(state);
                }
            >
                <SpaceBetween size=Space::M>
                    {move || dialog.problem.get().map(|error| view! { <Problem error /> })}
                    {move || {
                        dialog
                            .made
                            .get()
                            .map(|name| {
                                let header = format!("The group {name} was created without all of its policies.");
                                view! { <Alert severity=Severity::Warning header /> }
                            })
                    }}
                    <FormField
                        control_id="group-name"
                        label="Group name"
                        constraint=format!("At most 128 characters: {NAME_CHARACTERS}.")
                        error=dialog.fault
                        testid="group-name-field"
                    >
                        <Typing heard=move |typed| {
                            dialog.fault.set(None);
                            dialog.name.set(typed);
                        }>
                            <Input name="GroupName" value=dialog.name autofocus=true testid="group-name" />
                        </Typing>
                    </FormField>
                    {move || {
                        dialog.round.track();
                        // The catalogue is fetched when the step that needs it is reached, not with the page.
                        (state.step.get() == 1)
                            .then(|| view! { <PolicyPicker choice listing=Listing::new() chosen=dialog.policies /> })
                    }}
                </SpaceBetween>
            </form>
        </Modal>
    }
}

impl Dialog {
    /// Makes the group, attaches the policies, and ticks it in the wizard.
    fn submit(self, state: State) {
        if self.busy.get_untracked() {
            return;
        }
        let group_name = self.name.get_untracked();
        let new = NewGroup { group_name: group_name.clone(), path: root_path() };
        let fault = match new.checked() {
            Err(_) if group_name.is_empty() => Some("Enter a group name.".to_owned()),
            Err(error) => fault_of(&error, "groupName", "A group name", NAME_CHARACTERS),
            Ok(()) => None,
        };
        self.problem.set(None);
        self.made.set(None);
        self.fault.set(fault.clone());
        if fault.is_some() {
            browser::focus("group-name");
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match FromBrowser.run(new).await {
                Ok(_) => self.fill(state, group_name).await,
                Err(error) => match error {
                    CallError::Api(model::ApiError::EntityAlreadyExists { .. }) => {
                        self.fault.set(Some(error.to_string()));
                        browser::focus("group-name");
                    }
                    error => self.problem.set(Some(error)),
                },
            }
            self.busy.set(false);
        });
    }

    async fn fill(self, state: State, group_name: String) {
        let mut failed = None;
        for policy in self.policies.get_untracked() {
            let attachment = AttachGroupPolicy { group_name: group_name.clone(), policy_arn: policy.policy_arn };
            if let Err(error) = FromBrowser.run(attachment).await {
                failed = Some(error);
                break;
            }
        }
        state.groups.update(|groups| groups.push(group_name.clone()));
        state.group_list.query.set(String::new());
        state.group_list.search();
        self.name.set(String::new());
        self.policies.set(Vec::new());
        self.round.update(|round| *round += 1);
        if failed.is_some() {
            self.problem.set(failed);
            self.made.set(Some(group_name));
        } else {
            browser::close(ID);
        }
    }
}
