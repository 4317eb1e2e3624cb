//! Adding, repeating and taking away blocks.

use policy::{Effect, Element, ParseError, Sketch, SketchedStatement};

use super::{Block, Permissions, Visual, parts::drawn};

/// What the names of statements that the editor makes begin with, as AWS's console names them.
pub(super) const SID: &str = "VisualEditor";

/// A policy's text with one more statement at the end, which is still to be filled in, as the JSON tab of AWS's console
/// adds it.
///
/// # Errors
/// As [`Visual::read`].
pub fn with_statement(text: &str) -> Result<String, ParseError> {
    let mut sketch = Sketch::parse(text)?;
    let taken = |name: &String| sketch.statements.iter().any(|statement| statement.sid.as_ref() == Some(name));
    let sid = (0..=sketch.statements.len()).map(|number| format!("Statement{}", number + 1)).find(|name| !taken(name));
    let nothing = Element { negated: false, values: Vec::new() };
    sketch.statements.push(SketchedStatement {
        sid,
        effect: Effect::Allow.as_str().to_owned(),
        principal: None,
        action: Some(nothing.clone()),
        resource: Some(nothing),
        conditions: Vec::new(),
    });
    Ok(sketch.to_text())
}

impl Block {
    /// The name of its statement, if this is its first block.
    fn sid(&self) -> Option<&str> {
        match self {
            Self::Drawn(Permissions { sid, .. }) | Self::Raw(SketchedStatement { sid, .. }, _) => sid.as_deref(),
        }
    }
}

impl Visual {
    /// The statements, each with its name and the number of its first block; none where the first one says nothing yet.
    #[must_use]
    pub fn statements(&self) -> Vec<(Option<&str>, usize)> {
        if matches!(self.blocks.as_slice(), [Block::Drawn(only)] if only.says_nothing()) {
            return Vec::new();
        }
        let blocks = self.blocks.iter().zip(self.joined()).enumerate();
        blocks.filter(|(_, (_, joined))| !joined).map(|(number, (block, _))| (block.sid(), number)).collect()
    }

    /// A name that no statement has: `VisualEditor2`.
    fn free_sid(&self) -> String {
        let taken = |name: &str| self.blocks.iter().any(|block| block.sid() == Some(name));
        (0..=self.blocks.len()).map(|number| format!("{SID}{number}")).find(|name| !taken(name)).unwrap_or_default()
    }

    /// Adds an empty block at the end; its number.
    pub fn add(&mut self) -> usize {
        let sid = self.free_sid();
        self.blocks.push(Block::Drawn(Permissions::begun(Some(sid))));
        self.blocks.len().saturating_sub(1)
    }

    /// Repeats a block right behind it, under another name; the copy's number.
    pub fn repeat(&mut self, number: usize) -> Option<usize> {
        let sid = self.free_sid();
        let copy = match self.blocks.get(number)? {
            Block::Drawn(drawn) => Block::Drawn(Permissions { sid: Some(sid), joined: false, ..drawn.clone() }),
            Block::Raw(statement, reason) => {
                Block::Raw(SketchedStatement { sid: Some(sid), ..statement.clone() }, *reason)
            }
        };
        // Behind the whole statement, so that it stays one.
        let behind = self.joined().iter().skip(number.saturating_add(1)).take_while(|joined| **joined).count();
        let place = number.saturating_add(1).saturating_add(behind);
        self.blocks.insert(place, copy);
        Some(place)
    }

    /// Takes a block away. The last one leaves an empty one.
    pub fn remove(&mut self, number: usize) {
        if number >= self.blocks.len() {
            return;
        }
        let follows = self.joined().get(number.saturating_add(1)).copied().unwrap_or_default();
        let gone = self.blocks.remove(number);
        // The statement keeps its name while any of it is left.
        if let (true, Block::Drawn(gone), Some(Block::Drawn(next))) = (follows, gone, self.blocks.get_mut(number)) {
            next.sid = gone.sid;
            next.joined = gone.joined;
        }
        if self.blocks.is_empty() {
            self.blocks.push(Block::Drawn(Permissions::begun(Some(format!("{SID}0")))));
        }
        self.settle();
    }

    /// Adds the statements of another policy at the end, in place of a first block that says nothing yet; names that
    /// are taken are left out. The number of the first block that came.
    ///
    /// # Errors
    /// As [`Visual::read`].
    pub fn import(&mut self, text: &str) -> Result<usize, ParseError> {
        let imported = Sketch::parse(text)?.statements;
        if let [Block::Drawn(only)] = self.blocks.as_slice()
            && only.says_nothing()
            && only.service.is_empty()
            && !imported.is_empty()
        {
            self.blocks.clear();
        }
        let first = self.blocks.len();
        for mut statement in imported {
            let named = |sid: &String| self.blocks.iter().any(|block| block.sid() == Some(sid.as_str()));
            statement.sid = statement.sid.filter(|sid| !named(sid));
            self.blocks.extend(drawn(statement));
        }
        Ok(first)
    }
}
