//! Bodies into inputs. Instants come as seconds since 1970, and what is `null` counts as absent.

use model::Timestamp;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::Value;

pub use crate::undecodable::Error;

/// Reads an operation's input. An empty body is an input without members.
///
/// # Errors
/// [`Error`]: not JSON, a member of another type, or one that must be there and is not.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let value = if body.is_empty() {
        Value::Object(serde_json::Map::new())
    } else {
        serde_json::from_slice(body).map_err(|_| Error::malformed("The request body is not JSON."))?
    };
    T::deserialize(Json(value))
}

struct Json(Value);

impl Json {
    fn unexpected(&self, expected: &str) -> Error {
        let found = match &self.0 {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(_) => Unexpected::Other("a number"),
            Value::String(_) => Unexpected::Other("a string"),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        de::Error::invalid_type(found, &expected)
    }

    fn number(&self) -> Result<&serde_json::Number, Error> {
        match &self.0 {
            Value::Number(number) => Ok(number),
            _ => Err(self.unexpected("a number")),
        }
    }
}

macro_rules! whole_numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.number()?.as_i64() {
                Some(whole) => visitor.visit_i64(whole),
                None => Err(self.unexpected("a whole number")),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Json {
    type Error = Error;

    whole_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.number()?.as_f64() {
            Some(number) => visitor.visit_f64(number),
            None => Err(self.unexpected("a number")),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Bool(value) => visitor.visit_bool(value),
            _ => Err(self.unexpected("true or false")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(text) => visitor.visit_string(text),
            _ => Err(self.unexpected("a string")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Items { left: items.into_iter(), at: 0 }),
            _ => Err(self.unexpected("a list")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            // A member that is null is absent, whatever its type.
            Value::Object(members) => {
                let left: Vec<_> = members.into_iter().filter(|(_, value)| !value.is_null()).collect();
                visitor.visit_map(Members { left: left.into_iter(), at: None })
            }
            _ => Err(self.unexpected("a structure")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        if name != Timestamp::NEWTYPE {
            return visitor.visit_newtype_struct(self);
        }
        let seconds = self.number()?.as_f64().unwrap_or(f64::MAX);
        // The years 0 to 9999, within which an instant has a text.
        if !(-62_167_219_200.0..253_402_300_800.0).contains(&seconds) {
            return Err(self.unexpected("an instant in seconds since 1970"));
        }
        let text = Timestamp((seconds * 1000.0).round() as i64).to_string();
        visitor.visit_newtype_struct(IntoDeserializer::<Error>::into_deserializer(text))
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(_) => self.deserialize_bool(visitor),
            Value::Number(_) => self.deserialize_f64(visitor),
            Value::String(_) => self.deserialize_string(visitor),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    serde::forward_to_deserialize_any! { char bytes byte_buf tuple tuple_struct unit_struct identifier enum }
}

struct Items {
    left: std::vec::IntoIter<Value>,
    at: usize,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some(value) = self.left.next() else { return Ok(None) };
        self.at += 1;
        let name = || format!("{}.member", self.at);
        seed.deserialize(Json(value)).map(Some).map_err(|error| error.within(name()))
    }
}

struct Members {
    left: std::vec::IntoIter<(String, Value)>,
    at: Option<(String, Value)>,
}

impl<'de> MapAccess<'de> for Members {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.at = self.left.next();
        self.at.as_ref().map(|(name, _)| seed.deserialize(name.as_str().into_deserializer())).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let (name, value) = self.at.take().expect("serde asks for a value after its key");
        seed.deserialize(Json(value)).map_err(|error| error.within(name))
    }
}
