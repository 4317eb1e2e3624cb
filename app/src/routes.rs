//! The route table: one line a page.

use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{account, gallery, home, iam, inbox, signin};

/// Every page of the console.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=home::NotFound>
                <Route path=path!("/signin") view=signin::SignIn ssr=SsrMode::Async />
                <Route path=path!("/signin/password") view=signin::ForcedReset ssr=SsrMode::Async />
                <Route path=path!("/signin/help") view=signin::ForgottenPassword ssr=SsrMode::Async />
                <Route path=path!("/signin/signed-out") view=signin::SignedOut ssr=SsrMode::Async />
                <Route path=path!("/signin/:account/console") view=signin::SignInUser ssr=SsrMode::Async />
                <Route path=path!("/billing/signup") view=account::SignUp ssr=SsrMode::Async />
                <Route path=path!("/inbox") view=inbox::Inbox ssr=SsrMode::Async />
                <Route path=path!("/inbox/:mail") view=inbox::MailPage ssr=SsrMode::Async />
                <Route path=path!("/operator") view=inbox::OperatorDoor ssr=SsrMode::Async />
                <Route path=path!("/console/home") view=home::Home ssr=SsrMode::Async />
                <Route path=path!("/console/settings") view=home::Settings ssr=SsrMode::Async />
                <Route path=path!("/service/:id") view=home::MissingService ssr=SsrMode::Async />
                <Route path=path!("/iam/home") view=iam::Dashboard ssr=SsrMode::Async />
                <Route path=path!("/iam/users") view=iam::users::List ssr=SsrMode::Async />
                <Route path=path!("/iam/users/create") view=iam::users::Create ssr=SsrMode::Async />
                <Route path=path!("/iam/users/:name") view=iam::users::Details ssr=SsrMode::Async />
                <Route path=path!("/iam/*page") view=iam::Missing ssr=SsrMode::Async />
                <Route path=path!("/ui") view=gallery::Gallery ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
