//! What a [`Table`](super::Table) is made of: columns, rows, selection, order.

use leptos::prelude::*;
use std::sync::Arc;

/// One column: how it is called and what a row shows in it.
pub struct Column<T> {
    /// Names it in the address (sorting) and in test ids.
    pub id: &'static str,
    /// The heading.
    pub header: String,
    /// What a row shows.
    pub(super) cell: Cell<T>,
    pub(super) row_header: bool,
    pub(super) sortable: bool,
    pub(super) end: bool,
    pub(super) nowrap: bool,
}

type Cell<T> = Arc<dyn Fn(&T) -> AnyView + Send + Sync>;

impl<T> Column<T> {
    /// A column.
    pub fn new<V: IntoAny>(
        id: &'static str,
        header: impl Into<String>,
        cell: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Self {
        Self {
            id,
            header: header.into(),
            cell: Arc::new(move |row| cell(row).into_any()),
            row_header: false,
            sortable: false,
            end: false,
            nowrap: false,
        }
    }

    /// A column of plain text; "-" where it is empty.
    pub fn text(
        id: &'static str,
        header: impl Into<String>,
        text: impl Fn(&T) -> String + Send + Sync + 'static,
    ) -> Self {
        Self::new(id, header, move |row| {
            let text = text(row);
            if text.is_empty() { "-".to_owned() } else { text }
        })
    }

    /// Its cell names the row (`th scope=row`); one column of a table should.
    pub fn row_header(mut self) -> Self {
        self.row_header = true;
        self
    }

    /// The list can be ordered by it.
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }

    /// Numbers: at the right.
    pub fn end(mut self) -> Self {
        self.end = true;
        self
    }

    /// Never breaks its lines.
    pub fn nowrap(mut self) -> Self {
        self.nowrap = true;
        self
    }
}

/// What there is to show.
pub enum Rows<T> {
    /// The rows; none of them shows the empty state.
    Ready(Vec<T>),
    /// Nothing matches the filter; `clear` is where the unfiltered list stands.
    NoMatch {
        /// Where the unfiltered list stands.
        clear: String,
    },
    /// They are being fetched.
    Loading,
    /// They could not be fetched; never shown as an empty table.
    Failed(String),
    /// Something else stands in their place: a denial.
    Instead(AnyView),
}

/// How many rows can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelectionKind {
    /// Any number: check boxes.
    Multi,
    /// One: radio buttons.
    Single,
}

type Text<T> = Arc<dyn Fn(&T) -> String + Send + Sync>;
type Test<T> = Arc<dyn Fn(&T) -> bool + Send + Sync>;

/// How rows are chosen: real form fields, so that bulk actions also work without scripts.
pub struct Selection<T> {
    pub(super) kind: SelectionKind,
    pub(super) name: String,
    pub(super) value: Text<T>,
    pub(super) label: Text<T>,
    pub(super) selected: Test<T>,
    pub(super) disabled: Test<T>,
    pub(super) form: Option<String>,
    pub(super) on_change: Option<Callback<(String, bool)>>,
}

impl<T> Selection<T> {
    /// Check boxes of that field name; `value` is what the form sends and what names the row.
    pub fn multi(name: impl Into<String>, value: impl Fn(&T) -> String + Send + Sync + 'static) -> Self {
        Self::new(SelectionKind::Multi, name, value)
    }

    /// Radio buttons of that field name.
    pub fn single(name: impl Into<String>, value: impl Fn(&T) -> String + Send + Sync + 'static) -> Self {
        Self::new(SelectionKind::Single, name, value)
    }

    fn new(kind: SelectionKind, name: impl Into<String>, value: impl Fn(&T) -> String + Send + Sync + 'static) -> Self {
        let value: Text<T> = Arc::new(value);
        Self {
            kind,
            name: name.into(),
            label: value.clone(),
            value,
            selected: Arc::new(|_| false),
            disabled: Arc::new(|_| false),
            form: None,
            on_change: None,
        }
    }

    /// Names the row, where the value is no name for people.
    pub fn label(mut self, label: impl Fn(&T) -> String + Send + Sync + 'static) -> Self {
        self.label = Arc::new(label);
        self
    }

    /// Which rows are chosen at first.
    pub fn selected(mut self, selected: impl Fn(&T) -> bool + Send + Sync + 'static) -> Self {
        self.selected = Arc::new(selected);
        self
    }

    /// Which rows cannot be chosen.
    pub fn disabled(mut self, disabled: impl Fn(&T) -> bool + Send + Sync + 'static) -> Self {
        self.disabled = Arc::new(disabled);
        self
    }

    /// Id of the form that the fields belong to, when the table stands outside of it.
    pub fn form(mut self, form: impl Into<String>) -> Self {
        self.form = Some(form.into());
        self
    }

    /// Called with value and new state, inside an island.
    pub fn on_change(mut self, callback: impl Fn((String, bool)) + Send + Sync + 'static) -> Self {
        self.on_change = Some(Callback::new(callback));
        self
    }
}

/// The order of the rows.
#[derive(Clone)]
pub struct Sort {
    /// Id of the column they are ordered by.
    pub column: String,
    /// From the last to the first.
    pub descending: bool,
    /// Where the list stands ordered by a column, descending or not.
    pub href: Callback<(String, bool), String>,
}

impl Sort {
    /// The order, and how to ask for another: `href` gets a column's id and whether to descend.
    pub fn new(
        column: impl Into<String>,
        descending: bool,
        href: impl Fn(&str, bool) -> String + Send + Sync + 'static,
    ) -> Self {
        Self {
            column: column.into(),
            descending,
            href: Callback::new(move |(column, down): (String, bool)| href(&column, down)),
        }
    }
}
