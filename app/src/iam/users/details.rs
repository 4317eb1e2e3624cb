//! A user's page: the summary, and a tab for each kind of thing that hangs on a user.

use leptos::prelude::*;
use model::{
    ApiError, Timestamp,
    console::{GetEntityPermissions, GetEntityPermissionsOutput, GroupPermissions, Part, UserRow},
    iam::{GetUser, User},
};

use super::{credentials, delete_dialog::Dialog, forms, groups, list, permissions, rename, summary, tags};
use crate::{
    CallError, Frame, PageContext, Section,
    iam::{
        crumbs,
        denied::Problem,
        hidden,
        last_accessed::{self, Entity},
        paths::{named, user_path},
    },
    ui::{Alert, Button, Direction, Header, HeaderLevel, Severity, Space, SpaceBetween, Tab, Tabs},
};

/// What the tabs know of the page they stand on.
pub(super) struct UserPage {
    /// The request.
    pub page: PageContext,
    /// The user's name as stored, or as asked for where the user may not be read.
    pub name: String,
    /// The user; absent where reading is denied.
    pub user: Option<User>,
    /// Their row of the Users table; absent where listing is denied.
    pub row: Option<UserRow>,
    /// What the user and the user's groups are granted, each part as far as it may be read.
    pub permissions: Result<GetEntityPermissionsOutput, CallError>,
}

impl UserPage {
    /// Where one of the tabs stands, perhaps with something begun on it.
    pub fn at(&self, section: &str, action: &str) -> String {
        let action = if action.is_empty() { String::new() } else { format!("&action={action}") };
        format!("{}?section={section}{action}", user_path(&self.name))
    }

    /// The user's groups with what they grant; ten at most.
    pub fn groups(&self) -> Result<Vec<GroupPermissions>, CallError> {
        let groups = self.permissions.clone()?.groups;
        Ok(groups.map_or_else(|| Ok(Vec::new()), Part::read)?)
    }

    /// Hidden fields of a form about this user that goes back to a tab and says something there.
    pub fn form(&self, operation: &str, section: &str, flash: &str) -> Vec<(String, String)> {
        hidden(operation, &[("UserName", &self.name), ("_next", &self.at(section, "")), ("_flash", flash)])
    }
}

/// `/iam/users/<name>`.
#[component]
pub fn Details() -> impl IntoView {
    let page = PageContext::current();
    let name = named(&page.segment(2));
    view! {
        <Frame title=name.clone() section=Section::Iam crumbs=crumbs(&[("Users", list::PATH)], &name) help=help()>
            <Suspense>{Suspend::new(async move { content(page, name).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "A user".into(),
        vec![
            "What a user may do is the sum of the policies attached to the user and to the user's groups, within the permissions boundary if one is set. An explicit deny in any policy always wins.".into(),
            "The boundary grants nothing: it only limits what the other policies can grant.".into(),
            "A user signs in to the console with a password and lets programs sign with access keys, two at most.".into(),
        ],
    )
}

async fn content(page: PageContext, name: String) -> AnyView {
    let answer = crate::call(GetUser { user_name: Some(name.clone()) }).await;
    let (user, problem) = match answer {
        Ok(output) => (Some(output.user), None),
        Err(CallError::Api(error @ ApiError::NoSuchEntity { .. })) => return missing(&error),
        Err(error) => {
            crate::iam::denied::tell(&error);
            (None, Some(error))
        }
    };
    let name = user.as_ref().map_or(name, |user| user.user_name.clone());
    // Who may not read the user may not read the row either: asking would only leave another refusal in the trail.
    let row = if user.is_some() { summary::row(&name).await } else { None };
    let asked = GetEntityPermissions { user_name: Some(name.clone()), group_name: None };
    let permissions = crate::call(asked).await;
    let view = UserPage { page, name, user, row, permissions };
    let section = view.page.query("section");
    let (panel, current) = match section.as_str() {
        "groups" => (groups::tab(&view).await, "groups"),
        "tags" => (tags::tab(&view), "tags"),
        "security_credentials" => (credentials::tab(&view).await, "security_credentials"),
        last_accessed::SECTION => {
            let arn = view.user.as_ref().map(|user| user.arn.clone());
            let here = view.at(last_accessed::SECTION, "");
            let panel = match arn {
                Some(arn) => last_accessed::panel(&view.page, Entity { arn, here, group: false }).await,
                None => ().into_any(),
            };
            (panel, last_accessed::SECTION)
        }
        _ => (permissions::tab(&view).await, "permissions"),
    };
    let tabs = tabs(&view);
    let summary = match problem {
        Some(error) => view! { <Problem error retry=user_path(&view.name) /> }.into_any(),
        None => summary::container(&view),
    };
    view! {
        <SpaceBetween>
            {head(&view)} {outcome(&view)} {summary} <Tabs label="User details" tabs current>
                {panel}
            </Tabs>
        </SpaceBetween>
    }
    .into_any()
}

pub(super) fn missing(error: &ApiError) -> AnyView {
    crate::call::set_status(404);
    let sentence = error.to_string();
    view! {
        <SpaceBetween>
            <Header title="User not found" level=HeaderLevel::H1 testid="page-title" />
            <Alert
                severity=Severity::Error
                header=sentence
                testid="no-such-user"
                action=|| view! { <Button href=list::PATH>"Go to Users"</Button> }
            />
        </SpaceBetween>
    }
    .into_any()
}

fn head(view: &UserPage) -> AnyView {
    let title = view.page.label("Summary", &view.name).to_owned();
    let delete = view.page.label("Delete user", "Delete").to_owned();
    let names = [view.name.clone()];
    let asks = Dialog { id: "delete-user-dialog", action: list::PATH.into(), open: false, page: &view.page };
    let asks = asks.shown(&names, view.row.as_slice(), Timestamp(view.page.viewer().now));
    let rename = view.user.is_some().then(|| rename::dialog(view));
    view! {
        <Header
            title
            level=HeaderLevel::H1
            testid="page-title"
            actions=move || {
                view! {
                    <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                        <Button opens=rename::ID testid="rename-user">"Rename user"</Button>
                        <Button opens="delete-user-dialog" testid="delete-user">{delete}</Button>
                    </SpaceBetween>
                }
            }
        />
        {asks}
        {rename}
    }
    .into_any()
}

/// What the form posted to this page answered, where no dialog of its own shows it.
fn outcome(view: &UserPage) -> Option<AnyView> {
    let outcome = view.page.outcome.as_ref()?;
    if matches!(outcome.operation.as_str(), forms::CONSOLE_ACCESS | forms::TAGS | forms::RENAME) {
        return None;
    }
    let error = outcome.result.clone().err()?;
    Some(view! { <Problem error /> }.into_any())
}

fn tabs(view: &UserPage) -> Vec<Tab> {
    let groups = match view.groups() {
        Ok(groups) => format!("Groups ({})", groups.len()),
        Err(_) => "Groups".to_owned(),
    };
    let tags = view.user.as_ref().map_or_else(|| "Tags".to_owned(), |user| format!("Tags ({})", user.tags.len()));
    [
        ("permissions", "Permissions".to_owned()),
        ("groups", groups),
        ("tags", tags),
        ("security_credentials", "Security credentials".to_owned()),
    ]
    .into_iter()
    .map(|(section, text)| Tab::new(section, text, view.at(section, "")))
    .chain([last_accessed::tab(&view.page, view.at(last_accessed::SECTION, ""))])
    .collect()
}
