//! Where in the list of users its reader stands: what is searched for, the order, the page. It lives in the address.

use model::console::{ListUserRows, USER_ORDERS};

use super::list::PATH;
use crate::{PageContext, call::encode};

/// What the address says.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// What is searched for.
    pub query: String,
    /// The order, one of [`USER_ORDERS`].
    pub sort: String,
    /// From the last to the first.
    pub descending: bool,
    /// Where the page begins, or before which it ends.
    pub marker: Option<String>,
    /// Whether the page ends before the marker.
    pub backward: bool,
}

impl Place {
    /// What the request's address says; the order that it does not know is the usual one.
    pub fn of(page: &PageContext) -> Self {
        let sort = page.given("sort").filter(|sort| USER_ORDERS.contains(&sort.as_str()));
        let before = page.given("before");
        Self {
            query: page.given("query").or_else(|| page.given("q")).unwrap_or_default(),
            descending: sort.is_some() && page.query("order") == "desc",
            sort: sort.unwrap_or_else(|| USER_ORDERS[0].to_owned()),
            backward: before.is_some(),
            marker: before.or_else(|| page.given("marker")),
        }
    }

    /// The call that answers this place.
    pub fn asked(&self, page_size: i64) -> ListUserRows {
        ListUserRows {
            query: (!self.query.is_empty()).then(|| self.query.clone()),
            sort: Some(self.sort.clone()),
            descending: self.descending,
            marker: self.marker.clone(),
            backward: self.backward,
            max_items: Some(page_size),
            ..ListUserRows::default()
        }
    }

    /// The members that say the order; none for the usual one.
    pub fn order(&self) -> Vec<(String, String)> {
        let mut members = Vec::new();
        if self.sort != USER_ORDERS[0] || self.descending {
            members.push(("sort".to_owned(), self.sort.clone()));
        }
        if self.descending {
            members.push(("order".to_owned(), "desc".to_owned()));
        }
        members
    }

    /// The address.
    pub fn href(&self) -> String {
        let mut members = self.order();
        if !self.query.is_empty() {
            members.insert(0, ("query".into(), self.query.clone()));
        }
        if let Some(marker) = &self.marker {
            members.push((if self.backward { "before" } else { "marker" }.into(), marker.clone()));
        }
        let members: Vec<String> = members.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        if members.is_empty() { PATH.to_owned() } else { format!("{PATH}?{}", members.join("&")) }
    }

    /// The first page of the same.
    pub fn first(&self) -> Self {
        Self { marker: None, backward: false, ..self.clone() }
    }

    /// Another page of the same.
    pub fn at(&self, marker: String, backward: bool) -> String {
        Self { marker: Some(marker), backward, ..self.clone() }.href()
    }

    /// The first page in another order.
    pub fn sorted(&self, sort: &str, descending: bool) -> String {
        Self { sort: sort.to_owned(), descending, ..self.first() }.href()
    }

    /// The first page of all users, in the same order.
    pub fn unfiltered(&self) -> String {
        Self { query: String::new(), ..self.first() }.href()
    }
}
