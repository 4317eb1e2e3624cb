//! A JSON reader (RFC 8259) that remembers where everything stood, refuses a key that comes twice, and
//! stops at a fixed depth. `serde_json` does none of the three for a tree.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::Chars;

use crate::error::{ParseError, ParseErrorKind, Position, Span};

/// The grammar of policies needs seven levels.
const DEEPEST: u8 = 16;

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub value: Value,
    pub span: Span,
}

impl Node {
    /// The value under a key, if this is an object that has it.
    pub fn member(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(members) => members.iter().find(|member| member.key == key).map(|member| &member.node),
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// As it was written.
    Number(String),
    String(String),
    Array(Vec<Node>),
    Object(Vec<Member>),
}

/// One `"key": value` of an object.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub key: String,
    /// Where the key begins.
    pub at: Position,
    pub node: Node,
}

/// Reads a whole text as one value.
pub(crate) fn read(text: &str) -> Result<Node, ParseError> {
    let mut reader = Reader { rest: text.chars().peekable(), position: Position::START };
    let node = reader.value(0)?;
    reader.white_space();
    match reader.peek() {
        None => Ok(node),
        Some(_) => Err(reader.error(ParseErrorKind::TrailingText)),
    }
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    position: Position,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.rest.next()?;
        self.position = self.position.after(character);
        Some(character)
    }

    fn error(&self, kind: ParseErrorKind) -> ParseError {
        ParseError::new(self.position, kind)
    }

    /// The error for whatever comes next.
    fn unexpected(&mut self, expected: &'static str) -> ParseError {
        let kind = match self.peek() {
            Some(found) => ParseErrorKind::UnexpectedCharacter { found, expected },
            None => ParseErrorKind::UnexpectedEnd { expected },
        };
        self.error(kind)
    }

    fn expect(&mut self, wanted: char, expected: &'static str) -> Result<(), ParseError> {
        if self.peek() != Some(wanted) {
            return Err(self.unexpected(expected));
        }
        self.next();
        Ok(())
    }

    fn white_space(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.next();
        }
    }

    fn value(&mut self, depth: u8) -> Result<Node, ParseError> {
        self.white_space();
        let start = self.position;
        if depth >= DEEPEST {
            return Err(self.error(ParseErrorKind::TooDeep));
        }
        let value = match self.peek() {
            Some('{') => self.object(depth)?,
            Some('[') => self.array(depth)?,
            Some('"') => Value::String(self.string()?),
            Some('-' | '0'..='9') => self.number()?,
            Some('t') => self.word("true", Value::Bool(true))?,
            Some('f') => self.word("false", Value::Bool(false))?,
            Some('n') => self.word("null", Value::Null)?,
            _ => return Err(self.unexpected("a value")),
        };
        Ok(Node { value, span: Span { start, end: self.position } })
    }

    fn word(&mut self, word: &'static str, value: Value) -> Result<Value, ParseError> {
        for wanted in word.chars() {
            self.expect(wanted, word)?;
        }
        Ok(value)
    }

    fn object(&mut self, depth: u8) -> Result<Value, ParseError> {
        self.expect('{', "{")?;
        let mut members = Vec::new();
        let mut keys = BTreeSet::new();
        self.white_space();
        if self.peek() == Some('}') {
            self.next();
            return Ok(Value::Object(members));
        }
        loop {
            self.white_space();
            let at = self.position;
            if self.peek() != Some('"') {
                return Err(self.unexpected("a key in quotation marks"));
            }
            let key = self.string()?;
            if !keys.insert(key.clone()) {
                return Err(ParseError::new(at, ParseErrorKind::DuplicateKey { key }));
            }
            self.white_space();
            self.expect(':', "a colon")?;
            let node = self.value(depth.saturating_add(1))?;
            members.push(Member { key, at, node });
            self.white_space();
            match self.peek() {
                Some(',') => self.next(),
                Some('}') => {
                    self.next();
                    return Ok(Value::Object(members));
                }
                _ => return Err(self.unexpected("a comma or }")),
            };
        }
    }

    fn array(&mut self, depth: u8) -> Result<Value, ParseError> {
        self.expect('[', "[")?;
        let mut nodes = Vec::new();
        self.white_space();
        if self.peek() == Some(']') {
            self.next();
            return Ok(Value::Array(nodes));
        }
        loop {
            nodes.push(self.value(depth.saturating_add(1))?);
            self.white_space();
            match self.peek() {
                Some(',') => self.next(),
                Some(']') => {
                    self.next();
                    return Ok(Value::Array(nodes));
                }
                _ => return Err(self.unexpected("a comma or ]")),
            };
        }
    }

    fn string(&mut self) -> Result<String, ParseError> {
        self.expect('"', "a string")?;
        let mut text = String::new();
        loop {
            match self.peek() {
                None => return Err(self.unexpected("a closing quotation mark")),
                Some('"') => {
                    self.next();
                    return Ok(text);
                }
                Some('\\') => text.push(self.escape()?),
                Some('\u{0}'..='\u{1f}') => {
                    return Err(self.error(ParseErrorKind::ControlCharacter));
                }
                Some(character) => {
                    text.push(character);
                    self.next();
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, ParseError> {
        let invalid = self.error(ParseErrorKind::InvalidEscape);
        self.next();
        match self.next() {
            Some(same @ ('"' | '\\' | '/')) => Ok(same),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some('u') => self.unicode().ok_or(invalid),
            _ => Err(invalid),
        }
    }

    /// What follows `\u`; characters beyond U+FFFF come as a pair of surrogates.
    fn unicode(&mut self) -> Option<char> {
        let unit = self.four_digits()?;
        if !(0xD800..=0xDBFF).contains(&unit) {
            return char::from_u32(unit);
        }
        if self.next() != Some('\\') || self.next() != Some('u') {
            return None;
        }
        let low = self.four_digits()?;
        if !(0xDC00..=0xDFFF).contains(&low) {
            return None;
        }
        char::from_u32((((unit & 0x3FF) << 10) | (low & 0x3FF)).saturating_add(0x1_0000))
    }

    fn four_digits(&mut self) -> Option<u32> {
        let mut unit = 0_u32;
        for _ in 0..4 {
            let digit = self.next()?.to_digit(16)?;
            unit = (unit << 4) | digit;
        }
        Some(unit)
    }

    fn number(&mut self) -> Result<Value, ParseError> {
        let invalid = self.error(ParseErrorKind::InvalidNumber);
        let mut text = String::new();
        if self.peek() == Some('-') {
            text.push('-');
            self.next();
        }
        let leading_zero = self.peek() == Some('0');
        let whole = self.digits(&mut text);
        if whole == 0 || (leading_zero && whole > 1) {
            return Err(invalid);
        }
        if self.peek() == Some('.') {
            text.push('.');
            self.next();
            if self.digits(&mut text) == 0 {
                return Err(invalid);
            }
        }
        if let Some(exponent @ ('e' | 'E')) = self.peek() {
            text.push(exponent);
            self.next();
            if let Some(sign @ ('+' | '-')) = self.peek() {
                text.push(sign);
                self.next();
            }
            if self.digits(&mut text) == 0 {
                return Err(invalid);
            }
        }
        Ok(Value::Number(text))
    }

    fn digits(&mut self, text: &mut String) -> usize {
        let mut count = 0_usize;
        while let Some(digit @ '0'..='9') = self.peek() {
            text.push(digit);
            self.next();
            count = count.saturating_add(1);
        }
        count
    }
}

#[cfg(test)]
mod tests;
