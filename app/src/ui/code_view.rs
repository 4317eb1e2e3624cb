//! Code to read: JSON with line numbers and a copy button.

use super::CopyToClipboard;
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// Code to read, with line numbers that are not copied along.
#[component]
pub fn CodeView(
    /// The code.
    #[prop(into)]
    code: String,
    /// What it is, for those who cannot see it: "Policy document".
    #[prop(into)]
    label: String,
    /// Colours strings, keys, numbers and words of JSON.
    #[prop(optional)]
    json: bool,
    /// Leaves out the copy button.
    #[prop(optional)]
    bare: bool,
    /// `data-testid`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let Attr(testid) = testid;
    let lines = code
        .lines()
        .map(|line| {
            let content = if json {
                pieces(line)
                    .into_iter()
                    .map(|(class, text)| view! { <span class=class>{text.to_owned()}</span> }.into_any())
                    .collect_view()
                    .into_any()
            } else {
                line.to_owned().into_any()
            };
            view! { <span class="code-view__line">{content} "\n"</span> }
        })
        .collect_view();
    view! {
        <div class="code-view" data-testid=testid>
            {(!bare)
                .then(|| {
                    view! {
                        <div class="code-view__actions">
                            <CopyToClipboard text=code.clone() label=format!("Copy {label}") />
                        </div>
                    }
                })}
            <pre class="code-view__code" tabindex="0" role="group" aria-label=label>
                <code>{lines}</code>
            </pre>
        </div>
    }
    .into_any()
}

/// Cuts one line of JSON into classed pieces. It colours only and never fails: what it does not know stays plain.
fn pieces(line: &str) -> Vec<(&'static str, &str)> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (class, length) = if first == '"' {
            let end = string_end(rest);
            let key = rest[end..].trim_start().starts_with(':');
            (if key { "code-view__key" } else { "code-view__string" }, end)
        } else if first.is_ascii_digit() || first == '-' {
            ("code-view__number", run(rest, |letter| letter.is_ascii_digit() || "+-.eE".contains(letter)))
        } else if first.is_ascii_alphabetic() {
            ("code-view__word", run(rest, |letter| letter.is_ascii_alphanumeric()))
        } else {
            ("", run(rest, |letter| !(letter == '"' || letter == '-' || letter.is_ascii_alphanumeric())))
        };
        let (piece, after) = rest.split_at(length);
        pieces.push((class, piece));
        rest = after;
    }
    pieces
}

fn run(text: &str, part: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !part(letter)).unwrap_or(text.len())
}

fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (index, letter) in text.char_indices().skip(1) {
        match letter {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return index + 1,
            _ => escaped = false,
        }
    }
    text.len()
}
