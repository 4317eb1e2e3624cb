//! Each operator against a present, an absent and a many-valued key.

use super::*;

fn holds(operator: &str, values: &[&str], context: &Context) -> Truth {
    let element = ConditionElement {
        operator: operator.to_owned(),
        key: "Ex:Key".to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    Condition::new(&element, Version::V2012).holds(context)
}

fn with(values: &[&str]) -> Context {
    Context::new()
        .with_many("ex:KEY", values.iter().copied())
        .with("aws:username", "al*ce")
        .with("aws:PrincipalTag/arn", "arn:aws:sns:us-east-1:123456789012:topic")
}

/// `(operator, policy values, request value, expected)`
const SINGLE: &[(&str, &[&str], &str, Truth)] = &[
    ("StringEquals", &["blue"], "blue", Truth::True),
    ("StringEquals", &["blue"], "Blue", Truth::False),
    ("StringEquals", &["red", "blue"], "blue", Truth::True),
    ("StringEquals", &["b*"], "blue", Truth::False),
    ("StringEquals", &["${aws:username}"], "al*ce", Truth::True),
    ("StringEquals", &["${aws:userid}"], "${aws:userid}", Truth::False),
    ("StringEquals", &["${*}"], "*", Truth::True),
    ("StringNotEquals", &["red", "blue"], "blue", Truth::False),
    ("StringNotEquals", &["red", "blue"], "green", Truth::True),
    ("StringNotEquals", &["${aws:userid}"], "x", Truth::True),
    ("StringEqualsIgnoreCase", &["BLUE"], "bluE", Truth::True),
    ("StringNotEqualsIgnoreCase", &["BLUE"], "bluE", Truth::False),
    ("StringLike", &["home/${aws:username}/*"], "home/al*ce/x", Truth::True),
    ("StringLike", &["home/${aws:username}/*"], "home/alice/x", Truth::False),
    ("StringLike", &["t1.*", "t2.*"], "t2.micro", Truth::True),
    ("StringLike", &[""], "", Truth::True),
    ("StringNotLike", &["t1.*", "t2.*"], "t3.micro", Truth::True),
    ("StringNotLike", &["t1.*", "t2.*"], "t2.micro", Truth::False),
    ("NumericEquals", &["10"], "10.0", Truth::True),
    ("NumericNotEquals", &["10"], "10", Truth::False),
    ("NumericNotEquals", &["10"], "many", Truth::True),
    ("NumericLessThan", &["10"], "9", Truth::True),
    ("NumericLessThan", &["10"], "10", Truth::False),
    ("NumericLessThanEquals", &["10"], "10", Truth::True),
    ("NumericGreaterThan", &["10"], "10.5", Truth::True),
    ("NumericGreaterThanEquals", &["10"], "9.9", Truth::False),
    ("NumericLessThan", &["10"], "many", Truth::False),
    ("NumericLessThan", &["ten"], "9", Truth::Unknown),
    ("NumericNotEquals", &["ten"], "9", Truth::Unknown),
    ("NumericEquals", &["ten", "9"], "9", Truth::True),
    ("NumericEquals", &["${aws:username}"], "9", Truth::Unknown),
    ("DateEquals", &["2020-01-01T00:00:00Z"], "1577836800", Truth::True),
    ("DateNotEquals", &["2020-01-01T00:00:00Z"], "1577836800", Truth::False),
    ("DateLessThan", &["2020-01-01T00:00:00Z"], "2019-12-31T23:59:59Z", Truth::True),
    ("DateLessThanEquals", &["2020-01-01"], "2020-01-01T00:00:01Z", Truth::False),
    ("DateGreaterThan", &["2020-01-01T00:00:00Z"], "2020-01-01T00:00:00Z", Truth::False),
    ("DateGreaterThanEquals", &["2020-01-01T00:00:00Z"], "2020-01-01T00:00:00Z", Truth::True),
    ("DateGreaterThan", &["2020-*"], "2020-01-01T00:00:00Z", Truth::Unknown),
    ("Bool", &["true"], "true", Truth::True),
    ("Bool", &["True"], "true", Truth::True),
    ("Bool", &["true"], "false", Truth::False),
    ("BinaryEquals", &["Zm9v"], "Zm9v", Truth::True),
    ("BinaryEquals", &["Zm9v"], "Zm9vYg==", Truth::False),
    ("BinaryEquals", &["***"], "Zm9v", Truth::Unknown),
    ("IpAddress", &["203.0.113.0/24", "2001:DB8:1234:5678::/64"], "203.0.113.9", Truth::True),
    ("IpAddress", &["203.0.113.0/24"], "198.51.100.1", Truth::False),
    ("NotIpAddress", &["203.0.113.0/24"], "198.51.100.1", Truth::True),
    ("NotIpAddress", &["203.0.113.0/24"], "203.0.113.9", Truth::False),
    ("NotIpAddress", &["203.0.113.0/99"], "203.0.113.9", Truth::Unknown),
    ("ArnEquals", &["arn:aws:sns:*:123456789012:*"], "arn:aws:sns:us-east-1:123456789012:topic", Truth::True),
    ("ArnLike", &["arn:aws:sns:*:topic"], "arn:aws:sns:us-east-1:123456789012:topic", Truth::False),
    ("ArnLike", &["${aws:PrincipalTag/arn}"], "arn:aws:sns:us-east-1:123456789012:topic", Truth::True),
    ("ArnLike", &["${aws:PrincipalTag/none}"], "arn:aws:sns:us-east-1:123456789012:topic", Truth::False),
    ("ArnLike", &["*"], "arn:aws:sns:us-east-1:123456789012:topic", Truth::True),
    ("ArnLike", &["arn:aws:iam::*:role/*"], "not an arn", Truth::False),
    (
        "ArnLike",
        &["arn:aws:someservice:*:111122223333:finance/*"],
        "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
        Truth::False,
    ),
    (
        "StringLike",
        &["arn:aws:someservice:*:111122223333:finance/*"],
        "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
        Truth::True,
    ),
    ("ArnNotEquals", &["arn:aws:sns:*:*:topic"], "arn:aws:sns:us-east-1:123456789012:topic", Truth::False),
    ("ArnNotLike", &["arn:aws:sns:*:*:other"], "arn:aws:sns:us-east-1:123456789012:topic", Truth::True),
    ("Null", &["true"], "x", Truth::False),
    ("Null", &["false"], "x", Truth::True),
    ("Null", &["maybe"], "x", Truth::Unknown),
    ("Null", &["false"], "", Truth::True),
    ("stringequals", &["x"], "x", Truth::Unknown),
    ("StringMatches", &["x"], "x", Truth::Unknown),
];

#[test]
fn a_single_value() {
    for (operator, values, value, expected) in SINGLE {
        assert_eq!(holds(operator, values, &with(&[value])), *expected, "{operator} {values:?} on {value}");
    }
}

#[test]
fn if_exists_changes_nothing_for_a_key_that_exists() {
    for (operator, values, value, expected) in SINGLE {
        if operator.parse::<Operator>().is_ok_and(|operator| operator.test != Test::Null) {
            let suffixed = [operator, "IfExists"].concat();
            assert_eq!(holds(&suffixed, values, &with(&[value])), *expected, "{suffixed} {values:?} on {value}");
        }
    }
}

#[test]
fn an_absent_key() {
    let absent = Context::new();
    for name in Operator::names().filter(|name| *name != "Null") {
        let negated = name.parse::<Operator>().expect(name).test.is_negated();
        for values in [&["1"][..], &["x", "2020-01-01"][..]] {
            assert_eq!(holds(name, values, &absent), negated.into(), "{name}");
            assert_eq!(holds(&[name, "IfExists"].concat(), values, &absent), Truth::True, "{name}IfExists");
            assert_eq!(holds(&["ForAllValues:", name].concat(), values, &absent), Truth::True);
            assert_eq!(holds(&["ForAnyValue:", name].concat(), values, &absent), Truth::False);
            assert_eq!(holds(&["ForAnyValue:", name, "IfExists"].concat(), values, &absent), Truth::True);
        }
    }
    assert_eq!(holds("Null", &["true"], &absent), Truth::True);
    assert_eq!(holds("Null", &["false"], &absent), Truth::False);
    assert_eq!(holds("Null", &["true", "false"], &absent), Truth::True);
    assert_eq!(holds("Null", &["true"], &with(&[])), Truth::True, "no values is no key");
    assert_eq!(holds("StringMatches", &["x"], &absent), Truth::Unknown);
}

#[test]
fn many_values() {
    use Truth::{False, True, Unknown};
    for (operator, values, request, expected) in [
        ("ForAllValues:StringEquals", &["a", "b", "c"][..], &["a", "b"][..], True),
        ("ForAllValues:StringEquals", &["a", "b", "c"], &["a", "z"], False),
        ("ForAllValues:StringEquals", &["a"], &[""], True),
        ("ForAllValues:StringLike", &["Created*"], &["CreatedBy", "CreatedAt"], True),
        ("ForAllValues:StringNotEquals", &["a", "b"], &["c", "d"], True),
        ("ForAllValues:StringNotEquals", &["a", "b"], &["c", "a"], False),
        ("ForAllValues:NumericLessThan", &["5"], &["1", "4.9"], True),
        (
            "ForAllValues:ArnEquals",
            &["arn:aws:iam::*:role/a"],
            &["arn:aws:iam::1:role/a", "arn:aws:iam::2:role/a"],
            True,
        ),
        ("ForAllValues:NumericEquals", &["x"], &["1"], Unknown),
        ("ForAnyValue:StringEquals", &["a", "b"], &["z", "b"], True),
        ("ForAnyValue:StringEquals", &["a", "b"], &["y", "z"], False),
        ("ForAnyValue:StringEquals", &["a", ""], &[""], False),
        ("ForAnyValue:StringNotEquals", &["a", "b"], &["a", "z"], True),
        ("ForAnyValue:StringNotEquals", &["a", "b"], &["a", "b"], False),
        ("ForAnyValue:StringLike", &["x*"], &["a", "xy"], True),
        // Without a quantifier: one that fits is enough, and the negation is the opposite.
        ("StringEquals", &["a"], &["a", "z"], True),
        ("StringNotEquals", &["a"], &["a", "z"], False),
        ("StringNotEquals", &["b"], &["a", "z"], True),
    ] {
        assert_eq!(holds(operator, values, &with(request)), expected, "{operator} {values:?} on {request:?}");
    }
}

#[test]
fn an_empty_list_of_values_fits_nothing() {
    assert_eq!(holds("StringEquals", &[], &with(&["a"])), Truth::False);
    assert_eq!(holds("StringNotEquals", &[], &with(&["a"])), Truth::True);
    assert_eq!(holds("ForAllValues:StringEquals", &[], &with(&["a"])), Truth::False);
}

#[test]
fn the_first_version_takes_variables_as_text() {
    let element = ConditionElement {
        operator: "StringEquals".into(),
        key: "ex:key".into(),
        values: vec!["${aws:username}".into()],
    };
    let condition = Condition::new(&element, Version::V2008);
    assert_eq!(condition.holds(&with(&["al*ce"])), Truth::False);
    assert_eq!(condition.holds(&with(&["${aws:username}"])), Truth::True);
}

#[test]
fn a_test_says_which_values_it_can_read() {
    let reads = |operator: &str, value: &str| operator.parse::<Operator>().expect("known").test.reads(value);
    for (operator, good, bad) in [
        ("NumericLessThan", "-1.5", "1e3"),
        ("DateGreaterThan", "2026-08-01T00:00:00Z", "1 August 2026"),
        ("BinaryEquals", "Zm9v", "Zm9vY"),
        ("NotIpAddress", "2001:db8::/32", "203.0.113.0/+8"),
        ("Null", "TRUE", "yes"),
    ] {
        assert!(reads(operator, good) && !reads(operator, bad), "{operator}");
        assert!(!reads(operator, "${aws:username}"), "{operator} knows no variables");
    }
    for operator in ["StringLike", "ArnLike", "Bool"] {
        assert!(reads(operator, "${aws:username}"), "{operator}");
    }
}
