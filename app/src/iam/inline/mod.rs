//! Inline policies: the pages that write, show and delete one, the same for users and groups.

mod count;
mod owner;

rendered_by_the_server! {
    mod editor;
    mod page;
    pub mod plan;

    pub use page::Page;
    pub(super) use {
        count::grouped,
        editor::{EMPTY, document_error, document_field, name_error, name_field},
    };
}

pub use owner::{Owner, decoded};
