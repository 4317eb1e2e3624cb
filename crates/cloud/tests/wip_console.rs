//! Temporary.
#![allow(dead_code)]
#[path = "it/browser.rs"]
mod browser;
#[path = "it/mail.rs"]
mod mail;
#[path = "it/mailbox.rs"]
mod mailbox;
#[path = "it/operator.rs"]
mod operator;
#[path = "it/recorder.rs"]
mod recorder;
#[path = "it/scene.rs"]
mod scene;
#[path = "it/secrets.rs"]
mod secrets;
#[path = "it/sessions.rs"]
mod sessions;
#[path = "it/sign_up.rs"]
mod sign_up;
#[path = "it/signin.rs"]
mod signin;
