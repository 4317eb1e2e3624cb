//! What is wrong with a draft, and what it comes to.

use app::iam::users::{
    draft::{ACCESS_TYPE, COPY_TILE, Draft, Facts, Source},
    review,
};
use model::{Tag, console::PermissionRow};
use serde_json::json;

use super::{controls, draft, policy, random};

#[test]
fn names_are_checked_one_by_one() {
    let facts = Facts::default();
    assert_eq!(draft(&["ElonAdmin", "a+b=c,d.e@f_g-h"]).details_faults(&facts), []);
    let long = "a".repeat(65);
    let wrong = draft(&["", &long, "a b", "a!", "Elon", "eLON"]);
    let faults = wrong.details_faults(&facts);
    assert_eq!(
        controls(&faults),
        ["user-name-1", "user-name-2", "user-name-3", "user-name-4", "user-name-6"],
        "{faults:?}"
    );
    assert_eq!(faults[0].1, "Enter a user name.");
    assert_eq!(faults[1].1, "A user name can have at most 64 characters.");
    assert!(faults[2].1.contains("letters, digits"), "{faults:?}");
    assert!(faults[4].1.contains("whatever their case"), "{faults:?}");
}

#[test]
fn an_access_type_and_a_lawful_password_are_needed() {
    let facts = Facts { labels_2020: true, forbidden_passwords: vec!["owner@Example.com1".into()], ..Facts::default() };
    let none = Draft { programmatic: false, console: false, ..draft(&["a"]) };
    assert_eq!(controls(&none.details_faults(&facts)), [ACCESS_TYPE]);
    let today = Facts { labels_2020: false, ..facts.clone() };
    assert_eq!(none.details_faults(&today), [], "today a user needs no access at first");
    for (password, rule) in [
        ("", "Enter"),
        ("abc", "minimum length of 8"),
        ("abcdefgh", "more of the following requirements"),
        ("Owner@example.com1", "email"),
        ("Correct-Horse-7\u{20ac}", "Latin"),
    ] {
        let custom = Draft { custom_password: Some(password.into()), ..draft(&["a"]) };
        let faults = custom.details_faults(&facts);
        assert_eq!(controls(&faults), ["custom-password"], "{password}");
        assert!(faults[0].1.contains(rule), "{faults:?}");
    }
    let without_console = Draft { custom_password: Some("abc".into()), console: false, ..draft(&["a"]) };
    assert_eq!(without_console.details_faults(&facts), []);
}

#[test]
fn tags_keep_their_rules_in_their_rows() {
    let tag = |key: &str, value: &str| Tag { key: key.into(), value: value.into() };
    let with = |tags: Vec<Tag>| Draft { tags, ..draft(&["a"]) }.tags_faults();
    assert_eq!(with(vec![tag("Department", "AWS"), tag("Job", "Instructor"), tag("", "")]), []);
    let faults = with(vec![
        tag("Department", ""),
        tag("dePARTMENT", ""),
        tag("aws:x", ""),
        tag("", "v"),
        tag(&"k".repeat(129), &"v".repeat(257)),
        tag("k", "<"),
    ]);
    assert_eq!(
        controls(&faults),
        ["tag-key-2", "tag-key-3", "tag-key-4", "tag-key-5", "tag-value-5", "tag-value-6"],
        "{faults:?}"
    );
    assert_eq!(faults[2].1, "You must specify a tag key");
    let many = (0..51).map(|n| tag(&format!("k{n}"), "")).collect();
    assert_eq!(controls(&with(many)), ["tag-key-1"]);
}

#[test]
fn a_reset_brings_the_policy_that_allows_it() {
    let stuck = Facts::default();
    let names = |draft: &Draft, facts: &Facts| {
        draft.policies_attached(facts).into_iter().map(|policy| policy.policy_name).collect::<Vec<_>>()
    };
    assert_eq!(names(&draft(&["a"]), &stuck), ["IAMUserChangePassword"]);
    assert!(names(&Draft { reset: false, ..draft(&["a"]) }, &stuck).is_empty());
    assert!(names(&Draft { console: false, ..draft(&["a"]) }, &stuck).is_empty());
    let switch = json!({
        "MinimumPasswordLength": 30, "RequireSymbols": false, "RequireNumbers": false, "RequireUppercaseCharacters": false,
        "RequireLowercaseCharacters": false, "AllowUsersToChangePassword": true, "ExpirePasswords": false,
    });
    let open = Facts { password_policy: Some(serde_json::from_value(switch).expect("a policy")), ..Facts::default() };
    assert!(names(&draft(&["a"]), &open).is_empty());
    let plan = draft(&["a", "b"]).plan(&open, random());
    let passwords: Vec<&str> = plan.users.iter().map(|user| user.password.as_ref().expect("one").expose()).collect();
    assert_eq!(passwords[0].len(), 30, "as long as the account's policy asks");
    assert_ne!(passwords[0], passwords[1], "each user has a password of their own");
}

#[test]
fn copying_takes_groups_policies_inline_ones_and_boundary() {
    let copied = PermissionRow {
        user_name: "boss".into(),
        groups: Some(vec!["Admins".into()]),
        attached_policies: Some(vec![policy("ReadOnlyAccess")]),
        inline_policies: Some(vec!["own".into()]),
        boundary: Some(model::console::BoundaryCell { policy_arn: Some(policy("PowerUserAccess").policy_arn) }),
    };
    let draft = Draft { source: Source::Copy, copied: Some(copied.clone()), reset: false, ..draft(&["a"]) };
    assert_eq!(draft.permissions_faults(), []);
    let plan = draft.plan(&Facts::default(), random());
    assert_eq!(plan.groups, ["Admins"]);
    assert_eq!(plan.policies, [policy("ReadOnlyAccess").policy_arn]);
    assert_eq!(plan.inline_policies, Some(("boss".into(), vec!["own".into()])));
    let review = review::of(&draft, &Facts::default());
    assert!(review.permissions.contains(&("Inline policy".into(), "own".into())));
    assert_eq!(plan.boundary, Some(policy("PowerUserAccess").policy_arn));
    let hidden = PermissionRow { inline_policies: None, ..copied.clone() };
    let hidden = Draft { copied: Some(hidden), ..draft.clone() };
    assert_eq!(controls(&hidden.permissions_faults()), [COPY_TILE], "what cannot be read cannot be copied");
    let unreadable = Draft { copied: Some(PermissionRow { groups: None, ..copied }), ..draft.clone() };
    assert_eq!(controls(&unreadable.permissions_faults()), [COPY_TILE]);
    assert_eq!(controls(&Draft { copied: None, ..draft }.permissions_faults()), [COPY_TILE]);
}

#[test]
fn the_review_says_it_in_the_consoles_words() {
    let tags = vec![Tag { key: "Department".into(), value: "AWS".into() }];
    let review = review::of(&Draft { tags, ..draft(&["ElonAdmin"]) }, &Facts::default());
    let line = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    assert_eq!(
        review.details,
        [
            line("User name", "ElonAdmin"),
            line("AWS access type", "Programmatic access and AWS Management Console access"),
            line("Console password type", "Autogenerated"),
            line("Require password reset", "Yes"),
            line("Permissions boundary", "Permissions boundary is not set"),
        ]
    );
    assert_eq!(
        review.sentences,
        [
            "The user shown above will be added to the following groups.",
            "The following policies will be attached to the user shown above."
        ]
    );
    assert_eq!(review.permissions, [line("Group", "Admins"), line("Managed policy", "IAMUserChangePassword")]);
    assert_eq!(review.tags, [line("Department", "AWS")]);
}
