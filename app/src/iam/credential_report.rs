//! The credential report: one button makes it and saves it. The form posts to this page; its answer is the file.

use leptos::prelude::*;
use model::{ApiError, Timestamp, iam::GetCredentialReport};

use super::{
    crumbs,
    denied::{Problem, tell},
    hidden,
};
use crate::{
    CallError, Frame, PageContext, Section,
    layout::paths,
    ui::{
        Button, ButtonKind, ButtonVariant, Container, DateStyle, Direction, Form, Header, HeaderLevel, IconName, Space,
        SpaceBetween, Status, StatusIndicator, Text, format_instant,
    },
};

/// Where the page stands.
const PATH: &str = "/iam/credential_report";
const GENERATE: &str = "iam:GenerateCredentialReport";
const REGENERATE: &str = "console:RegenerateCredentialReport";

/// `/iam/credential_report`.
#[component]
pub fn CredentialReport() -> impl IntoView {
    let page = PageContext::current();
    view! {
        <Frame title="Credential report" section=Section::Iam crumbs=crumbs(&[], "Credential report") help=help()>
            <SpaceBetween>
                <Header title="Credential report" level=HeaderLevel::H1 testid="page-title" />
                <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
            </SpaceBetween>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Credential report".into(),
        vec![
            "One line for the root user and one for each IAM user: passwords, MFA devices and access keys, when they were changed and when they were used last.".into(),
            "A report is made at most every four hours; until then everybody gets the same one. To practise, Regenerate makes one at once.".into(),
            "N/A means that there is no such thing to report, no_information that it was never used.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    let problem = [GENERATE, REGENERATE]
        .into_iter()
        .find_map(|operation| page.error_of(operation))
        .map(|error| view! { <Problem error retry=PATH /> });
    let (state, made) = match crate::call(GetCredentialReport {}).await {
        Ok(report) => (newest(&page, report.generated_time), true),
        Err(CallError::Api(
            error @ (ApiError::ReportNotPresent | ApiError::ReportExpired | ApiError::ReportInProgress),
        )) => (waiting(&error), false),
        Err(error) => {
            tell(&error);
            return view! { {problem} <Problem error retry=PATH /> }.into_any();
        }
    };
    let download = page.label("Download Report", "Download credentials report").to_owned();
    view! {
        {problem}
        <Container header=|| view! { <Header title="Report of users and credentials" /> } testid="credential-report">
            <SpaceBetween>
                <Text>
                    "The report lists all users of this account and the state of their credentials: passwords, access keys, MFA devices. It is a CSV file."
                </Text>
                {state}
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    <Form action=PATH hidden=hidden(GENERATE, &[("_next", paths::CREDENTIAL_REPORT)]) inline=true>
                        <Button
                            kind=ButtonKind::Submit
                            variant=ButtonVariant::Primary
                            icon=IconName::Download
                            name="_saves"
                            value="1"
                            testid="download-report"
                        >
                            {download}
                        </Button>
                    </Form>
                    {made.then(regenerate)}
                </SpaceBetween>
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

fn newest(page: &PageContext, made: Timestamp) -> AnyView {
    let text = format!(
        "The newest report was made {} ago, at {}.",
        ago(made, Timestamp(page.viewer().now)),
        format_instant(&made.to_string(), DateStyle::Exact)
    );
    view! { <StatusIndicator status=Status::Success testid="report-state">{text}</StatusIndicator> }.into_any()
}

fn ago(made: Timestamp, now: Timestamp) -> String {
    match (now.0 - made.0).max(0) / 60_000 {
        0 => "less than a minute".to_owned(),
        1 => "1 minute".to_owned(),
        minutes @ 2..60 => format!("{minutes} minutes"),
        minutes => format!("{} h {} min", minutes / 60, minutes % 60),
    }
}

fn waiting(error: &ApiError) -> AnyView {
    let (status, text) = match error {
        ApiError::ReportInProgress => (Status::InProgress, "A report is being made. Try again in a few seconds."),
        ApiError::ReportExpired => {
            (Status::Info, "The newest report is more than four hours old. Downloading makes a new one.")
        }
        _ => (Status::Info, "No report was made yet. Downloading makes one."),
    };
    view! { <StatusIndicator status testid="report-state">{text}</StatusIndicator> }.into_any()
}

fn regenerate() -> AnyView {
    let fields = hidden(REGENERATE, &[("_next", PATH), ("_flash", "A new credential report was made.")]);
    view! {
        <Form action=PATH hidden=fields inline=true>
            <Button kind=ButtonKind::Submit icon=IconName::Refresh testid="regenerate-report">"Regenerate"</Button>
        </Form>
    }
    .into_any()
}
