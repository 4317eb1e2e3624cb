//! Held against `serde_json`: the same texts are JSON, and the same trees come out.

use super::*;

/// The tree again as `serde_json` would have read it.
fn plain(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(text) => serde_json::from_str(text).expect("a number"),
        Value::String(text) => text.clone().into(),
        Value::Array(nodes) => nodes.iter().map(plain).collect(),
        Value::Object(members) => members.iter().map(|m| (m.key.clone(), plain(&m.node))).collect(),
    }
}

#[test]
fn it_reads_what_serde_json_reads() {
    for text in [
        "{}",
        " [ ] ",
        r#"{"a": [1, -2.5e3, true, false, null, "x"], "b": {"c": {}}}"#,
        r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#,
        "\"é😀\"",
        "0",
        "-0.5E-2",
    ] {
        let expected: serde_json::Value = serde_json::from_str(text).expect(text);
        assert_eq!(plain(&read(text).expect(text)), expected, "{text}");
    }
}

#[test]
fn it_refuses_what_serde_json_refuses_and_says_where() {
    for (text, line, column) in [
        ("", 1, 1),
        ("  ", 1, 3),
        ("{", 1, 2),
        ("{\"a\"}", 1, 5),
        ("{\"a\": 1,}", 1, 9),
        ("{\n  \"a\": 1\n  \"b\": 2\n}", 3, 3),
        ("[1, 2", 1, 6),
        ("[1 2]", 1, 4),
        ("01", 1, 1),
        ("1.", 1, 1),
        ("1e", 1, 1),
        ("-", 1, 1),
        ("tru", 1, 4),
        ("nil", 1, 2),
        ("\"abc", 1, 5),
        ("\"a\\x\"", 1, 3),
        ("\"\\ud83d\"", 1, 2),
        ("\"\\ud83d\\u0041\"", 1, 2),
        ("\"\\udc00\"", 1, 2),
        ("\"a\nb\"", 1, 3),
        ("{} {}", 1, 4),
        ("{'a': 1}", 1, 2),
    ] {
        assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
        let error = read(text).expect_err(text);
        assert_eq!((error.position.line, error.position.column), (line, column), "{text}: {error}");
    }
}

#[test]
fn a_key_comes_once() {
    let error = read("{\"a\": 1,\n \"\\u0061\": 2}").expect_err("the same key, once escaped");
    assert_eq!(error.kind, ParseErrorKind::DuplicateKey { key: "a".into() });
    assert_eq!(error.position, Position { line: 2, column: 2 });
}

#[test]
fn depth_is_bounded() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read(&deep(16)).is_ok());
    assert_eq!(read(&deep(17)).expect_err("too deep").kind, ParseErrorKind::TooDeep);
    assert_eq!(read(&"[".repeat(100_000)).expect_err("too deep").kind, ParseErrorKind::TooDeep);
}

#[test]
fn places_count_characters() {
    let node = read(" {\"é\": \"😀\"} ").expect("reads");
    assert_eq!(node.span.start, Position { line: 1, column: 2 });
    assert_eq!(node.span.end, Position { line: 1, column: 12 });
}
