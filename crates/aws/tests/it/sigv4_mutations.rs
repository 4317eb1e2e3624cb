//! Whatever is changed in a signed request, it is refused, unless the change means nothing.

use std::collections::BTreeMap;

use aws::{form, sigv4::Claim};

use crate::signing::{Draft, KEY_ID, NOW, SECRET};

fn accepted(draft: &Draft) -> bool {
    let Some(parts) = draft.parts() else {
        return false;
    };
    let Ok(claim) = Claim::read(&parts, "iam", NOW) else {
        return false;
    };
    claim.access_key_id() == Some(KEY_ID) && claim.prove(&parts, &draft.body, SECRET).is_ok()
}

/// What a request means: the declared equivalence. Header names have no case, values no outer or doubled blanks, and a
/// query string is its decoded pairs in any order.
type Meaning = (String, String, Vec<(Vec<u8>, Vec<u8>)>, BTreeMap<String, Vec<u8>>, Vec<u8>);

fn meaning(draft: &Draft) -> Option<Meaning> {
    let parts = draft.parts()?;
    let mut query: Vec<_> = form::pairs(parts.uri.query().unwrap_or_default().as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    query.sort();
    let mut headers = BTreeMap::new();
    for name in parts.headers.keys() {
        let values: Vec<Vec<u8>> = parts.headers.get_all(name).iter().map(|value| words(value.as_bytes())).collect();
        headers.insert(name.to_string(), values.join(&b','));
    }
    // A target of nothing but a host, such as `.`, has no path and means the root.
    let path = if parts.uri.path().is_empty() { "/" } else { parts.uri.path() };
    Some((parts.method.to_string(), path.to_owned(), query, headers, draft.body.clone()))
}

fn words(value: &[u8]) -> Vec<u8> {
    value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(&b' ')
}

fn requests() -> Vec<Draft> {
    let mut all = vec![
        Draft::post(
            "Action=CreateUser&Version=2010-05-08&UserName=alice&Tags.member.1.Key=a%20b&Tags.member.1.Value=%C3%A9",
        ),
        Draft::get("Action=GetUser&Version=2010-05-08&UserName=a%2Bb+c%c3%a9"),
        Draft::post(""),
    ];
    all[0].set(
        "X-Amz-Security-Token",
        "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXm==",
    );
    all[0].set("My-Header", " a  b ");
    all.into_iter().map(|draft| draft.signed("iam")).collect()
}

#[track_caller]
fn judge(original: &Draft, mutant: &Draft, what: &str) {
    let same = meaning(mutant).is_some_and(|meant| Some(meant) == meaning(original));
    assert_eq!(accepted(mutant), same, "{what}");
}

/// What flips one bit of a request.
type Flip = Box<dyn Fn(&mut Draft)>;

#[test]
fn every_flipped_byte_is_noticed() {
    let mut flipped = 0;
    for original in requests() {
        assert!(accepted(&original));
        for bits in [0x01, 0x02, 0x10, 0x20, 0x80] {
            let mut places: Vec<(String, Flip)> = Vec::new();
            for at in 0..original.body.len() {
                places.push((format!("body {at}"), Box::new(move |draft| draft.body[at] ^= bits)));
            }
            for at in 0..original.target.len() {
                places.push((format!("target {at}"), Box::new(move |draft| flip(&mut draft.target, at, bits))));
            }
            for at in 0..original.method.len() {
                places.push((format!("method {at}"), Box::new(move |draft| flip(&mut draft.method, at, bits))));
            }
            for (index, (name, value)) in original.headers.iter().enumerate() {
                for at in 0..name.len() {
                    places.push((
                        format!("{name} name {at}"),
                        Box::new(move |draft| flip(&mut draft.headers[index].0, at, bits)),
                    ));
                }
                for at in 0..value.len() {
                    places.push((
                        format!("{name} value {at}"),
                        Box::new(move |draft| draft.headers[index].1[at] ^= bits),
                    ));
                }
            }
            for (what, change) in places {
                let mut mutant = original.clone();
                change(&mut mutant);
                judge(&original, &mutant, &format!("{} with bits {bits:#x} flipped in {what}", original.target));
                flipped += 1;
            }
        }
    }
    assert!(flipped > 5000, "only {flipped} mutants");
}

/// Flips bits of text; where that makes no ASCII the byte becomes one that no request has there.
fn flip(text: &mut String, at: usize, bits: u8) {
    let mut bytes = std::mem::take(text).into_bytes();
    bytes[at] ^= bits;
    *text = String::from_utf8(bytes).unwrap_or_else(|_| "\u{0}".to_owned());
}

#[test]
fn headers_dropped_doubled_added_or_moved() {
    for original in requests() {
        for index in 0..original.headers.len() {
            let name = original.headers[index].0.clone();
            let mut dropped = original.clone();
            dropped.headers.remove(index);
            judge(&original, &dropped, &format!("{name} dropped"));
            let mut doubled = original.clone();
            doubled.headers.push(original.headers[index].clone());
            judge(&original, &doubled, &format!("{name} doubled"));
        }
        let mut added = original.clone();
        added.set("X-Amz-Target", "IAM.DeleteUser");
        assert!(!accepted(&added));
        let mut reversed = original.clone();
        reversed.headers.reverse();
        assert!(accepted(&reversed), "the order of headers means nothing");
        let mut recased = original.clone();
        recased.headers.iter_mut().for_each(|(name, _)| *name = name.to_ascii_uppercase());
        assert!(accepted(&recased), "the case of header names means nothing");
        let mut unsigned = original.clone();
        unsigned.set("User-Agent", "curl/8");
        assert!(accepted(&unsigned), "a header that nobody promised to sign");
    }
}

#[test]
fn the_authorization_header_rearranged() {
    for original in requests() {
        let header = original.header("Authorization");
        let (start, signature) = header.rsplit_once("Signature=").unwrap();
        let mutants = [
            format!("{start}Signature={}", signature.to_uppercase()),
            format!("{start}Signature={}", &signature[..63]),
            format!("{start}Signature={signature}0"),
            format!("{start}Signature={}", "0".repeat(64)),
            header.replace("host;", "Host;"),
            header.replace("host;", "host;host;"),
            header.replace("host;", ""),
            header.replace(";x-amz-date", ""),
            header.replace(";x-amz-date", ";x-amz-date;x-none"),
            header.replace("us-east-1", "us-east-2"),
            header.replace("20261122", "20261121"),
            header.replace("/iam/", "/sts/"),
            header.replace("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1"),
            header.replace("AWS4-HMAC-SHA256", "aws4-hmac-sha256"),
        ];
        for mutant in mutants {
            let mut draft = original.clone();
            draft.set("Authorization", &mutant);
            assert_ne!(mutant, header);
            assert!(!accepted(&draft), "{mutant}");
        }
    }
}

#[test]
fn credentials_moved_to_the_url() {
    for original in requests() {
        let header = original.header("Authorization");
        let (_, signature) = header.rsplit_once("Signature=").unwrap();
        for keep_header in [false, true] {
            let mut moved = original.clone();
            let mark = if moved.target.contains('?') { '&' } else { '?' };
            moved.target.push_str(&format!(
                "{mark}X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261122%2Fus-east-1%2Fiam%2Faws4_request\
                 &X-Amz-Date=20261122T100000Z&X-Amz-SignedHeaders=host&X-Amz-Signature={signature}"
            ));
            if !keep_header {
                moved.unset("Authorization");
            }
            assert!(!accepted(&moved));
        }
    }
}
