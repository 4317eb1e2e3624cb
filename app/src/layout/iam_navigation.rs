//! The side navigation of IAM.

use super::{Labels, ShellInfo};
use crate::ui::NavItem;

/// The entries of IAM's side navigation, in the words of the request (pages.md section 3).
pub fn iam_navigation(shell: &ShellInfo) -> Vec<NavItem> {
    let groups = shell.labels.pick(("Groups", "/iam/groups"), ("User groups", "/iam/groups"));
    let mut items = vec![
        NavItem::link("Dashboard", "/iam/home"),
        NavItem::section(
            "Access management",
            vec![
                NavItem::link(groups.0, groups.1),
                NavItem::link("Users", "/iam/users"),
                NavItem::link("Roles", "/iam/roles"),
                NavItem::link("Policies", "/iam/policies"),
                NavItem::link("Identity providers", "/iam/providers"),
                NavItem::link("Account settings", "/iam/account_settings"),
            ],
        ),
        NavItem::section(
            "Access reports",
            vec![
                NavItem::Section {
                    text: shell.labels.pick("Access analyzer", "Access Analyzer").to_owned(),
                    items: vec![
                        NavItem::link("Archive rules", "/iam/access_analyzer/archive_rules"),
                        NavItem::link("Analyzers", "/iam/access_analyzer/analyzers"),
                        NavItem::link("Settings", "/iam/access_analyzer/settings"),
                    ],
                    open: shell.labels == Labels::Y2020,
                },
                NavItem::link("Credential report", "/iam/credential_report"),
                NavItem::link("Organization activity", "/iam/organization_activity"),
                NavItem::link("Service control policies (SCPs)", "/iam/service_control_policies"),
            ],
        ),
        NavItem::Divider,
    ];
    items.push(NavItem::Note { label: "AWS account ID:".to_owned(), text: shell.account_id.clone() });
    items
}
