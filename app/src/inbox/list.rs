//! The mails of the mailbox that this browser may open.

use leptos::prelude::*;
use model::console::{CreateMailboxLinkOutput, ListMail, ListMailOutput, MailSummary};

use super::{open, state};
use crate::{
    Frame, PageContext,
    ui::{
        Alert, BulletList, Button, ButtonKind, Column, CopyText, Date, DateStyle, Direction, EmptyState,
        ExpandableSection, Form, Header, HeaderLevel, IconName, Link, NextPage, Rows, Severity, Space, SpaceBetween,
        Table, Text, slug,
    },
};

const CREATE_LINK: &str = "console:CreateMailboxLink";

/// The built-in inbox.
#[component]
pub fn Inbox() -> impl IntoView {
    let page = PageContext::current();
    let key = page.query("key");
    if !key.is_empty() {
        return view! { <Frame title="Open a mailbox">{open::door(key)}</Frame> }.into_any();
    }
    view! {
        <Frame title="Inbox" help=help()>
            <Suspense>{Suspend::new(async move { mailbox(page).await })}</Suspense>
        </Frame>
    }
    .into_any()
}

async fn mailbox(page: PageContext) -> AnyView {
    let marker = page.given("marker");
    let first = marker.is_some().then(|| "/inbox".to_owned());
    let answer = crate::call(ListMail { marker, max_items: None }).await;
    let content = match answer {
        Ok(list) if list.mailbox == "none" => open::none(),
        Ok(list) => table(&page, list, first),
        Err(error) => {
            let header = error.to_string();
            view! {
                <Header title="Inbox" level=HeaderLevel::H1 testid="page-title" />
                <Alert severity=Severity::Error header testid="inbox-error" />
            }
            .into_any()
        }
    };
    view! { <SpaceBetween>{open::failed(&page)} {new_link(&page)} {content}</SpaceBetween> }.into_any()
}

fn table(page: &PageContext, list: ListMailOutput, first: Option<String>) -> AnyView {
    let ListMailOutput { mails, mailbox, marker, .. } = list;
    let whose = match mailbox.as_str() {
        "sign-up" => "Mail and messages of this browser's sign-up.".to_owned(),
        "operator" => "Mail and messages of all accounts and sign-ups of this installation.".to_owned(),
        account => format!("Mail and messages of the account {account}."),
    };
    let about = if page.site.smtp {
        format!("{whose} Mail also leaves to addresses that were proved or allowed; each line says what became of it.")
    } else {
        format!("{whose} This installation has no mail server: nothing leaves it, everything is read here.")
    };
    let counter = format!("({}{})", mails.len(), if marker.is_some() { "+" } else { "" });
    let is_root = page
        .viewer
        .as_ref()
        .is_some_and(|viewer| viewer.user_name.is_none() && viewer.account_id == mailbox && !viewer.sign_up_pending);
    let of_all = mailbox == "operator";
    let legend = state::legend(&mails);
    let next = marker.map(|marker| format!("/inbox?marker={}", crate::call::encode(&marker)));
    let columns = columns(of_all);
    view! {
        <Table
            id="mails"
            label="Mails"
            columns
            rows=Rows::Ready(mails)
            header=move || {
                view! {
                    <Header title="Inbox" level=HeaderLevel::H1 counter description=about testid="page-title" actions=move || actions(is_root, of_all) />
                }
            }
            pagination=move || view! { <NextPage first next /> }
            empty=|| {
                view! {
                    <EmptyState title="No mail" text="Mails and messages appear here as soon as they are written. Choose Refresh to look again." />
                }
            }
        />
        {(!legend.is_empty())
            .then(|| {
                view! {
                    <ExpandableSection header="What the states mean" testid="mail-states">
                        <BulletList items=legend />
                    </ExpandableSection>
                }
            })}
    }
    .into_any()
}

fn actions(is_root: bool, of_all: bool) -> AnyView {
    let hidden = vec![("_op".to_owned(), CREATE_LINK.to_owned())];
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Button href="/inbox" icon=IconName::Refresh testid="refresh">"Refresh"</Button>
            {of_all.then(|| view! { <Button href="/inbox/outbox" testid="to-outbox">"Outbox"</Button> })}
            {is_root
                .then(|| {
                    view! {
                        <Form action="/inbox" hidden inline=true testid="create-mailbox-link-form">
                            <Button kind=ButtonKind::Submit testid="create-mailbox-link">"Create mailbox link"</Button>
                        </Form>
                    }
                })}
        </SpaceBetween>
    }
    .into_any()
}

fn columns(of_all: bool) -> Vec<Column<MailSummary>> {
    let mut columns = vec![
        Column::new("subject", "Subject", |mail: &MailSummary| {
            let (href, subject) = (format!("/inbox/{}", mail.mail_id), mail.subject.clone());
            view! { <Link href testid=format!("mail-{}", slug(&mail.subject))>{subject}</Link> }
        })
        .row_header()
        .nowrap(),
        Column::new("channel", "Kind", state::channel),
        Column::text("to", "To", |mail: &MailSummary| mail.to.clone()),
        Column::new("sent", "Written", |mail: &MailSummary| {
            view! { <Date iso=mail.sent.to_string() style=DateStyle::Exact /> }
        })
        .nowrap(),
        Column::new("state", "State", state::indicator).nowrap(),
    ];
    if of_all {
        columns
            .push(Column::text("account", "Account", |mail: &MailSummary| mail.account_id.clone().unwrap_or_default()));
    }
    columns
}

/// The mailbox's link, the one time that it is shown.
fn new_link(page: &PageContext) -> Option<AnyView> {
    if let Some(error) = page.error_of(CREATE_LINK) {
        return Some(
            view! { <Alert severity=Severity::Error header=error.to_string() testid="mailbox-link-error" /> }
                .into_any(),
        );
    }
    let url = page.output_of::<CreateMailboxLinkOutput>(CREATE_LINK)?.mailbox_url;
    // A form that is sent again gets its first answer with the secret masked.
    if !url.expose().starts_with(&page.site.public_url) {
        return Some(
            view! {
                <Alert severity=Severity::Warning header="The link was shown once and is not shown again" testid="mailbox-link-gone">
                    "Create another one; the one before then no longer opens the mailbox."
                </Alert>
            }
            .into_any(),
        );
    }
    Some(
        view! {
            <Alert severity=Severity::Success header="Mailbox link created. Keep it now: it is shown this once" testid="mailbox-link-created">
                <SpaceBetween size=Space::Xxs>
                    <CopyText text=url.expose() what="mailbox link" code=true testid="mailbox-link" />
                    <Text>"Whoever has it can read this account's mail. A link created before no longer works."</Text>
                </SpaceBetween>
            </Alert>
        }
        .into_any(),
    )
}

fn help() -> (String, Vec<String>) {
    let paragraphs = [
        "Every mail and every message of the simulated telephone that this installation writes is kept here for thirty days.",
        "The mailbox belongs to an account. Its root user opens it signed in, or without signing in by the mailbox link.",
        "Mail leaves the installation only where the operator has set up a mail server, and then only to addresses that were proved at a sign-up or that the operator allows.",
    ];
    ("Inbox".to_owned(), paragraphs.map(str::to_owned).to_vec())
}
