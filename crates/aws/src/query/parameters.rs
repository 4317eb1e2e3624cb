//! Flat parameters as a tree: `Tags.member.1.Key=a` is the value `a` at `Tags`, `member`, `1`, `Key`.

use std::{borrow::Cow, collections::BTreeMap};

use crate::form;

/// Most parameters of one request. The largest real ones, with every list full, have a few hundred.
pub const MAX_PARAMETERS: usize = 10_000;
/// Most elements of one parameter's name.
pub const MAX_DEPTH: usize = 16;

/// The parameters of one request, or what lies below one element of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters<'a> {
    value: Option<Cow<'a, str>>,
    below: BTreeMap<Cow<'a, str>, Parameters<'a>>,
}

/// Why a body holds no parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Bytes that are not UTF-8.
    NotText,
    /// The null character, which neither XML nor the database can hold.
    Null,
    /// More than [`MAX_PARAMETERS`].
    TooMany,
    /// A name of more than [`MAX_DEPTH`] elements.
    TooDeep,
}

impl Malformed {
    /// What is wrong, in a sentence.
    pub fn sentence(self) -> String {
        match self {
            Self::NotText => "The request parameters must be encoded as UTF-8.".to_owned(),
            Self::Null => "The request parameters must not contain the null character.".to_owned(),
            Self::TooMany => {
                format!("The request must not have more than {MAX_PARAMETERS} parameters.")
            }
            Self::TooDeep => {
                format!("The name of a parameter must not have more than {MAX_DEPTH} elements.")
            }
        }
    }
}

impl<'a> Parameters<'a> {
    /// Reads a form body or query string. Of a parameter that comes twice the first value counts, as with AWS.
    ///
    /// # Errors
    /// [`Malformed`], saying how.
    pub fn read(form: &'a [u8]) -> Result<Self, Malformed> {
        let mut root = Self::default();
        for (index, (name, value)) in form::pairs(form).enumerate() {
            if index == MAX_PARAMETERS {
                return Err(Malformed::TooMany);
            }
            let (name, value) = (text(name)?, text(value)?);
            match name {
                Cow::Borrowed(name) => root.at(name.split('.').map(Cow::Borrowed)),
                Cow::Owned(name) => root.at(name.split('.').map(|element| Cow::Owned(element.to_owned()))),
            }?
            .value
            .get_or_insert(value);
        }
        Ok(root)
    }

    fn at(&mut self, elements: impl Iterator<Item = Cow<'a, str>>) -> Result<&mut Self, Malformed> {
        let mut node = self;
        for (depth, element) in elements.enumerate() {
            if depth == MAX_DEPTH {
                return Err(Malformed::TooDeep);
            }
            node = node.below.entry(element).or_default();
        }
        Ok(node)
    }

    /// The value of the parameter with this undivided name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.below.get(name)?.value()
    }

    pub(super) fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    pub(super) fn below(&self) -> impl Iterator<Item = (&str, &Self)> {
        self.below.iter().map(|(element, node)| (element.as_ref(), node))
    }

    /// The members of a list in the order of their numbers, each with its number; `None` for a number that is none.
    pub(super) fn members(&self) -> Option<Vec<(u32, &Self)>> {
        self.numbered("member")
    }

    /// The entries of a map in the order of their numbers; `None` for a number that is none.
    pub(super) fn entries(&self) -> Option<Vec<&Self>> {
        Some(self.numbered("entry")?.into_iter().map(|(_, node)| node).collect())
    }

    fn numbered(&self, what: &str) -> Option<Vec<(u32, &Self)>> {
        let Some(list) = self.below.get(what) else {
            return Some(Vec::new());
        };
        let number = |text: &str| text.parse::<u32>().ok().filter(|number| number.to_string() == text);
        let mut members =
            list.below().map(|(element, node)| Some((number(element)?, node))).collect::<Option<Vec<_>>>()?;
        members.sort_by_key(|(number, _)| *number);
        Some(members)
    }
}

fn text(bytes: Cow<'_, [u8]>) -> Result<Cow<'_, str>, Malformed> {
    if bytes.contains(&0) {
        return Err(Malformed::Null);
    }
    match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| Malformed::NotText),
        Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).map_err(|_| Malformed::NotText),
    }
}
