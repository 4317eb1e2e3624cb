//! Making a group: today on one page, in 2020 in three steps. Either way one form that the server renders anew at
//! every search and step, with everything typed and chosen in it; no scripts are needed.

use leptos::prelude::*;
use model::ApiError;

use super::{
    CREATE_PATH, PATH,
    create_lists::{kept, policies, users},
    draft::{Draft, NEXT, Place},
    forms,
};
use crate::{
    CallError, Frame, PageContext, Section,
    iam::{crumbs, denied::Problem, paths::group_path},
    ui::{
        Alert, BulletList, Button, ButtonKind, ButtonVariant, Container, Form, FormActions, FormField, Header,
        HeaderLevel, Input, KeyValue, KeyValuePairs, ProgressSteps, Severity, SpaceBetween,
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
        {kept("PolicyQuery", std::slice::from_ref(&draft.policy_query))}
        <Container testid="review">
            <KeyValuePairs items=facts columns=2 />
        </Container>
    }
    .into_any()
}
