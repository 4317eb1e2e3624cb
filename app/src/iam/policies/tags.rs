//! The tags of a policy.

use leptos::prelude::*;

use super::{details::PolicyPage, forms, is_own};
use crate::{
    iam::users::tags,
    ui::{Container, EmptyState, Header},
};

/// The tab "Tags". AWS managed policies have none.
pub(super) fn tab(view: &PolicyPage) -> AnyView {
    if !is_own(&view.arn) {
        return view! {
            <Container header=|| view! { <Header title="Tags" counter="(0)" /> } testid="policy-tags">
                <EmptyState title="No tags" text="AWS managed policies cannot be tagged." />
            </Container>
        }
        .into_any();
    }
    let Some(policy) = &view.policy else { return ().into_any() };
    let here = view.at("tags", "");
    let mut fields = view.form(forms::TAGS);
    fields.push(("_next".to_owned(), here.clone()));
    fields.push(("_flash".to_owned(), format!("Tags of {} saved.", view.name)));
    tags::panel(&view.page, forms::TAGS, &policy.tags, fields, here)
}
