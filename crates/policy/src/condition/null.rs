//! `Null`: `true` asks that the key is absent, `false` that it is there.

#[derive(Clone, Debug)]
pub(super) struct Operand {
    wants_absent: bool,
}

impl Operand {
    pub fn new(value: &str) -> Option<Self> {
        if value.eq_ignore_ascii_case("true") {
            Some(Self { wants_absent: true })
        } else if value.eq_ignore_ascii_case("false") {
            Some(Self { wants_absent: false })
        } else {
            None
        }
    }

    pub fn fits(&self, absent: bool) -> bool {
        self.wants_absent == absent
    }
}
