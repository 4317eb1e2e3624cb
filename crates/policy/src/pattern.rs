//! Matching with `*` (any run of characters, also none) and `?` (exactly one character).
//!
//! Matching never recurses and takes at most (length of pattern × length of text) steps, whatever the
//! pattern: policies are written by strangers.
//!
//! In a Resource (IAM User Guide, "IAM JSON policy elements: Resource") a wildcard stays inside its part
//! of the ARN; only a `*` that ends its part "can expand to match beyond the colon boundaries". Behind the
//! fifth colon everything is one part, in which colons and slashes are characters like any other.

use std::slice;
use std::str::Chars;

/// A compiled pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Shape);

/// Most patterns are one of the first three, which need no search.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape {
    Anything,
    Exact(String),
    Prefix(String),
    /// A fixed beginning and end; between them steps in which every `*` takes any character.
    Free(String, Vec<Token>, String),
    /// A fixed beginning and end; between them steps in which some `*` must not take a colon.
    Bounded(String, Vec<Token>, String),
}

/// One step of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// This character.
    Char(char),
    /// `?`
    One,
    /// `*`
    Many,
    /// `?` that does not match a colon.
    OneInPart,
    /// `*` that does not run over a colon.
    ManyInPart,
}

impl Token {
    /// Whether a character can belong to what the token stands for.
    fn accepts(self, character: char) -> bool {
        match self {
            Self::Char(own) => own == character,
            Self::One | Self::Many => true,
            Self::OneInPart | Self::ManyInPart => character != ':',
        }
    }

    fn is_many(self) -> bool {
        matches!(self, Self::Many | Self::ManyInPart)
    }
}

/// Reads `*` and `?` in a text as wildcards.
pub(crate) fn wildcards(text: &str) -> impl Iterator<Item = Token> + '_ {
    text.chars().map(|character| match character {
        '*' => Token::Many,
        '?' => Token::One,
        other => Token::Char(other),
    })
}

/// Takes every character of a text as itself.
pub(crate) fn literal(text: &str) -> impl Iterator<Item = Token> + '_ {
    text.chars().map(Token::Char)
}

impl Pattern {
    /// A pattern in which `*` and `?` match any character.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::from_tokens(wildcards(text).collect())
    }

    /// A pattern for the name of a resource, whose wildcards respect the parts of an ARN.
    #[must_use]
    pub fn resource(text: &str) -> Self {
        Self::resource_from_tokens(wildcards(text).collect())
    }

    pub(crate) fn from_tokens(mut tokens: Vec<Token>) -> Self {
        let fixed = |token: &Token| matches!(token, Token::Char(_));
        let wild = tokens.iter().position(|token| !fixed(token)).unwrap_or(tokens.len());
        let start = characters(&tokens);
        tokens.drain(..wild);
        let behind = tokens.iter().rposition(|token| !fixed(token)).map_or(0, |last| last + 1);
        let end = characters(&tokens.split_off(behind));
        Self(match tokens.as_slice() {
            [] => Shape::Exact(start),
            [Token::Many] if start.is_empty() && end.is_empty() => Shape::Anything,
            [Token::Many] if end.is_empty() => Shape::Prefix(start),
            rest if rest.contains(&Token::ManyInPart) => Shape::Bounded(start, tokens, end),
            _ => Shape::Free(start, tokens, end),
        })
    }

    pub(crate) fn resource_from_tokens(mut tokens: Vec<Token>) -> Self {
        let mut colons = 0_u8;
        // Walked from the front with a look at the next token: a `*` before a colon or the end is free.
        let mut rest = tokens.iter_mut().peekable();
        while let Some(token) = rest.next() {
            match token {
                Token::Char(':') => colons = colons.saturating_add(1),
                Token::One if colons < 5 => *token = Token::OneInPart,
                Token::Many if colons < 5 => {
                    let ends_part = matches!(rest.peek(), None | Some(Token::Char(':')));
                    if !ends_part {
                        *token = Token::ManyInPart;
                    }
                }
                _ => {}
            }
        }
        Self::from_tokens(tokens)
    }

    /// Whether the whole of `text` fits.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        match &self.0 {
            Shape::Anything => true,
            Shape::Exact(exact) => exact.len() == text.len() && begins(text, exact),
            Shape::Prefix(prefix) => begins(text, prefix),
            Shape::Free(start, tokens, end) => between(text, start, end).is_some_and(|rest| search(tokens, rest)),
            Shape::Bounded(start, tokens, end) => between(text, start, end).is_some_and(|rest| simulate(tokens, rest)),
        }
    }
}

/// Whether a text begins with another. The other's last bytes are compared first: names of one service's resources begin
/// alike.
fn begins(text: &str, beginning: &str) -> bool {
    let Some(start) = text.as_bytes().get(..beginning.len()) else {
        return false;
    };
    start.last_chunk::<8>() == beginning.as_bytes().last_chunk::<8>() && start == beginning.as_bytes()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.strip_prefix(start)?.strip_suffix(end)
}

/// The characters before the first wildcard.
fn characters(tokens: &[Token]) -> String {
    tokens
        .iter()
        .map_while(|token| match token {
            Token::Char(character) => Some(*character),
            _ => None,
        })
        .collect()
}

/// Goes through pattern and text together. At a mismatch the latest `*` takes one character more; an
/// earlier `*` never has to, because the latest one can take whatever that one would have taken.
fn search(tokens: &[Token], text: &str) -> bool {
    let mut pattern = tokens.iter();
    let mut text = text.chars();
    let mut star: Option<(slice::Iter<'_, Token>, Chars<'_>)> = None;
    loop {
        let mut pattern_after = pattern.clone();
        match pattern_after.next() {
            Some(Token::Many) => {
                if pattern_after.as_slice().is_empty() {
                    return true;
                }
                star = Some((pattern_after.clone(), text.clone()));
                pattern = pattern_after;
                continue;
            }
            Some(token) => {
                let mut text_after = text.clone();
                if text_after.next().is_some_and(|character| token.accepts(character)) {
                    pattern = pattern_after;
                    text = text_after;
                    continue;
                }
            }
            None if text.as_str().is_empty() => return true,
            None => {}
        }
        match &mut star {
            Some((behind, taken)) => {
                if taken.next().is_none() {
                    return false;
                }
                pattern = behind.clone();
                text = taken.clone();
            }
            None => return false,
        }
    }
}

/// Follows all ways through the pattern at once: needed where a `*` cannot take a colon, because then
/// the argument for [`search`] fails. `reached[i]` says that the text so far can end before token `i`.
fn simulate(tokens: &[Token], text: &str) -> bool {
    let mut reached = Vec::with_capacity(tokens.len());
    let mut arrives = true;
    for token in tokens {
        reached.push(arrives);
        arrives = arrives && token.is_many();
    }
    for character in text.chars() {
        arrives = false;
        for (token, here) in tokens.iter().zip(&mut reached) {
            let taken = *here && token.accepts(character);
            *here = arrives || (taken && token.is_many());
            arrives = (taken && !token.is_many()) || (*here && token.is_many());
        }
    }
    arrives
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_match_runs_and_single_characters() {
        for (pattern, text, expected) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "anything: at/all", true),
            ("?", "", false),
            ("?", "é", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("s3:get*", "s3:getobject", true),
            ("s3:get*", "s3:putobject", false),
            ("*object", "s3:getobject", true),
            ("*a*b*c", "xxaxxbxxc", true),
            ("*a*b*c", "xxaxxbxx", false),
            ("a*a", "a", false),
            ("a*?", "ab", true),
            ("Exact", "exact", false),
            ("**", "x", true),
            ("*é?", "naïvement éa", true),
        ] {
            assert_eq!(Pattern::new(pattern).matches(text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn resource_wildcards_respect_the_parts_of_an_arn() {
        let instance = "arn:aws:ec2:us-east-1:123456789012:instance/i-1";
        for (pattern, text, expected) in [
            ("arn:aws:ec2:*:*:instance/*", instance, true),
            ("arn:aws:ec2:us-*-1:*:instance/*", instance, true),
            // A `*` inside its part stops at the colon, a `?` always does.
            ("arn:aws:ec2:us-*2:instance/*", instance, false),
            ("arn:aws:ec2:us-*1:123456789012:instance/*", instance, true),
            ("arn:aws:ec2?us-east-1:123456789012:instance/*", instance, false),
            // A `*` that ends its part may run on.
            ("arn:aws:ec2:*", instance, true),
            ("arn:aws:ec2:us-*:instance/*", instance, true),
            // Behind the fifth colon nothing is special.
            ("arn:aws:logs:*:*:log-group:*", "arn:aws:logs:us-east-1:1:log-group:a:log-stream:b", true),
            ("arn:aws:logs:*:*:log*b", "arn:aws:logs:us-east-1:1:log-group:a:log-stream:b", true),
            ("arn:aws:iam::*:user/*", "arn:aws:iam::1:user/a/b/Alice", true),
            ("arn:aws:iam::*:user/?", "arn:aws:iam::1:user/ab", false),
            ("arn:aws:s3:::bucket", "arn:aws:s3:::Bucket", false),
        ] {
            assert_eq!(Pattern::resource(pattern).matches(text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn an_earlier_free_star_is_tried_again_when_a_bounded_one_fails() {
        // The bounded star before `x` cannot reach the `x` from the first colon, but it can from the second.
        assert!(Pattern::resource("a:*:b*x").matches("a:1:b2:bx"));
        assert!(!Pattern::resource("a:*:b*x").matches("a:1:b2:c"));
    }

    /// The matcher that goes back at every star, which never comes to an end on sixty-four of them: how often it looks.
    fn naive(pattern: &[u8], text: &[u8], looks: &mut u64) -> bool {
        *looks += 1;
        if *looks > 1_000_000 {
            return false;
        }
        match pattern {
            [] => text.is_empty(),
            [b'*', rest @ ..] => (0..=text.len()).any(|from| naive(rest, &text[from..], looks)),
            [first, rest @ ..] => text.first() == Some(first) && naive(rest, &text[1..], looks),
        }
    }

    #[test]
    fn glob_worst_case() {
        let text = "a".repeat(8_192);
        let mut looks = 0;
        assert!(!naive(format!("{}*b", "*a".repeat(64)).as_bytes(), text.as_bytes(), &mut looks));
        assert!(looks > 1_000_000, "the naive matcher is done after {looks} looks");
        let stars = "*a".repeat(64);
        assert!(Pattern::new(&stars).matches(&text));
        assert!(!Pattern::new(&format!("{stars}*b")).matches(&text));
        let bounded = format!("a{stars}b:*");
        assert!(!Pattern::resource(&bounded).matches(&text));
    }
}
