//! A group that is being made: what the form carries from one search or step to the next.

use model::{ApiError, Operation as _, iam::CreateGroup, iam::root_path};

use super::{CREATE_PATH, forms};
use crate::{
    CallError, PageContext,
    iam::{
        fields::Fields,
        words::{NAME_CHARACTERS, fault_of},
    },
};

/// The form's state. The server keeps none of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// The name typed.
    pub name: String,
    /// Names of the users chosen.
    pub users: Vec<String>,
    /// ARNs of the policies chosen.
    pub policies: Vec<String>,
    /// What the users are searched for.
    pub user_query: String,
    /// What the policies are searched for.
    pub policy_query: String,
    /// Whether something was sent already.
    pub sent: bool,
}

pub(super) use crate::iam::choosing::NEXT;

impl Draft {
    /// What was sent to this page, or nothing yet.
    pub fn of(page: &PageContext) -> Self {
        let Some(outcome) = page.outcome_of(NEXT).or_else(|| page.outcome_of(forms::CREATE)) else {
            return Self::default();
        };
        let fields = Fields(&outcome.fields);
        let (all, one) = (|name| fields.all(name), |name| fields.one(name));
        Self {
            name: one("GroupName"),
            users: all("UserName"),
            policies: all("PolicyArn"),
            user_query: one("UserQuery"),
            policy_query: one("PolicyQuery"),
            sent: true,
        }
    }

    /// What is wrong with the name, in words; asked once something was sent.
    pub fn name_fault(&self, page: &PageContext) -> Option<String> {
        if let Some(CallError::Api(error @ ApiError::EntityAlreadyExists { .. })) = page.error_of(forms::CREATE) {
            return Some(error.to_string());
        }
        if !self.sent {
            return None;
        }
        let input = CreateGroup { group_name: self.name.clone(), path: root_path() };
        let error = input.checked().err()?;
        fault_of(&error, "groupName", "A group name", NAME_CHARACTERS)
    }
}

/// How much of the lists is shown, and which step of 2020's wizard.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// 1 the name, 2 the policies, 3 the review.
    pub step: usize,
    /// How many users are listed.
    pub users: i64,
    /// How many policies are listed.
    pub policies: i64,
}

/// How many rows a list begins with, and grows by.
const ROWS: i64 = 25;
/// More rows than this are searched for, not leafed through.
const MOST_ROWS: i64 = 500;

impl Place {
    /// The place that the address names.
    pub fn of(page: &PageContext) -> Self {
        let rows = |name: &str| page.query(name).parse().unwrap_or(ROWS).clamp(ROWS, MOST_ROWS);
        let step = page.query("step").parse().unwrap_or(1).clamp(1, 3);
        Self { step, users: rows("users"), policies: rows("policies") }
    }

    /// Where it stands.
    pub fn at(self) -> String {
        let Self { step, users, policies } = self;
        format!("{CREATE_PATH}?step={step}&users={users}&policies={policies}")
    }

    /// The same with more users listed.
    pub fn more_users(self) -> Self {
        Self { users: (self.users + ROWS).min(MOST_ROWS), ..self }
    }

    /// The same with more policies listed.
    pub fn more_policies(self) -> Self {
        Self { policies: (self.policies + ROWS).min(MOST_ROWS), ..self }
    }

    /// Another step.
    pub fn step(self, step: usize) -> Self {
        Self { step, ..self }
    }
}
