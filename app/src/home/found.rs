//! What the account has, as the search shows it: each kind with its page.

use model::console::SearchResourcesOutput;

use crate::{
    iam::{
        paths::policy_path,
        paths::{group_path, user_path},
    },
    layout::{SearchEntry, SearchGroup},
};

/// The entries: users, groups, policies, access keys; a key leads to its user.
pub fn entries(found: &SearchResourcesOutput) -> Vec<SearchEntry> {
    let users = found.users.iter().map(|name| entry(name, "IAM user".to_owned(), user_path(name)));
    let groups = found.groups.iter().map(|name| entry(name, "IAM group".to_owned(), group_path(name)));
    let policies = found
        .policies
        .iter()
        .map(|policy| entry(&policy.policy_name, "IAM policy".to_owned(), policy_path(&policy.policy_arn)));
    let keys = found.access_keys.iter().map(|key| {
        let href = format!("{}?section=security_credentials", user_path(&key.user_name));
        entry(&key.access_key_id, format!("Access key of {}", key.user_name), href)
    });
    users.chain(groups).chain(policies).chain(keys).collect()
}

fn entry(label: &str, description: String, href: String) -> SearchEntry {
    SearchEntry { group: SearchGroup::Resources, label: label.to_owned(), description, href, keywords: String::new() }
}
