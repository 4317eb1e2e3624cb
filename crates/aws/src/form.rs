//! Percent-coding, once: what the signature covers and what the parameters mean come from the same function, so that
//! no two spellings of a request can share a signature and differ in meaning (ASVS 5.0, 1.5.3).

use std::borrow::Cow;

/// The `name=value` pairs of a query string or form body, decoded, in wire order. Empty pieces (`a=1&&b=2`) are no
/// pairs; a name without `=` has an empty value; `+` is a space, as the URL Standard reads
/// `application/x-www-form-urlencoded`.
pub fn pairs(text: &[u8]) -> impl Iterator<Item = (Cow<'_, [u8]>, Cow<'_, [u8]>)> {
    text.split(|&b| b == b'&').filter(|piece| !piece.is_empty()).map(|piece| {
        let equals = piece.iter().position(|&b| b == b'=');
        let (name, value) = equals.map_or((piece, &b""[..]), |at| (&piece[..at], &piece[at + 1..]));
        (decode(name, true), decode(value, true))
    })
}

/// Undoes percent-coding. A `%` that does not begin a coded byte stands for itself.
pub fn decode(text: &[u8], plus_is_space: bool) -> Cow<'_, [u8]> {
    if !text.iter().any(|&b| b == b'%' || (plus_is_space && b == b'+')) {
        return Cow::Borrowed(text);
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        rest = tail;
        decoded.push(match first {
            b'+' if plus_is_space => b' ',
            b'%' => match coded(tail) {
                Some(byte) => {
                    rest = &tail[2..];
                    byte
                }
                None => b'%',
            },
            _ => *first,
        });
    }
    Cow::Owned(decoded)
}

fn coded(text: &[u8]) -> Option<u8> {
    let [high, low, ..] = text else { return None };
    let digit = |b: u8| char::from(b).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

/// Appends `bytes` with everything but RFC 3986's unreserved characters and those in `also` percent-coded, as AWS's
/// `UriEncode` does.
pub fn encode(out: &mut Vec<u8>, bytes: &[u8], also: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || also.contains(&byte) {
            out.push(byte);
        } else {
            out.extend([b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let text_of = |bytes: Cow<'_, [u8]>| String::from_utf8(bytes.into_owned()).unwrap();
        pairs(text.as_bytes()).map(|(name, value)| (text_of(name), text_of(value))).collect()
    }

    #[test]
    fn pairs_follow_the_form_rules() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            read("a=1&&b&c=&=d&e=f=g"),
            [pair("a", "1"), pair("b", ""), pair("c", ""), pair("", "d"), pair("e", "f=g")]
        );
        assert_eq!(read("a+b=c%20d%2Be%C3%A9"), [pair("a b", "c d+e\u{e9}")]);
        assert_eq!(read("a=%&b=%4&c=%zz&d=%%41"), [pair("a", "%"), pair("b", "%4"), pair("c", "%zz"), pair("d", "%A")]);
        assert_eq!(read(""), []);
    }

    #[test]
    fn encoding_keeps_only_the_unreserved() {
        let mut out = Vec::new();
        encode(&mut out, "AZaz09-._~ /+*%\u{e9}".as_bytes(), b"/");
        assert_eq!(out, b"AZaz09-._~%20/%2B%2A%25%C3%A9");
    }
}
