//! A user's access keys: making one, whose secret is shown once; switching one off; deleting it.

use leptos::prelude::*;
use model::iam::{AccessKey, AccessKeyMetadata, CreateAccessKeyOutput, GetAccessKeyLastUsed, ListAccessKeys};

use super::{csv, details::UserPage};
use crate::{
    CallError,
    iam::{denied::Problem, hidden},
    ui::{
        Alert, Button, ButtonKind, ButtonVariant, Column, CopyText, Date, DateStyle, DeleteModal, Direction,
        EmptyState, Form, Header, IconName, KeyValue, KeyValuePairs, Modal, Rows, Secret, Severity, Space,
        SpaceBetween, Status, StatusIndicator, Table, Text, format_instant,
    },
};

const CREATE: &str = "iam:CreateAccessKey";
const SECTION: &str = "security_credentials";
/// A user has two keys at most, inactive ones too.
const MOST: usize = 2;

/// A key, and what it was last used for.
struct Row {
    key: AccessKeyMetadata,
    last_used: String,
    /// Whether it can be deleted now: since 2022 it must be inactive first.
    deletable: bool,
}

/// The card "Access keys".
pub(super) async fn card(view: &UserPage) -> AnyView {
    let asked = ListAccessKeys { user_name: Some(view.name.clone()), ..ListAccessKeys::default() };
    let keys = match crate::call(asked).await {
        Ok(output) => output.access_key_metadata,
        Err(error) => return view! { <Problem error retry=view.at(SECTION, "") /> }.into_any(),
    };
    let mut rows = Vec::with_capacity(keys.len());
    for key in keys {
        let last_used = last_used(&key).await;
        let deletable = view.page.labels_2020() || key.status == "Inactive";
        rows.push(Row { key, last_used, deletable });
    }
    let dialogs: Vec<AnyView> =
        rows.iter().flat_map(|row| [switch_dialog(view, &row.key), delete_dialog(view, &row.key)]).collect();
    let full = rows.len() >= MOST;
    let fields = hidden(CREATE, &[("UserName", &view.name)]);
    let action = view.at(SECTION, "");
    let created =
        view.page.output_of::<CreateAccessKeyOutput>(CREATE).map(|output| shown_once(view, &output.access_key));
    view! {
        <Table
            id="access-keys"
            label="Access keys"
            columns=columns()
            rows=Rows::Ready(rows)
            header=move || {
                view! {
                    <Header
                        title="Access keys"
                        description="Use access keys to sign requests of programs and of the command line. Never share a secret access key."
                        actions=move || {
                            view! {
                                <Form action hidden=fields inline=true>
                                    <Button
                                        kind=ButtonKind::Submit
                                        disabled=full
                                        disabled_reason="Cannot exceed quota for AccessKeysPerUser: 2"
                                        testid="create-access-key"
                                    >
                                        "Create access key"
                                    </Button>
                                </Form>
                            }
                        }
                    />
                }
            }
            empty=|| view! { <EmptyState title="No access keys" text="This user has no access keys." /> }
        />
        {dialogs}
        {created}
    }
    .into_any()
}

async fn last_used(key: &AccessKeyMetadata) -> String {
    match crate::call(GetAccessKeyLastUsed { access_key_id: key.access_key_id.clone() }).await {
        Ok(output) => {
            let used = output.access_key_last_used;
            match used.last_used_date {
                Some(at) => {
                    let at = format_instant(&at.to_string(), DateStyle::Short);
                    format!("{at} with {} in {}", used.service_name, used.region)
                }
                None => "N/A".into(),
            }
        }
        Err(CallError::Api(model::ApiError::AccessDenied { .. })) => "Access denied".into(),
        Err(error) => error.to_string(),
    }
}

fn columns() -> Vec<Column<Row>> {
    vec![
        Column::new("access-key-id", "Access key ID", |row: &Row| {
            view! { <CopyText text=row.key.access_key_id.clone() what="Access key ID" code=true testid="access-key-id" /> }
        })
        .row_header()
        .nowrap(),
        Column::new("created", "Created", |row: &Row| {
            view! { <Date iso=row.key.create_date.to_string() style=DateStyle::Short /> }
        })
        .nowrap(),
        Column::text("last-used", "Last used", |row: &Row| row.last_used.clone()),
        Column::new("status", "Status", |row: &Row| {
            let status = if row.key.status == "Active" { Status::Success } else { Status::Stopped };
            let text = row.key.status.clone();
            view! { <StatusIndicator status testid="key-status">{text}</StatusIndicator> }
        }),
        Column::new("actions", "Actions", |row: &Row| {
            let id = &row.key.access_key_id;
            let text = if row.key.status == "Active" { "Make inactive" } else { "Make active" };
            let (switch, delete) = (format!("switch-{id}"), format!("delete-{id}"));
            let (switch_label, delete_label) = (format!("{text} {id}"), format!("Delete {id}"));
            let fixed = !row.deletable;
            view! {
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    <Button variant=ButtonVariant::Inline opens=switch label=switch_label testid="switch-key">
                        {text}
                    </Button>
                    <Button
                        variant=ButtonVariant::Icon
                        icon=IconName::Close
                        opens=delete
                        label=delete_label
                        disabled=fixed
                        disabled_reason="Make the access key inactive first"
                        testid="delete-key"
                    />
                </SpaceBetween>
            }
        }),
    ]
}

fn switch_dialog(view: &UserPage, key: &AccessKeyMetadata) -> AnyView {
    let id = format!("switch-{}", key.access_key_id);
    let form = format!("{id}-form");
    let (status, title, text) = if key.status == "Active" {
        (
            "Inactive",
            "Make inactive",
            "Requests signed with this access key are refused from now on. You can make it active again.",
        )
    } else {
        ("Active", "Make active", "Requests signed with this access key are accepted again.")
    };
    let flash = format!("Access key {} is now {}.", key.access_key_id, status.to_lowercase());
    let mut fields = view.form("iam:UpdateAccessKey", SECTION, &flash);
    fields.push(("AccessKeyId".into(), key.access_key_id.clone()));
    fields.push(("Status".into(), status.into()));
    let (closes, sends) = (id.clone(), form.clone());
    let action = view.at(SECTION, "");
    view! {
        <Modal
            id
            title
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes=closes>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=sends testid="confirm-switch">{title}</Button>
                }
            }
        >
            <Form action hidden=fields id=form>
                <Text>{text}</Text>
            </Form>
        </Modal>
    }
    .into_any()
}

fn delete_dialog(view: &UserPage, key: &AccessKeyMetadata) -> AnyView {
    let id = key.access_key_id.clone();
    let mut fields = view.form("iam:DeleteAccessKey", SECTION, "Access key {AccessKeyId} deleted.");
    fields.push(("AccessKeyId".into(), id.clone()));
    let title = format!("Delete {id}?");
    view! {
        <DeleteModal id=format!("delete-{id}") title consent=id action=view.at(SECTION, "") hidden=fields>
            "Programs that use this access key are refused at once. A deleted access key cannot be recovered."
        </DeleteModal>
    }
    .into_any()
}

/// The dialog with a new key, the one time its secret is seen.
fn shown_once(view: &UserPage, key: &AccessKey) -> AnyView {
    let (id, secret) = (key.access_key_id.clone(), key.secret_access_key.expose().to_owned());
    let file = csv::data_url(&csv::access_key(&id, &secret));
    let for_cli = csv::data_url(&csv::access_key_for_cli(&view.name, &id, &secret));
    let file_name =
        if view.page.labels_2020() { "accessKeys.csv".to_owned() } else { format!("{}_accessKeys.csv", view.name) };
    let cli_name = format!("{}_cli_import.csv", view.name);
    let items = vec![
        KeyValue::new(
            "Access key ID",
            view! { <CopyText text=id what="Access key ID" code=true testid="new-access-key-id" /> },
        ),
        KeyValue::new(
            "Secret access key",
            view! { <Secret value=secret what="Secret access key" copy=true testid="new-secret-access-key" /> },
        ),
    ];
    view! {
        <Modal
            id="new-access-key"
            title="Create access key"
            open=true
            footer=|| view! { <Button variant=ButtonVariant::Primary closes="new-access-key" testid="close-new-key">"Close"</Button> }
        >
            <SpaceBetween size=Space::M>
                <Alert severity=Severity::Success header="Success">
                    "This is the only time that the secret access keys can be viewed or downloaded. You cannot recover them later. However, you can create new access keys at any time."
                </Alert>
                <KeyValuePairs items columns=1 />
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    <Button href=file download=file_name icon=IconName::Download testid="download-key">"Download .csv file"</Button>
                    <Button href=for_cli download=cli_name icon=IconName::Download testid="download-key-cli">"CLI import format"</Button>
                </SpaceBetween>
            </SpaceBetween>
        </Modal>
    }
    .into_any()
}
