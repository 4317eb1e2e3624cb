//! CloudWatch: alarms, the wizard that makes one, one alarm with its graph and its history.

mod confirm;
mod details;
mod draft;
mod graph;
mod list;
pub mod plan;
mod steps;
mod wizard;
mod words;

pub use details::Details;
pub use list::List;
pub use wizard::Wizard;

use crate::{call::encode, ui::Crumb};

/// Where the list of alarms stands.
const ALARMS: &str = "/cloudwatch/alarms";
/// Where the wizard stands.
const CREATE: &str = "/cloudwatch/alarms/create";

/// Where one alarm stands. Its name may be any text: `create` is another page.
pub fn alarm_path(name: &str) -> String {
    format!("{ALARMS}/{}", crate::iam::paths::part(name))
}

/// The wizard, filled in from an alarm.
fn from_alarm(kind: &str, name: &str) -> String {
    format!("{CREATE}?{kind}={}", encode(name))
}

/// The way to a page of CloudWatch.
fn crumbs(above: &[(&str, &str)], here: &str) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb::new("CloudWatch", ALARMS)];
    crumbs.extend(above.iter().map(|(text, href)| Crumb::new(*text, *href)));
    crumbs.push(Crumb::here(here));
    crumbs
}
