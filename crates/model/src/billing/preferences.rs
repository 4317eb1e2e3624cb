//! Billing preferences: what is mailed about bills, and whether CloudWatch is told of charges. AWS has no public API for
//! them: the names are those of its actions.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, Timestamp, name};

/// Tells the account's billing preferences.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GetBillingPreferences {}

/// The account's billing preferences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BillingPreferences {
    /// Whether invoices are mailed as PDF.
    pub receive_pdf_invoices: bool,
    /// Whether a mail is sent when 85% of a free quantity is used in a month; it is where nothing was chosen.
    pub receive_free_tier_alerts: bool,
    /// Where those mails go besides the root user's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_tier_alert_email: Option<String>,
    /// Whether charges are published to CloudWatch, for billing alarms.
    pub receive_billing_alerts: bool,
    /// Since when they are, by the account's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing_alerts_since: Option<Timestamp>,
}

impl Operation for GetBillingPreferences {
    const ACTION: Action = Action::new("billing", "GetBillingPreferences");
    const ACCESS: Access = Access::Read;
    type Output = BillingPreferences;

    fn example() -> Self {
        Self {}
    }
}

/// Sets the account's billing preferences: what is not said is off.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateBillingPreferences {
    /// See [`BillingPreferences::receive_pdf_invoices`].
    #[serde(default)]
    pub receive_pdf_invoices: bool,
    /// See [`BillingPreferences::receive_free_tier_alerts`].
    #[serde(default)]
    pub receive_free_tier_alerts: bool,
    /// See [`BillingPreferences::free_tier_alert_email`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_tier_alert_email: Option<String>,
    /// See [`BillingPreferences::receive_billing_alerts`]. Once on it stays on.
    #[serde(default)]
    pub receive_billing_alerts: bool,
}

impl Operation for UpdateBillingPreferences {
    const ACTION: Action = Action::new("billing", "UpdateBillingPreferences");
    const ACCESS: Access = Access::Write;
    type Output = BillingPreferences;

    fn check(&self, fields: &mut Fields) {
        fields.optional("freeTierAlertEmail", self.free_tier_alert_email.as_deref(), &name::EMAIL);
    }

    fn example() -> Self {
        Self {
            receive_free_tier_alerts: true,
            free_tier_alert_email: Some("example@example.com".into()),
            ..Self::default()
        }
    }
}
