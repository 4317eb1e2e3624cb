//! Which applications can be a virtual MFA device.

use leptos::prelude::*;

use crate::{
    Frame, Section,
    iam::crumbs,
    ui::{BulletList, Button, ButtonVariant, Container, Header, HeaderLevel, SpaceBetween, Text},
};

/// `/iam/compatible_mfa_applications`.
#[component]
pub fn CompatibleApplications() -> impl IntoView {
    let title = "Compatible applications";
    let applications = [
        "Aegis Authenticator (Android)",
        "FreeOTP and FreeOTP+ (Android, iOS)",
        "Google Authenticator (Android, iOS)",
        "Microsoft Authenticator (Android, iOS)",
        "2FAS (Android, iOS)",
        "KeePassXC (Linux, macOS, Windows)",
        "oathtool (command line): oathtool --totp --base32 <secret key>",
    ];
    view! {
        <Frame title section=Section::Iam crumbs=crumbs(&[], title)>
            <SpaceBetween>
                <Header title level=HeaderLevel::H1 testid="page-title" />
                <Container>
                    <SpaceBetween>
                        <Text>"Any application that computes time-based one-time passwords (RFC 6238) with SHA-1, six digits and 30 seconds will do, for example:"</Text>
                        <BulletList items=applications.map(str::to_owned).to_vec() testid="applications" />
                        <Text>"Without a telephone, use the practice authenticator. It runs in your browser, sends nothing and keeps nothing."</Text>
                        <Button href="/tools/authenticator" variant=ButtonVariant::Primary testid="practice-authenticator">"Practice authenticator"</Button>
                    </SpaceBetween>
                </Container>
            </SpaceBetween>
        </Frame>
    }
}
