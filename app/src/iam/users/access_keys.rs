//! The access keys of a user or of root: making one, whose secret is shown once; switching one off; deleting it.

use leptos::prelude::*;
use model::iam::{AccessKey, AccessKeyMetadata, CreateAccessKeyOutput, GetAccessKeyLastUsed, ListAccessKeys};

use super::{csv, key_owner::KeyOwner};
use crate::{
    CallError, PageContext,
    iam::denied::Problem,
    ui::{
        Alert, Button, ButtonDropdown, ButtonKind, ButtonVariant, Column, CopyText, Date, DateStyle, DeleteModal,
        Direction, EmptyState, Form, Header, IconName, KeyValue, KeyValuePairs, MenuItem, Modal, Rows, Secret,
        Severity, Space, SpaceBetween, Status, StatusIndicator, Table, Text, format_instant,
    },
};

const CREATE: &str = "iam:CreateAccessKey";
/// The forms of the card.
const FORMS: [&str; 3] = [CREATE, "iam:UpdateAccessKey", "iam:DeleteAccessKey"];
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
pub(in crate::iam) async fn card(owner: &KeyOwner) -> AnyView {
    let asked = ListAccessKeys { user_name: owner.user.clone(), ..ListAccessKeys::default() };
    let keys = match crate::call(asked).await {
        Ok(output) => output.access_key_metadata,
        Err(error) => return view! { <Problem error retry=owner.path.clone() /> }.into_any(),
    };
    let mut rows = Vec::with_capacity(keys.len());
    for key in keys {
        let last_used = last_used(&key).await;
        let tags = owner.tags.iter();
        let description = tags.filter(|tag| tag.key == key.access_key_id).map(|tag| tag.value.clone()).collect();
        rows.push(Row { key, last_used, description });
    }
    let dialogs: Vec<AnyView> =
        rows.iter().flat_map(|row| [switch_dialog(owner, &row.key), delete_dialog(owner, row)]).collect();
    let create = owner.create_button(CREATE, rows.len() >= MOST);
    let warning = owner.warning(CREATE);
    let created =
        owner.page.output_of::<CreateAccessKeyOutput>(CREATE).map(|output| dialog_once(owner, &output.access_key));
    let refused = FORMS.iter().filter(|_| owner.own).find_map(|operation| owner.page.error_of(operation));
    let refused = refused.map(|error| view! { <Problem error /> });
    let empty = if owner.own { "You have no access keys." } else { "This user has no access keys." };
    view! {
        {refused}
        <Table
            id="access-keys"
            label="Access keys"
            columns=columns(owner.page.labels_2020())
            rows=Rows::Ready(rows)
            header=move || {
                view! {
                    <Header
                        title="Access keys"
                        description="Use access keys to sign requests of programs and of the command line. Never share a secret access key."
                        actions=move || create
                    />
                }
            }
            empty=move || view! { <EmptyState title="No access keys" text=empty /> }
        />
        {dialogs}
        {warning}
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

fn switch_dialog(owner: &KeyOwner, key: &AccessKeyMetadata) -> AnyView {
    let id = format!("switch-{}", key.access_key_id);
    let form = format!("{id}-form");
    let (status, title, text) = if key.status == "Active" {
        (
            "Inactive",
            owner.page.label("Make inactive", "Deactivate").to_owned(),
            "Requests signed with this access key are refused from now on. You can make it active again.",
        )
    } else {
        (
            "Active",
            owner.page.label("Make active", "Activate").to_owned(),
            "Requests signed with this access key are accepted again.",
        )
    };
    let flash = format!("Access key {} is now {}.", key.access_key_id, status.to_lowercase());
    let mut fields = owner.form("iam:UpdateAccessKey", Some(&flash));
    fields.push(("AccessKeyId".into(), key.access_key_id.clone()));
    fields.push(("Status".into(), status.into()));
    let (closes, sends, submit) = (id.clone(), form.clone(), title.clone());
    let action = owner.path.clone();
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

fn delete_dialog(owner: &KeyOwner, row: &Row) -> AnyView {
    let id = row.key.access_key_id.clone();
    let mut fields = owner.form("iam:DeleteAccessKey", Some("Access key {AccessKeyId} deleted."));
    fields.push(("AccessKeyId".into(), id.clone()));
    let gone = "Programs that use this access key are refused at once. A deleted access key cannot be recovered.";
    let (modal, action) = (format!("delete-{id}"), owner.path.clone());
    if !owner.page.labels_2020() {
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
fn dialog_once(owner: &KeyOwner, key: &AccessKey) -> AnyView {
    let secret = shown_once(&owner.page, owner.user.as_deref(), key);
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
pub(super) fn shown_once(page: &PageContext, user_name: Option<&str>, key: &AccessKey) -> AnyView {
    let (id, secret) = (key.access_key_id.clone(), key.secret_access_key.expose().to_owned());
    let (file, file_name) = KeyOwner::file(page, user_name, &id, &secret);
    let user_name = user_name.unwrap_or("root");
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
