//! Reads `data/managed_policies.bin`, which `scripts/prepare-catalogue` writes.
//!
//! The file, all numbers little-endian and 32 bits wide:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `UMP1` |
//! | 4 | how many policies |
//! | 4 | length of the compressed index, `i` |
//! | 4 | length of the compressed dictionary, `d` |
//! | `i` | the index |
//! | `d` | the dictionary |
//! | rest | the documents, one after the other, in the index's order |
//!
//! Each part is raw DEFLATE (RFC 1951). A line of the index is the ARN, the version id, the policy's
//! creation and the version's (seconds since 1970, UTC) and the length of the compressed document,
//! separated by tabs. A document is compressed by itself with the dictionary preset, which saves a third.

use std::io::{BufRead, Read};
use std::ops::Range;
use std::sync::LazyLock;

use flate2::bufread::DeflateDecoder;

static DATA: &[u8] = include_bytes!("../../data/managed_policies.bin");
const HEADER_LEN: usize = 16;
const SOUND: &str = "the embedded catalogue is sound: a test reads all of it";

static INDEX: LazyLock<String> = LazyLock::new(|| {
    assert!(DATA.starts_with(b"UMP1"), "{SOUND}");
    inflate(&DATA[HEADER_LEN..HEADER_LEN + header(8)])
});

/// The dictionary as a stored block that is not the last of its stream (RFC 1951, 3.2.4). A document
/// goes on where this block ends, so a decoder that knows no preset dictionaries reads it all the same.
static DICTIONARY: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let start = HEADER_LEN + header(8);
    let text = inflate(&DATA[start..start + header(12)]);
    let length = u16::try_from(text.len()).expect(SOUND);
    let mut block = vec![0];
    block.extend(length.to_le_bytes());
    block.extend((!length).to_le_bytes());
    block.extend(text.into_bytes());
    block
});
const STORED_BLOCK_HEADER_LEN: usize = 5;

/// One line of the index.
pub(super) struct Row {
    pub(super) arn: &'static str,
    pub(super) version_id: &'static str,
    /// The policy's creation, in seconds since 1970, UTC.
    pub(super) created: i64,
    /// The latest version's creation, in seconds since 1970, UTC.
    pub(super) updated: i64,
    /// What [`document`] takes.
    pub(super) blob: Range<usize>,
}

/// How many policies the header promises.
#[cfg(test)]
pub(super) fn promised_count() -> usize {
    header(4)
}

/// The index, in its order.
pub(super) fn rows() -> impl Iterator<Item = Row> {
    let mut start = HEADER_LEN + header(8) + header(12);
    INDEX.lines().map(move |line| {
        let mut fields = line.split('\t');
        let mut next = || fields.next().expect(SOUND);
        let (arn, version_id) = (next(), next());
        let mut number = || next().parse::<i64>().expect(SOUND);
        let (created, updated, length) = (number(), number(), number());
        let end = start + usize::try_from(length).expect(SOUND);
        let blob = std::mem::replace(&mut start, end)..end;
        Row { arn, version_id, created, updated, blob }
    })
}

/// The document that lies there.
pub(super) fn document(blob: Range<usize>) -> String {
    let mut text = inflate(DICTIONARY.as_slice().chain(&DATA[blob]));
    text.drain(..DICTIONARY.len() - STORED_BLOCK_HEADER_LEN);
    text
}

fn header(at: usize) -> usize {
    let bytes = DATA[at..at + 4].try_into().expect(SOUND);
    usize::try_from(u32::from_le_bytes(bytes)).expect(SOUND)
}

fn inflate(compressed: impl BufRead) -> String {
    let mut text = String::new();
    DeflateDecoder::new(compressed).read_to_string(&mut text).expect(SOUND);
    text
}
