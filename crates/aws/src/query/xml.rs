//! The XML of this wire: escaped text, and the envelope of faults.
//!
//! Written by hand: all that is needed is nested elements with text, and so little has no parser's history of
//! vulnerabilities behind it.

use std::fmt::{self, Display};

/// A fault in its envelope; `kind` is `Sender` or `Receiver`.
pub fn fault(namespace: &str, kind: &str, code: &str, message: &str, request_id: &str) -> String {
    let (message, request_id) = (Text(message), Text(request_id));
    format!(
        "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{kind}</Type><Code>{code}</Code><Message>{message}</Message>\
         </Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    )
}

/// Text as XML 1.0 may hold it: markup escaped, a carriage return kept from a parser's line-end rule, and what XML
/// cannot hold at all, not even escaped, replaced.
pub struct Text<'a>(pub &'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut plain = 0;
        for (at, c) in self.0.char_indices() {
            let escaped = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&apos;",
                '\r' => "&#xD;",
                '\t' | '\n' | ' '.. if !matches!(c, '\u{fffe}' | '\u{ffff}') => continue,
                _ => "\u{fffd}",
            };
            f.write_str(&self.0[plain..at])?;
            f.write_str(escaped)?;
            plain = at + c.len_utf8();
        }
        f.write_str(&self.0[plain..])
    }
}
