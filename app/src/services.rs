//! Every service the menu names: those of this version, and those that are labels yet.

/// One service of the menu.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The first part of its path; its id in preferences.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it is for, in a sentence of ours.
    pub description: &'static str,
    /// Its category in the menu.
    pub category: &'static str,
    /// Where it begins.
    pub href: &'static str,
    /// The labs that need it, where this version does not have it yet.
    pub missing: Option<&'static str>,
    /// Further words that find it.
    pub keywords: &'static str,
}

/// The services, in the order of their names.
pub const ALL: [Service; 9] = [
    Service {
        id: "billing",
        name: "Billing",
        description: "Bills, budgets and preferences of the simulated account",
        category: "Cloud Financial Management",
        href: "/billing/home",
        missing: None,
        keywords: "cost budgets invoice payment spend ledger",
    },
    Service {
        id: "cloudtrail",
        name: "CloudTrail",
        description: "Who did what, when and from where",
        category: "Management & Governance",
        href: "/cloudtrail/home",
        missing: None,
        keywords: "audit events history log",
    },
    Service {
        id: "cloudwatch",
        name: "CloudWatch",
        description: "Billing metrics and alarms",
        category: "Management & Governance",
        href: "/cloudwatch/alarms",
        missing: None,
        keywords: "alarm metrics monitoring",
    },
    Service {
        id: "iam",
        name: "IAM",
        description: "Manage access to the account's resources",
        category: "Security, Identity, & Compliance",
        href: "/iam/home",
        missing: None,
        keywords: "identity access management users groups roles policies mfa permissions",
    },
    Service {
        id: "resource-groups",
        name: "Resource Groups & Tag Editor",
        description: "Find and group resources by their tags",
        category: "Management & Governance",
        href: "/resource-groups/home",
        missing: Some("Lab 20 (tags and resource groups)"),
        keywords: "tags tag editor",
    },
    Service {
        id: "s3",
        name: "S3",
        description: "Buckets and objects",
        category: "Storage",
        href: "/s3/home",
        missing: Some("Lab 14 (the clerk's bucket)"),
        keywords: "storage bucket object simple storage service",
    },
    Service {
        id: "sns",
        name: "Simple Notification Service",
        description: "Topics, and mails to their subscribers",
        category: "Application Integration",
        href: "/sns/topics",
        missing: None,
        keywords: "sns topic subscription email",
    },
    Service {
        id: "sts",
        name: "Security Token Service",
        description: "Temporary credentials for roles and sessions",
        category: "Security, Identity, & Compliance",
        href: "/sts/home",
        missing: Some("Lab 11 (roles and switch role); programs already have GetCallerIdentity"),
        keywords: "sts assume role temporary credentials",
    },
    Service {
        id: "support",
        name: "Support",
        description: "The support center of this installation",
        category: "Customer Enablement",
        href: "/support/home",
        missing: Some("Lab 15 (the tour's Support menu)"),
        keywords: "help case forum",
    },
];

/// The service of a path's first part.
pub fn by_id(id: &str) -> Option<&'static Service> {
    ALL.iter().find(|service| service.id == id)
}

/// A page that the search box finds.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Its name.
    pub name: &'static str,
    /// Where it is.
    pub description: &'static str,
    /// Its path.
    pub href: &'static str,
    /// Further words that find it.
    pub keywords: &'static str,
}

/// This version's pages besides the services' first ones.
pub const PAGES: [Page; 32] = [
    Page { name: "IAM dashboard", description: "IAM", href: "/iam/home", keywords: "sign-in link alias customize" },
    Page { name: "Users", description: "IAM feature", href: "/iam/users", keywords: "iam users list people" },
    Page {
        name: "Policies",
        description: "IAM feature",
        href: "/iam/policies",
        keywords: "iam managed policy permissions json",
    },
    Page {
        name: "Create policy",
        description: "Task in IAM",
        href: "/iam/policies/create",
        keywords: "new policy write json customer managed",
    },
    Page {
        name: "Create user",
        description: "Task in IAM",
        href: "/iam/users/create",
        keywords: "add user new user wizard",
    },
    Page { name: "User groups", description: "IAM feature", href: "/iam/groups", keywords: "iam groups list members" },
    Page {
        name: "Create user group",
        description: "Task in IAM",
        href: "/iam/groups/create",
        keywords: "create group new group add group",
    },
    Page {
        name: "Account settings",
        description: "IAM feature",
        href: "/iam/account_settings",
        keywords: "password policy iam",
    },
    Page {
        name: "Credential report",
        description: "IAM feature",
        href: "/iam/credential_report",
        keywords: "iam download csv users passwords access keys audit",
    },
    Page {
        name: "Event history",
        description: "CloudTrail feature",
        href: "/cloudtrail/events",
        keywords: "audit who did what log trail calls",
    },
    Page {
        name: "Policy simulator",
        description: "IAM feature",
        href: "/policysim",
        keywords: "simulate policies test permissions evaluate allowed denied",
    },
    Page {
        name: "My security credentials",
        description: "IAM feature",
        href: "/iam/security_credentials",
        keywords: "mfa password access keys own",
    },
    Page {
        name: "Practice authenticator",
        description: "Computes MFA codes in the browser",
        href: "/tools/authenticator",
        keywords: "mfa totp code qr",
    },
    Page {
        name: "Budgets",
        description: "Billing feature",
        href: "/billing/budgets",
        keywords: "cost management alert threshold limit",
    },
    Page {
        name: "Create budget",
        description: "Task in Billing",
        href: "/billing/budgets/create",
        keywords: "new budget alert",
    },
    Page {
        name: "Billing home",
        description: "Billing feature",
        href: "/billing/home",
        keywords: "add spend costs month-to-date",
    },
    Page {
        name: "Cost ledger",
        description: "Billing feature",
        href: "/billing/ledger",
        keywords: "line items costs usage report",
    },
    Page {
        name: "Spend simulator",
        description: "Billing feature",
        href: "/billing/simulator",
        keywords: "add usage plan curve costs idle runaway",
    },
    Page {
        name: "Import costs",
        description: "Task in Billing",
        href: "/billing/import",
        keywords: "focus cur cost and usage report csv export upload",
    },
    Page {
        name: "Billing Preferences",
        description: "Billing feature",
        href: "/billing/preferences",
        keywords: "pdf invoice free tier alerts receive billing alerts",
    },
    Page {
        name: "Sandbox clock",
        description: "Billing feature",
        href: "/billing/clock",
        keywords: "time advance month date future move day hour",
    },
    Page {
        name: "Account",
        description: "IAM access to billing",
        href: "/billing/account",
        keywords: "my account activate iam access billing information",
    },
    Page {
        name: "Alarms",
        description: "CloudWatch feature",
        href: "/cloudwatch/alarms",
        keywords: "cloudwatch metric threshold state",
    },
    Page {
        name: "Billing alarms",
        description: "CloudWatch feature",
        href: "/cloudwatch/billing",
        keywords: "cloudwatch estimated charges cost",
    },
    Page {
        name: "Create alarm",
        description: "Task in CloudWatch",
        href: "/cloudwatch/alarms/create",
        keywords: "new alarm billing metric threshold notification",
    },
    Page { name: "Topics", description: "SNS feature", href: "/sns/topics", keywords: "sns notification publish arn" },
    Page {
        name: "Subscriptions",
        description: "SNS feature",
        href: "/sns/subscriptions",
        keywords: "sns email endpoint pending confirmation",
    },
    Page {
        name: "Create topic",
        description: "Task in SNS",
        href: "/sns/topics/create",
        keywords: "new topic sns notification",
    },
    Page {
        name: "Create subscription",
        description: "Task in SNS",
        href: "/sns/subscriptions/create",
        keywords: "subscribe email topic sns",
    },
    Page {
        name: "Inbox",
        description: "Mails of this account",
        href: "/inbox",
        keywords: "mail mailbox message phone code",
    },
    Page {
        name: "Settings",
        description: "Labels, theme and region",
        href: "/console/settings",
        keywords: "preferences dark light labels 2020",
    },
    Page { name: "Console home", description: "Find services", href: "/console/home", keywords: "start home" },
];
