//! Two texts side by side, line by line.

use crate::ui::prop::Attr;
use leptos::prelude::*;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// The most lines that both texts may have together: comparing takes a time that grows with their product.
const LONGEST: usize = 4000;

/// One line of each text, or of one of them.
#[derive(Debug, PartialEq, Eq)]
struct Row<'a> {
    changed: bool,
    old: Option<(usize, &'a str)>,
    new: Option<(usize, &'a str)>,
}

/// Two texts side by side, line by line: what went is marked with a minus, what came with a plus.
#[component]
pub fn DiffView(
    /// The text on the left.
    #[prop(into)]
    old: String,
    /// What it is: "Version 1".
    #[prop(into)]
    old_label: String,
    /// The text on the right.
    #[prop(into)]
    new: String,
    /// What it is: "Version 2".
    #[prop(into)]
    new_label: String,
    /// `data-testid`; each row with a difference has `<testid>-changed`.
    #[prop(optional, into)]
    testid: Attr,
) -> impl IntoView {
    let Attr(testid) = testid;
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    if old.len() + new.len() > LONGEST {
        let text = format!("The texts have more than {LONGEST} lines together: too many to compare them here.");
        return view! { <p data-testid=testid>{text}</p> }.into_any();
    }
    let rows = rows(&old, &new);
    let same = !rows.iter().any(|row| row.changed);
    let changed = testid.as_ref().map(|testid| format!("{testid}-changed"));
    let body = rows
        .into_iter()
        .map(|row| {
            let marked = changed.clone().filter(|_| row.changed);
            view! {
                <tr data-testid=marked>
                    {side(row.old, row.changed.then_some(Mark::Gone))} {side(row.new, row.changed.then_some(Mark::Come))}
                </tr>
            }
        })
        .collect_view();
    let label = format!("{old_label} and {new_label}, line by line");
    let group = format!("{label}, side by side");
    view! {
        <div class="diff-view" data-testid=testid tabindex="0" role="group" aria-label=group>
            {same.then(|| view! { <p class="diff-view__note">"There is no difference."</p> })}
            <table class="diff-view__table" aria-label=label>
                <thead>
                    <tr>
                        <th scope="colgroup" colspan="3">{old_label}</th>
                        <th scope="colgroup" colspan="3">{new_label}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What a difference means on its side.
#[derive(Clone, Copy)]
enum Mark {
    Gone,
    Come,
}

fn side(line: Option<(usize, &str)>, mark: Option<Mark>) -> AnyView {
    let Some((number, text)) = line else {
        return view! { <td class="diff-view__none" colspan="3"></td> }.into_any();
    };
    let (class, sign, spoken) = match mark {
        None => ("diff-view__text", "", ""),
        Some(Mark::Gone) => ("diff-view__text diff-view__text--gone", "\u{2212}", "Removed: "),
        Some(Mark::Come) => ("diff-view__text diff-view__text--come", "+", "Added: "),
    };
    view! {
        <td class="diff-view__number">{number}</td>
        <td class="diff-view__sign">
            <span aria-hidden="true">{sign}</span>
            <span class="visually-hidden">{spoken}</span>
        </td>
        <td class=class>{text.to_owned()}</td>
    }
    .into_any()
}

/// The lines of both texts in pairs; lines that took others' place stand beside them.
fn rows<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for part in capture_diff_slices(Algorithm::Patience, old, new) {
        let changed = part.tag() != DiffTag::Equal;
        let (gone, come) = (part.old_range(), part.new_range());
        for step in 0..gone.len().max(come.len()) {
            let at = |start: usize, length: usize, lines: &[&'a str]| {
                let index = start + step;
                lines.get(index).filter(|_| step < length).map(|line| (index + 1, *line))
            };
            let old = at(gone.start, gone.len(), old);
            rows.push(Row { changed, old, new: at(come.start, come.len(), new) });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> Vec<String> {
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let side =
            |line: Option<(usize, &str)>| line.map_or("-".to_owned(), |(number, text)| format!("{number}{text}"));
        rows(&old, &new)
            .iter()
            .map(|row| format!("{}{} {}", if row.changed { "!" } else { "" }, side(row.old), side(row.new)))
            .collect()
    }

    #[test]
    fn a_line_that_took_anothers_place_stands_beside_it() {
        assert_eq!(shown("a\nb\nc", "a\nx\nc"), ["1a 1a", "!2b 2x", "3c 3c"]);
    }

    #[test]
    fn lines_that_came_or_went_stand_alone_and_move_the_numbers() {
        assert_eq!(shown("a\nc", "a\nb\nc"), ["1a 1a", "!- 2b", "2c 3c"]);
        assert_eq!(shown("a\nb\nc", "c"), ["!1a -", "!2b -", "3c 1c"]);
        assert_eq!(shown("", "a"), ["!- 1a"]);
    }
}
