//! Making a group: today on one page, in 2020 in three steps. Either way one form that the server renders anew at
//! every search and step, with everything typed and chosen in it; no scripts are needed.

use leptos::prelude::*;
use model::{
    ApiError,
    console::{ListPolicyRows, ListUserRows, PolicyRow, UserRow},
};

use super::{
    CREATE_PATH, PATH,
    draft::{Draft, NEXT, Place},
    forms, pick,
};
use crate::{
    CallError, Frame, PageContext, Section,
    iam::{
        crumbs,
        denied::Problem,
        paths::group_path,
        words::{count, some_of},
    },
    ui::{
        Alert, BulletList, Button, ButtonKind, ButtonVariant, Column, Container, Direction, Form, FormActions,
        FormField, Header, HeaderLevel, Input, KeyValue, KeyValuePairs, ProgressSteps, Rows, Selection, Severity,
        Space, SpaceBetween, Table,
    },
};

/// `/iam/groups/create`.
#[component]
pub fn Create() -> impl IntoView {
    let page = PageContext::current();
    let list = page.label("Groups", "User groups").to_owned();
    let title = page.label("Create New Group", "Create user group").to_owned();
    view! {
        <Frame title=title.clone() section=Section::Iam crumbs=crumbs(&[(&list, PATH)], &title) help=help()>
            <Suspense>{Suspend::new(async move { content(page, title).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Creating a group".into(),
        vec![
            "Name the group after the work its members do. Users and policies can also be added later.".into(),
            "A group can have ten managed policies. Search for a policy by a part of its name.".into(),
        ],
    )
}

async fn content(page: PageContext, title: String) -> AnyView {
    if let Some(report) = page.output_of::<forms::Created>(forms::CREATE) {
        return half_made(report);
    }
    let (draft, place) = (Draft::of(&page), Place::of(&page));
    // Searching today's one page is no try yet; in 2020 the name's step comes first.
    let tried = page.labels_2020() || page.outcome_of(forms::CREATE).is_some();
    let fault = tried.then(|| draft.name_fault(&page)).flatten();
    let refused = page
        .error_of(forms::CREATE)
        .filter(|error| {
            !matches!(error, CallError::Api(ApiError::EntityAlreadyExists { .. } | ApiError::Validation { .. }))
        })
        .map(|error| view! { <Problem error /> });
    let form = if page.labels_2020() {
        // Without a name that works there is no step after the first.
        let step = if fault.is_some() || draft.name.is_empty() { 1 } else { place.step };
        steps(&page, &draft, place.step(step), fault).await
    } else {
        one_page(&page, &draft, place.step(1), fault).await
    };
    view! {
        <SpaceBetween>
            <Header title level=HeaderLevel::H1 testid="page-title" />
            {refused}
            <Form
                action=CREATE_PATH
                hidden=vec![
                    ("_next".to_owned(), PATH.to_owned()),
                    ("_flash".to_owned(), "{GroupName} user group created.".to_owned()),
                ]
                novalidate=true
                testid="create-group-form"
            >
                {form}
            </Form>
        </SpaceBetween>
    }
    .into_any()
}

/// The group exists, but something that was to follow was refused.
fn half_made(report: forms::Created) -> AnyView {
    let header = format!("The group {} was created, but not everything that was to follow", report.group_name);
    let href = group_path(&report.group_name);
    let done = report.done;
    view! {
        <SpaceBetween>
            <Alert
                severity=Severity::Warning
                header
                testid="half-made"
                action=move || view! { <Button href testid="go-to-group">"View group"</Button> }
            >
                "Done so far:"
                <BulletList items=done />
            </Alert>
            {report.failed.map(|error| view! { <Problem error /> })}
        </SpaceBetween>
    }
    .into_any()
}

async fn one_page(page: &PageContext, draft: &Draft, place: Place, fault: Option<String>) -> AnyView {
    let (users, policies) = (users(draft, place).await, policies(page, draft, place).await);
    let name = name_field("User group name", draft, fault);
    view! {
        <SpaceBetween>
            <Container header=|| view! { <Header title="Name the group" /> }>
                {name}
            </Container>
            {users} {policies}
            <FormActions>
                <Button href=PATH variant=ButtonVariant::Link>"Cancel"</Button>
                <Button
                    kind=ButtonKind::Submit
                    variant=ButtonVariant::Primary
                    name="_op"
                    value=forms::CREATE
                    formaction=place.at()
                    testid="create"
                >
                    "Create user group"
                </Button>
            </FormActions>
        </SpaceBetween>
    }
    .into_any()
}

async fn steps(page: &PageContext, draft: &Draft, place: Place, fault: Option<String>) -> AnyView {
    let names = ["Set Group Name", "Attach Policy", "Review"];
    let title = format!("Step {}: {}", place.step, names.get(place.step - 1).unwrap_or(&""));
    let panel = match place.step {
        1 => {
            let (kept, field) = (kept("PolicyArn", &draft.policies), name_field("Group Name", draft, fault));
            view! {
                {kept}
                <Container>{field}</Container>
            }
            .into_any()
        }
        2 => {
            let (kept, list) =
                (kept("GroupName", std::slice::from_ref(&draft.name)), policies(page, draft, place).await);
            view! {
                {kept}
                {list}
            }
            .into_any()
        }
        _ => review(draft),
    };
    let back = (place.step > 1).then(|| {
        view! {
            <Button kind=ButtonKind::Submit name="_op" value=NEXT formaction=place.step(place.step - 1).at() testid="previous">
                "Previous"
            </Button>
        }
    });
    let (value, to, label, testid) = if place.step == 3 {
        (forms::CREATE, place.at(), "Create Group", "create")
    } else {
        (NEXT, place.step(place.step + 1).at(), "Next Step", "next")
    };
    let current = place.step - 1;
    view! {
        <SpaceBetween>
            <ProgressSteps steps=names.map(str::to_owned).to_vec() current />
            <Header title testid="step-title" />
            {panel}
            <FormActions>
                <Button href=PATH variant=ButtonVariant::Link>"Cancel"</Button>
                {back}
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary name="_op" value formaction=to testid>
                    {label}
                </Button>
            </FormActions>
        </SpaceBetween>
    }
    .into_any()
}

fn name_field(label: &'static str, draft: &Draft, fault: Option<String>) -> AnyView {
    let value = draft.name.clone();
    view! {
        <FormField
            control_id="group-name"
            label
            constraint="Maximum 128 characters. Letters, digits and + = , . @ _ - (hyphen)."
            error=fault
            testid="group-name-field"
        >
            <Input name="GroupName" value testid="group-name" />
        </FormField>
    }
    .into_any()
}

fn review(draft: &Draft) -> AnyView {
    let name = |arn: &String| arn.rsplit('/').next().unwrap_or_default().to_owned();
    let policies: Vec<String> = draft.policies.iter().map(name).collect();
    let shown = if policies.is_empty() { "None".to_owned() } else { policies.join(", ") };
    let facts = vec![KeyValue::text("Group Name", draft.name.clone()), KeyValue::text("Policies", shown)];
    view! {
        {kept("GroupName", std::slice::from_ref(&draft.name))}
        {kept("PolicyArn", &draft.policies)}
        <Container testid="review">
            <KeyValuePairs items=facts columns=2 />
        </Container>
    }
    .into_any()
}

/// What was chosen and is not in sight goes along unseen.
fn kept(name: &'static str, values: &[String]) -> AnyView {
    values.iter().map(|value| view! { <input type="hidden" name=name value=value.clone() /> }).collect_view().into_any()
}

/// A search line inside the form: searching sends the whole form, so that nothing is lost.
fn search(name: &'static str, value: String, label: &'static str, place: Place, found: String) -> AnyView {
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Input name value placeholder=label label=label id=format!("search-{name}") testid=format!("search-{name}") />
            <Button kind=ButtonKind::Submit name="_op" value=NEXT formaction=place.at() testid=format!("go-{name}")>"Search"</Button>
            <span role="status">{found}</span>
        </SpaceBetween>
    }
    .into_any()
}

fn more(place: Place, label: &'static str, testid: &'static str) -> AnyView {
    view! {
        <Button kind=ButtonKind::Submit variant=ButtonVariant::Inline name="_op" value=NEXT formaction=place.at() testid>
            {label}
        </Button>
    }
    .into_any()
}

async fn users(draft: &Draft, place: Place) -> AnyView {
    let asked = ListUserRows {
        query: Some(draft.user_query.trim().to_owned()).filter(|query| !query.is_empty()),
        max_items: Some(place.users),
        ..ListUserRows::default()
    };
    let list = match crate::call(asked).await {
        Ok(list) => list,
        Err(error) => return view! { {kept("UserName", &draft.users)} <Problem error /> }.into_any(),
    };
    let unseen: Vec<String> =
        draft.users.iter().filter(|name| list.rows.iter().all(|row| row.user_name != **name)).cloned().collect();
    let found = format!("{}{}", count(list.rows.len(), "user", "users"), if list.is_truncated { " shown" } else { "" });
    let columns = vec![
        Column::text("user-name", "User name", |row: &UserRow| row.user_name.clone()).row_header(),
        Column::text("groups", "Groups", |row: &UserRow| {
            row.groups.as_deref().map_or_else(|| "Access denied".into(), some_of)
        }),
    ];
    let chosen = draft.users.clone();
    let selection = Selection::multi("UserName", |row: &UserRow| row.user_name.clone())
        .selected(move |row| chosen.contains(&row.user_name));
    let counter = (!unseen.is_empty()).then(|| format!("({} more selected)", unseen.len()));
    let query = draft.user_query.clone();
    let footer = list.is_truncated.then_some(move || more(place.more_users(), "Show more users", "more-users"));
    let rows = Rows::Ready(list.rows);
    view! {
        {kept("UserName", &unseen)}
        <Table
            id="users"
            label="Users"
            columns
            rows
            selection
            header=move || view! { <Header title="Add users to the group - Optional" counter /> }
            filter=move || search("UserQuery", query, "Search users", place, found)
            footer
        />
    }
    .into_any()
}

async fn policies(page: &PageContext, draft: &Draft, place: Place) -> AnyView {
    let asked = ListPolicyRows {
        query: Some(draft.policy_query.trim().to_owned()).filter(|query| !query.is_empty()),
        max_items: Some(place.policies),
        ..ListPolicyRows::default()
    };
    let list = match crate::call(asked).await {
        Ok(list) => list,
        Err(error) => return view! { {kept("PolicyArn", &draft.policies)} <Problem error /> }.into_any(),
    };
    let unseen: Vec<String> =
        draft.policies.iter().filter(|arn| list.rows.iter().all(|row| row.policy_arn != **arn)).cloned().collect();
    let found = format!(
        "Showing {} of {}",
        list.rows.len(),
        count(usize::try_from(list.total).unwrap_or_default(), "result", "results")
    );
    let chosen = draft.policies.clone();
    let selection = Selection::multi("PolicyArn", |row: &PolicyRow| row.policy_arn.clone())
        .label(|row| row.policy_name.clone())
        .selected(move |row| chosen.contains(&row.policy_arn));
    let title = page.label("Attach Policy", "Attach permissions policies - Optional").to_owned();
    let counter = (!unseen.is_empty()).then(|| format!("({} more selected)", unseen.len()));
    let query = draft.policy_query.clone();
    let footer =
        list.is_truncated.then_some(move || more(place.more_policies(), "Show more policies", "more-policies"));
    let rows = Rows::Ready(list.rows);
    view! {
        {kept("PolicyArn", &unseen)}
        <Table
            id="policies"
            label="Policies"
            columns=pick::columns()
            rows
            selection
            header=move || view! { <Header title counter /> }
            filter=move || search("PolicyQuery", query, "Filter policies", place, found)
            footer
        />
    }
    .into_any()
}
