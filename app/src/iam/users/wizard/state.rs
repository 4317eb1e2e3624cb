//! What the steps of the wizard share.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{
    Tag,
    console::{ListGroupRows, ListPermissionRows, PermissionRow},
    iam::AttachedPolicy,
};

use super::{
    super::{
        create_plan::{self, Plan, Row},
        draft::{Draft, Facts, Fault, Source},
    },
    listing::Listing,
};
use crate::{
    CallError,
    iam::{browser, plan::FromBrowser},
};

/// The step before the users are made.
pub(super) const REVIEW: usize = 3;

/// What the steps of the wizard share. All of it lives in this page and ends with it.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// What is known of the account.
    pub facts: StoredValue<Facts>,
    /// Whether the browser has taken over: nothing can be typed before, because it would be lost.
    pub ready: RwSignal<bool>,
    /// The current step, from 0.
    pub step: RwSignal<usize>,
    /// What is wrong on it.
    pub faults: RwSignal<Vec<Fault>>,
    /// The users' names.
    pub names: RwSignal<Vec<String>>,
    pub programmatic: RwSignal<bool>,
    pub console: RwSignal<bool>,
    /// Whether one password is typed for all.
    pub custom: RwSignal<bool>,
    pub password: RwSignal<String>,
    pub reset: RwSignal<bool>,
    pub source: RwSignal<Source>,
    pub groups: RwSignal<Vec<String>>,
    pub group_list: Listing<ListGroupRows>,
    pub copied: RwSignal<Option<PermissionRow>>,
    pub user_list: Listing<ListPermissionRows>,
    pub policies: RwSignal<Vec<AttachedPolicy>>,
    pub bounded: RwSignal<bool>,
    /// The one policy that bounds the users, or none.
    pub boundary: RwSignal<Vec<AttachedPolicy>>,
    pub tags: RwSignal<Vec<Tag>>,
    /// Whether the operations are being called.
    pub running: RwSignal<bool>,
    /// What became of each user.
    pub rows: RwSignal<Vec<Row>>,
    /// Whether the password at the end was looked at, copied or saved.
    pub seen: RwSignal<bool>,
}

impl State {
    /// The wizard at its beginning.
    pub fn new(facts: Facts) -> Self {
        Self {
            facts: StoredValue::new(facts),
            ready: RwSignal::new(false),
            step: RwSignal::new(0),
            faults: RwSignal::default(),
            names: RwSignal::new(vec![String::new()]),
            programmatic: RwSignal::new(false),
            console: RwSignal::new(false),
            custom: RwSignal::new(false),
            password: RwSignal::default(),
            reset: RwSignal::new(true),
            source: RwSignal::default(),
            groups: RwSignal::default(),
            group_list: Listing::new(),
            copied: RwSignal::default(),
            user_list: Listing::new(),
            policies: RwSignal::default(),
            bounded: RwSignal::new(false),
            boundary: RwSignal::default(),
            tags: RwSignal::default(),
            running: RwSignal::new(false),
            rows: RwSignal::default(),
            seen: RwSignal::new(false),
        }
    }

    /// What has been gathered so far.
    pub fn draft(self) -> Draft {
        Draft {
            names: self.names.get(),
            programmatic: self.programmatic.get(),
            console: self.console.get(),
            custom_password: self.custom.get().then(|| self.password.get()),
            reset: self.reset.get(),
            source: self.source.get(),
            groups: self.groups.get(),
            copied: self.copied.get(),
            policies: self.policies.get(),
            bounded: self.bounded.get(),
            boundary: self.boundary.get().into_iter().next(),
            tags: self.tags.get(),
        }
    }

    /// How many users are to be made.
    pub fn draft_names(self) -> usize {
        self.names.with(Vec::len)
    }

    /// What is wrong with one control.
    pub fn fault(self, control: String) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.faults.with(|faults| faults.iter().find(|(at, _)| *at == control).map(|(_, text)| text.clone()))
        })
    }

    /// Goes back to a step that is done.
    pub fn go(self, step: usize) {
        if !self.running.get_untracked() && step < self.step.get_untracked() && self.step.get_untracked() <= REVIEW {
            self.faults.set(Vec::new());
            self.step.set(step);
        }
    }

    /// Goes back one step; nothing is lost.
    pub fn previous(self) {
        self.go(self.step.get_untracked().saturating_sub(1));
    }

    /// Goes on if nothing is wrong on this step; from the review the users are made.
    pub fn next(self) {
        if self.running.get_untracked() || !self.ready.get_untracked() {
            return;
        }
        let step = self.step.get_untracked();
        let draft = untrack(|| self.draft());
        let faults = self.faults_of(step, &draft);
        let first = faults.first().map(|(control, _)| control.clone());
        self.faults.set(faults);
        match first {
            Some(control) => browser::focus(control),
            None if step < REVIEW => self.step.set(step + 1),
            None if step == REVIEW => self.create(&draft),
            None => {}
        }
    }

    fn faults_of(self, step: usize, draft: &Draft) -> Vec<Fault> {
        self.facts.with_value(|facts| match step {
            0 => draft.details_faults(facts),
            1 => draft.permissions_faults(),
            2 => draft.tags_faults(),
            _ => Vec::new(),
        })
    }

    /// Looks again, whenever something changes, at the controls that were at fault; new faults wait for "Next".
    pub fn recheck(self) {
        let found = self.faults_of(self.step.get_untracked(), &self.draft());
        if !self.faults.with_untracked(Vec::is_empty) {
            self.faults.update(|shown| {
                let still = |(control, _): &Fault| shown.iter().any(|(at, _)| at == control);
                *shown = found.into_iter().filter(still).collect();
            });
        }
    }

    fn create(self, draft: &Draft) {
        let plan: Plan = self.facts.with_value(|facts| draft.plan(facts, browser::random));
        self.rows.set(Vec::new());
        self.running.set(true);
        spawn_local(async move {
            create_plan::run(&plan, &FromBrowser, |row| self.rows.update(|rows| rows.push(row))).await;
            self.running.set(false);
            // Where nothing was made, the review stays and says why.
            if self.rows.with_untracked(|rows| rows.iter().any(Row::exists)) {
                self.step.set(REVIEW + 1);
            }
        });
    }

    /// The one user of today's last page, "Retrieve password": made completely, with console access. Several users, or
    /// one with a failure, are reported in the table of 2020.
    pub fn retrieved(self) -> Option<Row> {
        if self.facts.with_value(|facts| facts.labels_2020) {
            return None;
        }
        self.rows.with(|rows| match rows.as_slice() {
            [row] if row.console && row.failed.is_none() && row.access_key_id.is_none() => Some(row.clone()),
            _ => None,
        })
    }

    /// Why users were not made, or not completely: each reason once.
    pub fn failures(self) -> Vec<CallError> {
        let mut errors: Vec<CallError> = Vec::new();
        self.rows.with(|rows| {
            for failure in rows.iter().filter_map(|row| row.failed.as_ref()) {
                if !errors.contains(&failure.error) {
                    errors.push(failure.error.clone());
                }
            }
        });
        errors
    }
}
