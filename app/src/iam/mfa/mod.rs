//! MFA devices: whose they are, the list of them, and the page that assigns, sets right and removes one.

mod applications;
mod card;
mod hardware;
mod manage;
mod page;
mod passkey;
pub mod plan;
mod set_up;

pub use applications::CompatibleApplications;
pub use page::{OwnDevice, UsersDevice};

pub(super) use card::{card, devices, lines};

use crate::{PageContext, iam::paths::user_path};

/// What kind of device a serial number names.
pub(super) fn kind_of(serial_number: &str) -> &'static str {
    if !serial_number.starts_with("arn:") {
        "Hardware"
    } else if serial_number.contains(":u2f/") {
        "Passkey or security key"
    } else {
        "Virtual"
    }
}

/// Whose devices a page is about.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    /// The user's name; none for the root user, who can only mean itself.
    pub name: Option<String>,
    /// The page that assigns and manages.
    pub page: String,
    /// The page that lists.
    pub back: String,
}

impl Owner {
    /// Whoever looks.
    pub fn viewer(page: &PageContext) -> Self {
        Self {
            name: page.viewer().user_name,
            page: "/iam/security_credentials/mfa".into(),
            back: "/iam/security_credentials?continue=1&section=mfa".into(),
        }
    }

    /// The user of that name.
    pub fn user(name: &str) -> Self {
        let path = user_path(name);
        Self {
            name: Some(name.to_owned()),
            page: format!("{path}/mfa"),
            back: format!("{path}?section=security_credentials"),
        }
    }

    /// A form's hidden fields that name the operation and whom it is about.
    pub fn form(&self, operation: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut all = super::hidden(operation, fields);
        all.extend(self.name.iter().map(|name| ("UserName".to_owned(), name.clone())));
        all
    }

    /// Where a device is managed.
    pub fn manage(&self, serial_number: &str, action: &str) -> String {
        format!("{}?action={action}&serial={}", self.page, crate::call::encode(serial_number))
    }
}
