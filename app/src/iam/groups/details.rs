//! A group's page: the summary, its members and its permissions.

use leptos::prelude::*;
use model::{
    ApiError,
    iam::{GetGroup, GetGroupOutput},
};

use super::{PATH, delete_dialog, members, permissions};
use crate::{
    CallError, Frame, PageContext, Section,
    iam::{
        crumbs,
        denied::Problem,
        hidden,
        last_accessed::{self, Entity},
        paths::{group_path, named},
        words::{NAME_CHARACTERS, plain},
    },
    ui::{
        Alert, Button, ButtonDropdown, ButtonKind, ButtonVariant, Container, Date, Direction, Form, FormField, Header,
        HeaderLevel, Input, KeyValue, KeyValuePairs, MenuAlign, MenuItem, Modal, Severity, Space, SpaceBetween, Tab,
        Tabs, Text,
    },
};

const RENAME: &str = "rename-group";
const RENAME_FORM: &str = "rename-group-form";
/// How many members a page shows.
pub(super) const MEMBERS: i64 = 50;

/// What the tabs know of the page they stand on.
pub(super) struct GroupPage {
    /// The request.
    pub page: PageContext,
    /// The group's name as stored, or as asked for where the group may not be read.
    pub name: String,
    /// The group with a page of its members, or why it cannot be read.
    pub answer: Result<GetGroupOutput, CallError>,
}

impl GroupPage {
    /// Where one of the tabs stands, perhaps with something begun on it.
    pub fn at(&self, section: &str, action: &str) -> String {
        let action = if action.is_empty() { String::new() } else { format!("&action={action}") };
        format!("{}?section={section}{action}", group_path(&self.name))
    }

    /// Hidden fields of a form about this group that goes back to a tab and says something there.
    pub fn form(&self, operation: &str, section: &str, flash: &str) -> Vec<(String, String)> {
        hidden(operation, &[("GroupName", &self.name), ("_next", &self.at(section, "")), ("_flash", flash)])
    }
}

/// `/iam/groups/<name>`.
#[component]
pub fn Details() -> impl IntoView {
    let page = PageContext::current();
    let name = named(&page.segment(2));
    let list = page.label("Groups", "User groups").to_owned();
    view! {
        <Frame title=name.clone() section=Section::Iam crumbs=crumbs(&[(&list, PATH)], &name) help=help()>
            <Suspense>{Suspend::new(async move { content(page, name).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "A user group".into(),
        vec![
            "Every member has the permissions of the group's policies, besides those of their own and of their other groups.".into(),
            "Renaming a group changes its ARN. Its members and policies stay, but a policy that names the old ARN no longer means this group.".into(),
            "A group can have ten managed policies, and inline policies of 5,120 characters together.".into(),
        ],
    )
}

async fn content(page: PageContext, name: String) -> AnyView {
    // Lists to choose from have markers of their own.
    let marker = page.given("marker").filter(|_| page.query("action").is_empty());
    let answer = crate::call(GetGroup { group_name: name.clone(), marker, max_items: Some(MEMBERS) }).await;
    match &answer {
        Err(CallError::Api(error @ ApiError::NoSuchEntity { .. })) => return missing(error),
        Err(CallError::Api(error)) => crate::call::set_status(error.status()),
        _ => {}
    }
    let name = answer.as_ref().map_or(name, |output| output.group.group_name.clone());
    let view = GroupPage { page, name, answer };
    let section = view.page.query("section");
    let (panel, current) = match section.as_str() {
        "permissions" => (permissions::tab(&view).await, "permissions"),
        last_accessed::SECTION => {
            let arn = view.answer.as_ref().ok().map(|output| output.group.arn.clone());
            let here = view.at(last_accessed::SECTION, "");
            let panel = match arn {
                Some(arn) => last_accessed::panel(&view.page, Entity { arn, here, group: true }).await,
                None => ().into_any(),
            };
            (panel, last_accessed::SECTION)
        }
        _ => (members::tab(&view).await, "users"),
    };
    let tabs = tabs(&view);
    let (head, outcome, summary) = (head(&view), outcome(&view), summary(&view));
    view! {
        <SpaceBetween>
            {head} {outcome} {summary} <Tabs label="Group details" tabs current>
                {panel}
            </Tabs>
        </SpaceBetween>
    }
    .into_any()
}

fn missing(error: &ApiError) -> AnyView {
    crate::call::set_status(404);
    let sentence = error.to_string();
    view! {
        <SpaceBetween>
            <Header title="Group not found" level=HeaderLevel::H1 testid="page-title" />
            <Alert
                severity=Severity::Error
                header=sentence
                testid="no-such-group"
                action=|| view! { <Button href=PATH>"Go to the list of groups"</Button> }
            />
        </SpaceBetween>
    }
    .into_any()
}

fn head(view: &GroupPage) -> AnyView {
    let title = view.page.label("Summary", &view.name).to_owned();
    let actions = if view.page.labels_2020() {
        let items = vec![
            MenuItem::link("Add Users to Group", view.at("users", "add")),
            MenuItem::opens("Delete Group", delete_dialog::ID),
            MenuItem::opens("Edit Group Name", RENAME),
            MenuItem::link("Remove Users from Group", view.at("users", "")),
        ];
        view! { <ButtonDropdown id="group-actions" text="Group Actions" items align=MenuAlign::End testid="group-actions" /> }
            .into_any()
    } else {
        view! {
            <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                <Button opens=delete_dialog::ID testid="delete-group">"Delete"</Button>
                <Button opens=RENAME testid="rename-group">"Edit"</Button>
            </SpaceBetween>
        }
        .into_any()
    };
    view! {
        <Header title level=HeaderLevel::H1 testid="page-title" actions=move || actions />
        {rename_dialog(view)}
        {delete_dialog::of(&view.page, std::slice::from_ref(&view.name), false)}
    }
    .into_any()
}

fn rename_dialog(view: &GroupPage) -> AnyView {
    let error = view.page.error_of("iam:UpdateGroup");
    let fault = error.as_ref().and_then(|error| match error {
        CallError::Api(error @ ApiError::EntityAlreadyExists { .. }) => Some(error.to_string()),
        error => error.field("newGroupName").map(|fault| plain(&fault, "A group name", NAME_CHARACTERS)),
    });
    let open = fault.is_some() || (error.is_none() && view.page.query("action") == "rename");
    let typed = view.page.typed("iam:UpdateGroup", "NewGroupName").unwrap_or_else(|| view.name.clone());
    let fields = hidden(
        "iam:UpdateGroup",
        &[
            ("GroupName", &view.name),
            ("_next", "/iam/groups/{NewGroupName}"),
            ("_flash", "User group {GroupName} renamed to {NewGroupName}."),
        ],
    );
    let (title, label, submit) = (
        view.page.label("Edit Group Name", "Edit user group name").to_owned(),
        view.page.label("Group Name", "User group name").to_owned(),
        view.page.label("Yes, Edit", "Save changes").to_owned(),
    );
    let action = group_path(&view.name);
    view! {
        <Modal
            id=RENAME
            title
            open
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes=RENAME>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form=RENAME_FORM testid="confirm-rename">
                        {submit}
                    </Button>
                }
            }
        >
            <Form action hidden=fields id=RENAME_FORM novalidate=true>
                <SpaceBetween>
                    <FormField
                        control_id="new-group-name"
                        label
                        constraint="Maximum 128 characters. Letters, digits and + = , . @ _ - (hyphen)."
                        error=fault
                        testid="new-group-name-field"
                    >
                        <Input name="NewGroupName" value=typed testid="new-group-name" />
                    </FormField>
                    <Text>"The group's ARN changes with its name. Policies that name the old ARN do not follow."</Text>
                </SpaceBetween>
            </Form>
        </Modal>
    }
    .into_any()
}

/// What the form posted to this page answered, where no dialog of its own shows it.
fn outcome(view: &GroupPage) -> Option<AnyView> {
    let outcome = view.page.outcome.as_ref()?;
    let error = outcome.result.clone().err()?;
    let in_dialog = outcome.operation == "iam:UpdateGroup"
        && matches!(&error, CallError::Api(ApiError::EntityAlreadyExists { .. } | ApiError::Validation { .. }));
    (!in_dialog).then(|| view! { <Problem error /> }.into_any())
}

fn summary(view: &GroupPage) -> AnyView {
    let output = match &view.answer {
        Ok(output) => output,
        Err(error) => return view! { <Problem error=error.clone() retry=group_path(&view.name) /> }.into_any(),
    };
    let group = output.group.clone();
    let created = view! { <Date iso=group.create_date.to_string() testid="creation-time" /> };
    let label = |then, now| view.page.label(then, now).to_owned();
    let items = if view.page.labels_2020() {
        vec![
            KeyValue::copy("Group ARN", group.arn),
            KeyValue::text("Users (in this group)", members::number(output)),
            KeyValue::text("Path", group.path),
            KeyValue::new("Creation Time", created),
        ]
    } else {
        vec![
            KeyValue::text("User group name", group.group_name),
            KeyValue::new("Creation time", created),
            KeyValue::copy("ARN", group.arn),
        ]
    };
    let title = label("", "Summary");
    let header = (!title.is_empty()).then_some(move || view! { <Header title /> });
    view! {
        <Container header testid="group-summary">
            <KeyValuePairs items columns=3 />
        </Container>
    }
    .into_any()
}

fn tabs(view: &GroupPage) -> Vec<Tab> {
    let users = match &view.answer {
        Ok(output) if !view.page.labels_2020() => format!("Users ({})", members::number(output)),
        _ => "Users".to_owned(),
    };
    vec![
        Tab::new("users", users, view.at("users", "")),
        Tab::new("permissions", "Permissions", view.at("permissions", "")),
        last_accessed::tab(&view.page, view.at(last_accessed::SECTION, "")),
    ]
}
