//! The data are whole, and say what they are known to say.

use std::io::Read as _;

use crate::{AccessLevel, KeyType, access_level, action, actions_matching, all, condition_key, global_condition_keys};
use crate::{json, service, version};

#[test]
fn everything_is_there_and_refers_to_something() {
    let (mut actions, mut types, mut keys) = (0, 0, 0);
    for entry in all() {
        let service = entry.service();
        assert_eq!((&service.prefix, &service.name), (&entry.prefix, &entry.name));
        assert_eq!(entry.prefix, entry.prefix.to_ascii_lowercase());
        assert!(!entry.category.is_empty());
        assert_eq!(service.actions.len(), entry.actions, "{}", entry.prefix);
        actions += service.actions.len();
        types += service.resource_types.len();
        keys += service.condition_keys.len();
        for action in &service.actions {
            let taken = service.resource_types_of(action).count();
            assert_eq!(taken, action.resources.len(), "{}:{}", entry.prefix, action.name);
            let of_types = action.resources.iter().flat_map(|taken| &taken.condition_keys);
            for key in action.condition_keys.iter().chain(of_types) {
                assert!(usize::from(*key) < service.condition_keys.len(), "{}:{}", entry.prefix, action.name);
            }
        }
    }
    assert_eq!((all().len(), actions, types, keys, global_condition_keys().len()), (456, 22_091, 2334, 2578, 59));
}

#[test]
fn prefixes_stand_in_their_order_and_each_once() {
    assert!(all().windows(2).all(|pair| pair[0].prefix < pair[1].prefix));
}

#[test]
fn services_have_short_names() {
    let short = |prefix: &str| crate::entry(prefix).map(crate::Entry::short_name);
    assert_eq!((short("s3"), short("iam"), short("ec2")), (Some("S3"), Some("IAM"), Some("EC2")));
    assert_eq!(short("sts"), Some("Security Token Service"));
    assert_eq!(short("nonsense"), None);
}

#[test]
fn actions_have_levels_types_and_keys() {
    assert_eq!(access_level("iam:PassRole"), Some(AccessLevel::Write), "so the reference has it");
    assert_eq!(access_level("IAM:passrole"), Some(AccessLevel::Write));
    assert_eq!(access_level("iam:PutUserPolicy"), Some(AccessLevel::PermissionsManagement));
    assert_eq!(access_level("iam:TagUser"), Some(AccessLevel::Tagging));
    assert_eq!(access_level("s3:GetObject"), Some(AccessLevel::Read));
    assert_eq!(access_level("s3:ListAllMyBuckets"), Some(AccessLevel::List));
    for none in ["s3:GetObjects", "s4:GetObject", "s3:*", "s3", ""] {
        assert_eq!(access_level(none), None, "{none}");
    }
    let pass = action("iam:PassRole").expect("known");
    let types: Vec<_> = pass.service.resource_types_of(pass.action).collect();
    assert_eq!(types.len(), 1);
    assert_eq!(
        (types[0].0.arn.as_str(), types[0].1),
        ("arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}", true)
    );
    let keys: Vec<_> = pass.service.condition_keys_of(pass.action).into_iter().map(|key| key.name.as_str()).collect();
    assert!(keys.contains(&"iam:PassedToService") && keys.contains(&"iam:AssociatedResourceArn"), "{keys:?}");
}

#[test]
fn patterns_find_actions_whatever_the_case() {
    let names = |pattern: &str| actions_matching(pattern).iter().map(|found| found.name()).collect::<Vec<_>>();
    assert_eq!(names("s3:getobject"), ["s3:GetObject"]);
    assert_eq!(names("S3:GetObjectTaggin?"), ["s3:GetObjectTagging"]);
    assert!(names("iam:*AccessKey*").contains(&"iam:GetAccessKeyLastUsed".to_owned()));
    assert_eq!(names("iam:*").len(), service("iam").expect("known").actions.len());
    assert!(names("*:PassRole").contains(&"iam:PassRole".to_owned()));
    assert_eq!(names("*").len(), 22_091);
    assert!(names("iam:Nonsense").is_empty() && names("nonsense:*").is_empty());
}

#[test]
fn condition_keys_are_known_with_their_placeholders() {
    let kind = |name: &str| condition_key(name).map(|key| key.key_type);
    assert_eq!(kind("aws:SourceIp"), Some(KeyType::IpAddress));
    assert_eq!(kind("AWS:sourceip"), Some(KeyType::IpAddress));
    assert_eq!(kind("aws:RequestTag/Team"), Some(KeyType::String));
    assert_eq!(kind("aws:TagKeys"), Some(KeyType::ArrayOfString));
    assert!(KeyType::ArrayOfString.is_multivalued() && !KeyType::Bool.is_multivalued());
    assert_eq!(kind("iam:PassedToService"), Some(KeyType::String));
    assert_eq!(kind("iam:Nonsense"), None);
    let mut keys = all().iter().flat_map(|entry| &entry.service().condition_keys);
    assert_eq!(keys.find(|key| condition_key(&key.name).is_none() && key.name.starts_with("aws:")), None);
}

#[test]
fn the_browser_reads_the_same_service() {
    let text = json("S3").expect("known");
    assert_eq!(serde_json::from_str::<crate::Service>(&text).as_ref().ok(), service("s3"));
    let mut unpacked = String::new();
    let packed = crate::gzip("s3").expect("known");
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut unpacked).expect("sound, sum and all");
    assert_eq!(unpacked, text);
    assert_eq!((json("nonsense"), crate::gzip("nonsense")), (None, None));
    assert_eq!(version().len(), 16);
}
