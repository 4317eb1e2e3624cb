//! The frames that pages stand in: the console's with its navigation, and the narrow one of the sign-in pages.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    context::PageContext,
    layout::{
        AppLayout, HelpPanel, Labels, PlainLayout, PrincipalKind, ServiceLink, ShellInfo, Theme, billing_navigation,
        cloudwatch_navigation, iam_navigation, paths, sns_navigation,
    },
    places::places,
    services::{self, Service},
    ui::{Alert, Crumb, FormGuard, Link, Severity, SideNavigation},
};

/// Id of the page's help topic, for `InfoLink`s.
pub const HELP: &str = "help-page";

/// Which side navigation a page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// None: the console's home and its like.
    #[default]
    Console,
    /// IAM's.
    Iam,
    /// Billing's.
    Billing,
    /// SNS's.
    Sns,
    /// CloudWatch's.
    CloudWatch,
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
    let shell = shell_info(&page, section);
    let (service, navigation) = match section {
        Section::Console => ("", None),
        Section::Iam => (" | IAM", Some(("Identity and Access Management (IAM)", "/iam/home", iam_navigation(&shell)))),
        Section::Billing => (" | Billing", Some(("Billing", "/billing/home", billing_navigation(&shell)))),
        Section::CloudWatch => (" | CloudWatch", Some(("CloudWatch", "/cloudwatch/alarms", cloudwatch_navigation()))),
        Section::Sns => (" | SNS", Some(("Amazon SNS", "/sns/topics", sns_navigation()))),
    };
    let navigation = navigation.map(|(title, href, items)| {
        let path = page.path.clone();
        move || view! { <SideNavigation title href items current=path /> }
    });
    let topic = help.as_ref().map(|_| HELP.to_owned());
    let help = help.map(|(heading, paragraphs)| {
        move || {
            view! {
                <HelpPanel id=HELP title=heading>
                    {paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
                </HelpPanel>
            }
        }
    });
    provide_context(shell);
    view! {
        <Title text=in_title(&format!("{title}{service} | Understudy Console")) />
        <AppLayout breadcrumbs=crumbs navigation=navigation help=help help_topic=topic>
            {insecure(&page)}
            {expiring(&page)}
            {children()}
        </AppLayout>
    }
}

/// A sign-in or sign-up page: our mark, one box, the note that this is a stand-in.
#[component]
pub fn SignInFrame(
    /// The page's name.
    #[prop(into)]
    title: String,
    /// A wider box, for sign-up.
    #[prop(optional)]
    wide: bool,
    /// The page.
    children: Children,
) -> impl IntoView {
    let page = PageContext::current();
    let aside = || {
        view! {
            <h2>"A console to practise on"</h2>
            <p>"Understudy stands in for a cloud's management console: accounts, users and policies behave like the real ones, and nothing costs money."</p>
            <p>"It is independent and not affiliated with AWS. Never type a real card number or a password of yours from elsewhere."</p>
        }
    };
    provide_context(shell_info(&page, Section::Console));
    view! {
        <Title text=in_title(&format!("{title} | Understudy")) />
        <PlainLayout aside=aside wide=wide flash=page.flashes.clone()>
            <div class="signin">
                {insecure(&page)}
                {children()}
            </div>
        </PlainLayout>
    }
}

/// In its last fifteen days a password asks to be changed.
fn expiring(page: &PageContext) -> Option<impl IntoView + use<>> {
    let days = page.viewer.as_ref()?.password_days_left.filter(|days| *days < 15)?;
    let header = match days {
        0 => "Your password expires today".to_owned(),
        1 => "Your password expires in 1 day".to_owned(),
        days => format!("Your password expires in {days} days"),
    };
    Some(view! {
        <Alert severity=Severity::Warning header testid="password-expiring">
            <Link href="/iam/security_credentials">"Change it"</Link>
            " before then, or you are asked to at your next sign-in."
        </Alert>
    })
}

/// Plain http on a network lets anybody on it read passwords: every page says so.
fn insecure(page: &PageContext) -> Option<impl IntoView + use<>> {
    page.site.insecure.then(|| {
        view! {
            <Alert severity=Severity::Warning header="This console is reached over plain http" testid="insecure">
                "Passwords and sessions can be read on the network. Use it in a classroom only, with invented passwords."
            </Alert>
        }
    })
}

fn link(service: &Service) -> ServiceLink {
    let href = if service.missing.is_some() { format!("/service/{}", service.id) } else { service.href.to_owned() };
    ServiceLink {
        id: service.id.to_owned(),
        name: service.name.to_owned(),
        description: service.description.to_owned(),
        href,
        category: service.category.to_owned(),
        available: service.missing.is_none(),
    }
}

fn address(page: &PageContext) -> String {
    let query: Vec<_> = page
        .query
        .iter()
        .map(|(name, value)| format!("{}={}", crate::call::encode(name), crate::call::encode(value)))
        .collect();
    if query.is_empty() { page.path.clone() } else { format!("{}?{}", page.path, query.join("&")) }
}

fn shell_info(page: &PageContext, section: Section) -> ShellInfo {
    let viewer = page.viewer();
    let account = viewer.alias.clone().unwrap_or_else(|| model::id::AccountId(viewer.account_id.clone()).dashed());
    let (display_name, principal, principal_name) = match &viewer.user_name {
        Some(user) => (format!("{user} @ {account}"), PrincipalKind::User, user.clone()),
        None => (viewer.account_name.clone(), PrincipalKind::Root, viewer.email.clone()),
    };
    ShellInfo {
        display_name,
        account_id: viewer.account_id,
        account_alias: viewer.alias,
        principal,
        principal_name,
        region: page.region(),
        global: matches!(section, Section::Iam | Section::Billing),
        labels: if page.labels_2020() { Labels::Y2020 } else { Labels::Current },
        theme: page.theme().as_deref().and_then(Theme::parse),
        path: page.path.clone(),
        address: address(page),
        services: services::ALL.iter().map(link).collect(),
        recent: viewer.preferences.recent.iter().filter_map(|id| services::by_id(id)).map(link).collect(),
        search: places(page),
        search_resources: page.viewer.is_some().then(|| {
            let guard = use_context::<FormGuard>().map(|guard| guard.principal).unwrap_or_default();
            format!("{}?principal={}&q=", paths::SEARCH_RESOURCES, crate::call::encode(&guard))
        }),
        sandbox_time: viewer.clock_moved.then(|| model::Timestamp(viewer.now).to_string()),
        notices: page.notices.clone(),
        flash: page.flashes.clone(),
        ..ShellInfo::default()
    }
}

/// A text for `<title>`, which is written as it is: a name out of the address would end it and go on as markup.
fn in_title(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
