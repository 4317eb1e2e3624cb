//! `/policysim`: the question, and below it, once it was asked, the answer.

use leptos::prelude::*;

use super::{
    PATH, actions,
    asked::{Asked, NEXT, RUN},
    keys,
    results::{self, RESULTS},
    run::{self, Faults},
    settings, sources,
    texts::{self, Place},
};
use crate::{
    Frame, PageContext, Section,
    iam::{crumbs, denied::Problem},
    ui::{Button, ButtonKind, ButtonVariant, Form, FormActions, FormErrors, Header, HeaderLevel, SpaceBetween},
};

/// The policy simulator.
#[component]
pub fn Simulator() -> impl IntoView {
    let page = PageContext::current();
    let name = "Policy simulator";
    view! {
        <Frame title=name section=Section::Iam crumbs=crumbs(&[], name) help=help()>
            <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "The policy simulator".into(),
        vec![
            "The simulator asks policies what they would answer. Nothing is done, whatever the answer, and no service is called.".into(),
            "Choose whose policies are asked, or type a policy; choose a service and its actions, name resources, and tell what the request has of the condition keys that the policies ask for.".into(),
            "An action is allowed if a statement allows it and none denies it. What no statement speaks of is denied. Under a boundary, the boundary must allow it too.".into(),
            "A resource can have a policy of its own, such as a bucket's. In one account it can allow by itself; between two accounts it and a policy of whoever asks must both allow.".into(),
            "The simulated request is told nothing but what the form says: a condition on the address, the time or a second factor is not met by your own.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let mut asked = Asked::of(&page);
    let arn = page.query("policy");
    let linked = !arn.is_empty() && page.outcome_of(NEXT).is_none();
    let unread = match linked {
        true => match texts::text(&Place::Managed(arn)).await {
            Ok(text) => {
                asked.policy = texts::laid(&text).code;
                None
            }
            Err(error) => Some(view! { <Problem error /> }),
        },
        false => None,
    };
    let mut faults = Faults::of(&asked);
    let mut keys = keys::of(&asked).await;
    let answer = match asked.run && faults.is_empty() {
        true => {
            let answer = run::run(&asked).await;
            if answer.is_err() {
                // What is wrong is said once; what was typed of the keys stays.
                keys = keys.or_else(|_| Ok(asked.context.clone()));
            }
            match answer.as_ref().err().and_then(Faults::answered) {
                Some(answered) => {
                    faults = answered;
                    None
                }
                None => Some(results::shown(&asked, answer).await),
            }
        }
        false => None,
    };
    if !faults.is_empty() {
        crate::call::set_status(422);
    }
    let errors = faults.fields();
    let policies = sources::part(&page, &asked, faults.source.clone()).await;
    let actions = actions::part(&asked, faults.actions.clone());
    let settings = settings::part(&asked, &faults, keys);
    let fields = vec![("_op".to_owned(), NEXT.to_owned())];
    view! {
        <SpaceBetween>
            <Header
                title="IAM Policy Simulator"
                level=HeaderLevel::H1
                description="Asks policies what they would answer. Nothing is done."
                testid="page-title"
            />
            {unread}
            <FormErrors fields=errors />
            {answer}
            <Form action=format!("{PATH}#{RESULTS}") hidden=fields novalidate=true testid="simulator">
                <SpaceBetween>
                    {policies} {actions} {settings}
                    <FormActions>
                        <Button href=PATH variant=ButtonVariant::Link testid="reset">"Reset"</Button>
                        <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary name="Step" value=RUN testid="run">
                            "Run Simulation"
                        </Button>
                    </FormActions>
                </SpaceBetween>
            </Form>
        </SpaceBetween>
    }
    .into_any()
}
