//! Each sentence with a policy that earns it.

use super::*;

fn sentence(kind: PolicyKind, text: &str) -> String {
    match validate(text, kind) {
        Ok(_) => "accepted".to_owned(),
        Err(malformed) => malformed.to_string(),
    }
}

fn identity(text: &str) -> String {
    sentence(PolicyKind::Identity, text)
}

/// A policy with one statement of these elements.
fn of(elements: &str) -> String {
    identity(&format!(r#"{{"Version": "2012-10-17", "Statement": {{{elements}}}}}"#))
}

/// A policy that allows `s3:ListBucket` with this Resource.
fn resource(value: &str) -> String {
    of(&format!(r#""Effect": "Allow", "Action": "s3:ListBucket", "Resource": {value}"#))
}

/// A policy that allows these actions on everything.
fn action(value: &str) -> String {
    of(&format!(r#""Effect": "Allow", "Action": {value}, "Resource": "*""#))
}

/// A policy that allows `s3:ListBucket` under this Condition.
fn condition(value: &str) -> String {
    of(&format!(r#""Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {value}"#))
}

const SYNTAX: &str = "Syntax errors in policy.";
const LEGACY: &str = "The policy failed legacy parsing";
const VERSION: &str = "Policy document must be version 2012-10-17 or greater.";

#[test]
fn syntax() {
    for text in [
        "This is not a json document",
        "[]",
        r#"{"Version": "2012-10-17"}"#,
        r#"{"Version": "2012-10-17", "Statement": []}"#,
        r#"{"Version": "2012-10-17", "Statement": ["afd"]}"#,
        r#"{"Version": "2013-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#,
        r#"{"Version": "2012-10-17", "Id": {}, "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#,
        r#"{"Version": "2012-10-17", "Extra": "", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#,
    ] {
        assert_eq!(identity(text), SYNTAX, "{text}");
    }
    for elements in [
        r#""Action": "*", "Resource": "*""#,
        r#""Effect": "maybe", "Action": "*", "Resource": "*""#,
        r#""Effect": "Allow", "Action": "*", "Resource": "*", "Extra": 1"#,
        r#""Effect": "Allow", "Action": {}, "Resource": "*""#,
        r#""Effect": "Allow", "Action": [[]], "Resource": "*""#,
        r#""Effect": "Allow", "Action": "*", "Resource": {"a": "*"}"#,
        r#""Effect": "Allow", "Action": "*", "Resource": ["*", {}]"#,
        r#""Effect": "Allow", "Action": "*", "NotAction": [], "Resource": "*""#,
        r#""Effect": "Allow", "Action": "*", "Resource": "*", "NotResource": "*""#,
        r#""Effect": "Allow", "Effect": "Allow", "Action": "*", "Resource": "*""#,
        r#""Effect": "Allow", "Action": "*", "Resource": "*", "Sid": []"#,
    ] {
        assert_eq!(of(elements), SYNTAX, "{elements}");
    }
    for value in [
        "[]",
        r#""a""#,
        r#"{"a": "b"}"#,
        r#"{"DateGreaterThan": []}"#,
        r#"{"DateGreaterThan": {"a": {}}}"#,
        r#"{"x": {"a": "1"}}"#,
        r#"{"ForAnyValue::StringEqualsIfExists": {"a": "asf"}}"#,
    ] {
        assert_eq!(condition(value), SYNTAX, "{value}");
    }
}

#[test]
fn version() {
    let statement = r#""Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    assert_eq!(identity(&format!("{{{statement}}}")), VERSION);
    assert_eq!(identity(&format!(r#"{{"Version": "2008-10-17", {statement}}}"#)), VERSION);
    // It comes before what legacy parsing and the Sids would say.
    assert_eq!(identity(r#"{"Statement": {"Effect": "denY", "Action": "*", "Resource": "*"}}"#), VERSION);
}

#[test]
fn principal() {
    let elements = r#""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*""#;
    assert_eq!(of(elements), "Policy document should not specify a principal.");
}

#[test]
fn legacy_parsing() {
    assert_eq!(of(r#""Effect": "denY", "Action": "*", "Resource": "*""#), LEGACY);
    for arn in ["arn:aws:s3::example_bucket", "arn:aws::::example_bucket", "arn:aws::fdsasf"] {
        assert_eq!(resource(&format!("\"{arn}\"")), LEGACY, "{arn}");
        assert_eq!(resource(&format!("[\"{arn}\"]")), LEGACY, "{arn}");
    }
    for date in ["sdfdsf", "234-13", "2016-12-13t2:00:00.593194+1", "9223372036854775808"] {
        assert_eq!(condition(&format!(r#"{{"DateLessThan": {{"a": "{date}"}}}}"#)), LEGACY, "{date}");
    }
    // It comes before missing actions, and before what is wrong with a resource otherwise.
    assert_eq!(of(r#""Effect": "Allow", "Resource": "arn:aws:s3::example_bucket""#), LEGACY);
    assert_eq!(of(r#""Effect": "allow", "Resource": "arn:aws:s3:us-east-1::example_bucket""#), LEGACY);
}

#[test]
fn sids() {
    let with = |one: &str, two: &str| {
        let statement = |sid| format!(r#"{{"Sid": "{sid}", "Effect": "Allow", "Action": "*", "Resource": "*"}}"#);
        identity(&format!(r#"{{"Version": "2012-10-17", "Statement": [{}, {}]}}"#, statement(one), statement(two)))
    };
    assert_eq!(with("a", "a"), "Statement IDs (SID) in a single policy must be unique.");
    assert_eq!(with("a", "A"), "accepted");
    assert_eq!(with("", ""), "accepted");
    assert!(with("a b", "c").starts_with("Statement IDs (SID) must be alpha-numeric."));
    let missing = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "a", "Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Sid": "a", "Effect": "Allow"}]}"#;
    assert_eq!(identity(missing), "Statement IDs (SID) in a single policy must be unique.");
}

#[test]
fn actions() {
    const NONE: &str = "Policy statement must contain actions.";
    const VENDOR: &str = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
    assert_eq!(of(r#""Effect": "Allow""#), NONE);
    assert_eq!(of(r#""Effect": "Allow", "Resource": "nonsense""#), NONE);
    assert_eq!(action("[]"), NONE);
    assert_eq!(action(r#""invalid""#), VENDOR);
    assert_eq!(of(r#""Effect": "Allow", "Action": "invalid""#), VENDOR);
    assert_eq!(of(r#""Effect": "Allow", "NotAction": "", "Resource": "*""#), VENDOR);
    assert_eq!(action(r#"["s3:*", "s3:List:Bucket"]"#), "Actions/Condition can contain only one colon.");
    assert_eq!(action(r#""a a:ListBucket""#), "Vendor a a is not valid");
    assert_eq!(action(r#""s*:ListBucket""#), "Vendor s* is not valid");
    for odd in ["*", "*:*", "s3-s:ListBucket", "s3.s:ListBucket", "iam: asdf safdsf af ", "IAM:getuser"] {
        assert_eq!(action(&format!("\"{odd}\"")), "accepted", "{odd}");
    }
}

#[test]
fn resources() {
    const NONE: &str = "Policy statement must contain resources.";
    const VENDOR: &str = "Resource vendor must be fully qualified and cannot contain regexes.";
    const PATHS: &str = "IAM resource path must either be \"*\" or start with user/, federated-user/, role/, group/, \
        instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.";
    assert_eq!(of(r#""Effect": "Allow", "Action": "s3:ListBucket""#), NONE);
    assert_eq!(resource("[]"), NONE);
    for (arn, expected) in [
        ("invalid resource", "Resource invalid resource must be in ARN format or \"*\"."),
        ("", "Resource  must be in ARN format or \"*\"."),
        ("a:bsdfdsafsad", "Partition \"bsdfdsafsad\" is not valid for resource \"arn:bsdfdsafsad:*:*:*:*\"."),
        ("a:b:cadfsdf", "Partition \"b\" is not valid for resource \"arn:b:cadfsdf:*:*:*\"."),
        ("a:b:c:d:e:f:g:h", "Partition \"b\" is not valid for resource \"arn:b:c:d:e:f:g:h\"."),
        ("aws:s3:::example_bucket", "Partition \"s3\" is not valid for resource \"arn:s3:::example_bucket:*\"."),
        ("arn:aws", VENDOR),
        ("arn:aws:*:us-east-1:1:x", VENDOR),
        ("arn:aws:iam:::example_bucket", PATHS),
        ("arn:aws:iam::123456789012:u*", PATHS),
        (
            "arn:aws:iam:us-east-1::example_bucket",
            "IAM resource arn:aws:iam:us-east-1::example_bucket cannot contain region information.",
        ),
        (
            "arn:aws:s3:us-east-1::example_bucket",
            "Resource arn:aws:s3:us-east-1::example_bucket can not contain region information.",
        ),
        ("arn:aws:s3:us-east-1:123456789012:accesspoint/x", "accepted"),
        ("arn:aws:iam:::user/example_bucket", "accepted"),
        ("arn:aws:iam::*:*", "accepted"),
        ("arn:aws:iam::*:root", "accepted"),
        ("arn:aws:fdsasf", "accepted"),
        ("arn:*:kms:*:*:key/*", "accepted"),
        ("arn:aws:ec2:us-east-1::example_bucket", "accepted"),
        ("arn:aws:s3:::${aws:username}/*", "accepted"),
        ("*", "accepted"),
    ] {
        assert_eq!(resource(&format!("\"{arn}\"")), expected, "{arn}");
    }
    assert_eq!(
        resource(r#"["arn:error:s3::example_bucket", "arn:error:s3:::example_bucket"]"#),
        "Partition \"error\" is not valid for resource \"arn:error:s3:::example_bucket\"."
    );
    assert_eq!(
        of(r#""Effect": "Allow", "Action": "s:3:ListBucket", "Resource": "sdfsadf""#),
        "Resource sdfsadf must be in ARN format or \"*\".",
        "before the actions' prefixes"
    );
}

#[test]
fn conditions_that_are_fine() {
    for value in [
        "{}",
        r#"{"DateGreaterThan": {}}"#,
        r#"{"DateGreaterThan": {"a": []}}"#,
        r#"{"DateGreaterThan": {"a": "01T"}}"#,
        r#"{"DateLessThan": {"a": "-292275054"}}"#,
        r#"{"DateLessThanEquals": {"a": "2016-12-13t2:00:00.593194+23"}}"#,
        r#"{"a": {}}"#,
        r#"{"x": {}, "y": {}}"#,
        r#"{"Bool": {"aws:SecureTransport": true}}"#,
        r#"{"NumericLessThan": {"s3:max-keys": 10}}"#,
        r#"{"ForAnyValue:StringEqualsIfExists": {"a": "asf"}}"#,
    ] {
        assert_eq!(condition(value), "accepted", "{value}");
    }
}

#[test]
fn trust_policies() {
    let trust = |text: &str| sentence(PolicyKind::Trust, text);
    let with = |elements: &str| {
        trust(&format!(r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", {elements}}}]}}"#))
    };
    assert_eq!(trust("{"), "This policy contains invalid Json");
    assert_eq!(trust("{}"), SYNTAX);
    assert_eq!(with(r#""Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole""#), "accepted");
    assert_eq!(
        trust(
            r#"{"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:assumeRole"}}"#
        ),
        "accepted"
    );
    assert_eq!(with(r#""Action": "sts:AssumeRole""#), "Missing required field Principal");
    assert_eq!(
        with(r#""Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole", "Resource": "*""#),
        "Has prohibited field Resource"
    );
    assert_eq!(
        with(r#""Principal": {"AWS": "123456789012"}, "Action": "s3:*""#),
        "AssumeRole policy may only specify STS AssumeRole actions."
    );
    assert_eq!(
        with(r#""Principal": "*", "Action": "sts:AssumeRole""#),
        "AssumeRolepolicy contained an invalid principal: \"STAR\":\"*\"."
    );
    assert_eq!(
        with(r#""Principal": {"AWS": "arn:aws:iam::123456789012:user/*"}, "Action": "sts:AssumeRole""#),
        "Invalid principal in policy: \"AWS\":\"arn:aws:iam::123456789012:user/*\""
    );
}

#[test]
fn the_editor_gets_the_place_and_the_detail() {
    let text = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{\n    \"Effect\": \"Allow\",\n    \"Action\": [\"s3:*\", \"s3\"],\n    \"Resource\": \"*\"\n  }]\n}";
    let malformed = validate(text, PolicyKind::Identity).expect_err("an action without a vendor");
    assert_eq!(malformed.position, Position { line: 5, column: 24 });
    assert_eq!(malformed.detail, None);
    let malformed = validate("{\n  \"Version\" \"2012-10-17\"}", PolicyKind::Identity).expect_err("no colon");
    assert_eq!(malformed.position, Position { line: 2, column: 13 });
    assert_eq!(malformed.detail.expect("a detail").to_string(), "found '\"', but a colon is expected");
}
