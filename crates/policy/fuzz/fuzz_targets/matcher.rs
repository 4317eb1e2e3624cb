//! A pattern in the first line, a text in the rest: matched as any text and as a resource, as the definition says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use policy::{Arn, Pattern};

/// `reached[j]`: the pattern so far fits the first `j` characters of the text. `part` says that it is a resource's, whose
/// wildcards know the parts of an ARN.
fn by_definition(pattern: &str, text: &str, part: bool) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    let mut colons = 0;
    let mut rest = pattern.chars().peekable();
    while let Some(sign) = rest.next() {
        let ends_part = matches!(rest.peek(), None | Some(':'));
        let free = !part || colons >= 5 || (sign == '*' && ends_part);
        let takes = |character: char| free || character != ':';
        let mut after = vec![false; text.len() + 1];
        match sign {
            '*' => {
                for j in 0..=text.len() {
                    after[j] = reached[j] || (j > 0 && after[j - 1] && takes(text[j - 1]));
                }
            }
            '?' => (0..text.len()).for_each(|j| after[j + 1] = reached[j] && takes(text[j])),
            own => {
                (0..text.len()).for_each(|j| after[j + 1] = reached[j] && text[j] == own);
                colons += usize::from(own == ':');
            }
        }
        reached = after;
    }
    reached[text.len()]
}

fuzz_target!(|input: &str| {
    let (pattern, text) = input.split_once('\n').unwrap_or((input, input));
    assert_eq!(Pattern::new(pattern).matches(text), by_definition(pattern, text, false), "{pattern:?} on {text:?}");
    assert_eq!(Pattern::resource(pattern).matches(text), by_definition(pattern, text, true), "{pattern:?} on {text:?}");
    if let Ok(arn) = text.parse::<Arn>() {
        assert_eq!(arn.to_string(), text);
    }
});
