//! Policies are built, changed and read block by block.

use policy::{Effect, PolicyKind, Sketch};

use super::*;
use crate::service::{AccessLevel, Action, ResourceType, Service, TakenResource};

/// A small service after S3's pattern.
fn storage() -> Service {
    let action = |name: &str, level, resources: &[u16]| Action {
        name: name.to_owned(),
        level,
        description: String::new(),
        resources: resources
            .iter()
            .map(|&resource_type| TakenResource { resource_type, required: true, condition_keys: Vec::new() })
            .collect(),
        condition_keys: Vec::new(),
        dependent_actions: Vec::new(),
    };
    let kind =
        |name: &str, arn: &str| ResourceType { name: name.to_owned(), arn: arn.to_owned(), condition_keys: Vec::new() };
    Service {
        prefix: "s3".into(),
        name: "Amazon S3".into(),
        condition_keys: Vec::new(),
        resource_types: vec![
            kind("bucket", "arn:${Partition}:s3:::${BucketName}"),
            kind("object", "arn:${Partition}:s3:::${BucketName}/${ObjectName}"),
        ],
        actions: vec![
            action("DeleteObject", AccessLevel::Write, &[1]),
            action("GetBucketAcl", AccessLevel::Read, &[0]),
            action("GetObject", AccessLevel::Read, &[1]),
            action("ListAllMyBuckets", AccessLevel::List, &[]),
            action("ListBucket", AccessLevel::List, &[0]),
        ],
    }
}

fn block(visual: &mut Visual, number: usize) -> &mut Permissions {
    match &mut visual.blocks[number] {
        Block::Drawn(drawn) => drawn,
        Block::Raw(..) => panic!("block {number} is not drawn"),
    }
}

const EMPTY: &str = "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": []\n}";

#[test]
fn a_policy_is_built_block_by_block() {
    let service = storage();
    let mut visual = Visual::read(EMPTY, &[]).expect("a policy");
    assert_eq!(visual.to_text(), EMPTY);
    assert_eq!(visual.incomplete(), Some((0, Lack::Service)));

    let first = block(&mut visual, 0);
    first.choose("S3");
    assert_eq!(visual.to_text(), EMPTY, "a chosen service alone says nothing");
    assert_eq!(Visual::read(EMPTY, &visual.chosen()).expect("a policy"), visual);

    let first = block(&mut visual, 0);
    let levels = [AccessLevel::List, AccessLevel::Read].into();
    first.take(&service, &Choice { levels, ..Choice::default() });
    first.add_resource("arn:aws:s3:::bills");
    first.need_mfa(true);
    assert_eq!(visual.incomplete(), None);
    let second = visual.add();
    let deny = block(&mut visual, second);
    deny.effect = Effect::Deny;
    deny.choose("s3");
    deny.take(&service, &Choice { all: true, ..Choice::default() });
    deny.mean_everything(true);
    let expected = r#"{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "VisualEditor0",
            "Effect": "Allow",
            "Action": [
                "s3:ListAllMyBuckets",
                "s3:ListBucket",
                "s3:GetBucketAcl",
                "s3:GetObject"
            ],
            "Resource": "arn:aws:s3:::bills",
            "Condition": {
                "Bool": {
                    "aws:MultiFactorAuthPresent": "true"
                }
            }
        },
        {
            "Sid": "VisualEditor1",
            "Effect": "Deny",
            "Action": "s3:*",
            "Resource": "*"
        }
    ]
}"#;
    assert_eq!(visual.to_text(), expected);
    assert!(policy::validate::validate(expected, PolicyKind::Identity).is_ok());
}

#[test]
fn boxes_decide_and_what_has_no_box_stays() {
    let service = storage();
    let mut drawn = Permissions::begun(None);
    drawn.choose("s3");
    drawn.actions = ["s3:Delete*", "S3:getobject", "s3:Nonsense"].map(str::to_owned).to_vec();
    assert_eq!(drawn.others(Some(&service)), ["s3:Delete*", "s3:Nonsense"]);
    let delete = service.action("DeleteObject").expect("known");
    assert_eq!(drawn.pattern_of(delete), Some("s3:Delete*"));
    assert_eq!(drawn.level(&service, AccessLevel::Read), (false, 1));
    assert_eq!(drawn.level(&service, AccessLevel::Write), (true, 1));

    let left = Choice { names: ["GetObject".to_owned()].into(), ..Choice::default() };
    let before = drawn.clone();
    drawn.take(&service, &left);
    assert_eq!(drawn, before, "what was left as it was changes nothing");
    drawn.take(&service, &Choice { levels: [AccessLevel::Read].into(), ..left.clone() });
    assert_eq!(drawn.actions, ["s3:Delete*", "S3:getobject", "s3:Nonsense", "s3:GetBucketAcl"]);

    // Without scripts the boxes below are still ticked when their level's is not.
    let both: std::collections::BTreeSet<String> = ["GetObject", "GetBucketAcl"].map(str::to_owned).into();
    let mut other = drawn.clone();
    other.take(&service, &Choice { names: both.clone(), ..Choice::default() });
    assert_eq!(other.actions, ["s3:Delete*", "s3:Nonsense"]);
    // One of them alone, the level's box as it was: only that one goes.
    let one = ["GetBucketAcl".to_owned()].into();
    drawn.take(&service, &Choice { levels: [AccessLevel::Read].into(), names: one, all: false });
    assert_eq!(drawn.actions, ["s3:Delete*", "s3:Nonsense", "s3:GetBucketAcl"]);

    drawn.take(&service, &Choice { all: true, ..Choice::default() });
    assert_eq!(drawn.actions, ["s3:*"]);
    drawn.take(&service, &Choice { all: false, names: both, ..Choice::default() });
    assert!(drawn.actions.is_empty());
}

#[test]
fn typed_actions_belong_to_the_service() {
    let mut drawn = Permissions::begun(None);
    drawn.choose("s3");
    drawn.add_actions("Get*, S3:PutObject\n get*").expect("good");
    assert_eq!(drawn.actions, ["s3:Get*", "s3:PutObject"]);
    assert_eq!(drawn.add_actions("ListBucket iam:*"), Err(StrangeAction::OtherService("iam:*".into())));
    assert_eq!(drawn.add_actions("Größe"), Err(StrangeAction::NoName("Größe".into())));
    assert_eq!(drawn.actions.len(), 2);
}

#[test]
fn arns_are_filled_in_and_recognised() {
    let service = storage();
    let object = ArnTemplate(&service.resource_types[1].arn);
    let parts = object.parts();
    assert_eq!(parts.iter().map(|part| part.label.as_str()).collect::<Vec<_>>(), ["Bucket name", "Object name"]);
    let with =
        |bucket: &'static str| object.fill(move |name| if name == "BucketName" { bucket } else { "*" }.to_owned());
    assert_eq!(with("bills").as_deref(), Ok("arn:aws:s3:::bills/*"));
    assert_eq!(with(" ").map_err(|fault| fault.part().to_owned()), Err("BucketName".to_owned()));
    assert_eq!(with("a/b"), Err(NoArn::Character("BucketName".into(), '/')));
    let user = ArnTemplate("arn:${Partition}:iam::${Account}:user/${UserNameWithPath}");
    assert_eq!(user.any("123456789012"), "arn:aws:iam::123456789012:user/*");
    assert_eq!(user.fill(|_| "12".to_owned()), Err(NoArn::Account("Account".into())));
    let name = |arn: &str| Permissions::kind_of(&service, arn).map(|kind| kind.name.as_str());
    assert_eq!(name("arn:aws:s3:::bills"), Some("bucket"));
    assert_eq!(name("arn:aws:s3:::bills/may/*"), Some("object"));
    assert_eq!(name("arn:aws:iam::123456789012:user/kim"), None);
    let labels = ArnTemplate("${DBClusterId}${VPCId}${TableARN}");
    let labels: Vec<String> = labels.parts().into_iter().map(|part| part.label).collect();
    assert_eq!(labels, ["DB cluster id", "VPC id", "Table ARN"]);
}

#[test]
fn an_arn_is_taken_apart_as_it_was_put_together() {
    let user = ArnTemplate("arn:${Partition}:iam::${Account}:user/${UserNameWithPath}");
    let table = ArnTemplate("arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}/index/${IndexName}");
    let values = |template: ArnTemplate<'static>, arn: &str| {
        template.values(arn).map(|parts| parts.into_iter().map(|(_, value)| value).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(values(user, "arn:aws:iam::123456789012:user/staff/kim").as_deref(), Some("123456789012 staff/kim"));
    assert_eq!(values(user, "arn:aws:iam::*:user/${aws:username}").as_deref(), Some("* ${aws:username}"));
    let index = "arn:aws:dynamodb:us-east-1:*:table/bills/index/a/index/b";
    assert_eq!(values(table, index).as_deref(), Some("us-east-1 * bills a/index/b"));
    for other in [
        "arn:aws:iam::123456789012:*",
        "arn:*:iam::123456789012:user/kim",
        "arn:aws:iam::12:user/kim",
        "arn:aws:iam::123456789012:user/",
        "arn:aws:iam::123456789012:group/kim",
        "*",
    ] {
        assert_eq!(values(user, other), None, "{other} is no text of the parts");
    }
}

#[test]
fn a_resource_is_replaced_where_it_stands() {
    let mut drawn = Permissions::begun(None);
    ["arn:a", "arn:b", "arn:c"].into_iter().for_each(|arn| drawn.add_resource(arn));
    drawn.replace_resource("arn:b", &["arn:d", "arn:e", "arn:d"]);
    assert_eq!(drawn.resources, ["arn:a", "arn:d", "arn:e", "arn:c"]);
    drawn.replace_resource("arn:d", &["arn:d"]);
    assert_eq!(drawn.resources, ["arn:a", "arn:d", "arn:e", "arn:c"]);
    drawn.replace_resource("arn:e", &["arn:a"]);
    assert_eq!(drawn.resources, ["arn:a", "arn:d", "arn:c"], "no resource is named twice");
    drawn.replace_resource("arn:gone", &["arn:f"]);
    assert_eq!(drawn.resources, ["arn:a", "arn:d", "arn:c", "arn:f"]);
}

#[test]
fn actions_without_a_resource_are_split_off() {
    let service = storage();
    let mut drawn = Permissions::begun(Some("A".into()));
    drawn.choose("s3");
    drawn.take(&service, &Choice { levels: [AccessLevel::List].into(), ..Choice::default() });
    drawn.add_resource("arn:aws:s3:::bills");
    assert_eq!(drawn.without_resource(&service), ["ListAllMyBuckets"]);
    assert_eq!(drawn.needs(&service).iter().map(|need| need.kind.name.as_str()).collect::<Vec<_>>(), ["bucket"]);
    let apart = drawn.split_off(&service).expect("one has no resource");
    assert_eq!((apart.actions, apart.resources), (vec!["s3:ListAllMyBuckets".to_owned()], vec!["*".to_owned()]));
    assert_eq!(drawn.actions, ["s3:ListBucket"]);
    assert_eq!(drawn.split_off(&service), None);
}

#[test]
fn conditions_are_checked_and_stay_together() {
    let mut drawn = Permissions::begun(None);
    let add = |drawn: &mut Permissions, operator: &str, key: &str, value: &str| {
        drawn.add_condition(operator, key, None, vec![value.to_owned()])
    };
    assert_eq!(add(&mut drawn, "StringEquals", "aws:RequestTag/${TagKey}", "x"), Err(ConditionFault::Key));
    assert_eq!(add(&mut drawn, "StringEquals", "s3:ExistingObjectTag/<key>", "x"), Err(ConditionFault::Key));
    assert_eq!(add(&mut drawn, "StringSame", "aws:userid", "x"), Err(ConditionFault::Operator));
    assert_eq!(add(&mut drawn, "Bool", "aws:SecureTransport", "yes"), Err(ConditionFault::Truth("yes".into())));
    assert_eq!(add(&mut drawn, "NumericLessThan", "s3:max-keys", "few"), Err(ConditionFault::Number("few".into())));
    assert_eq!(drawn.limit_source_ip(vec!["10.0.0.0/33".into()]), Err(ConditionFault::Address("10.0.0.0/33".into())));
    assert!(drawn.conditions.is_empty());

    add(&mut drawn, "StringLike", "aws:PrincipalTag/Cost Centre", "a*").expect("good");
    drawn.need_mfa(true);
    drawn.limit_source_ip(vec!["10.0.0.0/8".into(), "2001:db8::/32".into()]).expect("good");
    add(&mut drawn, "StringLike", "aws:userid", "${aws:username}").expect("good");
    add(&mut drawn, "StringLike", "aws:userid", "b").expect("good");
    let operators: Vec<&str> = drawn.conditions.iter().map(|element| element.operator.as_str()).collect();
    assert_eq!(operators, ["StringLike", "StringLike", "Bool", "IpAddress"]);
    assert_eq!(drawn.other_conditions().map(|(number, _)| number).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(drawn.conditions[1].values, ["${aws:username}", "b"]);
    drawn.need_mfa(false);
    drawn.limit_source_ip(Vec::new()).expect("good");
    assert_eq!(drawn.conditions.len(), 2);
}

/// Two services in one statement are two blocks; changed together they stay one statement, else they part.
#[test]
fn a_statement_of_several_services_parts_only_where_they_differ() {
    let text = r#"{"Version":"2012-10-17","Statement":{"Sid":"Both","Effect":"Allow","Action":["s3:Get*","ec2:Describe*"],"Resource":"*"}}"#;
    let mut visual = Visual::read(text, &[]).expect("a policy");
    let statements = |visual: &Visual| Sketch::parse(&visual.to_text()).expect("a policy").statements;
    assert_eq!((visual.blocks.len(), statements(&visual).len()), (2, 1));
    let copy = visual.repeat(0).expect("there is one");
    assert_eq!((copy, statements(&visual).len()), (2, 2));
    visual.remove(copy);
    block(&mut visual, 1).effect = Effect::Deny;
    visual.settle();
    let parted = statements(&visual);
    assert_eq!((parted[0].effect.as_str(), parted[1].effect.as_str(), &parted[1].sid), ("Allow", "Deny", &None));
    let mut visual = Visual::read(text, &[]).expect("a policy");
    visual.remove(0);
    assert_eq!(statements(&visual)[0].sid.as_deref(), Some("Both"));
    visual.remove(0);
    assert!(statements(&visual).is_empty());
}

#[test]
fn a_statement_is_added_to_the_text_and_found_among_the_blocks() {
    let text = with_statement(EMPTY).and_then(|text| with_statement(&text)).expect("a policy");
    let statements = Sketch::parse(&text).expect("a policy").statements;
    assert_eq!(
        statements.iter().map(|one| one.sid.as_deref()).collect::<Vec<_>>(),
        [Some("Statement1"), Some("Statement2")]
    );
    assert!(text.contains("\"Action\": []") && text.contains("\"Resource\": []"), "{text}");
    assert!(with_statement("{").is_err());

    assert!(Visual::read(EMPTY, &[]).expect("a policy").statements().is_empty());
    let mixed = r#"{"Statement":[{"Effect":"Allow","Action":["s3:*","ec2:*"],"Resource":"*"},
        {"Sid":"Raw","Effect":"Deny","NotAction":"s3:*","Resource":"*"},{"Sid":"Last","Effect":"Allow","Action":"sqs:*","Resource":"*"}]}"#;
    let visual = Visual::read(mixed, &[]).expect("a policy");
    assert_eq!(visual.statements(), [(None, 0), (Some("Raw"), 2), (Some("Last"), 3)]);
}

#[test]
fn what_cannot_be_drawn_is_carried_along() {
    for (elements, reason) in [
        (r#""Effect":"Allow","NotAction":"iam:*","Resource":"*""#, Undrawable::NotAction),
        (r#""Effect":"Allow","Action":"s3:*","NotResource":"*""#, Undrawable::NotResource),
        (r#""Effect":"Allow","Principal":"*","Action":"s3:*""#, Undrawable::Principal),
        (r#""Effect":"Allow","Action":"*","Resource":"*""#, Undrawable::ManyServices),
        (r#""Effect":"Allow","Action":["s3:*","s*:Get*"],"Resource":"*""#, Undrawable::ManyServices),
        (r#""Effect":"Allow","Action":"GetObject","Resource":"*""#, Undrawable::NoService),
        (r#""Effect":"allow","Action":"s3:*","Resource":"*""#, Undrawable::Effect),
    ] {
        let text = format!(r#"{{"Statement":[{{{elements}}}]}}"#);
        let visual = Visual::read(&text, &[]).expect("a policy");
        assert!(matches!(&visual.blocks[..], [Block::Raw(_, found)] if *found == reason), "{elements}");
        assert_eq!(Sketch::parse(&visual.to_text()), Sketch::parse(&text));
    }
}

#[test]
fn an_import_comes_in_place_of_nothing_or_behind() {
    let mut visual = Visual::read(EMPTY, &[]).expect("a policy");
    let text = r#"{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
    assert_eq!(visual.import(text), Ok(0));
    assert_eq!(visual.import(text), Ok(1));
    let statements = Sketch::parse(&visual.to_text()).expect("a policy").statements;
    assert_eq!(statements.iter().map(|one| one.sid.as_deref()).collect::<Vec<_>>(), [Some("A"), None]);
    assert!(visual.import("{").is_err());
}

#[test]
fn services_times_resources_have_an_end() {
    let actions: Vec<String> = (0..400).map(|number| format!("s{number}:Get")).collect();
    let resources: Vec<String> = (0..400).map(|number| format!("arn:aws:s3:::{number}")).collect();
    let text = |actions: &[String], resources: &[String]| {
        serde_json::json!({"Statement": {"Effect": "Allow", "Action": actions, "Resource": resources}}).to_string()
    };
    let blocks = |text: String| Visual::read(&text, &[]).expect("a policy").blocks;
    assert!(matches!(blocks(text(&actions, &resources)).as_slice(), [Block::Raw(_, Undrawable::Size)]));
    assert_eq!(blocks(text(&actions, &["*".to_owned()])).len(), 400);
    assert_eq!(blocks(text(&actions[..3], &resources)).len(), 3);
}
