//! The catalogue against what AWS publishes, and every document of it.

use std::collections::HashSet;
use std::sync::Arc;

use super::{ManagedPolicy, ManagedPolicyKind, all, by_arn, data};

fn named(name: &str) -> &'static ManagedPolicy {
    let mut found = all().iter().filter(|policy| policy.name == name);
    let policy = found.next().unwrap_or_else(|| panic!("{name} is missing"));
    assert!(found.next().is_none(), "{name} is there twice");
    policy
}

#[test]
fn as_many_as_the_package_has() {
    assert_eq!(all().len(), data::promised_count());
    assert_eq!(all().len(), 1594);
}

#[test]
fn administrator_access() {
    let policy = named("AdministratorAccess");
    assert_eq!(policy.name, "AdministratorAccess");
    assert_eq!(policy.path, "/");
    assert_eq!(policy.default_version_id, "v1");
    assert_eq!(policy.create_date_ms, 1_423_247_986_000);
    assert_eq!(policy.update_date_ms, 1_423_247_986_000);
    assert!(policy.attachable);
    assert_eq!(
        &*policy.document(),
        r#"{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "*",
            "Resource": "*"
        }
    ]
}"#
    );
}

#[test]
fn iam_user_change_password() {
    let policy = named("IAMUserChangePassword");
    assert_eq!(policy.default_version_id, "v5");
    assert_eq!(policy.create_date_ms, 1_479_169_516_000);
    assert_eq!(policy.update_date_ms, 1_770_919_137_000);
    assert_eq!(
        &*policy.document(),
        r#"{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [
                "iam:ChangePassword"
            ],
            "Resource": [
                "arn:aws:iam::*:user/${aws:username}",
                "arn:aws:iam::*:user/*/${aws:username}"
            ]
        },
        {
            "Effect": "Allow",
            "Action": [
                "iam:GetAccountPasswordPolicy"
            ],
            "Resource": "*"
        }
    ]
}"#
    );
}

/// The expected ids come from another implementation of SHA-256 and base32 (Python's).
#[test]
fn ids_are_stable_and_unique() {
    assert_eq!(named("AdministratorAccess").policy_id, "ANPAXUEARDEVTUHKHZ23E");
    assert_eq!(named("IAMUserChangePassword").policy_id, "ANPAFGIWLCRIFW7HG4OXA");
    let ids: HashSet<_> = all().iter().map(|policy| &policy.policy_id).collect();
    assert_eq!(ids.len(), all().len());
    assert!(all().iter().all(|policy| policy.policy_id.len() == 21));
}

#[test]
fn ordered_by_lower_case_name_then_arn() {
    let keys: Vec<_> = all().iter().map(|policy| (policy.name.to_ascii_lowercase(), policy.arn)).collect();
    assert!(keys.is_sorted());
    let names: HashSet<_> = keys.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), keys.len(), "two names differ in case only");
}

#[test]
fn every_arn_is_its_path_and_name_and_leads_back() {
    for policy in all() {
        let arn = format!("arn:aws:iam::aws:policy{}{}", policy.path, policy.name);
        assert_eq!(policy.arn, arn);
        assert!(policy.path.starts_with('/') && policy.path.ends_with('/'));
        assert!(std::ptr::eq(by_arn(&arn).expect("the index has it"), policy));
        assert!(policy.create_date_ms <= policy.update_date_ms, "{arn}");
    }
    assert!(by_arn("arn:aws:iam::aws:policy/administratoraccess").is_none());
    assert!(by_arn("arn:aws:iam::aws:policy/AWSSSOAdministrator").is_none());
}

#[test]
fn policies_of_service_linked_roles_are_not_attachable() {
    assert!(!named("AWSSupportServiceRolePolicy").attachable);
    assert!(named("AWSLambdaBasicExecutionRole").attachable);
    for policy in all() {
        let service_linked = policy.arn.contains(":policy/aws-service-role/");
        assert_eq!(policy.attachable, !service_linked, "{}", policy.arn);
    }
}

#[test]
fn job_functions() {
    for name in [
        "AdministratorAccess",
        "Billing",
        "DatabaseAdministrator",
        "DataScientist",
        "NetworkAdministrator",
        "PowerUserAccess",
        "ReadOnlyAccess",
        "SecurityAudit",
        "SupportUser",
        "SystemAdministrator",
        "ViewOnlyAccess",
    ] {
        assert_eq!(named(name).kind(), ManagedPolicyKind::JobFunction, "{name}");
    }
    for name in ["IAMReadOnlyAccess", "AWSLambdaBasicExecutionRole", "AdministratorAccess-Amplify"] {
        assert_eq!(named(name).kind(), ManagedPolicyKind::AwsManaged, "{name}");
    }
}

/// The names that the tutorials use.
#[test]
fn tutorials_find_their_policies() {
    for name in [
        "AWSBillingReadOnlyAccess",
        "AWSBudgetsActionsWithAWSResourceControlAccess",
        "AWSBudgetsReadOnlyAccess",
        "AWSCloudTrail_ReadOnlyAccess",
        "AWSDenyAll",
        "AWSLambda_FullAccess",
        "AWSManagementConsoleBasicUserAccess",
        "AmazonDynamoDBFullAccess",
        "AmazonEC2FullAccess",
        "AmazonEC2ReadOnlyAccess",
        "AmazonS3FullAccess",
        "AmazonS3ReadOnlyAccess",
        "AmazonSNSFullAccess",
        "CloudWatchFullAccess",
        "CloudWatchReadOnlyAccess",
        "IAMFullAccess",
        "IAMReadOnlyAccess",
        "IAMSelfManageServiceSpecificCredentials",
        "IAMUserSSHKeys",
        "ResourceGroupsandTagEditorFullAccess",
    ] {
        assert!(named(name).attachable, "{name}");
    }
    let administrators = all().iter().filter(|policy| policy.name.contains("Administrator")).count();
    assert_eq!(administrators, 16);
}

#[test]
fn descriptions_say_which_services_a_document_opens() {
    for (name, description) in [
        ("AdministratorAccess", "Allows all actions of all services."),
        ("AWSDenyAll", "Denies all actions of all services."),
        ("IAMUserChangePassword", "Allows some actions of iam."),
        ("AmazonS3FullAccess", "Allows all actions of s3 and s3-object-lambda."),
    ] {
        assert_eq!(named(name).description(), description, "{name}");
    }
    assert!(named("PowerUserAccess").description().starts_with("Allows the actions of all services but some"));
    assert!(all().iter().all(|policy| policy.description().ends_with('.')));
}

#[test]
fn every_document_is_json() {
    for policy in all() {
        let text = policy.document();
        let document: serde_json::Value =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", policy.arn));
        assert!(document["Version"].is_string(), "{}", policy.arn);
        assert!(!document["Statement"].is_null(), "{}", policy.arn);
    }
}

#[test]
fn every_document_is_a_policy() {
    let refused: Vec<_> = all()
        .iter()
        .filter_map(|managed| {
            let parsed = policy::Policy::parse(&managed.document(), policy::PolicyKind::Identity);
            parsed.err().map(|error| format!("{}: {error}", managed.arn))
        })
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn a_compiled_policy_is_its_document_and_is_kept() {
    let managed = named("IAMUserChangePassword");
    let compiled = managed.compiled();
    let document = policy::Document::parse(&managed.document(), policy::PolicyKind::Identity);
    assert_eq!(Ok(compiled.document()), document.as_ref());
    assert!(Arc::ptr_eq(&compiled, &managed.compiled()));
}
