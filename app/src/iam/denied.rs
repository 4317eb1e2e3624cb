//! What a part of a page shows in place of what could not be read or done: a denial with its reason, or another error.

use leptos::prelude::*;
use model::{ApiError, Denial};

use crate::{
    CallError,
    iam::simulator_paths,
    ui::{Alert, Button, CopyToClipboard, KeyValue, KeyValuePairs, Link, Severity, SpaceBetween},
};

/// AWS's sentence, then who was refused what on which resource, why, and by which policy.
#[component]
pub fn AccessDenied(
    /// Why.
    denial: Denial,
) -> impl IntoView {
    let sentence = ApiError::AccessDenied { denial: Box::new(denial.clone()) }.to_string();
    let decided = match (&denial.policy, &denial.statement) {
        (Some(policy), Some(statement)) => format!("{policy}, {statement}"),
        (Some(policy), None) => policy.clone(),
        (None, _) => "No policy: what no policy allows is denied".to_owned(),
    };
    let copied = format!(
        "{sentence}\nUser: {}\nAction: {}\nResource: {}\nContext: {}\nDecided by: {decided}",
        denial.principal, denial.action, denial.resource, denial.because
    );
    let explain = denial
        .principal
        .contains(":user/")
        .then(|| simulator_paths::explanation(&denial.principal, &denial.action, &denial.resource, &denial.facts));
    let facts = vec![
        KeyValue::text("User", denial.principal),
        KeyValue::text("Action", denial.action),
        KeyValue::text("Resource", denial.resource),
        KeyValue::text("Reason", denial.because),
        KeyValue::text("Decided by", decided),
    ];
    view! {
        <Alert
            severity=Severity::Error
            header="Access denied"
            testid="access-denied"
            action=move || view! { <CopyToClipboard text=copied label="Copy the details" caption="Copy" testid="copy-denial" /> }
        >
            <SpaceBetween>
                <p data-testid="denied-sentence">{sentence}</p>
                <p>"To request access, copy the details and send them to your administrator."</p>
                <KeyValuePairs items=facts columns=2 />
                {explain.map(|href| view! { <p><Link href testid="explain-denial">"Explain this denial"</Link></p> })}
            </SpaceBetween>
        </Alert>
    }
    .into_any()
}

/// Any error of a call: a denial in full, another one with its sentence and the way to try again.
#[component]
pub fn Problem(
    /// What the call answered.
    error: CallError,
    /// Where trying again leads, on a page.
    #[prop(optional, into)]
    retry: Option<String>,
    /// Tries again, in an island.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    match error {
        CallError::Api(ApiError::AccessDenied { denial }) => view! { <AccessDenied denial=*denial /> }.into_any(),
        CallError::Api(ApiError::SignedOut) => {
            let sentence = ApiError::SignedOut.to_string();
            view! {
                <Alert
                    severity=Severity::Warning
                    header=sentence
                    testid="signed-out"
                    action=|| view! { <Button href="/signin">"Sign in"</Button> }
                />
            }
            .into_any()
        }
        error => {
            let action = move || match (on_retry, retry) {
                (Some(callback), _) => {
                    view! { <Button on:click=move |_| callback.run(()) testid="retry">"Retry"</Button> }.into_any()
                }
                (None, Some(href)) => view! { <Button href=href testid="retry">"Retry"</Button> }.into_any(),
                (None, None) => ().into_any(),
            };
            let sentence = error.to_string();
            // Whoever runs the installation finds the request in the log by its id; some sentences name it already.
            let id = crate::call::request_id().filter(|id| !sentence.contains(id.as_str()));
            view! {
                <Alert severity=Severity::Error header=header(&error) testid="problem" action>
                    {sentence}
                    {id.map(|id| view! { <span data-testid="request-id">{format!(" Request ID: {id}")}</span> })}
                </Alert>
            }
            .into_any()
        }
    }
}

/// Gives the page the status of an error it shows.
pub(crate) fn tell(error: &CallError) {
    if let CallError::Api(error) = error {
        crate::call::set_status(error.status());
    }
}

fn header(error: &CallError) -> &'static str {
    match error {
        CallError::Transport(_) => "The server could not be reached",
        CallError::Api(ApiError::Unavailable) => "The service is busy",
        CallError::Api(ApiError::Internal { .. }) => "Something went wrong on our side",
        CallError::Api(_) => "The request was refused",
    }
}
