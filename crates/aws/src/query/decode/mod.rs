//! Parameters into an operation's input.
//!
//! Everything on this wire is text; a number or a truth value is parsed when the input asks for one. What the input
//! does not know is ignored, as AWS does.

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::Parameters;

pub use crate::undecodable::Error;

/// Reads an operation's input.
///
/// # Errors
/// [`Error`], in AWS's words.
pub fn decode<T: DeserializeOwned>(parameters: &Parameters<'_>) -> Result<T, Error> {
    T::deserialize(Value(parameters))
}

/// One node of the tree as a serde value.
#[derive(Clone, Copy)]
struct Value<'p>(&'p Parameters<'p>);

impl<'p> Value<'p> {
    fn text(self) -> Result<&'p str, Error> {
        self.0.value().ok_or_else(|| Error::malformed("A value was expected where the request has members."))
    }

    fn number<N: std::str::FromStr>(self) -> Result<N, Error> {
        match self.text()? {
            "" => Err(Error::malformed("missing value for decimal type")),
            text => {
                text.parse().map_err(|_| Error::malformed(format!("'{text}' is not a number of the expected kind.")))
            }
        }
    }

    fn truth(self) -> Result<bool, Error> {
        match self.text()? {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            "" => Err(Error::malformed("missing value for boolean type")),
            _ => Err(Error::malformed("boolean must follow xsd1.1 definition")),
        }
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.number()?)
        })*
    };
}

impl<'de, 'p> Deserializer<'de> for Value<'p> {
    type Error = Error;

    numbers! {
        deserialize_i8 visit_i8 deserialize_i16 visit_i16 deserialize_i32 visit_i32 deserialize_i64 visit_i64
        deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32 deserialize_u64 visit_u64
        deserialize_f32 visit_f32 deserialize_f64 visit_f64
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.truth()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    /// A parameter that is there has a value, an empty one too; absent members never get here.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    /// `X.member.1`, `X.member.2`, …; `X=` is the empty list.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let members = self.0.members().ok_or_else(|| Error::malformed("The members of a list are numbered from 1."))?;
        if members.is_empty() && (self.0.value().is_none_or(|text| !text.is_empty()) || self.0.below().next().is_some())
        {
            return Err(Error::malformed("A list was expected."));
        }
        visitor.visit_seq(Members(members.into_iter()))
    }

    /// `X.entry.1.key`, `X.entry.1.value`, …; some maps call them `Name` and `Value`.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let entries = self.0.entries().ok_or_else(|| Error::malformed("The entries of a map are numbered from 1."))?;
        visitor.visit_map(Entries { left: entries.into_iter(), at: None })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Fields { left: self.0.below().collect::<Vec<_>>().into_iter(), at: None })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.text()?.into_deserializer())
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    /// Nothing on this wire says its own type: what is asked for without one is text, or a map of what is below.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.value() {
            Some(text) => visitor.visit_str(text),
            None => self.deserialize_struct("", &[], visitor),
        }
    }

    serde::forward_to_deserialize_any! { char bytes byte_buf tuple tuple_struct identifier }
}

struct Members<'p>(std::vec::IntoIter<(u32, &'p Parameters<'p>)>);

impl<'de> SeqAccess<'de> for Members<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some((number, node)) = self.0.next() else {
            return Ok(None);
        };
        let name = || format!("{number}.member");
        seed.deserialize(Value(node)).map(Some).map_err(|error| error.within(name()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries<'p> {
    left: std::vec::IntoIter<&'p Parameters<'p>>,
    at: Option<(&'p str, &'p Parameters<'p>)>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some(entry) = self.left.next() else { return Ok(None) };
        let part = |names: [&str; 2]| entry.below().find(|(name, _)| names.contains(name)).map(|(_, node)| node);
        let key = part(["key", "Name"]).and_then(Parameters::value);
        let key = key.ok_or_else(|| Error::malformed("An entry of a map has no key."))?;
        let value = part(["value", "Value"]).ok_or_else(|| Error::malformed("An entry of a map has no value."))?;
        self.at = Some((key, value));
        seed.deserialize(key.into_deserializer()).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let (key, node) = self.at.take().expect("serde asks for a value after its key");
        seed.deserialize(Value(node)).map_err(|error| error.within("member").within(key))
    }
}

struct Fields<'p> {
    left: std::vec::IntoIter<(&'p str, &'p Parameters<'p>)>,
    at: Option<(&'p str, &'p Parameters<'p>)>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.at = self.left.next();
        self.at.map(|(name, _)| seed.deserialize(name.into_deserializer())).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let (name, node) = self.at.take().expect("serde asks for a value after its key");
        seed.deserialize(Value(node)).map_err(|error| error.within(name))
    }
}
