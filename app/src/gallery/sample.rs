//! What the gallery shows where there is no request: a made-up account and its users.

use crate::layout::{Notice, NoticeKind, PrincipalKind, SearchEntry, SearchGroup, ServiceLink, ShellInfo};

/// A made-up user.
#[derive(Clone)]
pub(super) struct User {
    pub(super) name: &'static str,
    pub(super) groups: &'static str,
    pub(super) key_age: &'static str,
    pub(super) activity: &'static str,
    pub(super) mfa: bool,
}

/// Three made-up users.
pub(super) fn users() -> Vec<User> {
    vec![
        User { name: "alice", groups: "Administrators", key_age: "12 days", activity: "Today", mfa: true },
        User { name: "bob", groups: "Developers and Testers", key_age: "None", activity: "3 days ago", mfa: false },
        User {
            name: "carol.with-a-long-name@example.com",
            groups: "None",
            key_age: "410 days",
            activity: "Never",
            mfa: false,
        },
    ]
}

fn service(id: &str, name: &str, category: &str, description: &str, available: bool) -> ServiceLink {
    ServiceLink {
        id: id.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        href: "/ui".to_owned(),
        category: category.to_owned(),
        available,
    }
}

/// The frame's sample.
pub(super) fn shell() -> ShellInfo {
    let services = vec![
        service("iam", "IAM", "Security, Identity, & Compliance", "Manage access", true),
        service("sts", "Security Token Service", "Security, Identity, & Compliance", "Temporary credentials", false),
        service("billing", "Billing", "Cost Management", "Bills and preferences", true),
        service("budgets", "Budgets", "Cost Management", "Plans and alerts", false),
        service("cloudwatch", "CloudWatch", "Management & Governance", "Metrics and alarms", false),
        service("cloudtrail", "CloudTrail", "Management & Governance", "Who did what", false),
        service("sns", "Simple Notification Service", "Application Integration", "Messages", false),
        service("s3", "S3", "Storage", "Buckets and objects", false),
        service("support", "Support", "Customer Enablement", "Cases", true),
    ];
    let search = services
        .iter()
        .map(|service| SearchEntry {
            group: SearchGroup::Services,
            label: service.name.clone(),
            description: service.description.clone(),
            href: service.href.clone(),
            keywords: service.id.clone(),
        })
        .collect();
    ShellInfo {
        display_name: "alice @ example-school".to_owned(),
        account_id: "123456789012".to_owned(),
        account_alias: Some("example-school".to_owned()),
        principal: PrincipalKind::User,
        principal_name: "alice".to_owned(),
        region: "us-east-2".to_owned(),
        path: "/ui".to_owned(),
        recent: services[..2].to_vec(),
        services,
        search,
        notices: vec![Notice {
            kind: NoticeKind::Other,
            text: "Budget \"Monthly\" has exceeded your alert threshold".to_owned(),
            href: "/ui".to_owned(),
        }],
        ..ShellInfo::default()
    }
}
