//! A user's access keys: making one, whose secret is shown once; switching one off; deleting it.

use leptos::prelude::*;
use model::iam::{AccessKey, AccessKeyMetadata, CreateAccessKeyOutput, GetAccessKeyLastUsed, ListAccessKeys};

use super::{csv, details::UserPage};
use crate::{
    CallError, PageContext,
    iam::{denied::Problem, hidden, paths::user_path},
    ui::{
        Alert, Button, ButtonDropdown, ButtonKind, ButtonVariant, Column, CopyText, Date, DateStyle, DeleteModal,
        Direction, EmptyState, Form, Header, IconName, KeyValue, KeyValuePairs, MenuItem, Modal, Rows, Secret,
        Severity, Space, SpaceBetween, Status, StatusIndicator, Table, Text, format_instant,
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
    /// What today's wizard noted of it: a tag of the user's under the key's id.
    description: String,
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
        let tags = view.user.iter().flat_map(|user| &user.tags);
        let description = tags.filter(|tag| tag.key == key.access_key_id).map(|tag| tag.value.clone()).collect();
        rows.push(Row { key, last_used, description });
    }
    let dialogs: Vec<AnyView> =
        rows.iter().flat_map(|row| [switch_dialog(view, &row.key), delete_dialog(view, row)]).collect();
    let full = rows.len() >= MOST;
    let fields = hidden(CREATE, &[("UserName", &view.name)]);
    let action = view.at(SECTION, "");
    let created =
        view.page.output_of::<CreateAccessKeyOutput>(CREATE).map(|output| dialog_once(view, &output.access_key));
    let era_2020 = view.page.labels_2020();
    let wizard = format!("{}/create-access-key", user_path(&view.name));
    view! {
        <Table
            id="access-keys"
            label="Access keys"
            columns=columns(era_2020)
            rows=Rows::Ready(rows)
            header=move || {
                view! {
                    <Header
                        title="Access keys"
                        description="Use access keys to sign requests of programs and of the command line. Never share a secret access key."
                        actions=move || create_button(era_2020, full, action, fields, wizard)
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

/// In 2020 the key is made at once; today a wizard asks first what for.
fn create_button(era_2020: bool, full: bool, action: String, fields: Vec<(String, String)>, wizard: String) -> AnyView {
    let reason = "Cannot exceed quota for AccessKeysPerUser: 2";
    if !era_2020 {
        return view! {
            <Button href=wizard disabled=full disabled_reason=reason testid="create-access-key">"Create access key"</Button>
        }
        .into_any();
    }
    view! {
        <Form action hidden=fields inline=true>
            <Button kind=ButtonKind::Submit disabled=full disabled_reason=reason testid="create-access-key">
                "Create access key"
            </Button>
        </Form>
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

fn columns(era_2020: bool) -> Vec<Column<Row>> {
    let mut columns = vec![
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
    ];
    if era_2020 {
        columns.push(Column::new("actions", "Actions", buttons));
    } else {
        columns.insert(1, Column::text("description", "Description", |row: &Row| row.description.clone()));
        columns.push(Column::new("actions", "Actions", menu));
    }
    columns
}

/// That of 2020: a link and a ✕.
fn buttons(row: &Row) -> AnyView {
    let id = &row.key.access_key_id;
    let text = if row.key.status == "Active" { "Make inactive" } else { "Make active" };
    let (switch, delete) = (format!("switch-{id}"), format!("delete-{id}"));
    let (switch_label, delete_label) = (format!("{text} {id}"), format!("Delete {id}"));
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Button variant=ButtonVariant::Inline opens=switch label=switch_label testid="switch-key">
                {text}
            </Button>
            <Button variant=ButtonVariant::Icon icon=IconName::Close opens=delete label=delete_label testid="delete-key" />
        </SpaceBetween>
    }
    .into_any()
}

/// Today's: a menu. Since 2022 a key must be inactive before it can be deleted.
fn menu(row: &Row) -> AnyView {
    let id = &row.key.access_key_id;
    let active = row.key.status == "Active";
    let items = vec![
        MenuItem::opens(if active { "Deactivate" } else { "Activate" }, format!("switch-{id}")),
        if active {
            MenuItem::disabled("Delete", "Deactivate the access key first")
        } else {
            MenuItem::opens("Delete", format!("delete-{id}"))
        },
    ];
    view! { <ButtonDropdown id=format!("key-actions-{id}") text="Actions" items testid="key-actions" /> }.into_any()
}

fn switch_dialog(view: &UserPage, key: &AccessKeyMetadata) -> AnyView {
    let id = format!("switch-{}", key.access_key_id);
    let form = format!("{id}-form");
    let (status, title, text) = if key.status == "Active" {
        (
            "Inactive",
            view.page.label("Make inactive", "Deactivate").to_owned(),
            "Requests signed with this access key are refused from now on. You can make it active again.",
        )
    } else {
        (
            "Active",
            view.page.label("Make active", "Activate").to_owned(),
            "Requests signed with this access key are accepted again.",
        )
    };
    let flash = format!("Access key {} is now {}.", key.access_key_id, status.to_lowercase());
    let mut fields = view.form("iam:UpdateAccessKey", SECTION, &flash);
    fields.push(("AccessKeyId".into(), key.access_key_id.clone()));
    fields.push(("Status".into(), status.into()));
    let (closes, sends, submit) = (id.clone(), form.clone(), title.clone());
    let action = view.at(SECTION, "");
    view! {
        <Modal
            id
            title
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes=closes>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=sends testid="confirm-switch">{submit}</Button>
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

fn delete_dialog(view: &UserPage, row: &Row) -> AnyView {
    let id = row.key.access_key_id.clone();
    let mut fields = view.form("iam:DeleteAccessKey", SECTION, "Access key {AccessKeyId} deleted.");
    fields.push(("AccessKeyId".into(), id.clone()));
    let gone = "Programs that use this access key are refused at once. A deleted access key cannot be recovered.";
    let (modal, action) = (format!("delete-{id}"), view.at(SECTION, ""));
    if !view.page.labels_2020() {
        let title = format!("Delete {id}?");
        return view! { <DeleteModal id=modal title consent=id action hidden=fields>{gone}</DeleteModal> }.into_any();
    }
    let form = format!("{modal}-form");
    let (closes, sends) = (modal.clone(), form.clone());
    let used = format!("Last used: {}", row.last_used);
    view! {
        <Modal
            id=modal
            title="Delete access key"
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes=closes>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=sends testid="confirm-delete">"Delete"</Button>
                }
            }
        >
            <Form action hidden=fields id=form>
                <SpaceBetween size=Space::M>
                    <Text>{format!("Delete the access key {id}?")}</Text>
                    <Text testid="key-last-used">{used}</Text>
                    <Alert severity=Severity::Warning>{gone}</Alert>
                </SpaceBetween>
            </Form>
        </Modal>
    }
    .into_any()
}

/// The dialog of 2020 with a new key.
fn dialog_once(view: &UserPage, key: &AccessKey) -> AnyView {
    let secret = shown_once(&view.page, &view.name, key);
    view! {
        <Modal
            id="new-access-key"
            title="Create access key"
            open=true
            footer=|| view! { <Button variant=ButtonVariant::Primary closes="new-access-key" testid="close-new-key">"Close"</Button> }
        >
            {secret}
        </Modal>
    }
    .into_any()
}

/// A new key, the one time its secret is seen, with the file of the era and the one that the command line imports.
pub(super) fn shown_once(page: &PageContext, user_name: &str, key: &AccessKey) -> AnyView {
    let (id, secret) = (key.access_key_id.clone(), key.secret_access_key.expose().to_owned());
    let written = csv::access_key(&id, &secret);
    let (file, file_name) = if page.labels_2020() {
        (csv::data_url(&written), "accessKeys.csv".to_owned())
    } else {
        (csv::data_url(&csv::marked(&written)), format!("{user_name}_accessKeys.csv"))
    };
    let for_cli = csv::data_url(&csv::access_key_for_cli(user_name, &id, &secret));
    let cli_name = format!("{user_name}_cli_import.csv");
    let items = vec![
        KeyValue::new(
            page.label("Access key ID", "Access key"),
            view! { <CopyText text=id what="Access key ID" code=true testid="new-access-key-id" /> },
        ),
        KeyValue::new(
            "Secret access key",
            view! { <Secret value=secret what="Secret access key" copy=true testid="new-secret-access-key" /> },
        ),
    ];
    view! {
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
    }
    .into_any()
}
