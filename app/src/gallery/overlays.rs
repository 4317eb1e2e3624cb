//! Dialogs, wizards, sections that open, help, icons.

use crate::ui::*;
use leptos::prelude::*;

/// Dialogs, wizards, sections that open, help, icons.
#[component]
pub(super) fn Overlays() -> impl IntoView {
    let steps = || {
        vec![
            WizardStep { href: Some("/ui".to_owned()), ..WizardStep::new("Specify user details") },
            WizardStep::new("Set permissions"),
            WizardStep { optional: true, ..WizardStep::new("Add tags") },
            WizardStep::new("Review"),
            WizardStep::new("Retrieve password"),
        ]
    };
    let footer = || {
        view! {
            <WizardFooter>
                <Button variant=ButtonVariant::Link>"Cancel"</Button>
                <Button>"Previous"</Button>
                <Button variant=ButtonVariant::Primary>"Next: Tags"</Button>
            </WizardFooter>
        }
    };
    view! {
        <Container header=|| view! { <Header title="Dialogs" /> }>
            <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                <Button opens="plain-modal">"Open a dialog"</Button>
                <Button opens="delete-alice">"Delete with consent"</Button>
                <CopyToClipboard text="https://example-school.signin.localhost/console" label="Copy sign-in link" caption="Copy sign-in link" />
                <InfoLink topic="help-users" about="users" text="Learn more" />
            </SpaceBetween>
        </Container>
        <Modal
            id="plain-modal"
            title="Manage console access"
            footer=|| {
                view! {
                    <Button variant=ButtonVariant::Link closes="plain-modal">"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary>"Apply"</Button>
                }
            }
        >
            <Text>"Enable or disable the console for this user."</Text>
        </Modal>
        <DeleteModal id="delete-alice" title="Delete alice?" consent="alice" action="/ui">
            "The user's password, access keys and memberships will be gone for good."
        </DeleteModal>
        <SpaceBetween size=Space::S>
            <ExpandableSection header="Activate MFA on your root account" variant=ExpandableVariant::Container open=true group="status" aside=|| view! { <StatusIndicator status=Status::Warning>"Not done"</StatusIndicator> }>
                <Text>"A second factor protects the account even when its password is known."</Text>
            </ExpandableSection>
            <ExpandableSection header="Create individual IAM users" variant=ExpandableVariant::Container group="status" aside=|| view! { <StatusIndicator status=Status::Success>"Done"</StatusIndicator> }>
                <Text>"Everyone has an identity of their own."</Text>
            </ExpandableSection>
            <ExpandableSection header="Set permissions boundary">
                <Text>"The most that this user can be given."</Text>
            </ExpandableSection>
        </SpaceBetween>
        <Container>
            <Wizard title="Add user" steps=steps() current=1_usize footer=footer>
                <Header level=HeaderLevel::H2 title="Set permissions" />
                <Text>"Today's wizard has its steps at the left."</Text>
            </Wizard>
        </Container>
        <Container>
            <Wizard title="Add user" steps=steps() current=2_usize circles=true footer=footer>
                <Text>"2020's wizard has circles at the top right."</Text>
            </Wizard>
        </Container>
        <Container header=|| view! { <Header title="Icons" /> }>
            <SpaceBetween direction=Direction::Horizontal size=Space::S>
                {IconName::ALL.iter().map(|name| view! { <Icon name=*name label=format!("{name:?}") /> }).collect_view()}
                <Icon name=IconName::Group size=IconSize::Big />
                <Icon name=IconName::Key size=IconSize::Large />
            </SpaceBetween>
        </Container>
    }
}
