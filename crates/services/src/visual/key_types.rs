//! What the type of a condition key lets a condition be.

use policy::Sketch;

use super::*;
use crate::service::KeyType;

const ARRAYS: [(KeyType, KeyType); 7] = [
    (KeyType::ArrayOfString, KeyType::String),
    (KeyType::ArrayOfNumeric, KeyType::Numeric),
    (KeyType::ArrayOfBool, KeyType::Bool),
    (KeyType::ArrayOfDate, KeyType::Date),
    (KeyType::ArrayOfArn, KeyType::Arn),
    (KeyType::ArrayOfIpAddress, KeyType::IpAddress),
    (KeyType::ArrayOfBinary, KeyType::Binary),
];

fn add(operator: &str, key_type: Option<KeyType>, value: &str) -> Result<(), ConditionFault> {
    Permissions::begun(None).add_condition(operator, "aws:key", key_type, vec![value.to_owned()])
}

#[test]
fn each_type_has_its_own_operators_and_null() {
    let offered = |key| operators(key).collect::<Vec<_>>().join(" ");
    assert_eq!(offered(Some(KeyType::Bool)), "Bool Null");
    assert_eq!(offered(Some(KeyType::Binary)), "BinaryEquals Null");
    assert_eq!(offered(Some(KeyType::IpAddress)), "IpAddress NotIpAddress Null");
    assert_eq!(offered(Some(KeyType::Arn)), "ArnEquals ArnNotEquals ArnLike ArnNotLike Null");
    for (key, begins, count) in
        [(KeyType::String, "String", 6), (KeyType::Numeric, "Numeric", 6), (KeyType::Date, "Date", 6)]
    {
        let names: Vec<&str> = operators(Some(key)).collect();
        assert_eq!(names.len(), count + 1, "{names:?}");
        assert!(names.iter().all(|name| name.starts_with(begins) || *name == "Null"), "{names:?}");
    }
    for (several, one) in ARRAYS {
        assert!(several.is_multivalued() && !one.is_multivalued());
        assert_eq!(offered(Some(several)), offered(Some(one)));
    }
    assert_eq!(operators(None).count(), 27, "nothing is kept from a key that nobody knows");
}

#[test]
fn an_operator_must_suit_the_key() {
    assert_eq!(add("StringEquals", Some(KeyType::IpAddress), "x"), Err(ConditionFault::Unsuited(KeyType::IpAddress)));
    assert_eq!(
        add("BoolIfExists", Some(KeyType::ArrayOfString), "true"),
        Err(ConditionFault::Unsuited(KeyType::String))
    );
    assert_eq!(add("NullIfExists", Some(KeyType::Bool), "true"), Err(ConditionFault::Operator));
    assert_eq!(add("Null", Some(KeyType::Date), "true"), Ok(()));
    assert_eq!(add("StringEquals", None, "x"), Ok(()));
    assert_eq!(add("ForAnyValue:StringLike", Some(KeyType::String), "x"), Err(ConditionFault::Single));
    for operator in ["ForAnyValue:StringLike", "ForAllValues:StringEqualsIfExists", "StringEquals"] {
        assert_eq!(add(operator, Some(KeyType::ArrayOfString), "x"), Ok(()), "{operator}");
    }
}

#[test]
fn a_value_must_mean_something_to_the_operator() {
    type Fault = fn(String) -> ConditionFault;
    for (operator, good, bad, fault) in [
        ("Bool", "False", "yes", ConditionFault::Truth as Fault),
        ("Null", "true", "1", ConditionFault::Truth),
        ("NumericLessThan", "-1.5", "1e3", ConditionFault::Number),
        ("DateGreaterThan", "2026-08-01T00:00:00Z", "1/8/2026", ConditionFault::Date),
        ("DateLessThan", "1785542400", "2026-13-01", ConditionFault::Date),
        ("BinaryEquals", "Zm9v", "Zm9v!", ConditionFault::Binary),
        ("ArnLike", "arn:aws:s3:::*", "arn:aws:s3:*", ConditionFault::Arn),
        ("ArnEquals", "*", "bills", ConditionFault::Arn),
        ("IpAddress", "2001:db8::/32", "203.0.113.0/33", ConditionFault::Address),
        ("NotIpAddress", "203.0.113.7", "localhost", ConditionFault::Address),
    ] {
        assert_eq!(add(operator, None, good), Ok(()), "{operator} {good}");
        assert_eq!(add(operator, None, bad), Err(fault(bad.to_owned())), "{operator}");
    }
    // Only texts, ARNs and truth values can hold a variable: any other would never be met.
    for operator in ["StringLike", "ArnLike", "Bool"] {
        assert_eq!(add(operator, None, "${aws:PrincipalTag/x}"), Ok(()), "{operator}");
    }
    let variable = "${aws:PrincipalTag/x}".to_owned();
    assert_eq!(add("NumericEquals", None, &variable), Err(ConditionFault::Number(variable)));
}

/// The editor offers less than the language has: what came otherwise stays as it was written.
#[test]
fn conditions_that_are_not_offered_are_carried_along() {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{
        "StringLike":{"aws:SourceIp":"10.*","aws:MultiFactorAuthPresent":["true","false"]},
        "ForAllValues:BoolIfExists":{"aws:SecureTransport":"perhaps"},
        "NumericEquals":{"aws:TagKeys":"${aws:username}"},
        "Strange":{"no-key":""}}}]}"#;
    let mut visual = Visual::read(text, &[]).expect("a policy");
    assert_eq!(Sketch::parse(&visual.to_text()), Sketch::parse(text));
    let Some(Block::Drawn(drawn)) = visual.blocks.first_mut() else { panic!("it is drawn") };
    let before = drawn.conditions.clone();
    assert_eq!(drawn.other_conditions().count(), 5);
    drawn.need_mfa(true);
    drawn.add_condition("StringEquals", "aws:userid", Some(KeyType::String), vec!["x".to_owned()]).expect("good");
    assert_eq!(drawn.conditions.iter().filter(|element| before.contains(element)).count(), 5, "{:?}", drawn.conditions);
    let again = Visual::read(&visual.to_text(), &[]).expect("a policy");
    assert_eq!(again, visual);
}
