//! Outputs and faults as XML.

use std::collections::BTreeMap;

use aws::query::{
    Service,
    encode::response,
    xml::{self, Text},
};
use proptest::prelude::*;
use serde::Serialize;

const ID: &str = "7a62c49f-347e-4fc4-9331-6e8eEXAMPLE";

fn iam() -> &'static Service {
    Service::named("iam").expect("IAM speaks Query")
}

fn result<T: Serialize>(output: &T) -> String {
    let xml = response(iam(), "X", output, ID).expect("encodes");
    let open = "<XResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">";
    let close = format!("<ResponseMetadata><RequestId>{ID}</RequestId></ResponseMetadata></XResponse>");
    xml.strip_prefix(open).and_then(|xml| xml.strip_suffix(&close)).expect("the envelope").to_owned()
}

#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    name: String,
    count: i64,
    is_truncated: bool,
    tags: Vec<Tag>,
    marker: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hidden: Vec<String>,
    status: Option<Status>,
    summary_map: BTreeMap<String, i64>,
    nothing: Option<Tag>,
    date: model::Timestamp,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Tag {
    key: String,
    value: String,
}

#[derive(Serialize)]
enum Status {
    Active,
}

#[test]
fn an_output_with_everything() {
    let output = Output {
        name: "a<b>&\"c\"'".into(),
        count: -3,
        is_truncated: true,
        tags: vec![Tag { key: "k".into(), value: "v".into() }, Tag { key: "l".into(), value: String::new() }],
        status: Some(Status::Active),
        summary_map: BTreeMap::from([("Users".into(), 7), ("UsersQuota".into(), 5000)]),
        ..Output::default()
    };
    assert_eq!(
        result(&output),
        "<XResult><Name>a&lt;b&gt;&amp;&quot;c&quot;&apos;</Name><Count>-3</Count><IsTruncated>true</IsTruncated>\
         <Tags><member><Key>k</Key><Value>v</Value></member><member><Key>l</Key><Value></Value></member></Tags>\
         <Status>Active</Status><SummaryMap><entry><key>Users</key><value>7</value></entry>\
         <entry><key>UsersQuota</key><value>5000</value></entry></SummaryMap><Date>1970-01-01T00:00:00Z</Date></XResult>"
    );
}

#[test]
fn an_output_with_nothing() {
    assert_eq!(
        result(&Output::default()),
        "<XResult><Name></Name><Count>0</Count><IsTruncated>false</IsTruncated><Tags/><SummaryMap/>\
         <Date>1970-01-01T00:00:00Z</Date></XResult>"
    );
}

#[test]
fn an_operation_that_answers_nothing_has_no_result() {
    assert_eq!(result(&()), "");
    #[derive(Serialize)]
    struct Empty {}
    assert_eq!(result(&Empty {}), "<XResult/>", "a result without members is still a result");
}

#[test]
fn lists_of_lists_and_of_options() {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Lists {
        lists: Vec<Vec<Option<u8>>>,
    }
    let lists = Lists { lists: vec![vec![Some(1), None, Some(2)], vec![]] };
    assert_eq!(
        result(&lists),
        "<XResult><Lists><member><member>1</member><member>2</member></member><member/></Lists></XResult>"
    );
}

#[test]
fn what_the_protocol_has_no_form_for() {
    assert!(response(iam(), "X", &(1, 2), ID).is_err());
    assert!(response(iam(), "X", &Err::<(), u8>(1), ID).is_err());
}

#[test]
fn faults() {
    assert_eq!(
        xml::fault(iam().namespace, "Sender", "NoSuchEntity", "The user with name <x> cannot be found.", ID),
        "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type><Code>NoSuchEntity</Code>\
         <Message>The user with name &lt;x&gt; cannot be found.</Message></Error>\
         <RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId></ErrorResponse>"
    );
}

#[test]
fn characters_that_xml_cannot_hold() {
    assert_eq!(
        Text("a\u{1}b\u{b}\u{1f}\u{fffe}\u{ffff}\0").to_string(),
        "a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}"
    );
    assert_eq!(
        Text("tab\tline\ncarriage\rend\u{7f}\u{85}\u{10ffff}").to_string(),
        "tab\tline\ncarriage&#xD;end\u{7f}\u{85}\u{10ffff}"
    );
}

/// What an XML parser makes of text.
fn parsed(xml: &str) -> String {
    let xml = xml.replace("\r\n", "\n").replace('\r', "\n");
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#xD;", "\r"), ("&amp;", "&")];
    escapes.iter().fold(xml, |text, (escape, plain)| text.replace(escape, plain))
}

proptest! {
    #[test]
    fn text_comes_back(text in "[\t\n\r -\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]{0,40}") {
        let escaped = Text(&text).to_string();
        prop_assert!(!escaped.contains(['<', '>', '"', '\'', '\r']));
        prop_assert_eq!(parsed(&escaped), text);
    }

    #[test]
    fn any_text_is_xml(text in any::<String>()) {
        let escaped = Text(&text).to_string();
        let allowed = escaped.chars().all(|c| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..));
        prop_assert!(allowed, "{}", escaped);
    }
}
