//! Flat parameters into inputs.

use aws::query::{
    Parameters,
    decode::{Error, decode},
    parameters::{MAX_DEPTH, MAX_PARAMETERS, Malformed},
};
use proptest::prelude::*;
use serde::{Deserialize, de::DeserializeOwned};

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Input {
    user_name: String,
    path: Option<String>,
    max_items: Option<i32>,
    ratio: Option<f64>,
    force: Option<bool>,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default)]
    names: Vec<String>,
    nested: Option<Nested>,
    status: Option<Status>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tag {
    key: String,
    #[serde(default)]
    value: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Nested {
    inner: Tag,
    lists: Vec<Vec<u8>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
enum Status {
    Active,
    Inactive,
}

fn read<T: DeserializeOwned>(form: &str) -> Result<T, Error> {
    decode(&Parameters::read(form.as_bytes()).expect("parameters"))
}

fn input(form: &str) -> Input {
    read(&format!("Action=X&Version=2010-05-08&UserName=u&{form}")).expect("an input")
}

#[track_caller]
fn refused(form: &str, code: &str, sentence: &str) {
    let error = read::<Input>(form).expect_err("refused");
    assert_eq!((error.code(), error.to_string().as_str()), (code, sentence));
}

#[test]
fn scalars() {
    let read =
        input("Path=%2Fa%20b%2Bc%2F&MaxItems=0900&Ratio=-1.5&Force=true&Status=Inactive&Unknown=1&Tag.member.9=x");
    assert_eq!(read.user_name, "u");
    assert_eq!(read.path.as_deref(), Some("/a b+c/"));
    assert_eq!(
        (read.max_items, read.ratio, read.force, read.status),
        (Some(900), Some(-1.5), Some(true), Some(Status::Inactive))
    );
    // As AWS's STS reads DurationSeconds.
    assert_eq!(input("MaxItems=%2B900").max_items, Some(900));
    assert_eq!(
        (input("Force=1").force, input("Force=0").force, input("Force=false").force),
        (Some(true), Some(false), Some(false))
    );
}

#[test]
fn absent_is_not_empty() {
    let read = input("");
    assert_eq!((read.path, read.max_items, read.tags, read.nested), (None, None, vec![], None));
    assert_eq!(input("Path=").path.as_deref(), Some(""));
    assert_eq!(input("Path").path.as_deref(), Some(""));
}

#[test]
fn of_a_repeated_parameter_the_first_counts() {
    assert_eq!(input("Path=/a/&Path=/b/").path.as_deref(), Some("/a/"));
    assert_eq!(input("UserName=v").user_name, "u");
}

#[test]
fn lists() {
    let tag = |key: &str, value: &str| Tag { key: key.into(), value: value.into() };
    let read = input("Tags.member.1.Key=a&Tags.member.1.Value=b&Tags.member.2.Key=c&Names.member.1=x&Names.member.2=y");
    assert_eq!((read.tags, read.names), (vec![tag("a", "b"), tag("c", "")], vec!["x".to_owned(), "y".to_owned()]));
    let read = input("Names.member.10=j&Names.member.2=b&Names.member.1=a");
    assert_eq!(read.names, ["a", "b", "j"], "in the order of their numbers, which may have gaps");
    assert_eq!(input("Tags=&Names=").tags, []);
}

#[test]
fn nesting() {
    let read = input(
        "Nested.Inner.Key=k&Nested.Lists.member.1.member.1=1&Nested.Lists.member.1.member.2=2&Nested.Lists.member.2=",
    );
    let nested = Nested { inner: Tag { key: "k".into(), value: String::new() }, lists: vec![vec![1, 2], vec![]] };
    assert_eq!(read.nested, Some(nested));
}

#[test]
fn a_secret_is_a_text_like_any_other() {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Password {
        password: model::Secret,
    }
    assert_eq!(read::<Password>("Password=p%26ss").expect("an input").password.expose(), "p&ss");
}

#[test]
fn operations_without_members() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Braces {}
    #[derive(Debug, PartialEq, Deserialize)]
    struct Unit;
    assert_eq!(read("Action=GetAccountSummary&Version=2010-05-08"), Ok(Braces {}));
    assert_eq!(read("Action=GetAccountSummary&Version=2010-05-08"), Ok(Unit));
}

#[test]
fn what_is_missing_is_named_as_aws_names_it() {
    refused(
        "Path=/",
        "ValidationError",
        "1 validation error detected: Value null at 'userName' failed to satisfy constraint: Member must not be null",
    );
    refused(
        "UserName=u&Tags.member.1.Key=a&Tags.member.2.Value=b",
        "ValidationError",
        "1 validation error detected: Value null at 'tags.2.member.key' failed to satisfy constraint: Member must not be null",
    );
    refused(
        "UserName=u&Status=Asleep",
        "ValidationError",
        "1 validation error detected: Value 'Asleep' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]",
    );
}

#[test]
fn text_of_the_wrong_kind() {
    refused("UserName=u&MaxItems=", "MalformedInput", "missing value for decimal type");
    refused("UserName=u&MaxItems=ten", "MalformedInput", "'ten' is not a number of the expected kind.");
    refused("UserName=u&MaxItems=2147483648", "MalformedInput", "'2147483648' is not a number of the expected kind.");
    refused("UserName=u&Force=", "MalformedInput", "missing value for boolean type");
    refused("UserName=u&Force=TRUE", "MalformedInput", "boolean must follow xsd1.1 definition");
    refused("UserName.member.1=u", "MalformedInput", "A value was expected where the request has members.");
    for list in ["Names=a", "Names.1=a", "Names.member=a"] {
        refused(&format!("UserName=u&{list}"), "MalformedInput", "A list was expected.");
    }
    for list in ["Names.member.x=a", "Names.member.01=a", "Names.member.-1=a", "Names.member.4294967296=a"] {
        refused(&format!("UserName=u&{list}"), "MalformedInput", "The members of a list are numbered from 1.");
    }
}

#[test]
fn bodies_that_hold_no_parameters() {
    let malformed = |form: &[u8]| Parameters::read(form).expect_err("malformed");
    assert_eq!(malformed(b"a=%ff"), Malformed::NotText);
    assert_eq!(malformed(b"\xc3\x28=1"), Malformed::NotText);
    assert_eq!(malformed(b"a=b%00c"), Malformed::Null);
    assert_eq!(malformed(b"a\0=b"), Malformed::Null);
    assert_eq!(malformed(&b"a&".repeat(MAX_PARAMETERS + 1)), Malformed::TooMany);
    assert!(Parameters::read(&b"a&".repeat(MAX_PARAMETERS)).is_ok());
    assert_eq!(malformed("a.".repeat(MAX_DEPTH).as_bytes()), Malformed::TooDeep);
    assert!(Parameters::read("a.".repeat(MAX_DEPTH - 1).as_bytes()).is_ok());
    for malformed in [Malformed::NotText, Malformed::Null, Malformed::TooMany, Malformed::TooDeep] {
        assert!(malformed.sentence().ends_with('.'));
    }
}

/// Percent-codes everything, the hardest a client can make it.
fn coded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

proptest! {
    /// What botocore's QuerySerializer writes of a value comes back as that value.
    #[test]
    fn round_trip(name in "[^\0]{0,20}", path in proptest::option::of("[^\0]{0,9}"), max in any::<Option<i32>>(), force in any::<Option<bool>>(),
                  tags in proptest::collection::vec(("[^\0]{0,5}", "[^\0]{0,5}"), 0..12), names in proptest::collection::vec("[^\0]{0,5}", 0..12)) {
        let mut form = vec![format!("UserName={}", coded(&name))];
        form.extend(path.as_ref().map(|path| format!("Path={}", coded(path))));
        form.extend(max.map(|max| format!("MaxItems={max}")));
        form.extend(force.map(|force| format!("Force={force}")));
        for (index, (key, value)) in tags.iter().enumerate() {
            form.push(format!("Tags.member.{}.Key={}&Tags.member.{}.Value={}", index + 1, coded(key), index + 1, coded(value)));
        }
        form.extend(names.iter().enumerate().map(|(index, name)| format!("Names.member.{}={}", index + 1, coded(name))));
        let read: Input = read(&form.join("&")).unwrap();
        prop_assert_eq!((&read.user_name, &read.path, read.max_items, read.force), (&name, &path, max, force));
        prop_assert_eq!(read.tags.into_iter().map(|tag| (tag.key, tag.value)).collect::<Vec<_>>(), tags);
        prop_assert_eq!(read.names, names);
    }

    #[test]
    fn no_body_panics(form in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(parameters) = Parameters::read(&form) {
            let _ = decode::<Input>(&parameters);
        }
    }

    #[test]
    fn no_parameters_panic(form in "((UserName|Tags|Names|Nested|Status|MaxItems)(\\.(member|Key|Inner|Lists|1|2|x)){0,4}=?[a1]?&){0,8}") {
        let _ = decode::<Input>(&Parameters::read(form.as_bytes()).unwrap());
    }
}

#[test]
fn maps_are_entries() {
    type Map = std::collections::BTreeMap<String, Option<String>>;
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Input {
        #[serde(default)]
        attributes: Map,
    }
    let map = |form: &str| read::<Input>(form).map(|input| input.attributes);
    let expected: Map = [("a".to_owned(), Some("1".to_owned())), ("b".to_owned(), Some(String::new()))].into();
    let form = "Attributes.entry.1.key=a&Attributes.entry.1.value=1&Attributes.entry.2.key=b&Attributes.entry.2.value=";
    assert_eq!(map(form), Ok(expected.clone()));
    assert_eq!(map(&form.replace("key", "Name").replace("value", "Value")), Ok(expected), "SNS names entries so, too");
    assert_eq!(map(""), Ok(Map::new()));
    for bad in ["Attributes.entry.1.key=a", "Attributes.entry.1.value=a", "Attributes.entry.x.key=a"] {
        assert!(map(bad).expect_err(bad).is_malformed(), "{bad}");
    }
}
