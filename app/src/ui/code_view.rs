//! Code to read: JSON with line numbers and a copy button.

use super::{CopyToClipboard, classes, when};
use crate::ui::prop::Attr;
use leptos::prelude::*;

/// A stretch of the code that stands out. Lines and characters are counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeMark {
    /// Line and character of its first character.
    pub start: (u32, u32),
    /// The place just past its last character.
    pub end: (u32, u32),
    /// Whether it is bad news.
    pub bad: bool,
}

impl CodeMark {
    /// The characters of a line that are marked, from zero, the end excluded; `length` is the line's.
    fn within(&self, number: u32, length: usize) -> Option<(usize, usize)> {
        if number < self.start.0 || number > self.end.0 {
            return None;
        }
        let place = |column: u32| usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX).min(length);
        let from = if number == self.start.0 { place(self.start.1) } else { 0 };
        let to = if number == self.end.0 { place(self.end.1) } else { length };
        (from < to).then_some((from, to))
    }
}

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
    /// Stretches that stand out, from the first to the last, none inside another.
    #[prop(optional)]
    marks: Vec<CodeMark>,
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
        .zip(1..)
        .map(|(line, number)| {
            let content = cut(line, number, &marks)
                .into_iter()
                .map(|(mark, text)| {
                    let text = coloured(text, json);
                    match mark {
                        None => text,
                        Some(mark) => {
                            let class = classes(["code-view__mark", when(mark.bad, "code-view__mark--bad")]);
                            view! { <mark class=class>{text}</mark> }.into_any()
                        }
                    }
                })
                .collect_view();
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

fn coloured(text: &str, json: bool) -> AnyView {
    if !json {
        return text.to_owned().into_any();
    }
    let pieces = pieces(text).into_iter();
    pieces
        .map(|(class, text)| view! { <span class=class>{text.to_owned()}</span> }.into_any())
        .collect_view()
        .into_any()
}

/// Cuts one line where marks begin and end.
fn cut<'a>(line: &'a str, number: u32, marks: &'a [CodeMark]) -> Vec<(Option<&'a CodeMark>, &'a str)> {
    let length = line.chars().count();
    let byte = |place: usize| line.char_indices().nth(place).map_or(line.len(), |(byte, _)| byte);
    let (mut parts, mut done) = (Vec::new(), 0);
    for mark in marks {
        let Some((from, to)) = mark.within(number, length).filter(|(from, _)| *from >= done) else { continue };
        parts.push((None, &line[byte(done)..byte(from)]));
        parts.push((Some(mark), &line[byte(from)..byte(to)]));
        done = to;
    }
    parts.push((None, &line[byte(done)..]));
    parts.retain(|(_, text)| !text.is_empty());
    parts
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
