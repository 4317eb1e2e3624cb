//! The policy editor: the tabs Visual editor and JSON over one text.
//!
//! The form carries the document's text, which is the one truth, and the fields of the visual editor's section that is
//! open. Whatever button sends it, the server first writes what was chosen there into the text
//! ([`Editing::sent`]), does what the button says, and renders the page anew. So it works without scripts, a change of
//! tabs loses nothing, and only what is looked at is on the page.

mod actions;
mod apply;
mod arn;
mod block;
mod conditions;
mod dialogs;
mod import;
mod place;
mod resources;
mod sent;
mod service;
mod statements;
mod tabs;

pub(in crate::iam) use import::run as import;
pub(in crate::iam) use sent::{Editing, Mode};
pub(in crate::iam) use tabs::{Quota, editor};

/// What the form's fields of the visual editor are called.
mod fields {
    /// Which tab the form shows: `visual` or `json`.
    pub const EDITOR: &str = "Editor";
    /// The section whose fields are in the form: `0.actions`.
    pub const OPEN: &str = "VisualOpen";
    /// Followed by a block's number: the service of a block without actions.
    pub const SERVICE: &str = "VisualService.";
    /// What is looked for among the services.
    pub const FIND_SERVICE: &str = "VisualFindService";
    /// What is looked for among the actions.
    pub const FIND_ACTION: &str = "VisualFindAction";
    /// Allow or Deny.
    pub const EFFECT: &str = "VisualEffect";
    /// The box of all actions.
    pub const ALL: &str = "VisualAll";
    /// The boxes of levels.
    pub const LEVEL: &str = "VisualLevel";
    /// The boxes of actions.
    pub const ACTION: &str = "VisualAction";
    /// Actions that are typed.
    pub const ADD_ACTIONS: &str = "VisualAddActions";
    /// `all` or `specific`.
    pub const RESOURCES: &str = "VisualResources";
    /// An ARN that is typed.
    pub const ARN: &str = "VisualArn";
    /// ARNs that are typed in the dialog, one a line.
    pub const ARNS: &str = "VisualArns";
    /// Followed by a part's name: the part of an ARN.
    pub const PART: &str = "VisualPart.";
    /// Followed by a part's name: whether it may be any.
    pub const ANY: &str = "VisualAny.";
    /// The box that asks for a second factor.
    pub const MFA: &str = "VisualMfa";
    /// Where requests must come from.
    pub const SOURCE_IP: &str = "VisualSourceIp";
    /// The key of another condition.
    pub const KEY: &str = "VisualKey";
    /// How a key of several values is treated.
    pub const QUANTIFIER: &str = "VisualQuantifier";
    /// The operator of another condition.
    pub const OPERATOR: &str = "VisualOperator";
    /// Whether the condition holds without the key.
    pub const IF_EXISTS: &str = "VisualIfExists";
    /// The values of another condition, one a line.
    pub const VALUE: &str = "VisualValue";
    /// What is looked for among the policies to import.
    pub const FIND_POLICY: &str = "VisualFindPolicy";
    /// The policy to import.
    pub const IMPORT: &str = "VisualImport";
}
