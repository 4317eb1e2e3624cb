//! `/policysim/explain`: why a user was refused, policy by policy, and what would help.

use leptos::prelude::*;
use model::{
    ApiError,
    console::{ExplainDenial, ExplainDenialOutput},
    iam::ContextEntry,
};
use policy::Outcome;

use super::{EXPLAIN, PATH, asked::kind_of, chain, facts, help, keys, simulation};
use crate::{
    CallError, Frame, PageContext, Section,
    call::encode,
    iam::{crumbs, denied::Problem},
    ui::{
        Alert, Button, Container, CopyToClipboard, Direction, Header, HeaderLevel, KeyValue, KeyValuePairs, Severity,
        Space, SpaceBetween, Text,
    },
};

/// The refusal in question, as its address tells it.
pub(super) struct Refusal {
    /// The ARN of who was refused.
    pub principal: String,
    /// The action.
    pub action: String,
    /// The resource as the refusal named it.
    pub resource: String,
    /// The condition keys of the request that are known, with their values.
    pub facts: Vec<(String, Vec<String>)>,
}

impl Refusal {
    fn of(page: &PageContext) -> Option<Self> {
        let [principal, action, resource] = ["principal", "action", "resource"].map(|name| page.query(name));
        let whole = !principal.is_empty() && !action.is_empty() && !resource.is_empty();
        whole.then(|| Self { principal, action, resource, facts: facts(&page.query("context")) })
    }

    /// The sentence without its reason.
    fn sentence(&self, because: &str) -> String {
        let Self { principal, action, resource, .. } = self;
        let sentence = format!("User: {principal} is not authorized to perform: {action} on resource: {resource}");
        format!("{sentence} {because}").trim_end().to_owned()
    }

    fn operation(&self) -> ExplainDenial {
        let entry = |(key, values): &(String, Vec<String>)| ContextEntry {
            context_key_name: key.clone(),
            context_key_values: values.clone(),
            context_key_type: kind_of(key).to_owned(),
        };
        ExplainDenial {
            principal_arn: self.principal.clone(),
            action_name: self.action.clone(),
            resource: self.resource.clone(),
            context_entries: self.facts.iter().map(entry).collect(),
        }
    }
}

/// Why somebody was refused.
#[component]
pub fn Explanation() -> impl IntoView {
    let page = PageContext::current();
    let name = "Explain a denial";
    view! {
        <Frame title=name section=Section::Iam crumbs=crumbs(&[("Policy simulator", PATH)], name) help=topic()>
            <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
        </Frame>
    }
}

fn topic() -> (String, Vec<String>) {
    (
        "Why somebody is refused".into(),
        vec![
            "A Deny in any policy decides at once. Without one, a policy of the user or of one of the user's groups must allow the action, and under a permissions boundary the boundary must allow it too.".into(),
            "A statement speaks of a request if its actions, its resources and all its conditions fit. Of those that speak of the action, each tells here what did not fit.".into(),
            "Why is told to those who may simulate the user's policies, and what stands in a policy to those who may read that policy.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let Some(refusal) = Refusal::of(&page) else {
        crate::call::set_status(404);
        return view! {
            <SpaceBetween>
                <Header title="Explain a denial" level=HeaderLevel::H1 testid="page-title" />
                <Alert
                    header="There is no denial at this address"
                    testid="no-denial"
                    action=|| view! { <Button href=PATH>"Go to the policy simulator"</Button> }
                >
                    "This page is reached from what a denial shows: it tells there who was refused what."
                </Alert>
            </SpaceBetween>
        }
        .into_any();
    };
    let body = match crate::call(refusal.operation()).await {
        Ok(output) => explained(&refusal, output).await,
        Err(error) => {
            crate::iam::denied::tell(&error);
            match error {
                CallError::Api(ApiError::AccessDenied { .. }) => untold(&page, &refusal),
                error => view! { <Problem error /> }.into_any(),
            }
        }
    };
    view! {
        <SpaceBetween>
            <Header title="Explain a denial" level=HeaderLevel::H1 testid="page-title" />
            {body}
        </SpaceBetween>
    }
    .into_any()
}

/// Whoever may not simulate the user's policies sees what the refusal said, and whom to ask.
fn untold(page: &PageContext, refusal: &Refusal) -> AnyView {
    let sentence = refusal.sentence("");
    let members = page.query.iter().map(|(name, value)| format!("{name}={}", encode(value)));
    let address = format!("{}{EXPLAIN}?{}", page.site.public_url, members.collect::<Vec<_>>().join("&"));
    let needs = format!(
        "Why is told to those who may simulate this user's policies: iam:SimulatePrincipalPolicy on {}. Send the address of this page to your administrator.",
        refusal.principal
    );
    view! {
        <SpaceBetween>
            <Alert severity=Severity::Error header="Access denied" testid="denial">
                <p data-testid="denied-sentence">{sentence}</p>
            </Alert>
            <Alert
                header="You may not see why"
                testid="explanation-denied"
                action=move || view! { <CopyToClipboard text=address label="Copy the address of this page" caption="Copy address" testid="copy-address" /> }
            >
                {needs}
            </Alert>
        </SpaceBetween>
    }
    .into_any()
}

async fn explained(refusal: &Refusal, output: ExplainDenialOutput) -> AnyView {
    let head = match output.outcome {
        Outcome::Allowed => view! {
            <Alert severity=Severity::Success header="Allowed now" testid="denial">
                "The policies allow this. They may have changed since it was refused, or the request was another than is known here."
            </Alert>
        }
        .into_any(),
        Outcome::ExplicitDeny | Outcome::ImplicitDeny => {
            let sentence = refusal.sentence(&output.because);
            view! {
                <Alert severity=Severity::Error header="Access denied" testid="denial">
                    <p data-testid="denied-sentence">{sentence}</p>
                </Alert>
            }
            .into_any()
        }
    };
    let simulate = simulation(&refusal.principal, &refusal.action, &output.resource_arn, &refusal.facts);
    let (request, help) = (request(refusal, &output), help::container(&output.remedy, &refusal.principal));
    let chain = chain::container(refusal, output).await;
    view! {
        <SpaceBetween>
            {head} {help} {chain} {request}
            <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                <Button href=simulate testid="open-in-simulator">"Open in the policy simulator"</Button>
            </SpaceBetween>
        </SpaceBetween>
    }
    .into_any()
}

/// What the policies were asked, and what was known of the request.
fn request(refusal: &Refusal, output: &ExplainDenialOutput) -> AnyView {
    let mut items = vec![
        KeyValue::text("User", refusal.principal.clone()),
        KeyValue::text("Action", refusal.action.clone()),
        KeyValue::text("Resource", output.resource_arn.clone()),
    ];
    for (key, values) in &refusal.facts {
        items.push(KeyValue::text(keys::name_of(key), values.join(", ")));
    }
    let unread = (!output.resource_known).then(|| {
        view! {
            <Text testid="resource-unknown">
                "You may not read this resource, so its path and its tags are not part of the question."
            </Text>
        }
    });
    let missing = (!output.missing_context_keys.is_empty()).then(|| {
        let text = format!(
            "Condition keys that these policies ask for and that are not known here: {}.",
            output.missing_context_keys.join(", ")
        );
        view! { <Text testid="missing-keys">{text}</Text> }
    });
    view! {
        <Container header=|| view! { <Header title="The request" /> } testid="denied-request">
            <SpaceBetween>
                <KeyValuePairs items columns=3 />
                {unread} {missing}
            </SpaceBetween>
        </Container>
    }
    .into_any()
}
