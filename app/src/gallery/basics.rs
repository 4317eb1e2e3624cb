//! Buttons, text, messages, states, details.

use crate::ui::*;
use leptos::prelude::*;

const POLICY: &str = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": [\"iam:ListUsers\", \"iam:GetUser\"],\n      \"Resource\": \"*\",\n      \"Condition\": { \"NumericLessThan\": { \"aws:MultiFactorAuthAge\": 3600 }, \"Bool\": { \"aws:SecureTransport\": true } }\n    }\n  ]\n}";

/// Buttons, text, messages, states, details.
#[component]
pub(super) fn Basics() -> impl IntoView {
    view! {
        <Container header=|| view! { <Header title="Buttons" /> }>
            <SpaceBetween>
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    <Button variant=ButtonVariant::Primary>"Create user"</Button>
                    <Button>"Normal"</Button>
                    <Button icon=IconName::Remove>"Delete"</Button>
                    <Button icon_end=IconName::ArrowRight href="/ui">"A link"</Button>
                    <Button variant=ButtonVariant::Link>"Cancel"</Button>
                    <Button variant=ButtonVariant::Icon icon=IconName::Refresh label="Refresh" />
                    <Button variant=ButtonVariant::Inline>"Inline"</Button>
                </SpaceBetween>
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    <Button variant=ButtonVariant::Primary disabled=true>"Disabled"</Button>
                    <Button disabled=true>"Disabled"</Button>
                    <Button disabled=true disabled_reason="Select a user first.">"Disabled with reason"</Button>
                    <Button loading=true>"Loading"</Button>
                    <ButtonDropdown
                        id="actions"
                        text="Actions"
                        items=vec![
                            MenuItem::link("View details", "/ui"),
                            MenuItem::opens("Delete", "delete-alice"),
                            MenuItem::Divider,
                            MenuItem::Heading("More".to_owned()),
                            MenuItem::disabled("Edit name", "The name of a user cannot change here."),
                            MenuItem::Link { text: "Current".to_owned(), href: "/ui".to_owned(), current: true },
                        ]
                    />
                    <ButtonDropdown id="more" text="More actions" variant=ButtonVariant::Icon align=MenuAlign::End items=vec![MenuItem::link("View", "/ui")] />
                </SpaceBetween>
            </SpaceBetween>
        </Container>
        <ColumnLayout>
            <Container fit_height=true header=|| view! { <Header title="Text" info="help-users" /> }>
                <SpaceBetween size=Space::S>
                    <Text variant=TextVariant::Display>"42"</Text>
                    <Text>"A paragraph with a " <Link href="/ui">"link"</Link> ", some " <Text variant=TextVariant::Code>"code"</Text> " and a " <Text variant=TextVariant::Strong>"strong"</Text> " word."</Text>
                    <Text color=TextColor::Secondary>"Secondary text."</Text>
                    <Text variant=TextVariant::Small>"Small text."</Text>
                    <Text color=TextColor::Error>"Error text."</Text>
                    <Link href="/ui" variant=LinkVariant::Primary>"Primary link"</Link>
                    <BulletList items=vec!["One".to_owned(), "Two".to_owned()] />
                    <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                        <Badge>"Grey"</Badge>
                        <Badge color=BadgeColor::Blue>"Blue"</Badge>
                        <Badge color=BadgeColor::Green>"Green"</Badge>
                        <Badge color=BadgeColor::Red>"Red"</Badge>
                    </SpaceBetween>
                </SpaceBetween>
            </Container>
            <Container fit_height=true header=|| view! { <Header title="States" /> }>
                <SpaceBetween size=Space::Xs>
                    <StatusIndicator status=Status::Success>"Active"</StatusIndicator>
                    <StatusIndicator status=Status::Error>"Denied"</StatusIndicator>
                    <StatusIndicator status=Status::Warning>"No MFA"</StatusIndicator>
                    <StatusIndicator status=Status::Info>"New"</StatusIndicator>
                    <StatusIndicator status=Status::Pending>"Pending"</StatusIndicator>
                    <StatusIndicator status=Status::InProgress>"In progress"</StatusIndicator>
                    <StatusIndicator status=Status::Loading>"Loading"</StatusIndicator>
                    <StatusIndicator status=Status::Stopped>"Stopped"</StatusIndicator>
                    <StatusIndicator status=Status::NotStarted>"Not started"</StatusIndicator>
                    <ProgressBar label="Users" value=24_u8 text="12 of 50" />
                </SpaceBetween>
            </Container>
        </ColumnLayout>
        <SpaceBetween size=Space::S>
            <Alert header="Good to know">"Users belong to one account."</Alert>
            <Alert severity=Severity::Success dismissible=true>"The password was changed."</Alert>
            <Alert severity=Severity::Warning header="Never logged in" action=|| view! { <Button>"View"</Button> }>
                "This user has a password that was never used."
            </Alert>
            <Alert severity=Severity::Error header="Access denied">
                "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::123456789012:user/bob"
            </Alert>
        </SpaceBetween>
        <Container header=|| view! { <Header title="Summary" description="The details of one user." /> }>
            <KeyValuePairs items=vec![
                KeyValue::copy("User ARN", "arn:aws:iam::123456789012:user/division_abc/alice").info("help-users"),
                KeyValue::text("Path", "/division_abc/"),
                KeyValue::new("Creation time", view! { <Date iso="2021-03-08T10:00:00Z" style=DateStyle::Short /> }),
                KeyValue::new("Console access", view! { <StatusIndicator status=Status::Success>"Enabled with MFA"</StatusIndicator> }),
                KeyValue::new("Secret access key", view! { <Secret value="wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY" what="secret access key" copy=true /> }),
                KeyValue::text("Permissions boundary", ""),
            ] />
        </Container>
        <Container header=|| view! { <Header title="Policy document" level=HeaderLevel::H3 /> }>
            <CodeView code=POLICY label="policy document" json=true />
        </Container>
        <Container header=|| view! { <Header title="Versions compared" level=HeaderLevel::H3 /> }>
            <DiffView old=POLICY old_label="Version 1" new=POLICY.replace("Allow", "Deny") new_label="Version 2" />
        </Container>
    }
}
