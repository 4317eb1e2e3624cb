//! Outputs as JSON. Instants are seconds since 1970, and what is absent is left out.

use model::Timestamp;
use serde::ser::{self, Impossible, Serialize, Serializer};
use serde_json::{Map, Value};

pub use crate::unencodable::Unencodable;

/// The body of an answer; `{}` where the operation answers nothing.
///
/// # Errors
/// [`Unencodable`] for an output that this wire has no form for; a test encodes every operation's.
pub fn body<T: Serialize>(output: &T) -> Result<String, Unencodable> {
    Ok(match output.serialize(Json)? {
        Value::Null => "{}".to_owned(),
        value => value.to_string(),
    })
}

/// Makes one value; what is absent is null until its structure leaves it out.
struct Json;

/// A list or a structure in the making.
struct Items(Vec<Value>);
struct Members {
    members: Map<String, Value>,
    key: Option<String>,
}

macro_rules! values {
    ($($method:ident $type:ty)*) => {
        $(fn $method(self, value: $type) -> Result<Value, Unencodable> {
            Ok(value.into())
        })*
    };
}

impl Serializer for Json {
    type Ok = Value;
    type Error = Unencodable;
    type SerializeSeq = Items;
    type SerializeTuple = Impossible<Value, Unencodable>;
    type SerializeTupleStruct = Impossible<Value, Unencodable>;
    type SerializeTupleVariant = Impossible<Value, Unencodable>;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Impossible<Value, Unencodable>;

    values! {
        serialize_bool bool serialize_str &str serialize_f32 f32 serialize_f64 f64
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64
    }

    fn serialize_char(self, value: char) -> Result<Value, Unencodable> {
        Ok(value.to_string().into())
    }

    fn serialize_bytes(self, _bytes: &[u8]) -> Result<Value, Unencodable> {
        Err(ser::Error::custom("bytes"))
    }

    fn serialize_none(self) -> Result<Value, Unencodable> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Unencodable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Unencodable> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Value, Unencodable> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Value, Unencodable> {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Value, Unencodable> {
        let inner = value.serialize(Self)?;
        if name != Timestamp::NEWTYPE {
            return Ok(inner);
        }
        let instant = inner.as_str().and_then(|text| text.parse::<Timestamp>().ok());
        let instant = instant.ok_or_else(|| <Unencodable as ser::Error>::custom("an instant without its text"))?;
        Ok((instant.0 / 1000).into())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        _value: &T,
    ) -> Result<Value, Unencodable> {
        Err(ser::Error::custom(format!("{name}::{variant}")))
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Items, Unencodable> {
        Ok(Items(Vec::new()))
    }

    fn serialize_tuple(self, _length: usize) -> Result<Self::SerializeTuple, Unencodable> {
        Err(ser::Error::custom("tuple"))
    }

    fn serialize_tuple_struct(self, name: &'static str, _length: usize) -> Result<Self::SerializeTuple, Unencodable> {
        Err(ser::Error::custom(name))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleVariant, Unencodable> {
        Err(ser::Error::custom(format!("{name}::{variant}")))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Members, Unencodable> {
        Ok(Members { members: Map::new(), key: None })
    }

    fn serialize_struct(self, _name: &'static str, length: usize) -> Result<Members, Unencodable> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeStructVariant, Unencodable> {
        Err(ser::Error::custom(format!("{name}::{variant}")))
    }
}

impl ser::SerializeSeq for Items {
    type Ok = Value;
    type Error = Unencodable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unencodable> {
        self.0.push(value.serialize(Json)?);
        Ok(())
    }

    fn end(self) -> Result<Value, Unencodable> {
        Ok(Value::Array(self.0))
    }
}

impl Members {
    fn put<T: Serialize + ?Sized>(&mut self, name: String, value: &T) -> Result<(), Unencodable> {
        let value = value.serialize(Json)?;
        if !value.is_null() {
            self.members.insert(name, value);
        }
        Ok(())
    }
}

impl ser::SerializeStruct for Members {
    type Ok = Value;
    type Error = Unencodable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unencodable> {
        self.put(name.to_owned(), value)
    }

    fn end(self) -> Result<Value, Unencodable> {
        Ok(Value::Object(self.members))
    }
}

impl ser::SerializeMap for Members {
    type Ok = Value;
    type Error = Unencodable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unencodable> {
        match key.serialize(Json)? {
            Value::String(key) => self.key = Some(key),
            _ => return Err(ser::Error::custom("a key that is no text")),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unencodable> {
        let key = self.key.take().unwrap_or_default();
        self.put(key, value)
    }

    fn end(self) -> Result<Value, Unencodable> {
        Ok(Value::Object(self.members))
    }
}
