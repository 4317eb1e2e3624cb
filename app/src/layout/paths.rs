//! The addresses that the frame itself links to.

/// Where every sign-in lands and the logo leads.
pub const HOME: &str = "/console/home";
/// All services, by category.
pub const SERVICES: &str = "/console/services";
/// Results of the search box, for browsers without scripts (`?q=`).
pub const SEARCH: &str = "/console/search";
/// Takes a POST with `Theme` = `light`, `dark` or `system` and `ReturnTo`, for browsers without scripts.
pub const THEME: &str = "/console/theme";
/// Open issues, scheduled changes and other notifications.
pub const EVENTS: &str = "/console/events";
/// Answers with the newest credential report as a file.
pub const CREDENTIAL_REPORT: &str = "/iam/credential_report/download";
/// Where sessions begin.
pub const SIGN_IN: &str = "/signin";
/// Answers `?q=` with what the account has, for the search box.
pub const SEARCH_RESOURCES: &str = "/console/search/resources";
/// Answers with one service of AWS's catalogue as JSON; the version is `services::version()`.
pub const CATALOGUE: &str = "/catalogue/{version}/{prefix}";
/// Answers with the index of that catalogue: every service's prefix and name, and the global condition keys.
pub const CATALOGUE_INDEX: &str = "/catalogue/{version}";
/// Takes the POST that ends the session.
pub const SIGN_OUT: &str = "/signout";
/// The account's settings.
pub const ACCOUNT: &str = "/billing/account";
/// The billing dashboard.
pub const BILLING: &str = "/billing/home";
/// Takes a cost export as a file.
pub const IMPORT_COSTS: &str = "/billing/import";
/// The account's sandbox clock.
pub const SANDBOX_CLOCK: &str = "/billing/clock";
/// The organization.
pub const ORGANIZATION: &str = "/organizations/home";
/// Service quotas.
pub const QUOTAS: &str = "/servicequotas/home";
/// The caller's own credentials.
pub const SECURITY_CREDENTIALS: &str = "/iam/security_credentials";
/// Switching to a role.
pub const SWITCH_ROLE: &str = "/switchrole";
/// The support center.
pub const SUPPORT: &str = "/support/home";
/// The forums.
pub const FORUMS: &str = "/support/forums";
/// The documentation.
pub const DOCUMENTATION: &str = "/support/documentation";
/// The training pages.
pub const TRAINING: &str = "/support/training";
/// Other resources.
pub const RESOURCES: &str = "/support/resources";
/// Resource groups.
pub const RESOURCE_GROUPS: &str = "/resource-groups/groups";
/// Creating a resource group.
pub const CREATE_RESOURCE_GROUP: &str = "/resource-groups/groups/create";
/// The tag editor.
pub const TAG_EDITOR: &str = "/resource-groups/tag-editor/find-resources";
