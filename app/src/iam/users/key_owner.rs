//! Whose access keys a card is about: a user's on their page, or the viewer's own on "My security credentials".

use leptos::prelude::*;
use model::Tag;

use super::{csv, details::UserPage};
use crate::{
    PageContext,
    iam::{hidden, paths::user_path},
    ui::{Alert, Button, ButtonKind, ButtonVariant, Checkbox, Form, Modal, Severity, SpaceBetween, Text},
};

/// The owner of the keys, and where the forms about them go.
pub(in crate::iam) struct KeyOwner {
    /// The request.
    pub page: PageContext,
    /// The user; absent for root, whose operations name nobody.
    pub user: Option<String>,
    /// The page that the forms post to and lead back to.
    pub path: String,
    /// The user's tags, as far as they may be read: descriptions of keys are among them.
    pub tags: Vec<Tag>,
    /// Whether the page is about the viewer: then refusals are shown with the keys.
    pub own: bool,
}

impl KeyOwner {
    /// The user whose page it is.
    pub(super) fn of(view: &UserPage) -> Self {
        Self {
            page: view.page.clone(),
            user: Some(view.name.clone()),
            path: view.at("security_credentials", ""),
            tags: view.user.iter().flat_map(|user| user.tags.clone()).collect(),
            own: false,
        }
    }

    /// The viewer, on the page of their own credentials.
    pub(in crate::iam) fn viewer(page: &PageContext, path: &str, tags: Vec<Tag>) -> Self {
        Self { page: page.clone(), user: page.viewer().user_name, path: path.to_owned(), tags, own: true }
    }

    /// Hidden fields of a form about these keys. With a `flash` it leads back and says that.
    pub(super) fn form(&self, operation: &str, flash: Option<&str>) -> Vec<(String, String)> {
        let mut fields: Vec<(&str, &str)> = Vec::new();
        fields.extend(self.user.as_deref().map(|name| ("UserName", name)));
        if let Some(flash) = flash {
            fields.extend([("_next", self.path.as_str()), ("_flash", flash)]);
        }
        hidden(operation, &fields)
    }

    /// The button that begins a new key. A user's key is made at once in 2020, and today by a wizard that asks first
    /// what for. Root is warned in both.
    pub(super) fn create_button(&self, operation: &'static str, full: bool) -> AnyView {
        let reason = "Cannot exceed quota for AccessKeysPerUser: 2";
        let action = self.path.clone();
        let Some(name) = &self.user else {
            let text = self.page.label("Create New Access Key", "Create access key").to_owned();
            return view! {
                <Button opens="new-root-key" disabled=full disabled_reason=reason testid="create-access-key">{text}</Button>
            }
            .into_any();
        };
        if !self.page.labels_2020() {
            let wizard = format!("{}/create-access-key", user_path(name));
            return view! {
                <Button href=wizard disabled=full disabled_reason=reason testid="create-access-key">"Create access key"</Button>
            }
            .into_any();
        }
        let fields = self.form(operation, None);
        view! {
            <Form action hidden=fields inline=true>
                <Button kind=ButtonKind::Submit disabled=full disabled_reason=reason testid="create-access-key">
                    "Create access key"
                </Button>
            </Form>
        }
        .into_any()
    }

    /// What root reads and confirms before a key of its own is made; nothing for a user.
    pub(super) fn warning(&self, operation: &'static str) -> Option<AnyView> {
        if self.user.is_some() {
            return None;
        }
        let (action, fields) = (self.path.clone(), self.form(operation, None));
        let title = self.page.label("Create New Access Key", "Alternatives to root user access keys").to_owned();
        Some(
            view! {
                <Modal
                    id="new-root-key"
                    title
                    footer=|| {
                        view! {
                            <Button variant=ButtonVariant::Link closes="new-root-key">"Cancel"</Button>
                            <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form="new-root-key-form" testid="create-root-key">
                                "Create access key"
                            </Button>
                        }
                    }
                >
                    <Form action hidden=fields id="new-root-key-form">
                        <SpaceBetween>
                            <Alert severity=Severity::Warning header="Root user access keys are not recommended" testid="root-key-warning">
                                "Whoever holds such a key may do everything in this account, and no policy limits it."
                            </Alert>
                            <Text>"Make an IAM user with the permissions that the work needs, and give that user a key."</Text>
                            <Checkbox id="root-key-understood" required=true testid="root-key-understood">
                                "I understand creating a root access key is not a best practice, but I still want to create one."
                            </Checkbox>
                        </SpaceBetween>
                    </Form>
                </Modal>
            }
            .into_any(),
        )
    }

    /// The file with a new key, and its name: `rootkey.csv` for root, whose 2020 form is not a table.
    pub(super) fn file(page: &PageContext, user: Option<&str>, id: &str, secret: &str) -> (String, String) {
        let table = csv::access_key(id, secret);
        match (user, page.labels_2020()) {
            (None, true) => (csv::data_url(&csv::root_key(id, secret)), "rootkey.csv".into()),
            (None, false) => (csv::data_url(&csv::marked(&table)), "rootkey.csv".into()),
            (Some(_), true) => (csv::data_url(&table), "accessKeys.csv".into()),
            (Some(name), false) => (csv::data_url(&csv::marked(&table)), format!("{name}_accessKeys.csv")),
        }
    }
}
