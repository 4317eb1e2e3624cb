//! The second step: what the user will be given, and the button that gives it.

use leptos::prelude::*;
use model::iam::{GetUser, ListAttachedUserPolicies, ListGroupsForUser};

use super::{
    super::grant::{GRANT, Picked, Right},
    Adding,
};
use crate::{
    CallError,
    iam::{denied::Problem, hidden, inline::Owner},
    ui::{Button, ButtonKind, ButtonVariant, Column, Container, Form, Header, Rows, SpaceBetween, Table, Text},
};

const FORM: &str = "grant-permissions";
const PREVIOUS: &str = "pick-again";

/// What was picked, as rights that the user does not have yet.
async fn rights(adding: &Adding, picked: &Picked) -> Result<Vec<Right>, CallError> {
    let rights: Vec<Right> = match (adding.by.as_str(), picked.chosen.as_slice()) {
        ("copy", [source, ..]) => of_user(source).await?,
        ("policies", chosen) => chosen.iter().cloned().map(Right::Policy).collect(),
        (_, chosen) => chosen.iter().cloned().map(Right::Group).collect(),
    };
    let had = |right: &Right| match right {
        Right::Group(name) => adding.groups.contains(name),
        Right::Policy(arn) => adding.policies.iter().any(|policy| policy.policy_arn == *arn),
        Right::Boundary(_) => false,
        // One of the same name is the user's own and stays as it is.
        Right::Inline { name, .. } => adding.inline.contains(name),
    };
    Ok(rights.into_iter().filter(|right| !had(right)).collect())
}

/// Everything that another user has: who may not read all of it cannot copy it.
async fn of_user(name: &str) -> Result<Vec<Right>, CallError> {
    let user_name = || name.to_owned();
    let groups = crate::call(ListGroupsForUser { user_name: user_name(), ..ListGroupsForUser::default() }).await?;
    let listed = ListAttachedUserPolicies { user_name: user_name(), ..ListAttachedUserPolicies::default() };
    let policies = crate::call(listed).await?.attached_policies;
    let inline = Owner::User(user_name()).policies().await?;
    let user = crate::call(GetUser { user_name: Some(user_name()) }).await?.user;
    let boundary = user.permissions_boundary.map(|boundary| Right::Boundary(boundary.permissions_boundary_arn));
    let groups = groups.groups.into_iter().map(|group| Right::Group(group.group_name));
    let policies = policies.into_iter().map(|policy| Right::Policy(policy.policy_arn));
    let inline = inline.into_iter().map(|policy| Right::Inline { from: user_name(), name: policy });
    Ok(groups.chain(policies).chain(inline).chain(boundary).collect())
}

/// The step, after picking.
pub(super) async fn first(adding: &Adding, picked: &Picked) -> AnyView {
    let (rights, error) = match rights(adding, picked).await {
        Ok(rights) => (rights, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    view(adding, picked, &rights, error)
}

/// The step once more, after an error: nothing of it is lost.
pub(super) fn again(adding: &Adding) -> AnyView {
    let typed = |name: &str| adding.page.typed(GRANT, name).unwrap_or_default();
    let rights: Vec<Right> = typed("Rights").split_whitespace().filter_map(Right::of).collect();
    let chosen = typed("Chosen").split_whitespace().map(str::to_owned).collect();
    let picked = Picked { chosen, query: typed("Query"), ..Picked::default() };
    view(adding, &picked, &rights, adding.page.error_of(GRANT))
}

fn view(adding: &Adding, picked: &Picked, rights: &[Right], error: Option<CallError>) -> AnyView {
    let words: Vec<String> = rights.iter().map(Right::word).collect();
    let (back, flash) = (adding.back(), format!("Permissions added to {}.", adding.name));
    let fields = hidden(
        GRANT,
        &[
            ("UserName", &adding.name),
            ("Rights", &words.join(" ")),
            ("Chosen", &picked.chosen.join(" ")),
            ("Query", &picked.query),
            ("_next", &back),
            ("_flash", &flash),
        ],
    );
    let action = adding.at(&adding.by);
    let again = adding.fields(&picked.chosen, &picked.query);
    let nothing = rights.is_empty();
    let unread = error.is_some() && nothing;
    let problem = error.map(|error| view! { <Problem error /> });
    let rows: Vec<(&'static str, String)> = rights.iter().map(Right::shown).collect();
    let columns = vec![
        Column::text("type", "Type", |(kind, _): &(&'static str, String)| (*kind).to_owned()),
        Column::text("name", "Name", |(_, name): &(&'static str, String)| name.clone()).row_header(),
    ];
    let sentence = match (unread, nothing) {
        (true, _) => "The permissions of that user cannot all be read, so they cannot be copied.".to_owned(),
        (false, true) => format!("The user {} has these permissions already.", adding.name),
        (false, false) => "The following will be added to the user.".to_owned(),
    };
    let cancel = back.clone();
    let footer = view! {
        <Button href=cancel variant=ButtonVariant::Link testid="cancel-wizard">"Cancel"</Button>
        <Button kind=ButtonKind::Submit form=PREVIOUS testid="previous">"Previous"</Button>
        <Button
            kind=ButtonKind::Submit
            variant=ButtonVariant::Primary
            form=FORM
            disabled=nothing
            testid="confirm-add-permissions"
        >
            "Add permissions"
        </Button>
    }
    .into_any();
    let content = view! {
        <SpaceBetween>
            {problem}
            <Container
                header=|| view! { <Header title="Permissions summary" testid="step-title" /> }
                testid="permissions-summary"
            >
                <SpaceBetween>
                    <Text>{sentence}</Text>
                    {(!nothing)
                        .then(|| {
                            view! { <Table id="rights" label="Permissions" columns rows=Rows::Ready(rows) embedded=true /> }
                        })}
                </SpaceBetween>
            </Container>
            <Form action=action.clone() hidden=fields id=FORM inline=true />
            <Form action hidden=again id=PREVIOUS inline=true />
        </SpaceBetween>
    }
    .into_any();
    adding.step(1, footer, content)
}
