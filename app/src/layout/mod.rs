//! The frame around every page: top navigation, side navigation, breadcrumbs, messages, help, footer.
//!
//! The server puts one [`ShellInfo`] into the context of each request; [`AppLayout`] and its parts read it there.

mod account_menu;
mod app_layout;
pub mod billing_navigation;
mod brand;
mod cloudwatch_navigation;
mod footer;
mod help_panel;
pub mod iam_navigation;
pub mod paths;
mod plain_layout;
mod region_menu;
mod regions;
mod search_box;
mod services_menu;
mod shell_info;
mod sns_navigation;
mod support_menu;
mod theme;
mod top_navigation;

pub use app_layout::AppLayout;
pub use billing_navigation::billing_navigation;
pub use brand::{Logo, NAME};
pub use cloudwatch_navigation::cloudwatch_navigation;
pub use footer::Footer;
pub use help_panel::HelpPanel;
pub use iam_navigation::iam_navigation;
pub use plain_layout::PlainLayout;
pub use regions::{REGIONS, Region, region_name};
pub use search_box::{SearchBox, SearchEntry, SearchGroup, search};
pub use services_menu::ServiceGlyph;
pub use shell_info::{Labels, Notice, NoticeKind, PrincipalKind, ServiceLink, ShellInfo, labels, shell_info};
pub use sns_navigation::sns_navigation;
pub use theme::{THEME_COOKIE, Theme};
pub use top_navigation::TopNavigation;
