//! The last step: what was made, with the secrets that are shown this once.

use leptos::prelude::*;

use super::{
    super::{
        create_plan::Row,
        created::{self, Shown},
        csv,
    },
    StepHeading,
    state::State,
};
use crate::{
    iam::browser,
    ui::{Button, IconName},
};

/// The last step.
#[component]
pub(super) fn Success(
    /// The wizard.
    state: State,
) -> impl IntoView {
    let rows: Vec<Row> = state.rows.get_untracked();
    let draft = untrack(|| state.draft());
    let facts = state.facts.get_value();
    let shown = Shown {
        access_keys: draft.programmatic,
        console: draft.console,
        passwords: draft.console && draft.custom_password.is_none(),
        reset: draft.reset,
        account_id: facts.account_id,
        signin_url: facts.signin_url.clone(),
        host: facts.host,
    };
    let file = csv::new_users(&rows, &facts.signin_url);
    let download = view! {
        <Button icon=IconName::Download testid="download-csv" on:click=move |_| browser::save(csv::NEW_USERS_FILE, &file)>
            "Download .csv"
        </Button>
    }
    .into_any();
    let report = created::report(rows, shown, download);
    view! {
        <StepHeading state step=4 />
        {report}
    }
}
