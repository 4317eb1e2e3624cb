//! The page that adds permissions to a user in three ways: by groups, as another user has them, by policies. Every
//! step is a plain form: what was picked travels along while lists are searched and their pages are turned.

mod lists;
mod review;

use leptos::prelude::*;
use model::{
    ApiError,
    iam::{AttachedPolicy, GetUser, ListAttachedUserPolicies, ListGroupsForUser},
};

use super::{
    details::missing,
    grant::{GRANT, PICK, Picked},
    list,
};
use crate::{
    CallError, Frame, PageContext, Section,
    iam::{
        crumbs,
        denied::Problem,
        hidden,
        inline::Owner,
        paths::{named, user_path},
    },
    ui::{
        Button, ButtonKind, ButtonVariant, Container, Form, FormErrors, FormField, Header, HeaderLevel, IconName,
        Input, LinkTiles, SpaceBetween, Tile, Token, TokenGroup, Wizard, WizardFooter, WizardStep,
    },
};

const FORM: &str = "pick-permissions";

/// Whom permissions are added to, and in which way.
struct Adding {
    page: PageContext,
    name: String,
    /// `groups`, `copy` or `policies`.
    by: String,
    /// Names of the groups that the user is in; none where that may not be read.
    groups: Vec<String>,
    /// The policies attached to the user; none where that may not be read.
    policies: Vec<AttachedPolicy>,
    /// Names of the user's inline policies, which copying leaves alone; none where that may not be read.
    inline: Vec<String>,
}

impl Adding {
    /// This page, by one of the ways.
    fn at(&self, by: &str) -> String {
        format!("{}/add-permissions?by={by}", user_path(&self.name))
    }

    /// The user's page.
    fn back(&self) -> String {
        format!("{}?section=permissions", user_path(&self.name))
    }

    /// Hidden fields of the form that picks.
    fn fields(&self, chosen: &[String], query: &str) -> Vec<(String, String)> {
        let mut fields = hidden(PICK, &[("UserName", &self.name), ("Chosen", &chosen.join(" "))]);
        if self.by == "copy" {
            fields.push(("Single".into(), "true".into()));
        }
        if !query.is_empty() {
            fields.push(("Query".into(), query.to_owned()));
        }
        fields
    }

    /// The wizard around one of its steps.
    fn step(&self, current: usize, footer: AnyView, content: AnyView) -> AnyView {
        let title = format!("Add permissions to {}", self.name);
        let steps = vec![
            WizardStep::new(self.page.label("Grant permissions", "Add permissions")),
            WizardStep::new(self.page.label("Permissions summary", "Review")),
        ];
        let circles = self.page.labels_2020();
        view! {
            <Wizard title steps current circles footer=move || view! { <WizardFooter>{footer}</WizardFooter> }>
                {content}
            </Wizard>
        }
        .into_any()
    }
}

/// `/iam/users/<name>/add-permissions`.
#[component]
pub fn AddPermissions() -> impl IntoView {
    let page = PageContext::current();
    let name = named(&page.segment(2));
    let path = user_path(&name);
    let way = crumbs(&[("Users", list::PATH), (&name, &path)], "Add permissions");
    view! {
        <Frame title="Add permissions" section=Section::Iam crumbs=way help=help()>
            <Suspense>{Suspend::new(async move { content(page, name).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Adding permissions".into(),
        vec![
            "A group gives its policies to every member: it is the way that stays clear when there are many users.".into(),
            "Copying gives the user the groups, the attached and inline policies and the boundary that another user has now; later changes to either do not follow. An inline policy of the user's own stays where the other has one of the same name.".into(),
            "Policies attached directly hold for this user alone.".into(),
        ],
    )
}

async fn content(page: PageContext, name: String) -> AnyView {
    let name = match crate::call(GetUser { user_name: Some(name.clone()) }).await {
        Ok(output) => output.user.user_name,
        Err(CallError::Api(error @ ApiError::NoSuchEntity { .. })) => return missing(&error),
        // Who may not read the user may still be allowed to add something.
        Err(_) => name,
    };
    let by = match page.query("by").as_str() {
        "copy" => "copy",
        "policies" => "policies",
        _ => "groups",
    };
    let listed = ListGroupsForUser { user_name: name.clone(), ..ListGroupsForUser::default() };
    let groups = crate::call(listed).await.map(|output| output.groups).unwrap_or_default();
    let listed = ListAttachedUserPolicies { user_name: name.clone(), ..ListAttachedUserPolicies::default() };
    let policies = crate::call(listed).await.map(|output| output.attached_policies).unwrap_or_default();
    let groups = groups.into_iter().map(|group| group.group_name).collect();
    let inline = match by {
        "copy" => Owner::User(name.clone()).policies().await.unwrap_or_default(),
        _ => Vec::new(),
    };
    let adding = Adding { page, name, by: by.to_owned(), groups, policies, inline };
    if adding.page.outcome_of(GRANT).is_some() {
        return review::again(&adding);
    }
    let picked: Picked = adding.page.output_of(PICK).unwrap_or_default();
    if picked.review { review::first(&adding, &picked).await } else { pick(&adding, picked).await }
}

/// The first step: the three ways, and the list of the chosen one.
async fn pick(adding: &Adding, picked: Picked) -> AnyView {
    let tiles = [
        ("groups", "Add user to group", "Add user to group", IconName::Group),
        ("copy", "Copy permissions from existing user", "Copy permissions", IconName::UserProfile),
        ("policies", "Attach existing policies directly", "Attach policies directly", IconName::File),
    ];
    let tiles = tiles
        .map(|(value, then, now, icon)| (Tile::new(value, adding.page.label(then, now)).icon(icon), adding.at(value)));
    let found = lists::of(adding, &picked).await;
    let lists::Found { table, shown, next, count } = match found {
        Ok(found) => found,
        Err(error) => lists::Found {
            table: view! { <Problem error retry=adding.at(&adding.by) /> }.into_any(),
            shown: Vec::new(),
            next: None,
            count: String::new(),
        },
    };
    // What is ticked in the list is sent by the list itself.
    let (here, elsewhere): (Vec<String>, Vec<String>) =
        picked.chosen.iter().cloned().partition(|one| shown.contains(one));
    let mut fields = adding.fields(&elsewhere, "");
    fields.extend(next.into_iter().map(|marker| ("Marker".to_owned(), marker)));
    if !picked.marker.is_empty() {
        fields.push(("Here".into(), picked.marker.clone()));
    }
    let more = fields.iter().any(|(name, _)| name == "Marker");
    let label = match adding.by.as_str() {
        "copy" => "Search users",
        "policies" => "Filter policies",
        _ => "Search groups",
    };
    let back = adding.back();
    let next_label = adding.page.label("Next: Review", "Next").to_owned();
    let footer = view! {
        <Button href=back variant=ButtonVariant::Link testid="cancel-wizard">"Cancel"</Button>
        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary form=FORM name="Then" value="review" testid="next">
            {next_label}
        </Button>
    }
    .into_any();
    let tokens = tokens(&elsewhere, here.len());
    let first = !picked.marker.is_empty();
    let (action, current) = (adding.at(&adding.by), adding.by.clone());
    let content = view! {
        <SpaceBetween>
            <FormErrors message=picked.fault />
            <Container header=|| view! { <Header title="Permissions options" level=HeaderLevel::H2 testid="step-title" /> }>
                <LinkTiles label="Permissions options" tiles=tiles.to_vec() current testid="permissions" />
            </Container>
            <Form action hidden=fields id=FORM>
                <SpaceBetween>
                    <FormField
                        control_id="permissions-query"
                        label
                        description=count
                        secondary=|| view! { <Button kind=ButtonKind::Submit name="Then" value="search" testid="search-permissions">"Search"</Button> }
                    >
                        <Input name="Query" kind="search" value=picked.query autocomplete="off" testid="permissions-query" />
                    </FormField>
                    {tokens} {table}
                    {first
                        .then(|| view! { <Button kind=ButtonKind::Submit name="Then" value="search" testid="first-page">"First page"</Button> })}
                    {more
                        .then(|| view! { <Button kind=ButtonKind::Submit name="Then" value="next" testid="more-permissions">"Next page"</Button> })}
                </SpaceBetween>
            </Form>
        </SpaceBetween>
    }
    .into_any();
    adding.step(0, footer, content)
}

/// What was picked on other pages of the list.
fn tokens(elsewhere: &[String], here: usize) -> Option<AnyView> {
    if elsewhere.is_empty() {
        return None;
    }
    let label = format!("Selected before, besides {here} below");
    let tokens = elsewhere
        .iter()
        .map(|one| {
            let text = one.rsplit('/').next().unwrap_or(one).to_owned();
            view! { <Token text remove=("Remove".to_owned(), one.clone()) testid="selected-before" /> }
        })
        .collect_view();
    Some(view! { <TokenGroup label>{tokens}</TokenGroup> }.into_any())
}
