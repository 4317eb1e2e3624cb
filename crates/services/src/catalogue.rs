//! The catalogue in memory: the index, and of the services those that were asked for.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use crate::data::{self, SOUND};
use crate::service::{ConditionKey, Service};

/// A service as the index knows it.
#[derive(Debug)]
pub struct Entry {
    /// What its actions begin with, in lower case: `s3`.
    pub prefix: String,
    /// Its name: `Amazon S3`.
    pub name: String,
    /// The category under which AWS lists it: `Storage`.
    pub category: String,
    /// How many actions it has.
    pub actions: usize,
    place: Range<usize>,
    read: OnceLock<Service>,
}

struct Catalogue {
    entries: Vec<Entry>,
    by_prefix: HashMap<String, usize>,
    global_keys: Vec<ConditionKey>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let (index, mut start) = data::index();
    let entries: Vec<Entry> = index
        .services
        .into_iter()
        .map(|row| {
            let end = start + row.length;
            let place = std::mem::replace(&mut start, end)..end;
            let data::Row { prefix, name, category, actions, .. } = row;
            Entry { prefix, name, category, actions, place, read: OnceLock::new() }
        })
        .collect();
    let by_prefix = entries.iter().enumerate().map(|(number, entry)| (entry.prefix.clone(), number)).collect();
    Catalogue { entries, by_prefix, global_keys: index.global_keys }
});

/// Every service there is, in the order of the prefixes.
#[must_use]
pub fn all() -> &'static [Entry] {
    &CATALOGUE.entries
}

/// Every service, in the order of the short names that the console's lists have.
pub fn by_name() -> impl Iterator<Item = &'static Entry> {
    static ORDER: LazyLock<Vec<&'static Entry>> = LazyLock::new(|| {
        let mut entries: Vec<&Entry> = all().iter().collect();
        entries.sort_by_cached_key(|entry| entry.short_name().to_lowercase());
        entries
    });
    ORDER.iter().copied()
}

/// What the index knows of the service whose actions begin so, whatever the case.
#[must_use]
pub fn entry(prefix: &str) -> Option<&'static Entry> {
    let catalogue = &*CATALOGUE;
    catalogue.by_prefix.get(&prefix.to_ascii_lowercase()).and_then(|&number| catalogue.entries.get(number))
}

/// The service whose actions begin so, whatever the case. It is decompressed when it is first asked for and kept.
#[must_use]
pub fn service(prefix: &str) -> Option<&'static Service> {
    entry(prefix).map(Entry::service)
}

impl Entry {
    /// The name as the console's lists have it: `S3`, `IAM`, without the maker's name.
    #[must_use]
    pub fn short_name(&self) -> &str {
        let name = self.name.strip_prefix("Amazon ").or_else(|| self.name.strip_prefix("AWS ")).unwrap_or(&self.name);
        let short = name.strip_suffix(')').and_then(|name| name.rsplit_once('(')).map(|(_, short)| short);
        short.filter(|short| short.bytes().all(|byte| byte.is_ascii_uppercase())).unwrap_or(name)
    }

    /// The service itself, as [`service`] has it.
    #[must_use]
    pub fn service(&self) -> &Service {
        self.read.get_or_init(|| serde_json::from_str(&data::inflate(self.place.clone())).expect(SOUND))
    }
}

/// The service as [`Service`] reads it from JSON: for the browser.
#[must_use]
pub fn json(prefix: &str) -> Option<String> {
    entry(prefix).map(|entry| data::inflate(entry.place.clone()))
}

/// The same, packed by gzip (RFC 1952): the data as they lie in the file, in another envelope.
#[must_use]
pub fn gzip(prefix: &str) -> Option<Vec<u8>> {
    entry(prefix).map(|entry| data::gzip(entry.place.clone()))
}

/// The index as JSON, for the browser: the global condition keys, and of each service prefix, name, category, how many
/// actions it has, and a number that means something here alone.
#[must_use]
pub fn index_json() -> String {
    data::inflate(data::index_place())
}

/// The same, packed by gzip.
#[must_use]
pub fn index_gzip() -> Vec<u8> {
    data::gzip(data::index_place())
}

/// A name of this state of the data, 16 hexadecimal digits, for addresses that may be cached for ever.
#[must_use]
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| format!("{:016x}", data::fingerprint()));
    &VERSION
}

/// The condition keys that requests to every service have (IAM User Guide, "AWS global condition context keys").
#[must_use]
pub fn global_condition_keys() -> &'static [ConditionKey] {
    &CATALOGUE.global_keys
}

/// What is known of a condition key as a policy names it, whatever its case: `aws:RequestTag/Team` is
/// `aws:RequestTag/${TagKey}`.
#[must_use]
pub fn condition_key(name: &str) -> Option<&'static ConditionKey> {
    let prefix = name.split(':').next().unwrap_or_default();
    let own = service(prefix).map(|service| service.condition_keys.as_slice()).unwrap_or_default();
    own.iter().chain(global_condition_keys()).find(|key| names(&key.name, name))
}

/// Whether a key, perhaps with placeholders, is what a policy names.
fn names(key: &str, name: &str) -> bool {
    let mut pattern = String::new();
    let mut rest = key;
    while let Some((before, after)) = rest.split_once("${") {
        pattern.push_str(before);
        pattern.push('*');
        rest = after.split_once('}').map_or("", |(_, behind)| behind);
    }
    pattern.push_str(rest);
    policy::Pattern::new(&pattern.to_ascii_lowercase()).matches(&name.to_ascii_lowercase())
}
