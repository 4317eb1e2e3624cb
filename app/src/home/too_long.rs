//! What a form gets that is longer than forms may be.

use leptos::prelude::*;

use super::missing::frame;
use crate::{
    PageContext,
    call::LONGEST_BODY,
    ui::{Button, ButtonVariant, Container, Direction, Header, HeaderLevel, Space, SpaceBetween, Text},
};

/// The page in place of any other, where a form was too long to be read.
#[component]
pub fn TooLong() -> impl IntoView {
    let page = PageContext::current();
    let (name, form) = ("The form is too long", page.path.clone());
    let limit = format!(
        "What was sent is larger than {} KiB, the most that a form can hold. It was not read, and nothing was changed.",
        LONGEST_BODY / 1024,
    );
    let content = view! {
        <SpaceBetween>
            <Header title=name level=HeaderLevel::H1 testid="page-title" />
            <Container testid="too-long">
                <SpaceBetween size=Space::M>
                    <Text testid="too-long-limit">{limit}</Text>
                    <Text>
                        "Most browsers bring the form back as you left it when you go back one page. Shorten what is in it, or send it in several parts, and send it again."
                    </Text>
                    <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                        <Button href=form variant=ButtonVariant::Primary testid="back-to-form">
                            "Start the form again"
                        </Button>
                        <Button href="/" testid="back-home">"Back to the console"</Button>
                    </SpaceBetween>
                </SpaceBetween>
            </Container>
        </SpaceBetween>
    };
    frame(&page, name, Vec::new(), content.into_any())
}
