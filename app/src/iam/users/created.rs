//! What creating users came to: each user with what exists, and the secrets that are shown this once.

use leptos::prelude::*;
use model::Secret as Hidden;

use super::{create_plan::Row, instructions::Instructions};
use crate::{
    iam::denied::Problem,
    layout::NAME,
    ui::{
        Alert, BulletList, Button, ButtonVariant, Column, Container, IconName, KeyValue, KeyValuePairs, Rows, Secret,
        Severity, Space, SpaceBetween, Status, StatusIndicator, Table, Text, slug,
    },
};

/// Which columns there are, and what the mails to the users say.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Whether access keys were asked for.
    pub access_keys: bool,
    /// Whether console access was asked for.
    pub console: bool,
    /// Whether passwords were generated.
    pub passwords: bool,
    /// Whether they must be changed at the first sign-in.
    pub reset: bool,
    /// Twelve digits.
    pub account_id: String,
    /// Where the users sign in.
    pub signin_url: String,
    /// This console's host.
    pub host: String,
}

/// The console's sentence over the table.
const SUCCESS: &str = "You successfully created the users shown below. You can view and download user security credentials. You can also email users instructions for signing in to the AWS Management Console. This is the last time these credentials will be available to download. However, you can create new credentials at any time.";

/// The report; `download` is the button that saves the file.
pub(super) fn report(rows: Vec<Row>, shown: Shown, download: AnyView) -> AnyView {
    let url = shown.signin_url.clone();
    let sign_in = shown.console.then(|| {
        view! {
            <Text testid="sign-in-at">
                "Users with AWS Management Console access can sign-in at " <code>{url}</code>
            </Text>
        }
    });
    let failed = rows.iter().filter(|row| row.failed.is_some()).count();
    let all = rows.len();
    let errors: Vec<_> =
        rows.iter().filter_map(|row| row.failed.as_ref()).map(|failure| failure.error.clone()).collect();
    let mut told = Vec::new();
    let problems: Vec<_> = errors
        .into_iter()
        .filter(|error| {
            let new = !told.contains(error);
            told.push(error.clone());
            new
        })
        .map(|error| view! { <Problem error /> })
        .collect();
    let verdict = if failed == 0 {
        view! { <Alert severity=Severity::Success header="Success" testid="create-success">{SUCCESS}</Alert> }
            .into_any()
    } else {
        let header = format!("{failed} of {all} users could not be created completely");
        view! {
            <Alert severity=Severity::Warning header testid="create-partial">
                "The table says for each user what exists already. Credentials shown below will not be available again."
            </Alert>
        }
        .into_any()
    };
    let columns = columns(shown);
    view! {
        <SpaceBetween>
            {verdict} {problems}
            <Container>
                <SpaceBetween size=Space::M>
                    {sign_in} <div>{download}</div>
                    <Table
                        id="created-users"
                        label="Created users"
                        columns
                        rows=Rows::Ready(rows)
                        embedded=true
                    />
                </SpaceBetween>
            </Container>
        </SpaceBetween>
    }
    .into_any()
}

fn columns(shown: Shown) -> Vec<Column<Row>> {
    let mut columns = vec![
        Column::text("user", "User", |row: &Row| row.user_name.clone()).row_header(),
        Column::new("status", "Status", status),
    ];
    if shown.access_keys {
        columns.push(Column::new("access-key-id", "Access key ID", |row: &Row| match row.access_key_id.clone() {
            Some(id) => view! { <code data-testid=format!("key-{}", slug(&row.user_name))>{id}</code> }.into_any(),
            None => "-".into_any(),
        }));
        columns.push(Column::new("secret", "Secret access key", |row: &Row| {
            secret(row.secret_access_key.as_ref(), "Secret access key", format!("secret-{}", slug(&row.user_name)))
        }));
    }
    if shown.passwords {
        columns.push(Column::new("password", "Password", |row: &Row| {
            secret(row.password.as_ref(), "Password", format!("password-{}", slug(&row.user_name)))
        }));
    }
    if shown.console {
        columns.push(Column::new("email", "Email login instructions", move |row: &Row| email(row, &shown)));
    }
    columns
}

/// How far the work on a user came.
fn status(row: &Row) -> AnyView {
    let done = row.done.clone();
    match &row.failed {
        None => view! { <StatusIndicator status=Status::Success testid="row-created">"Created"</StatusIndicator> }
            .into_any(),
        Some(failure) => {
            let text = format!("{} failed: {}", failure.step, failure.error);
            let exists = if done.is_empty() { "Nothing was created." } else { "These steps were done before:" };
            view! {
                <SpaceBetween size=Space::Xxs>
                    <StatusIndicator status=Status::Error testid="row-failed">{text}</StatusIndicator>
                    <span>{exists}</span>
                    <BulletList items=done />
                </SpaceBetween>
            }
            .into_any()
        }
    }
}

fn secret(value: Option<&model::Secret>, what: &'static str, testid: String) -> AnyView {
    match value {
        Some(value) => view! { <Secret value=value.expose() what copy=true testid /> }.into_any(),
        None => "-".into_any(),
    }
}

/// Opens a draft in the mail program; the password is never in it.
fn email(row: &Row, shown: &Shown) -> AnyView {
    if !row.console {
        return "-".into_any();
    }
    let draft = Instructions {
        account_id: &shown.account_id,
        user_name: &row.user_name,
        signin_url: &shown.signin_url,
        reset: shown.reset,
        host: &shown.host,
    };
    let label = format!("Send email to {}", row.user_name);
    let (href, testid) = (draft.mailto(), format!("email-{}", slug(&row.user_name)));
    view! {
        <Button variant=ButtonVariant::Inline icon=IconName::Envelope href label testid>
            "Send email"
        </Button>
    }
    .into_any()
}

/// Where, as whom and with what to sign in. A password that was typed is not repeated.
pub(super) fn sign_in(user_name: &str, password: Option<&Hidden>, signin_url: &str) -> AnyView {
    let password = match password {
        Some(password) => view! {
            <Secret value=password.expose() what="Console password" copy=true testid="new-password" />
        }
        .into_any(),
        None => format!("The custom password that was typed; {NAME} does not show it again.").into_any(),
    };
    let items = vec![
        KeyValue::copy("Console sign-in URL", signin_url),
        KeyValue::copy("User name", user_name),
        KeyValue::new("Console password", password),
    ];
    view! { <KeyValuePairs items columns=1 /> }.into_any()
}
