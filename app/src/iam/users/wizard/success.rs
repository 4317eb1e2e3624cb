//! The last step: what was made, with the secrets that are shown this once.

use leptos::prelude::*;

use super::{
    super::{
        create_plan::Row,
        created::{self, Shown},
        csv,
        instructions::Instructions,
    },
    StepHeading,
    state::State,
};
use crate::{
    iam::{browser, paths::USERS},
    ui::{Alert, Button, ButtonVariant, Container, Header, IconName, Modal, Severity, SpaceBetween, Text},
};

/// Id of the dialog that asks before a password is lost that nobody has seen.
pub(super) const LEAVE: &str = "leave-unseen";

/// The last step.
#[component]
pub(super) fn Success(
    /// The wizard.
    state: State,
) -> impl IntoView {
    if let Some(row) = untrack(|| state.retrieved()) {
        return retrieve(state, row);
    }
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
    .into_any()
}

/// Today's last page: how the one user signs in.
fn retrieve(state: State, row: Row) -> AnyView {
    let facts = state.facts.get_value();
    let draft = Instructions {
        account_id: &facts.account_id,
        user_name: &row.user_name,
        signin_url: &facts.signin_url,
        reset: untrack(|| state.draft()).reset,
        host: &facts.host,
    };
    let mail = draft.mailto();
    let password = row.password.as_ref().map(model::Secret::expose).unwrap_or_default();
    let file = csv::marked(&csv::console_password(&row.user_name, password, &facts.signin_url));
    let file_name = csv::credentials_file(&row.user_name);
    let details = created::sign_in(&row.user_name, row.password.as_ref(), &facts.signin_url);
    let save = move |_| {
        state.seen.set(true);
        browser::save(&file_name, &file);
    };
    view! {
        <StepHeading
            state
            step=4
            description="You can view and download the user's password below or email the user instructions for signing in to the AWS Management Console. This is the only time you can view and download this password."
        />
        <Alert severity=Severity::Success header="User created successfully" testid="create-success">
            "You can view and download the user's password and email instructions for signing in to the AWS Management Console."
        </Alert>
        <Container
            header=move || {
                view! {
                    <Header
                        title="Console sign-in details"
                        actions=move || view! { <Button href=mail icon=IconName::Envelope testid="email-instructions">"Email sign-in instructions"</Button> }
                    />
                }
            }
            testid="sign-in-details"
        >
            <SpaceBetween>
                <div on:click=move |_| state.seen.set(true)>{details}</div>
                <div>
                    <Button icon=IconName::Download testid="download-csv" on:click=save>"Download .csv file"</Button>
                </div>
            </SpaceBetween>
        </Container>
        <Modal
            id=LEAVE
            title="Continue without viewing or downloading console password"
            footer=|| {
                view! {
                    <Button variant=ButtonVariant::Link closes=LEAVE testid="stay">"Cancel"</Button>
                    <Button href=USERS variant=ButtonVariant::Primary testid="continue-unseen">"Continue"</Button>
                }
            }
        >
            <Text>"The password was neither viewed nor downloaded, and it cannot be shown again. You can set another one on the user's page."</Text>
        </Modal>
    }
    .into_any()
}
