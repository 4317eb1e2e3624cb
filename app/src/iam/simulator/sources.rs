//! Whose policies are simulated: the account's users and groups to choose from, and the policy typed.

use leptos::prelude::*;
use model::iam::{ListGroups, ListUsers};

use super::asked::{Asked, CUSTOM};
use crate::{
    CallError, PageContext,
    iam::denied::Problem,
    ui::{
        Button, ButtonKind, Container, ExpandableSection, FormField, Header, Input, Select, SelectOption, SpaceBetween,
        Textarea,
    },
};

/// The users and groups that can be chosen.
struct Choices {
    options: Vec<SelectOption>,
    problems: Vec<CallError>,
    /// Whether there are more than are listed, or some that may not be listed.
    partial: bool,
}

async fn choices(page: &PageContext, asked: &Asked) -> Choices {
    let mut found = Choices { options: Vec::new(), problems: Vec::new(), partial: false };
    let option = |arn: String, name: String, group: &str| SelectOption {
        group: Some(group.to_owned()),
        ..SelectOption::new(arn, name)
    };
    match crate::call(ListUsers { max_items: Some(model::MAX_ITEMS), ..ListUsers::default() }).await {
        Ok(output) => {
            found.partial |= output.is_truncated;
            found.options.extend(output.users.into_iter().map(|user| option(user.arn, user.user_name, "Users")));
        }
        Err(error) => found.problems.push(error),
    }
    let groups = page.label("Groups", "User groups");
    match crate::call(ListGroups { max_items: Some(model::MAX_ITEMS), ..ListGroups::default() }).await {
        Ok(output) => {
            found.partial |= output.is_truncated;
            found.options.extend(output.groups.into_iter().map(|group| option(group.arn, group.group_name, groups)));
        }
        Err(error) => found.problems.push(error),
    }
    found.partial |= !found.problems.is_empty();
    // Whoever came by a link may not be on the list.
    if !asked.source.is_empty() && !found.options.iter().any(|option| option.value == asked.source) {
        found.options.push(SelectOption::new(asked.source.clone(), asked.source.clone()));
    }
    found
}

/// The part of the form that names the policies.
pub(super) async fn part(page: &PageContext, asked: &Asked, fault: Option<String>) -> AnyView {
    let Choices { options, problems, partial } = choices(page, asked).await;
    let constraint = partial.then(|| "The ARN of a user or a group; empty for the policy below alone.".to_owned());
    let own = Typing {
        header: "Policy as text",
        name: "Policy",
        label: "Policy",
        description: "Simulated by itself, or in addition to those of the user or group.",
        rows: 10,
    }
    .shown(&asked.policy, !asked.policy.is_empty() || asked.source.is_empty());
    let limit = Typing {
        header: "Permissions boundary",
        name: "Boundary",
        label: "Permissions boundary policy",
        description: "Simulated in place of the user's own boundary. It grants nothing and limits what the policies grant.",
        rows: 8,
    }
    .shown(&asked.boundary, !asked.boundary.is_empty());
    let label = page.label("Users, Groups, and Roles", "Users and groups").to_owned();
    // The control is made within its field, which names it.
    let asked = asked.clone();
    let control = move || if partial { by_arn(&asked) } else { listed(&asked, options) };
    let problems = problems.into_iter().map(|error| view! { <Problem error /> }).collect_view();
    view! {
        <Container header=|| view! { <Header title="Policies" /> } testid="simulated-policies">
            <SpaceBetween>
                {problems}
                <FormField
                    control_id="source"
                    label
                    description="A user's policies are the user's own and those of the user's groups, within the user's boundary."
                    constraint=constraint
                    error=fault
                    secondary=|| view! { <Button kind=ButtonKind::Submit name="Step" value="source" testid="choose-source">"Select"</Button> }
                    testid="source-field"
                >
                    {control()}
                </FormField>
                {own}
                {limit}
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

fn listed(asked: &Asked, users_and_groups: Vec<SelectOption>) -> AnyView {
    let mut options = vec![SelectOption::new(CUSTOM, "New policy: the text below alone")];
    options.extend(users_and_groups);
    let chosen = if asked.source.is_empty() { CUSTOM.to_owned() } else { asked.source.clone() };
    view! { <Select name="Source" options value=chosen testid="source" /> }.into_any()
}

fn by_arn(asked: &Asked) -> AnyView {
    view! { <Input name="Source" value=asked.source.clone() testid="source" /> }.into_any()
}

/// A policy that is typed, folded while nobody needs it.
struct Typing {
    header: &'static str,
    name: &'static str,
    label: &'static str,
    description: &'static str,
    rows: u32,
}

impl Typing {
    fn shown(self, text: &str, open: bool) -> AnyView {
        let Self { header, name, label, description, rows } = self;
        let (id, text) = (name.to_lowercase(), text.to_owned());
        let testid = id.clone();
        view! {
            <ExpandableSection header open testid=format!("typed-{id}")>
                <FormField control_id=id label description optional=true stretch=true>
                    <Textarea name value=text rows code=true testid />
                </FormField>
            </ExpandableSection>
        }
        .into_any()
    }
}
