//! Outputs as XML.

use std::fmt::{Display, Write};

use serde::ser::{self, Impossible, Serialize, Serializer};

use super::{Service, xml::Text};
pub use crate::unencodable::Unencodable;

/// The answer to `action`: `<XResponse><XResult>…</XResult><ResponseMetadata>…`, without a result where the operation
/// answers nothing (AWS's models give those no `resultWrapper`).
///
/// # Errors
/// [`Unencodable`] for an output that this wire has no form for; a test encodes every operation's.
pub fn response<T: Serialize>(
    service: &Service,
    action: &str,
    output: &T,
    request_id: &str,
) -> Result<String, Unencodable> {
    let mut xml = format!("<{action}Response xmlns=\"{}\">", service.namespace);
    output.serialize(Element { xml: &mut xml, name: &format!("{action}Result") })?;
    let request_id = Text(request_id);
    xml.push_str(&format!(
        "<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{action}Response>"
    ));
    Ok(xml)
}

/// Writes one value as one element; a value that is absent writes none.
struct Element<'x> {
    xml: &'x mut String,
    name: &'x str,
}

/// An element with elements in it.
struct Open<'x> {
    xml: &'x mut String,
    name: &'x str,
    /// Where the element's content begins.
    content: usize,
}

impl<'x> Element<'x> {
    fn text(self, text: impl Display) -> Result<(), Unencodable> {
        let text = text.to_string();
        let _ = write!(self.xml, "<{}>{}</{}>", self.name, Text(&text), self.name);
        Ok(())
    }

    fn open(self) -> Open<'x> {
        let _ = write!(self.xml, "<{}>", self.name);
        Open { content: self.xml.len(), xml: self.xml, name: self.name }
    }
}

impl Open<'_> {
    fn element<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Unencodable> {
        value.serialize(Element { xml: self.xml, name })
    }

    fn close(self) -> Result<(), Unencodable> {
        if self.xml.len() == self.content {
            self.xml.insert(self.content - 1, '/');
        } else {
            let _ = write!(self.xml, "</{}>", self.name);
        }
        Ok(())
    }
}

macro_rules! texts {
    ($($method:ident $type:ty)*) => {
        $(fn $method(self, value: $type) -> Result<(), Unencodable> {
            self.text(value)
        })*
    };
}

impl<'x> Serializer for Element<'x> {
    type Ok = ();
    type Error = Unencodable;
    type SerializeSeq = Open<'x>;
    type SerializeTuple = Impossible<(), Unencodable>;
    type SerializeTupleStruct = Impossible<(), Unencodable>;
    type SerializeTupleVariant = Impossible<(), Unencodable>;
    type SerializeMap = Entries<'x>;
    type SerializeStruct = Open<'x>;
    type SerializeStructVariant = Impossible<(), Unencodable>;

    texts! {
        serialize_bool bool serialize_char char serialize_str &str
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64
        serialize_f32 f32 serialize_f64 f64
    }

    fn serialize_bytes(self, _bytes: &[u8]) -> Result<(), Unencodable> {
        Err(ser::Error::custom("bytes"))
    }

    fn serialize_none(self) -> Result<(), Unencodable> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unencodable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unencodable> {
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Unencodable> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), Unencodable> {
        self.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Unencodable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        _value: &T,
    ) -> Result<(), Unencodable> {
        Err(ser::Error::custom(format!("{name}::{variant}")))
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Open<'x>, Unencodable> {
        Ok(self.open())
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

    fn serialize_map(self, _length: Option<usize>) -> Result<Entries<'x>, Unencodable> {
        Ok(Entries(self.open()))
    }

    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<Open<'x>, Unencodable> {
        Ok(self.open())
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

impl ser::SerializeSeq for Open<'_> {
    type Ok = ();
    type Error = Unencodable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unencodable> {
        self.element("member", value)
    }

    fn end(self) -> Result<(), Unencodable> {
        self.close()
    }
}

impl ser::SerializeStruct for Open<'_> {
    type Ok = ();
    type Error = Unencodable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unencodable> {
        self.element(name, value)
    }

    fn end(self) -> Result<(), Unencodable> {
        self.close()
    }
}

/// A map: `<entry><key>…</key><value>…</value></entry>` for each.
struct Entries<'x>(Open<'x>);

impl ser::SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = Unencodable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unencodable> {
        self.0.xml.push_str("<entry>");
        self.0.element("key", key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unencodable> {
        self.0.element("value", value)?;
        self.0.xml.push_str("</entry>");
        Ok(())
    }

    fn end(self) -> Result<(), Unencodable> {
        self.0.close()
    }
}
