//! `BinaryEquals`: bytes, in the policy and in the request as base64 (RFC 4648, section 4).

#[derive(Clone, Debug)]
pub(super) struct Operand(Vec<u8>);

impl Operand {
    pub fn new(value: &str) -> Option<Self> {
        decode(value).map(Self)
    }

    pub fn fits(&self, value: &str) -> bool {
        decode(value).is_some_and(|bytes| bytes == self.0)
    }
}

/// Padding may be left out, but never stand in the middle.
fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    let mut bytes = Vec::new();
    let (mut waiting, mut bits) = (0_u32, 0_u32);
    for character in digits.bytes() {
        let digit = match character {
            b'A'..=b'Z' => character.wrapping_sub(b'A'),
            b'a'..=b'z' => character.wrapping_sub(b'a').wrapping_add(26),
            b'0'..=b'9' => character.wrapping_sub(b'0').wrapping_add(52),
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        waiting = ((waiting << 6) | u32::from(digit)) & 0xFFFF;
        bits = bits.wrapping_add(6);
        if bits >= 8 {
            bits = bits.wrapping_sub(8);
            bytes.push(u8::try_from((waiting >> bits) & 0xFF).ok()?);
        }
    }
    // A single digit left over is no byte, and the bits that fill up the last digit are zero.
    let complete = bits < 6 && waiting.trailing_zeros() >= bits;
    complete.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_rfc_4648() {
        for (text, bytes) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg==", "foob"),
            ("Zm9vYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"),
            ("QmluYXJ5VmFsdWVJbkJhc2U2NA==", "BinaryValueInBase64"),
        ] {
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
        assert_eq!(decode("+/8"), Some(vec![0xFB, 0xFF]));
    }

    #[test]
    fn what_is_no_base64_is_none() {
        for text in ["Z", "Zm9vY", "Zg==Zg==", "Z*==", "Zm 9v", "Zh=="] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
