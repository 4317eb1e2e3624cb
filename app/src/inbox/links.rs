//! Links in a mail's text: only those that lead to this installation can be clicked.

/// A piece of text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Nothing to click.
    Plain(&'a str),
    /// A link within this installation.
    Link(&'a str),
}

/// Cuts one line of text into plain pieces and links that begin with `public_url`.
pub(super) fn pieces<'a>(line: &'a str, public_url: &str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(start) = begin(rest, public_url) {
        let length = rest[start..]
            .find(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | ')' | ']'))
            .unwrap_or(rest.len() - start);
        // A full stop or comma behind a link belongs to the sentence.
        let link = rest[start..start + length].trim_end_matches(['.', ',', ';', ':', '!', '?']);
        if start > 0 {
            pieces.push(Piece::Plain(&rest[..start]));
        }
        pieces.push(Piece::Link(link));
        rest = &rest[start + link.len()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    pieces
}

/// Where the next link begins. The character behind the URL must end the host's name: `http://host.evil` is not ours.
fn begin(text: &str, public_url: &str) -> Option<usize> {
    if public_url.is_empty() {
        return None;
    }
    text.match_indices(public_url).map(|(at, _)| at).find(|at| {
        let ends = matches!(text[at + public_url.len()..].chars().next(), None | Some('/' | '?' | '#'));
        let begins = text[..*at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        ends && begins
    })
}
