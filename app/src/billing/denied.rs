//! What stands in place of billing information that the viewer may not see.

use leptos::prelude::*;
use model::ApiError;

use crate::{
    CallError,
    iam::{AccessDenied, Problem},
    ui::{Alert, Severity, SpaceBetween},
};

/// "You need permissions" with both reasons and the denial itself; another error as any page shows it.
#[component]
pub fn Refusal(
    /// What the call answered.
    error: CallError,
    /// Where trying again leads.
    #[prop(into)]
    retry: String,
) -> impl IntoView {
    let CallError::Api(ApiError::AccessDenied { denial }) = error else {
        return view! { <Problem error retry /> }.into_any();
    };
    crate::call::set_status(403);
    view! {
        <SpaceBetween>
            <Alert severity=Severity::Error header="You need permissions" testid="billing-denied">
                <p>
                    "You don't have permission to access billing information for this account. Contact your administrator if you need help. If you are an administrator, you can provide permissions for your users or groups by making sure that (1) this account allows IAM and federated users to access billing information and (2) you have the required IAM permissions."
                </p>
            </Alert>
            <AccessDenied denial=*denial />
        </SpaceBetween>
    }
    .into_any()
}
