//! The editor's state, as the form carries it from one rendering to the next.

use std::collections::BTreeMap;

use ::services::visual::{Block, Lack, Permissions, Visual, with_statement};
use policy::ParseError;

use super::{apply, fields};
use crate::{
    PageContext,
    iam::{fields::Fields, policies::forms},
};

/// Characters of the largest policies, white space apart (IAM User Guide, "IAM and STS quotas": those of roles).
const LARGEST: usize = 10_240;

/// A tab of the editor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::iam) enum Mode {
    /// Blocks by service.
    Visual,
    /// The text.
    #[default]
    Json,
}

impl Mode {
    /// As forms and addresses name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Visual => "visual",
            Self::Json => "json",
        }
    }

    fn named(word: &str) -> Option<Self> {
        [Self::Visual, Self::Json].into_iter().find(|mode| mode.word() == word)
    }
}

/// A section of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::iam) enum Section {
    /// Which service.
    Service,
    /// Which actions.
    Actions,
    /// Which resources.
    Resources,
    /// Under which conditions.
    Conditions,
}

impl Section {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Service, Self::Actions, Self::Resources, Self::Conditions];

    /// As forms and addresses name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Actions => "actions",
            Self::Resources => "resources",
            Self::Conditions => "conditions",
        }
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.word() == word)
    }
}

impl From<Lack> for Section {
    fn from(lack: Lack) -> Self {
        match lack {
            Lack::Service => Self::Service,
            Lack::Actions => Self::Actions,
            Lack::Resources => Self::Resources,
        }
    }
}

/// A dialog over the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::iam) enum Dialog {
    /// ARNs for a block.
    Arn {
        /// The block's number.
        number: usize,
        /// The type of resource; nothing for an ARN that can only be typed as a whole.
        kind: Option<String>,
        /// The ARN that is edited; nothing where one is added.
        replaces: Option<String>,
    },
    /// A condition for the block of this number.
    Condition(usize),
    /// A policy to import.
    Import,
}

/// What is being edited.
#[derive(Clone, Debug, Default)]
pub(in crate::iam) struct Editing {
    /// The document's text.
    pub document: String,
    /// The tab.
    pub mode: Mode,
    /// The account of whoever edits; nothing where only the text counts.
    pub account: String,
    /// Services of blocks that have no action yet.
    pub chosen: Vec<(usize, String)>,
    /// The section that is open.
    pub open: Option<(usize, Section)>,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// The ARN of the policy that is to be imported.
    pub import: Option<String>,
    /// Why no statement could be added to the text.
    pub unread: Option<String>,
    /// What is wrong with what was typed, by field; with what is missing, under `OPEN`.
    pub faults: BTreeMap<String, String>,
    /// What was typed and is not in the document: what is being looked for, and what is wrong.
    pub typed: BTreeMap<String, String>,
}

/// Where a text cannot be read, and why.
fn told(ParseError { position: at, kind }: &ParseError) -> String {
    format!("Line {}, column {}: {kind}.", at.line, at.column)
}

impl Editing {
    /// A document that nobody has changed yet.
    pub fn begun(page: &PageContext, document: String, mode: Mode) -> Self {
        let mode = Mode::named(&page.query("editor")).unwrap_or(mode);
        // Today's console shows the services at once, the one of 2020 asks to choose one first.
        let open = (!page.labels_2020()).then_some((0, Section::Service));
        let account = page.viewer().account_id;
        let mut editing = Self { document, mode, account, open, ..Self::default() };
        editing.open = editing.open.filter(|_| {
            let first = editing.blocks().ok().and_then(|visual| visual.blocks.into_iter().next());
            matches!(first, Some(Block::Drawn(drawn)) if drawn.service.is_empty())
        });
        editing
    }

    /// What the form holds: the fields of the section that was open are in the text now, and what the button of the
    /// address says was done.
    pub fn sent(form: &Fields<'_>, page: &PageContext) -> Self {
        let mut editing = Self { account: page.viewer().account_id, ..Self::applied(form) };
        apply::command(&mut editing, &page.query("do"), &page.query("what"), form);
        if editing.faults.is_empty() {
            editing.mode = Mode::named(&page.query("editor")).unwrap_or(editing.mode);
        } else {
            editing.mode = Mode::Visual;
        }
        editing
    }

    /// What the form holds, whatever button sent it.
    pub fn applied(form: &Fields<'_>) -> Self {
        let mut editing = Self {
            document: forms::document(form),
            mode: Mode::named(&form.one(fields::EDITOR)).unwrap_or_default(),
            ..Self::default()
        };
        editing.chosen = form
            .0
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(fields::SERVICE)?.parse().ok()?, value.clone())))
            .collect();
        if editing.mode == Mode::Visual {
            let open = form.one(fields::OPEN);
            editing.open = open
                .split_once('.')
                .and_then(|(number, section)| Some((number.parse().ok()?, Section::named(section)?)));
            apply::section(&mut editing, form);
        }
        editing
    }

    /// The document as blocks.
    ///
    /// # Errors
    /// Why it cannot be drawn, in a sentence.
    pub fn blocks(&self) -> Result<Visual, String> {
        if policy::size_without_white_space(&self.document) > LARGEST {
            return Err("The document is larger than any policy may be.".to_owned());
        }
        Visual::read(&self.document, &self.chosen).map_err(|error| told(&error))
    }

    /// Changes the document block by block. One that says the same afterwards keeps its text as it was written.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Visual, &mut Self)) {
        let Ok(before) = self.blocks() else { return };
        let mut visual = before.clone();
        change(&mut visual, self);
        visual.settle();
        if visual != before {
            self.document = visual.to_text();
        }
        self.chosen = visual.chosen();
    }

    /// The same for one block that is drawn.
    pub(super) fn change_block(&mut self, number: usize, change: impl FnOnce(&mut Permissions, &mut Self)) {
        self.change(|visual, editing| {
            if let Some(Block::Drawn(drawn)) = visual.blocks.get_mut(number) {
                change(drawn, editing);
            }
        });
    }

    /// Notes what is wrong with a field, and keeps what was typed there.
    pub(super) fn fault(&mut self, field: &str, typed: String, sentence: impl Into<String>) {
        self.typed.insert(field.to_owned(), typed);
        self.faults.insert(field.to_owned(), sentence.into());
    }

    /// What was typed into a field and is not in the document.
    pub(super) fn typed(&self, field: &str) -> String {
        self.typed.get(field).cloned().unwrap_or_default()
    }

    /// What is wrong with a field.
    pub(super) fn fault_of(&self, field: &str) -> Option<String> {
        self.faults.get(field).cloned()
    }

    /// Opens the first section of the visual editor that must be filled in before the next step, if there is one;
    /// whether there is. The JSON tab leaves that to IAM's own checks.
    pub fn lacks(&mut self) -> bool {
        if self.mode == Mode::Json {
            return false;
        }
        let Ok(visual) = self.blocks() else { return true };
        if self.faults.is_empty()
            && let Some((number, lack)) = visual.incomplete()
        {
            let sentence = match lack {
                Lack::Service => "Choose a service.",
                Lack::Actions => "Select at least one action.",
                Lack::Resources => "Specify at least one resource, or choose all resources.",
            };
            self.open = Some((number, lack.into()));
            self.faults.insert(fields::OPEN.to_owned(), sentence.to_owned());
        }
        !self.faults.is_empty()
    }

    /// The fields with which the editor comes back as it was from another step.
    pub fn kept(&self) -> Vec<(String, String)> {
        vec![
            ("PolicyDocument".to_owned(), self.document.clone()),
            (fields::EDITOR.to_owned(), self.mode.word().to_owned()),
        ]
    }

    /// Adds a statement that is still to be filled in.
    pub(super) fn add_statement(&mut self) {
        match self.blocks().and_then(|_| with_statement(&self.document).map_err(|error| told(&error))) {
            Ok(text) => self.document = text,
            Err(sentence) => self.unread = Some(sentence),
        }
    }

    /// Adds the statements of the policy with this text.
    pub(super) fn imported(&mut self, name: &str, text: &str) {
        self.change(|visual, editing| {
            if visual.import(text).is_err() {
                editing.fault(fields::IMPORT, String::new(), format!("{name} could not be read."));
            }
        });
    }
}
