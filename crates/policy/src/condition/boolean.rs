//! `Bool`: `true` and `false`, in any case. Variables may be used.

use crate::document::Version;
use crate::request::Context;
use crate::variables::Template;

#[derive(Clone, Debug)]
pub(super) struct Operand(Template);

impl Operand {
    pub fn new(value: &str, version: Version) -> Self {
        Self(Template::new(value, version))
    }

    pub fn fits(&self, value: &str, context: &Context) -> bool {
        self.0.text(context).is_some_and(|text| text.eq_ignore_ascii_case(value))
    }
}
