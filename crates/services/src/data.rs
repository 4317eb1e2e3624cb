//! Reads `data/services.bin`, which `scripts/prepare-services` writes.
//!
//! The file, numbers little-endian and 32 bits wide:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `USC1` |
//! | 4 | length of the compressed index, `i` |
//! | `i` | the index |
//! | rest | the services, one after the other, in the index's order |
//!
//! Each part is JSON in raw DEFLATE (RFC 1951). The index is the global condition keys and, for each service, its
//! prefix, its name, its category, how many actions it has and the length of its compressed part.

use std::io::Read;
use std::ops::Range;

use flate2::{Crc, bufread::DeflateDecoder};
use serde::Deserialize;

use crate::service::ConditionKey;

static DATA: &[u8] = include_bytes!("../data/services.bin");
const HEADER_LEN: usize = 8;
pub(crate) const SOUND: &str = "the embedded catalogue is sound: a test reads all of it";

/// What the index says.
#[derive(Deserialize)]
pub(crate) struct Index {
    pub(crate) global_keys: Vec<ConditionKey>,
    pub(crate) services: Vec<Row>,
}

/// What the index says of one service.
#[derive(Deserialize)]
pub(crate) struct Row {
    pub(crate) prefix: String,
    pub(crate) name: String,
    pub(crate) category: String,
    pub(crate) actions: usize,
    pub(crate) length: usize,
}

/// Where the index lies.
pub(crate) fn index_place() -> Range<usize> {
    assert!(DATA.starts_with(b"USC1"), "{SOUND}");
    let length = u32::from_le_bytes(DATA[4..HEADER_LEN].try_into().expect(SOUND));
    HEADER_LEN..HEADER_LEN + usize::try_from(length).expect(SOUND)
}

/// The index, and where its services begin.
pub(crate) fn index() -> (Index, usize) {
    let place = index_place();
    (serde_json::from_str(&inflate(place.clone())).expect(SOUND), place.end)
}

/// The text that lies there.
pub(crate) fn inflate(place: Range<usize>) -> String {
    let mut text = String::new();
    DeflateDecoder::new(&DATA[place]).read_to_string(&mut text).expect(SOUND);
    text
}

/// The text that lies there, packed by gzip: a header without a name and a time, the DEFLATE data, checksum and length.
pub(crate) fn gzip(place: Range<usize>) -> Vec<u8> {
    let text = inflate(place.clone());
    let mut sum = Crc::new();
    sum.update(text.as_bytes());
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
    packed.extend_from_slice(&DATA[place]);
    packed.extend(sum.sum().to_le_bytes());
    packed.extend(sum.amount().to_le_bytes());
    packed
}

/// Changes with every change of the data: FNV-1a (64 bits) over the file.
pub(crate) fn fingerprint() -> u64 {
    DATA.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}
