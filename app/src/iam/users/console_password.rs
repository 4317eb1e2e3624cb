//! A generated console password, the one time it is seen: in a dialog of the user's page, and at today's wizard's end.

use leptos::prelude::*;
use model::Secret as Hidden;

use super::{created, csv, details::UserPage, instructions::Instructions};
use crate::ui::{Alert, Button, ButtonVariant, Direction, IconName, Modal, Severity, Space, SpaceBetween};

const ID: &str = "new-password-dialog";

/// The dialog: "New password" in 2020, "Console password" today.
pub(super) fn dialog(view: &UserPage, password: &Hidden, reset: bool) -> AnyView {
    let viewer = view.page.viewer();
    let title = view.page.label("New password", "Console password").to_owned();
    let written = csv::console_password(&view.name, password.expose(), &viewer.signin_url);
    let file = if view.page.labels_2020() { written } else { csv::marked(&written) };
    let (href, file_name) = (csv::data_url(&file), csv::credentials_file(&view.name));
    let draft = Instructions {
        account_id: &viewer.account_id,
        user_name: &view.name,
        signin_url: &viewer.signin_url,
        reset,
        host: super::create::host(&view.page.site.public_url),
    };
    let mail = draft.mailto();
    let facts = created::sign_in(&view.name, Some(password), &viewer.signin_url);
    view! {
        <Modal
            id=ID
            title
            open=true
            footer=|| view! { <Button variant=ButtonVariant::Primary closes=ID testid="close-new-password">"Close"</Button> }
        >
            <SpaceBetween size=Space::M>
                <Alert severity=Severity::Success header="The password was set">
                    "This is the last time that this password can be viewed or downloaded. You can set another one at any time."
                </Alert>
                {facts}
                <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                    <Button href download=file_name icon=IconName::Download testid="download-password">"Download .csv file"</Button>
                    <Button href=mail icon=IconName::Envelope testid="email-instructions">"Email sign-in instructions"</Button>
                </SpaceBetween>
            </SpaceBetween>
        </Modal>
    }
    .into_any()
}
