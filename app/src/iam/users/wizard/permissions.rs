//! The second step: where permissions come from, and the boundary around them.

use leptos::prelude::*;

use super::{
    super::draft::{BOUNDARY, COPY_TILE, Source},
    StepHeading,
    copy::Copy,
    groups::Groups,
    listing::Listing,
    policies::{Choice, PolicyPicker},
    state::State,
};
use crate::ui::{
    Container, ExpandableSection, ExpandableVariant, FormField, Header, IconName, RadioGroup, RadioOption, Space,
    SpaceBetween, Tile, Tiles,
};

/// The second step.
#[component]
pub(super) fn Permissions(
    /// The wizard.
    state: State,
) -> impl IntoView {
    let tiles = state.facts.with_value(|facts| {
        vec![
            Tile::new("groups", "Add user to group").icon(IconName::Group),
            Tile::new("copy", facts.label("Copy permissions from existing user", "Copy permissions"))
                .icon(IconName::UserProfile),
            Tile::new("policies", facts.label("Attach existing policies directly", "Attach policies directly"))
                .icon(IconName::File),
        ]
    });
    let chosen = Signal::derive(move || {
        match state.source.get() {
            Source::Groups => "groups",
            Source::Copy => "copy",
            Source::Policies => "policies",
        }
        .to_owned()
    });
    let choose = Callback::new(move |value: String| {
        state.faults.set(Vec::new());
        state.source.set(match value.as_str() {
            "copy" => Source::Copy,
            "policies" => Source::Policies,
            _ => Source::Groups,
        });
    });
    view! {
        <Container header=move || view! { <StepHeading state step=1 /> }>
            <SpaceBetween>
                <FormField
                    control_id="permission-source"
                    label="Permissions options"
                    group=true
                    stretch=true
                    error=state.fault(COPY_TILE.into())
                >
                    <Tiles name="permission-source" tiles value=chosen on_change=choose testid="permissions" />
                </FormField>
                {move || match state.source.get() {
                    Source::Groups => view! { <Groups state /> }.into_any(),
                    Source::Copy => view! { <Copy state /> }.into_any(),
                    Source::Policies => view! { <Attach state /> }.into_any(),
                }}
            </SpaceBetween>
        </Container>
        <Boundary state />
    }
}

/// Policies of the users' own.
#[component]
fn Attach(
    /// The wizard.
    state: State,
) -> impl IntoView {
    let choice = Choice { id: "attach-policies", name: "PolicyArn", more: "attach-policies-more", single: false };
    view! {
        <SpaceBetween size=Space::M>
            <Header title="Attach one or more existing policies directly to the users." />
            <PolicyPicker choice listing=Listing::new() chosen=state.policies />
        </SpaceBetween>
    }
}

/// The boundary, folded away until it is wanted.
#[component]
fn Boundary(
    /// The wizard.
    state: State,
) -> impl IntoView {
    let options = vec![
        RadioOption::new("none", "Create user without a permissions boundary"),
        RadioOption::new("boundary", "Use a permissions boundary to control the maximum user permissions"),
    ];
    let value = Signal::derive(move || if state.bounded.get() { "boundary" } else { "none" }.to_owned());
    let choice =
        Choice { id: "boundary-policies", name: "PermissionsBoundary", more: "boundary-policies-more", single: true };
    view! {
        <ExpandableSection
            header="Set permissions boundary"
            variant=ExpandableVariant::Container
            open=state.bounded.get_untracked()
            testid="permissions-boundary"
        >
            <SpaceBetween size=Space::M>
                <FormField
                    control_id="boundary"
                    label="Permissions boundary"
                    group=true
                    stretch=true
                    error=state.fault(BOUNDARY.into())
                    testid="boundary-field"
                >
                    <RadioGroup
                        name="use-boundary"
                        options
                        value
                        on_change=Callback::new(move |value: String| state.bounded.set(value == "boundary"))
                        testid="use-boundary"
                    />
                </FormField>
                {move || {
                    state
                        .bounded
                        .get()
                        .then(|| view! { <PolicyPicker choice listing=Listing::new() chosen=state.boundary /> })
                }}
            </SpaceBetween>
        </ExpandableSection>
    }
}
