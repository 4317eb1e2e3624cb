//! A value of any type, with every member there: what a type looks like on the wire, without an example of it.

use serde::{
    Deserialize,
    de::{self, DeserializeOwned, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor, value::Error},
};

/// Every text in a specimen, so that it can be an instant too.
pub const TEXT: &str = "2026-11-22T10:00:00Z";

/// A value with every optional member there, one element in every list, and [`TEXT`] for every text.
pub fn specimen<T: DeserializeOwned>() -> T {
    T::deserialize(Specimen).expect("a type made of texts, numbers, lists and structs")
}

#[derive(Clone, Copy)]
struct Specimen;

macro_rules! scalars {
    ($($method:ident $visit:ident $value:expr;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit($value)
        })*
    };
}

impl<'de> Deserializer<'de> for Specimen {
    type Error = Error;

    scalars! {
        deserialize_bool visit_bool true;
        deserialize_i32 visit_i32 1;
        deserialize_i64 visit_i64 1;
        deserialize_u32 visit_u32 1;
        deserialize_u64 visit_u64 1;
        deserialize_f64 visit_f64 1.0;
        deserialize_str visit_str TEXT;
        deserialize_string visit_str TEXT;
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Once(true))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Members(&[TEXT]))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Members(fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(variants[0].into_deserializer())
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        Err(de::Error::custom("a member that does not say its type: the wire could not read it either"))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 u8 u16 f32 char bytes byte_buf unit_struct tuple tuple_struct identifier ignored_any
    }
}

struct Once(bool);

impl<'de> SeqAccess<'de> for Once {
    type Error = Error;

    fn next_element_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        std::mem::take(&mut self.0).then(|| seed.deserialize(Specimen)).transpose()
    }
}

struct Members(&'static [&'static str]);

impl<'de> MapAccess<'de> for Members {
    type Error = Error;

    fn next_key_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some((name, rest)) = self.0.split_first() else {
            return Ok(None);
        };
        self.0 = rest;
        seed.deserialize((*name).into_deserializer()).map(Some)
    }

    fn next_value_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(Specimen)
    }
}

#[test]
fn a_specimen_has_every_member() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Whole {
        text: String,
        #[serde(default)]
        list: Vec<Option<i64>>,
        map: std::collections::BTreeMap<String, bool>,
    }
    let expected = Whole { text: TEXT.into(), list: vec![Some(1)], map: [(TEXT.into(), true)].into() };
    assert_eq!(specimen::<Whole>(), expected);
}
