//! The page that adds users: the wizard, or without scripts one plain form.

use leptos::prelude::*;
use model::iam::{GetAccountPasswordPolicy, PasswordPolicy};

use super::{create_plan::Row, draft::Facts, forms, list, plain, wizard::CreateUserWizard};
use crate::{Frame, PageContext, Section, iam::crumbs};

/// `/iam/users/create`.
#[component]
pub fn Create() -> impl IntoView {
    let page = PageContext::current();
    let title = page.label("Add user", "Create user").to_owned();
    view! {
        <Frame title=title.clone() section=Section::Iam crumbs=crumbs(&[("Users", list::PATH)], &title) help=help()>
            <Suspense>{Suspend::new(async move { content(page).await })}</Suspense>
        </Frame>
    }
}

fn help() -> (String, Vec<String>) {
    (
        "Adding users".into(),
        vec![
            "Programmatic access gives each user an access key, for programs and the command line. Console access gives each user a password.".into(),
            "A group gives its policies to every member: put people with the same work into one group, and attach policies to the group.".into(),
            "Secrets are shown once, at the end. Download the .csv file or copy them before you close the page.".into(),
        ],
    )
}

async fn content(page: PageContext) -> AnyView {
    if let Some(rows) = page.output_of::<Vec<Row>>(forms::CREATE) {
        return plain::success(&page, rows);
    }
    // Without an own policy, or without permission to read it, the default one is assumed; the server decides anyway.
    let policy = crate::call(GetAccountPasswordPolicy {}).await.ok().map(|output| output.password_policy);
    let facts = facts(&page, policy);
    let form = plain::form(&page).await;
    view! {
        <div class="scripted-only">
            <CreateUserWizard facts />
        </div>
        <noscript>{form}</noscript>
    }
    .into_any()
}

fn facts(page: &PageContext, password_policy: Option<PasswordPolicy>) -> Facts {
    let viewer = page.viewer();
    Facts {
        labels_2020: page.labels_2020(),
        account_id: viewer.account_id,
        forbidden_passwords: [viewer.account_name, viewer.email].into_iter().filter(|text| !text.is_empty()).collect(),
        signin_url: viewer.signin_url,
        host: host(&page.site.public_url).to_owned(),
        password_policy,
    }
}

/// The host in a URL.
pub(super) fn host(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/')
}
