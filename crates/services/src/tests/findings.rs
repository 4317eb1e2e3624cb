//! Warnings and security findings, each with a policy that must not be blamed.

use policy::PolicyKind;

use crate::{FindingKind, action, findings};

fn of(text: &str) -> Vec<(FindingKind, u32, u32)> {
    let found = findings(text, PolicyKind::Identity).expect("a policy");
    found.into_iter().map(|finding| (finding.kind, finding.line, finding.column)).collect()
}

fn allow(action: &str, rest: &str) -> String {
    format!(
        "{{\"Version\": \"2012-10-17\", \"Statement\": {{\n\"Effect\": \"Allow\", \"Action\": {action},\n{rest}}}}}"
    )
}

fn message(text: &str) -> String {
    findings(text, PolicyKind::Identity).expect("a policy").remove(0).message
}

#[test]
fn names_that_nobody_knows_come_with_a_suggestion() {
    let everywhere = r#""Resource": "*""#;
    assert_eq!(of(&allow(r#"["s3:GetObject", "s3:GetObjct"]"#, everywhere)), [(FindingKind::UnknownAction, 2, 47)]);
    let text = message(&allow(r#""s3:GetObjct""#, everywhere));
    assert_eq!(text, "Amazon S3 has no action GetObjct. Did you mean s3:GetObject?");
    assert_eq!(message(&allow(r#""lamda:Invoke""#, everywhere)), "There is no service lamda. Did you mean lambda?");
    assert_eq!(of(&allow(r#""s3:Fetch*""#, everywhere)).first().map(|found| found.0), Some(FindingKind::UnknownAction));
    assert!(of(&allow(r#"["S3:getobject", "s3:List*", "ec2:Describe*"]"#, everywhere)).is_empty());
    let condition = r#""Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresnt": "true"}}"#;
    assert_eq!(of(&allow(r#""s3:GetObject""#, condition)), [(FindingKind::UnknownConditionKey, 3, 32)]);
    let own = r#""Resource": "*", "Condition": {"StringLike": {"s3:prefix": "a/*", "graph.facebook.com:id": "x"}}"#;
    assert!(of(&allow(r#""s3:ListBucket""#, own)).is_empty());
}

#[test]
fn an_operator_that_does_not_suit_its_key_is_told() {
    let when =
        |condition: &str| allow(r#""s3:GetObject""#, &format!(r#""Resource": "*", "Condition": {{{condition}}}"#));
    for (condition, needed) in [
        (r#""StringEquals": {"aws:MultiFactorAuthPresent": "true"}"#, "Bool"),
        (r#""NumericEquals": {"aws:username": "1"}"#, "String"),
        (r#""StringLike": {"aws:SourceIp": "10.*"}"#, "IpAddress"),
        (r#""ForAnyValue:BoolIfExists": {"aws:TagKeys": "true"}"#, "String"),
        (r#""BoolIfExists": {"aws:CurrentTime": "true"}"#, "Date"),
        (r#""IpAddress": {"aws:PrincipalArn": "10.0.0.0/8"}"#, "Arn"),
    ] {
        assert_eq!(of(&when(condition)), [(FindingKind::UnsuitedOperator, 3, 32)], "{condition}");
        assert!(message(&when(condition)).starts_with(&format!("Use the operator type {needed} instead of operator")));
    }
    for condition in [
        r#""Bool": {"aws:MultiFactorAuthPresent": "true"}"#,
        r#""StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}"#,
        r#""NumericLessThan": {"aws:EpochTime": "1785542400"}"#,
        r#""Null": {"aws:SourceIp": "true"}"#,
        r#""StringEquals": {"graph.facebook.com:id": "x", "aws:PrincipalTag/team": "a"}"#,
        r#""Strange": {"aws:SourceIp": "x"}"#,
    ] {
        assert!(of(&when(condition)).is_empty(), "{condition}");
    }
}

#[test]
fn a_text_full_of_slips_has_an_end_and_hides_no_danger() {
    let slips: Vec<String> = (0..5000).map(|number| format!("\"s3:GetObjct{number}\"")).collect();
    let text = allow(&format!("[{}, \"iam:*\"]", slips.join(", ")), r#""Resource": "*""#);
    let found = findings(&text, PolicyKind::Identity).expect("a policy");
    let (dangers, slips): (Vec<_>, Vec<_>) = found.iter().partition(|finding| finding.kind.is_security());
    assert_eq!((slips.len(), dangers.len()), (100, 2));
    let suggested = |finding: &&&crate::Finding| finding.message.contains("Did you mean s3:GetObject?");
    assert_eq!(slips.iter().filter(suggested).count(), 20, "the first ones");
    assert!(slips[..20].iter().all(|finding| finding.message.contains("Did you mean")));
    let many: Vec<String> = (0..5000).map(|number| format!("\"iam:Put{number}*\", \"iam:Put*Policy\"")).collect();
    let text = allow(&format!("[{}]", many.join(", ")), r#""Resource": "*""#);
    assert_eq!(findings(&text, PolicyKind::Identity).expect("a policy").len(), 200);
}

#[test]
fn what_is_said_twice_could_be_left_out() {
    let everywhere = r#""Resource": "*""#;
    let redundant = |action: &str| of(&allow(action, everywhere)).into_iter().map(|found| found.0).collect::<Vec<_>>();
    let twice = allow(r#"["s3:ListBucket", "S3:getobject", "s3:Get*", "s3:ListBucket"]"#, everywhere);
    assert_eq!(of(&twice), [(FindingKind::RedundantAction, 2, 48)]);
    assert_eq!(
        message(&twice),
        "The 2 action(s) are redundant because they provide similar permissions. Update the policy to remove the \
         redundant action such as: S3:getobject."
    );
    assert_eq!(redundant(r#"["s3:GetObject", "s3:*"]"#), [FindingKind::RedundantAction]);
    assert_eq!(redundant(r#"["s3:*", "s3:**"]"#), [FindingKind::RedundantAction], "one of the two is enough");
    for apart in [
        r#"["s3:GetObject", "s3:GetObjectAcl"]"#,
        r#"["s3:Get*", "s3:Ge?Object"]"#,
        r#"["s3:GetObject?cl", "s3:GetObject*"]"#,
    ] {
        let expected: &[FindingKind] = if apart.contains("Object*") { &[FindingKind::RedundantAction] } else { &[] };
        assert_eq!(redundant(apart), expected, "{apart}");
    }
    let resources = |list: &str| of(&allow(r#""s3:GetObject""#, &format!("\"Resource\": {list}")));
    let covered = r#"["arn:aws:s3:::bills/may", "arn:aws:s3:::bills/*"]"#;
    assert_eq!(resources(covered), [(FindingKind::RedundantResource, 3, 14)]);
    assert!(resources(r#"["arn:aws:s3:::bills", "arn:aws:s3:::bills/*"]"#).is_empty());
    let denied = allow(r#""s3:GetObject""#, r#""Sid": "", "Resource": "*""#).replace("Allow", "Deny");
    assert_eq!(of(&denied), [(FindingKind::EmptySid, 1, 40)]);
    assert!(FindingKind::EmptySid.is_suggestion() && !FindingKind::EmptySid.is_security());
}

#[test]
fn for_all_values_of_a_key_with_one_value_is_named() {
    let with = |key: &str| {
        let condition = format!(r#""Resource": "*", "Condition": {{"ForAllValues:StringLike": {{"{key}": "x"}}}}"#);
        allow(r#""s3:GetObject""#, &condition)
    };
    let text = with("aws:PrincipalTag/team");
    assert_eq!(of(&text), [(FindingKind::ForAllValuesOfOne, 3, 32)]);
    assert!(message(&text).contains("the single-valued condition key aws:PrincipalTag/team can be overly permissive"));
    assert!(of(&with("aws:TagKeys")).is_empty());
    assert!(of(&text.replace("Allow\"", "Deny\"")).is_empty());
}

#[test]
fn passing_any_role_is_named_and_a_limit_silences_it() {
    let pass = r#""iam:PassRole""#;
    for open in [
        r#""Resource": "*""#,
        r#""Resource": "arn:aws:iam::111122223333:role/*""#,
        r#""Resource": "arn:aws:iam::*:role/*""#,
    ] {
        assert_eq!(of(&allow(pass, open)), [(FindingKind::PassAnyRole, 2, 30)], "{open}");
    }
    for limited in [
        r#""Resource": "arn:aws:iam::111122223333:role/Web""#,
        r#""Resource": "arn:aws:iam::111122223333:role/web/*""#,
        r#""Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}"#,
    ] {
        assert!(of(&allow(pass, limited)).is_empty(), "{limited}");
    }
}

#[test]
fn not_action_and_everything_are_named() {
    let not = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}"#;
    assert_eq!(of(not), [(FindingKind::AllowWithNotAction, 1, 61)]);
    assert!(of(&not.replace("Allow", "Deny")).is_empty());
    assert_eq!(of(&allow(r#""*""#, r#""Resource": "*""#)), [(FindingKind::Administrator, 2, 30)]);
    assert!(of(&allow(r#""s3:*""#, r#""Resource": "*""#)).is_empty());
}

#[test]
fn ways_to_more_permissions_are_named() {
    let kinds =
        |action: &str, rest: &str| of(&allow(action, rest)).into_iter().map(|found| found.0).collect::<Vec<_>>();
    let everywhere = r#""Resource": "*""#;
    let me = r#""Resource": "arn:aws:iam::*:user/${aws:username}""#;
    for method in super::super::escalation::METHODS {
        assert!(action(method.action).is_some(), "{} is in the catalogue", method.action);
        let quoted = format!("\"{}\"", method.action);
        assert_eq!(kinds(&quoted, everywhere), [FindingKind::Escalation], "{quoted}");
        let expected: &[FindingKind] = if method.of_others { &[] } else { &[FindingKind::Escalation] };
        assert_eq!(kinds(&quoted, me), expected, "{quoted} for oneself");
    }
    let bounded = r#""Resource": "*", "Condition": {"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess"}}"#;
    assert!(kinds(r#""iam:PutUserPolicy""#, bounded).is_empty());
    assert_eq!(kinds(r#""iam:*""#, everywhere), [FindingKind::PassAnyRole, FindingKind::Escalation]);
    let text = message(&allow(r#""iam:Attach*""#, everywhere));
    assert_eq!(
        text,
        "With iam:Attach* here the holder can attach any policy to a user, attach any policy to a group and attach any \
         policy to a role: a way to more permissions."
    );
    assert!(kinds(r#"["iam:Get*", "iam:List*", "iam:ChangePassword"]"#, everywhere).is_empty());
    let deny = allow(r#""iam:PutUserPolicy""#, everywhere).replace("Allow", "Deny");
    assert!(of(&deny).is_empty());
}

#[test]
fn everybody_in_a_resources_policy_is_named() {
    let kinds = |principal: &str, effect: &str| {
        let text = format!(r#"{{"Statement": {{"Effect": "{effect}", {principal}, "Action": "sts:AssumeRole"}}}}"#);
        let found = findings(&text, PolicyKind::Trust).expect("a trust policy");
        found.into_iter().map(|finding| finding.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(r#""Principal": "*""#, "Allow"), [FindingKind::EveryPrincipal]);
    assert_eq!(kinds(r#""Principal": {"AWS": ["111122223333", "*"]}"#, "Allow"), [FindingKind::EveryPrincipal]);
    assert_eq!(kinds(r#""NotPrincipal": {"AWS": "111122223333"}"#, "Allow"), [FindingKind::EveryPrincipal]);
    assert!(kinds(r#""Principal": {"AWS": "111122223333"}"#, "Allow").is_empty());
    assert!(kinds(r#""Principal": "*""#, "Deny").is_empty());
    assert!(FindingKind::EveryPrincipal.is_security() && !FindingKind::UnknownAction.is_security());
}

#[test]
fn what_is_no_policy_is_refused_with_its_place() {
    let error = findings("{\"Statement\": [}", PolicyKind::Identity).expect_err("no policy");
    assert_eq!((error.position.line, error.position.column), (1, 16));
}
