//! The wizard that adds users, without a browser: what is wrong with a draft, what it comes to, the calls in their
//! order, and the files and mails at its end. And the plans of a user's page.

mod calls;
mod drafts;
mod files;
mod user_page;

use app::iam::users::draft::Draft;
use model::iam::AttachedPolicy;

/// Bytes that differ from each other; nothing depends on which.
fn random() -> impl FnMut(usize) -> Vec<u8> + Send {
    let mut state = 1u32;
    move |count| {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        (0..count).map(|_| next()).collect()
    }
}

fn policy(name: &str) -> AttachedPolicy {
    AttachedPolicy { policy_name: name.into(), policy_arn: format!("arn:aws:iam::aws:policy/{name}") }
}

fn draft(names: &[&str]) -> Draft {
    Draft {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        programmatic: true,
        console: true,
        reset: true,
        groups: vec!["Admins".into()],
        ..Draft::default()
    }
}

fn controls(faults: &[(String, String)]) -> Vec<&str> {
    faults.iter().map(|(control, _)| control.as_str()).collect()
}
