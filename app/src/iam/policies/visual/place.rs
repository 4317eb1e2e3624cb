//! Where the editor's buttons send the form.

use leptos::prelude::*;

use crate::{
    call::encode,
    iam::policies::draft::NEXT,
    ui::{Button, ButtonKind, ButtonVariant, Token},
};

/// The page that the editor stands on.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Its address, perhaps with a query.
    pub base: String,
    /// Whether labels are those of 2020.
    pub old: bool,
}

impl Place {
    fn with(&self, query: &str) -> String {
        let joint = if self.base.contains('?') { '&' } else { '?' };
        format!("{}{joint}{query}", self.base)
    }

    /// A tab of the editor.
    pub fn tab(&self, mode: &str) -> String {
        self.with(&format!("editor={mode}"))
    }

    /// Does something about a block, which the page then shows.
    pub fn to(&self, command: &str, number: usize) -> String {
        self.with(&format!("editor=visual&do={command}.{number}#statement-{number}"))
    }

    /// Opens a section of a block, or closes the one that is open.
    pub fn section(&self, number: usize, section: Option<&str>) -> String {
        match section {
            Some(section) => self.with(&format!("editor=visual&do=open.{number}.{section}#statement-{number}")),
            None => self.to("close", number),
        }
    }

    /// Does something about a part of a block.
    pub fn about(&self, command: &str, number: usize, what: &str) -> String {
        self.with(&format!("editor=visual&do={command}.{number}&what={}#statement-{number}", encode(what)))
    }

    /// Does something about the whole policy.
    pub fn whole(&self, command: &str) -> String {
        self.with(&format!("editor=visual&do={command}"))
    }

    /// Does something about the text.
    pub fn json(&self, command: &str) -> String {
        self.with(&format!("editor=json&do={command}"))
    }

    /// The label of the era.
    pub fn label<'a>(&self, in_2020: &'a str, now: &'a str) -> &'a str {
        if self.old { in_2020 } else { now }
    }
}

/// A button that sends the form there.
pub(super) fn button(
    text: impl Into<String>,
    to: String,
    variant: ButtonVariant,
    testid: impl Into<String>,
) -> AnyView {
    named(text, to, variant, testid, None)
}

/// The same with a name that says more than its text.
pub(super) fn named(
    text: impl Into<String>,
    to: String,
    variant: ButtonVariant,
    testid: impl Into<String>,
    label: Option<String>,
) -> AnyView {
    let (text, testid): (String, String) = (text.into(), testid.into());
    view! {
        <Button kind=ButtonKind::Submit variant name="_op" value=NEXT formaction=to formnovalidate=true label testid>
            {text}
        </Button>
    }
    .into_any()
}

/// Something chosen, with a button that takes it away.
pub(super) fn token(text: &str, note: Option<&str>, to: String, testid: &'static str) -> AnyView {
    let remove = ("_op".to_owned(), NEXT.to_owned());
    view! { <Token text=text.to_owned() description=note remove formaction=to testid /> }.into_any()
}

/// The same with a button that changes it.
pub(super) fn editable(text: &str, edit: String, remove: String, testid: &'static str) -> AnyView {
    let button = ("_op".to_owned(), NEXT.to_owned());
    view! { <Token text=text.to_owned() remove=button formaction=remove edit_formaction=edit testid /> }.into_any()
}
