//! A policy as the visual editor draws it: a block for each service with its effect, actions, resources and conditions.
//!
//! The policy's text is the one truth. It is read into blocks, a block is changed, and the blocks are written as text
//! again; nothing is lost on the way. A statement with several services is a block for each, which are written as one
//! statement again for as long as they agree. What cannot be drawn is carried along as it is ([`Block::Raw`]).

mod actions;
mod arn;
mod conditions;
mod edit;
#[cfg(test)]
mod key_types;
#[cfg(test)]
mod laws;
mod parts;
mod resources;
#[cfg(test)]
mod tests;

pub use actions::{Choice, StrangeAction};
pub use arn::{ArnPart, ArnTemplate, NoArn};
pub use conditions::{ConditionFault, MFA_KEY, SOURCE_IP_KEY, compared, operators};
pub use edit::with_statement;
pub use parts::Undrawable;
pub use resources::Need;

use edit::SID;
use parts::drawn;
use policy::{ConditionElement, Effect, Element, ParseError, Sketch, SketchedStatement, Version};

/// A whole policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visual {
    /// As written.
    pub version: Option<Version>,
    /// As written.
    pub id: Option<String>,
    /// In the order of the text; never none.
    pub blocks: Vec<Block>,
}

/// A part of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// What a statement says about one service.
    Drawn(Permissions),
    /// A statement that can be shown as JSON only, and why.
    Raw(SketchedStatement, Undrawable),
}

/// What a statement says about one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permissions {
    /// The statement's name.
    pub sid: Option<String>,
    /// Allow or Deny.
    pub effect: Effect,
    /// What the service's actions begin with, in lower case; empty until one is chosen.
    pub service: String,
    /// The actions as written, with the service: names and patterns.
    pub actions: Vec<String>,
    /// The resources as written.
    pub resources: Vec<String>,
    /// The conditions; those with the same operator stand together.
    pub conditions: Vec<ConditionElement>,
    /// Whether it is written into the statement of the block before.
    pub joined: bool,
}

impl Visual {
    /// Reads a policy's text. `chosen` holds the services of blocks that have no action yet, which the text cannot
    /// tell: the block's number and the service's prefix.
    ///
    /// # Errors
    /// The first thing that is no JSON or not of the grammar, with its place.
    pub fn read(text: &str, chosen: &[(usize, String)]) -> Result<Self, ParseError> {
        let Sketch { version, id, statements } = Sketch::parse(text)?;
        let mut blocks: Vec<Block> = statements.into_iter().flat_map(drawn).collect();
        if blocks.is_empty() {
            blocks.push(Block::Drawn(Permissions::begun(Some(format!("{SID}0")))));
        }
        for (number, service) in chosen {
            if let Some(Block::Drawn(permissions)) = blocks.get_mut(*number)
                && permissions.actions.is_empty()
            {
                permissions.service = service.to_ascii_lowercase();
            }
        }
        Ok(Self { version, id, blocks })
    }

    /// The services of blocks without actions, for [`Visual::read`].
    #[must_use]
    pub fn chosen(&self) -> Vec<(usize, String)> {
        let of = |(number, block): (usize, &Block)| match block {
            Block::Drawn(drawn) if drawn.actions.is_empty() && !drawn.service.is_empty() => {
                Some((number, drawn.service.clone()))
            }
            _ => None,
        };
        self.blocks.iter().enumerate().filter_map(of).collect()
    }

    /// The policy's text. A first block that says nothing yet is no statement.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut statements: Vec<SketchedStatement> = Vec::new();
        let blocks = match self.blocks.as_slice() {
            [Block::Drawn(only)] if only.says_nothing() => &[],
            blocks => blocks,
        };
        for (block, joined) in blocks.iter().zip(self.joined()) {
            match (block, statements.last_mut().and_then(|last| last.action.as_mut())) {
                (Block::Raw(statement, _), _) => statements.push(statement.clone()),
                (Block::Drawn(drawn), Some(action)) if joined => action.values.extend(drawn.actions.iter().cloned()),
                (Block::Drawn(drawn), _) => statements.push(drawn.to_statement()),
            }
        }
        Sketch { version: self.version, id: self.id.clone(), statements }.to_text()
    }

    /// Of each block whether it is written into the statement of the one before: it says the same of another service.
    fn joined(&self) -> Vec<bool> {
        let mut joined = Vec::with_capacity(self.blocks.len());
        let mut first = 0;
        for (number, block) in self.blocks.iter().enumerate() {
            let statement = self.blocks.get(first..number).unwrap_or_default();
            let is = match block {
                Block::Drawn(this) if this.joined && this.sid.is_none() && !this.actions.is_empty() => {
                    !statement.is_empty() && statement.iter().all(|other| this.agrees(other))
                }
                _ => false,
            };
            if !is {
                first = number;
            }
            joined.push(is);
        }
        joined
    }

    /// Makes blocks statements of their own that no longer say the same as their neighbours: to be called when a block
    /// was changed.
    pub fn settle(&mut self) {
        let all = self.joined();
        for (block, joined) in self.blocks.iter_mut().zip(all) {
            if let Block::Drawn(drawn) = block {
                drawn.joined = joined;
            }
        }
    }

    /// The first drawn block that cannot be saved as it is, and what it lacks.
    #[must_use]
    pub fn incomplete(&self) -> Option<(usize, Lack)> {
        self.blocks.iter().enumerate().find_map(|(number, block)| match block {
            Block::Drawn(drawn) => drawn.lack().map(|lack| (number, lack)),
            Block::Raw(..) => None,
        })
    }
}

/// What a block lacks, in the order of its sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// A service.
    Service,
    /// An action.
    Actions,
    /// A resource.
    Resources,
}

impl Permissions {
    /// A block that says nothing yet.
    #[must_use]
    pub fn begun(sid: Option<String>) -> Self {
        Self {
            sid,
            effect: Effect::Allow,
            service: String::new(),
            actions: Vec::new(),
            resources: Vec::new(),
            conditions: Vec::new(),
            joined: false,
        }
    }

    /// Whether another block can stand in one statement with this one.
    fn agrees(&self, other: &Block) -> bool {
        let Block::Drawn(other) = other else { return false };
        !other.actions.is_empty()
            && other.service != self.service
            && other.effect == self.effect
            && other.resources == self.resources
            && other.conditions == self.conditions
    }

    /// Whether it is as it began, but for the service.
    fn says_nothing(&self) -> bool {
        let begun = Self { service: self.service.clone(), ..Self::begun(Some(format!("{SID}0"))) };
        *self == begun
    }

    /// What it lacks first.
    #[must_use]
    pub fn lack(&self) -> Option<Lack> {
        if self.service.is_empty() {
            Some(Lack::Service)
        } else if self.actions.is_empty() {
            Some(Lack::Actions)
        } else if self.resources.is_empty() {
            Some(Lack::Resources)
        } else {
            None
        }
    }

    /// Makes it speak of another service: actions and resources of the one before mean nothing there.
    pub fn choose(&mut self, service: &str) {
        let service = service.to_ascii_lowercase();
        if self.service == service {
            return;
        }
        self.service = service;
        self.actions.clear();
        if !self.is_everything() {
            self.resources.clear();
        }
    }

    /// The block as a statement of its own.
    #[must_use]
    pub fn to_statement(&self) -> SketchedStatement {
        SketchedStatement {
            sid: self.sid.clone(),
            effect: self.effect.as_str().to_owned(),
            principal: None,
            action: Some(Element { negated: false, values: self.actions.clone() }),
            resource: Some(Element { negated: false, values: self.resources.clone() }),
            conditions: self.conditions.clone(),
        }
    }
}
