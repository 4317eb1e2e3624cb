//! Inline policies: the pages that write, show and delete one, the same for users and groups.

mod count;
mod owner;

rendered_by_the_server! {
    mod editor;
    mod page;
    pub mod plan;
}

pub use owner::{Owner, decoded};

#[cfg(feature = "ssr")]
pub use page::Page;
#[cfg(feature = "ssr")]
pub(super) use {
    count::grouped,
    editor::{EMPTY, document_error, document_field, name_error, name_field},
};
