//! The list of somebody's MFA devices.

use leptos::prelude::*;
use model::iam::{ListMFADevices, MFADevice};

use super::{Owner, kind_of};
use crate::{
    CallError, PageContext,
    iam::denied::Problem,
    ui::{
        Button, ButtonVariant, Column, CopyText, Date, DateStyle, Direction, EmptyState, Header, Rows, Space,
        SpaceBetween, Table, slug,
    },
};

/// Somebody's devices.
///
/// # Errors
/// What ListMFADevices answers.
pub(crate) async fn devices(owner: &Owner) -> Result<Vec<MFADevice>, CallError> {
    let asked = ListMFADevices { user_name: owner.name.clone(), ..ListMFADevices::default() };
    Ok(crate::call(asked).await?.mfa_devices)
}

/// The card with the table, its button named as the era names it.
pub(crate) async fn card(page: &PageContext, owner: &Owner) -> AnyView {
    let devices = match devices(owner).await {
        Ok(devices) => devices,
        Err(error) => return view! { <Problem error retry=owner.back.clone() /> }.into_any(),
    };
    let title = format!("Multi-factor authentication (MFA) ({})", devices.len());
    let assign = page.label("Activate MFA", "Assign MFA device").to_owned();
    let href = owner.page.clone();
    view! {
        <Table
            id="mfa-devices"
            label="MFA devices"
            columns=columns(owner)
            rows=Rows::Ready(devices)
            header=move || {
                view! {
                    <Header
                        title
                        description="Besides the password, sign-in asks for a device: a code that it shows, or a passkey. Up to eight can be assigned, and any one of them will do."
                        actions=move || view! { <Button href testid="assign-mfa">{assign}</Button> }
                    />
                }
            }
            empty=|| view! { <EmptyState title="No MFA devices" text="Assign a device so that a password alone does not sign in." /> }
        />
    }
    .into_any()
}

fn columns(owner: &Owner) -> Vec<Column<MFADevice>> {
    let owner = owner.clone();
    vec![
        Column::text("device-type", "Device type", |device: &MFADevice| kind_of(&device.serial_number).into()),
        Column::new("serial-number", "Serial number", |device: &MFADevice| {
            view! { <CopyText text=device.serial_number.clone() what="Serial number" testid="mfa-serial" /> }
        })
        .row_header(),
        Column::new("assigned", "Created on", |device: &MFADevice| {
            view! { <Date iso=device.enable_date.to_string() style=DateStyle::Short /> }
        }),
        Column::new("actions", "Actions", move |device: &MFADevice| {
            let href = owner.manage(&device.serial_number, "manage");
            let label = format!("Manage {}", device.serial_number);
            view! { <Button variant=ButtonVariant::Inline href label testid="manage-mfa">"Manage"</Button> }
        }),
    ]
}

/// "Not assigned | Manage", or a line a device: how the 2020 tab shows them.
pub(crate) async fn lines(owner: &Owner) -> AnyView {
    let devices = match devices(owner).await {
        Ok(devices) => devices,
        Err(error) => return view! { <span data-testid="mfa-problem">{error.to_string()}</span> }.into_any(),
    };
    let assign = owner.page.clone();
    if devices.is_empty() {
        return view! {
            <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                <span data-testid="assigned-mfa">"Not assigned"</span>
                <Button variant=ButtonVariant::Inline href=assign testid="manage-mfa">"Manage"</Button>
            </SpaceBetween>
        }
        .into_any();
    }
    let lines = devices
        .into_iter()
        .map(|device| {
            let href = owner.manage(&device.serial_number, "manage");
            let label = format!("Manage {}", device.serial_number);
            let testid = format!("manage-mfa-{}", slug(&device.serial_number));
            view! {
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    <span data-testid="assigned-mfa">{format!("{} ({})", device.serial_number, kind_of(&device.serial_number))}</span>
                    <Button variant=ButtonVariant::Inline href label testid>"Manage"</Button>
                </SpaceBetween>
            }
        })
        .collect_view();
    view! {
        {lines}
        <Button variant=ButtonVariant::Inline href=assign testid="assign-another-mfa">"Assign another device"</Button>
    }
    .into_any()
}
