//! The frame around every page of the console.

use super::{Footer, TopNavigation, shell_info};
use crate::ui::prop::{Attr, Slot};
use crate::ui::{Behaviours, BreadcrumbGroup, Crumb, Flash, Flashbar, Icon, IconName};
use leptos::{children::ViewFnOnce, prelude::*};

/// The frame around every page of the console. It reads [`ShellInfo`](super::ShellInfo) from the context.
#[component]
pub fn AppLayout(
    /// The path to this page.
    #[prop(optional)]
    breadcrumbs: Vec<Crumb>,
    /// A [`SideNavigation`](crate::ui::SideNavigation); pages without one take the whole width.
    #[prop(optional, into)]
    navigation: Slot,
    /// The page's own messages, before those that waited in the session.
    #[prop(optional)]
    flash: Vec<Flash>,
    /// [`HelpPanel`](super::HelpPanel)s.
    #[prop(optional, into)]
    help: Slot,
    /// Id of the help topic that the button at the top right opens.
    #[prop(optional, into)]
    help_topic: Attr,
    /// Takes the whole width of the window instead of at most 1440 pixels.
    #[prop(optional)]
    full_width: bool,
    /// The page, from its [`Header`](crate::ui::Header) of level 1.
    children: Children,
) -> impl IntoView {
    let (Attr(help_topic), Slot(navigation), Slot(help)) = (help_topic, navigation, help);
    let mut messages = flash;
    messages.extend(shell_info().flash);
    let has_navigation = navigation.is_some();
    let class = if full_width { "app-layout__main app-layout__main--full" } else { "app-layout__main" };
    view! {
        <div class="app-layout" class:app-layout--with-navigation=has_navigation>
            <a class="skip-link" href="#main">
                "Skip to main content"
            </a>
            <TopNavigation />
            <div class="app-layout__toolbar">
                {has_navigation
                    .then(|| {
                        view! {
                            <button
                                class="app-layout__toggle"
                                type="button"
                                popovertarget="side-navigation-panel"
                                aria-label="Open side navigation"
                                data-toggles-navigation="true"
                                data-testid="navigation-toggle"
                            >
                                <Icon name=IconName::Menu />
                            </button>
                        }
                    })} {(!breadcrumbs.is_empty()).then(|| view! { <BreadcrumbGroup crumbs=breadcrumbs /> })}
                {help_topic
                    .map(|topic| {
                        view! {
                            <button
                                class="app-layout__toggle app-layout__toggle--help"
                                type="button"
                                popovertarget=topic
                                aria-label="Open help panel"
                                data-testid="help-toggle"
                            >
                                <Icon name=IconName::StatusInfo />
                            </button>
                        }
                    })}
            </div>
            <div class="app-layout__body">
                {navigation
                    .map(|view| {
                        view! {
                            <nav class="app-layout__navigation" id="side-navigation-panel" popover="auto" aria-label="Side navigation">
                                <button
                                    class="button button--icon app-layout__close"
                                    type="button"
                                    popovertarget="side-navigation-panel"
                                    popovertargetaction="hide"
                                    aria-label="Close side navigation"
                                    data-testid="navigation-close"
                                >
                                    <Icon name=IconName::Close />
                                </button>
                                {view.run()}
                            </nav>
                        }
                    })} <main class=class id="main" tabindex="-1">
                    {(!messages.is_empty()).then(|| view! { <Flashbar items=messages /> })}
                    <div class="app-layout__content">{children()}</div>
                </main> {help.map(ViewFnOnce::run)}
            </div>
            <Footer />
            <Behaviours />
        </div>
    }
    .into_any()
}
