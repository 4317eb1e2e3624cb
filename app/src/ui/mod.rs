//! The component library: server-rendered building blocks after Cloudscape's, which know nothing of IAM.
//!
//! Everything here is plain HTML that works without scripts. [`Behaviours`] (one island a page, placed by
//! the layout) adds what HTML alone cannot do: copying, roving focus, selection, live filters.
//! Texts that may change inside an island are `MaybeProp<String>` (a `&str`, a `String`, an
//! `Option<String>` or a signal); other optional texts are [`prop::Attr`], optional views [`prop::Slot`].

mod alert;
mod badge;
pub mod behaviour;
mod breadcrumb_group;
mod button;
mod button_dropdown;
mod checkbox;
mod code_view;
mod column;
mod container;
mod copy_to_clipboard;
mod date;
mod diff_view;
mod empty_state;
mod expandable_section;
mod flashbar;
mod form;
mod form_field;
mod grid;
mod header;
mod icon;
mod icon_paths;
mod input;
mod key_value_pairs;
mod link;
mod list;
mod modal;
mod modal_delete;
mod pagination;
mod progress_bar;
mod progress_steps;
pub mod prop;
mod radio_group;
mod secret;
mod select;
mod side_navigation;
mod space_between;
mod spinner;
mod status_indicator;
mod table;
mod tabs;
mod tag_editor;
mod text;
mod text_filter;
mod textarea;
mod tiles;
mod toggle;
mod token;
mod wizard;

pub use alert::{Alert, Severity};
pub use badge::{Badge, BadgeColor};
pub use behaviour::Behaviours;
pub use breadcrumb_group::{BreadcrumbGroup, Crumb};
pub use button::{Button, ButtonKind, ButtonVariant};
pub use button_dropdown::{ButtonDropdown, MenuAlign, MenuItem};
pub use checkbox::Checkbox;
pub use code_view::{CodeMark, CodeView};
pub use column::{Column, Rows, Selection, SelectionKind, Sort};
pub use container::Container;
pub use copy_to_clipboard::{CopyText, CopyToClipboard};
pub use date::{Date, DateStyle, civil, format_instant};
pub use diff_view::DiffView;
pub use empty_state::EmptyState;
pub use expandable_section::{ExpandableSection, ExpandableVariant};
pub use flashbar::{Flash, FlashLink, Flashbar};
pub use form::{Form, FormActions, FormErrors, FormGuard};
pub use form_field::{FieldContext, FormField};
pub use grid::{ColumnLayout, Grid};
pub use header::{Header, HeaderLevel};
pub use icon::{Icon, IconSize};
pub use icon_paths::IconName;
pub use input::{Input, PasswordInput};
pub use key_value_pairs::{KeyValue, KeyValuePairs};
pub use link::{InfoLink, Link, LinkVariant};
pub use list::BulletList;
pub use modal::{Modal, ModalSize};
pub use modal_delete::DeleteModal;
pub use pagination::{NextPage, Pagination};
pub use progress_bar::ProgressBar;
pub use progress_steps::ProgressSteps;
pub use radio_group::{RadioGroup, RadioOption};
pub use secret::Secret;
pub use select::{Select, SelectOption};
pub use side_navigation::{NavItem, SideNavigation};
pub use space_between::{Direction, Space, SpaceBetween};
pub use spinner::Spinner;
pub use status_indicator::{Status, StatusIndicator};
pub use table::Table;
pub use tabs::{Tab, Tabs};
pub use tag_editor::{TagEditor, TagRow};
pub use text::{Text, TextColor, TextVariant};
pub use text_filter::{FilterInput, TextFilter};
pub use textarea::Textarea;
pub use tiles::{LinkTiles, Tile, Tiles};
pub use toggle::Toggle;
pub use token::{Token, TokenGroup};
pub use wizard::{Wizard, WizardFooter, WizardStep};

/// Joins class names with blanks, leaving out empty ones.
pub(crate) fn classes<const N: usize>(names: [&str; N]) -> String {
    let mut joined = String::new();
    for name in names {
        if !name.is_empty() {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(name);
        }
    }
    joined
}

/// `name` when `condition` holds, else nothing: for [`classes`].
pub(crate) fn when(condition: bool, name: &'static str) -> &'static str {
    if condition { name } else { "" }
}

/// Turns any text into an id: letters and digits stay, everything else becomes one hyphen.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}
