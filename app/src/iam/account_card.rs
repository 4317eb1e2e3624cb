//! The account as today's dashboard and the account settings show it: its id, its alias, its sign-in URL.

use leptos::prelude::*;
use model::iam::ListAccountAliases;

use super::{alias, denied::Problem};
use crate::{
    PageContext,
    ui::{Container, CopyText, Header, KeyValue, KeyValuePairs, SpaceBetween},
};

/// The card; `home` is the path of the page it stands on. Where the alias may not be read, the rest is still shown.
pub(super) async fn card(page: PageContext, title: &'static str, home: &'static str) -> AnyView {
    let viewer = page.viewer();
    let url = view! { <CopyText text=viewer.signin_url what="Sign-in URL" testid="signin-link" /> };
    let id = KeyValue::copy("Account ID", viewer.account_id);
    let sign_in = KeyValue::new("Sign-in URL for IAM users in this account", url);
    let (alias, below) = match crate::call(ListAccountAliases::default()).await {
        Ok(output) => {
            let alias = output.account_aliases.into_iter().next();
            let shown = alias.clone().unwrap_or_else(|| "None".to_owned());
            (Some(KeyValue::text("Account Alias", shown)), alias::actions(&page, alias, home))
        }
        Err(error) => (None, view! { <Problem error retry=home /> }.into_any()),
    };
    let items = [Some(id), alias, Some(sign_in)].into_iter().flatten().collect();
    view! {
        <Container header=move || view! { <Header title /> } testid="account-card">
            <SpaceBetween>
                <KeyValuePairs items columns=2 />
                {below}
            </SpaceBetween>
        </Container>
    }
    .into_any()
}
