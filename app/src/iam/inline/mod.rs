//! Inline policies: the pages that write, show and delete one, the same for users and groups.

mod count;
mod editor;
mod owner;
mod page;
pub mod plan;

pub(super) use count::grouped;
pub(super) use editor::{EMPTY, document_error, document_field, name_error, name_field};
pub use owner::{Owner, decoded};
pub use page::Page;
