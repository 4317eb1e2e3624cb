//! The side navigation of SNS.

use crate::ui::NavItem;

/// The entries of SNS's side navigation (pages.md section 7).
pub fn sns_navigation() -> Vec<NavItem> {
    vec![NavItem::link("Topics", "/sns/topics"), NavItem::link("Subscriptions", "/sns/subscriptions")]
}
