//! The side navigation of CloudWatch.

use crate::ui::NavItem;

/// The entries of CloudWatch's side navigation (pages.md section 7): the pages that this version has.
pub fn cloudwatch_navigation() -> Vec<NavItem> {
    vec![NavItem::section(
        "Alarms",
        vec![
            NavItem::link("In alarm", "/cloudwatch/alarms?state=ALARM"),
            NavItem::link("All alarms", "/cloudwatch/alarms"),
            NavItem::link("Billing", "/cloudwatch/billing"),
        ],
    )]
}
