//! One letter, rendered twice: as plain text and as HTML that mail programs without style sheets show well.

use crate::Settings;

/// A mail before it is rendered.
pub(super) struct Letter {
    pub(super) subject: String,
    pub(super) greeting: String,
    pub(super) parts: Vec<Part>,
}

/// A paragraph of a letter.
pub(super) enum Part {
    /// Running text.
    Text(String),
    /// A code to be typed, set large.
    Code(String),
    /// A link of ours, shown as what it is.
    Link(String),
    /// Labels and values.
    Facts(Vec<(String, String)>),
}

impl Part {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.into())
    }
}

fn last_line(settings: &Settings) -> String {
    format!("Sent by a practice console at {}; no real account, no real cost.", settings.host())
}

impl Letter {
    /// The text part.
    pub(super) fn text(&self, settings: &Settings) -> String {
        let mut out = format!("{}\n", self.greeting);
        for part in &self.parts {
            out.push('\n');
            match part {
                Part::Text(text) | Part::Link(text) => out.push_str(text),
                Part::Code(code) => out.extend(["    ", code.as_str()]),
                Part::Facts(facts) => {
                    let lines: Vec<String> = facts.iter().map(|(label, value)| format!("{label}: {value}")).collect();
                    out.push_str(&lines.join("\n"));
                }
            }
            out.push('\n');
        }
        out.push_str("\n-- \n");
        out.push_str(&last_line(settings));
        out
    }

    /// The HTML part: every value escaped, no script, no image, nothing fetched.
    pub(super) fn html(&self, settings: &Settings) -> String {
        let mut body = format!("<p>{}</p>", escape(&self.greeting));
        for part in &self.parts {
            match part {
                Part::Text(text) => body.extend(["<p>", &escape(text), "</p>"]),
                Part::Link(url) => {
                    let url = escape(url);
                    body.extend(["<p><a href=\"", &url, "\">", &url, "</a></p>"]);
                }
                Part::Code(code) => body.extend([
                    "<p style=\"font-size:28px;font-weight:bold;letter-spacing:4px\">",
                    &escape(code),
                    "</p>",
                ]),
                Part::Facts(facts) => {
                    body.push_str("<table cellpadding=\"4\">");
                    for (label, value) in facts {
                        body.extend([
                            "<tr><th align=\"left\">",
                            &escape(label),
                            "</th><td>",
                            &escape(value),
                            "</td></tr>",
                        ]);
                    }
                    body.push_str("</table>");
                }
            }
        }
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title></head>\
             <body style=\"font-family:sans-serif;font-size:16px;line-height:1.5;color:#0f141a;max-width:36em\">\
             {body}<hr><p style=\"color:#424650;font-size:13px\">{}</p></body></html>",
            escape(&self.subject),
            escape(&last_line(settings)),
        )
    }
}

/// Text as HTML shows it, in elements and in quoted attributes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}
