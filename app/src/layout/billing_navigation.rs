//! The side navigation of billing: the pages that this version has.

use super::ShellInfo;
use crate::ui::NavItem;

/// The entries of billing's side navigation, in the words of the request (pages.md section 6).
pub fn billing_navigation(shell: &ShellInfo) -> Vec<NavItem> {
    let planning = shell.labels.pick("Cost Management", "Budgets and Planning");
    let settings = shell.labels.pick("Preferences", "Preferences and Settings");
    vec![
        NavItem::link("Home", "/billing/home"),
        NavItem::section(planning, vec![NavItem::link("Budgets", "/billing/budgets")]),
        NavItem::section(
            "Sandbox",
            vec![
                NavItem::link("Cost ledger", "/billing/ledger"),
                NavItem::link("Spend simulator", "/billing/simulator"),
                NavItem::link("Import costs", super::paths::IMPORT_COSTS),
                NavItem::link("Sandbox clock", super::paths::SANDBOX_CLOCK),
            ],
        ),
        NavItem::section(
            settings,
            vec![
                NavItem::link(shell.labels.pick("Billing preferences", "Billing Preferences"), "/billing/preferences"),
                NavItem::link(shell.labels.pick("My Account", "Account"), "/billing/account"),
            ],
        ),
    ]
}
