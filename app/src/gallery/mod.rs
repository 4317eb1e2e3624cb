//! Every component with its states, on one page for those who build and test them (`/ui`).

mod basics;
mod forms;
mod lists;
mod overlays;
mod sample;

use crate::layout::{AppLayout, HelpPanel, ShellInfo, iam_navigation, shell_info};
use crate::ui::{BulletList, Crumb, Flash, Header, HeaderLevel, Severity, SideNavigation};
use leptos::prelude::*;
use leptos_meta::Title;

/// Every component with its states. It brings a [`ShellInfo`] of its own where the request has none.
#[component]
pub fn Gallery() -> impl IntoView {
    if use_context::<ShellInfo>().is_none() {
        provide_context(sample::shell());
    }
    let shell = shell_info();
    let current = "/iam/users/alice";
    let flash = vec![
        Flash::success("You can view and download the user's password.")
            .header("User created successfully")
            .link("View user", "/ui"),
        Flash::error("User: arn:aws:iam::123456789012:user/bob is not authorized to perform: iam:ListUsers.")
            .header("Access denied"),
        Flash::new(Severity::Warning, "Some subscriptions are pending confirmation."),
        Flash::new(Severity::InProgress, "The report is being made."),
        Flash::new(Severity::Info, "A new version is available."),
    ];
    let crumbs = vec![
        Crumb::new("IAM", "/ui"),
        Crumb::new("Access management", "/ui"),
        Crumb::new("Users", "/ui"),
        Crumb::here("alice"),
    ];
    view! {
        <Title text="Components | Understudy Console" />
        <AppLayout
            breadcrumbs=crumbs
            flash=flash
            help_topic="help-gallery"
            navigation=move || {
                view! {
                    <SideNavigation
                        title="Identity and Access Management (IAM)"
                        href="/iam/home"
                        items=iam_navigation(&shell)
                        current=current
                    />
                }
            }
            help=|| {
                view! {
                    <HelpPanel id="help-gallery" title="Components">
                        <p>"Each part of this page shows one component in all its states."</p>
                        <BulletList items=vec!["Open it in light and dark.".to_owned(), "Open it wide and narrow.".to_owned()] />
                    </HelpPanel>
                    <HelpPanel id="help-users" title="Users">
                        <p>"A user is an identity with long-term credentials."</p>
                    </HelpPanel>
                }
            }
        >
            <Header
                level=HeaderLevel::H1
                title="Components"
                description="Everything pages are made of, after Cloudscape's names."
                info="help-gallery"
            />
            <basics::Basics />
            <forms::Forms />
            <forms::Choices />
            <lists::Lists />
            <lists::States />
            <overlays::Overlays />
        </AppLayout>
    }
}
