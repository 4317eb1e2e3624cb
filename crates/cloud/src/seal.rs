//! Secrets at rest: XChaCha20-Poly1305 under the installation's master key. The associated data names the table, the
//! account, the row and the key, so that a sealed value moved to another row does not open. What is sealed begins with
//! the key's name: whoever changes the master key can tell what is still to be sealed anew ([`crate::Cloud::reseal`]).

use anyhow::anyhow;
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use rand::RngExt as _;

const NONCE: usize = 24;
/// How a sealed value begins, before the key's name. Values of the first releases begin with their nonce.
const MAGIC: &[u8; 3] = b"US1";
/// Bytes of a key's name.
const NAME: usize = 8;
/// Bytes before the nonce.
pub(crate) const PREFIX: usize = MAGIC.len() + NAME;
const CANARY: &[u8] = b"understudy key canary, version 1";

/// The installation's 32-byte key, and those before it while they are still in use.
#[derive(Clone)]
pub struct MasterKey {
    bytes: [u8; 32],
    former: Vec<[u8; 32]>,
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(***)")
    }
}

impl MasterKey {
    /// A new random key.
    pub fn generate() -> Self {
        Self::of(rand::rng().random())
    }

    fn of(bytes: [u8; 32]) -> Self {
        Self { bytes, former: Vec::new() }
    }

    /// The same key, which also opens what was sealed under `former`.
    #[must_use]
    pub fn beside(mut self, former: &Self) -> Self {
        self.former.push(former.bytes);
        self.former.extend(&former.former);
        self
    }

    /// Reads 64 hexadecimal digits or 44 characters of base64.
    ///
    /// # Errors
    /// Says what shape is expected; never shows the text.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        use base64::{Engine as _, prelude::BASE64_STANDARD};
        let text = text.trim();
        let bytes = if text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
            (0..32)
                .map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16))
                .collect::<Result<Vec<u8>, _>>()
                .map_err(|_| anyhow!("not hexadecimal"))?
        } else {
            BASE64_STANDARD
                .decode(text)
                .map_err(|_| anyhow!("a master key is 64 hexadecimal digits or 32 bytes in base64"))?
        };
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| anyhow!("a master key has 32 bytes"))?;
        Ok(Self::of(bytes))
    }

    /// The key as 64 hexadecimal digits, for the file that keeps it.
    pub fn to_hex(&self) -> String {
        self.bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// One key, ready for use.
#[derive(Clone)]
struct Key {
    cipher: XChaCha20Poly1305,
    name: [u8; NAME],
}

impl Key {
    fn new(bytes: &[u8; 32]) -> Self {
        // A digest tells nothing of a random key; cut short, it still tells keys apart.
        let digest: [u8; 32] = mac_under(bytes, "name of a key", "");
        let mut name = [0; NAME];
        name.copy_from_slice(&digest[..NAME]);
        Self { cipher: XChaCha20Poly1305::new(&(*bytes).into()), name }
    }

    fn prefix(&self) -> [u8; PREFIX] {
        let mut prefix = [0; PREFIX];
        prefix[..MAGIC.len()].copy_from_slice(MAGIC);
        prefix[MAGIC.len()..].copy_from_slice(&self.name);
        prefix
    }

    fn open(&self, aad: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, ciphertext) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let payload = Payload { msg: ciphertext, aad: aad.as_bytes() };
        self.cipher.decrypt(&XNonce::from(nonce), payload).ok()
    }
}

/// Seals under the master key, and opens under it or a former one.
#[derive(Clone)]
pub struct Sealer {
    current: Key,
    former: Vec<Key>,
    bytes: [u8; 32],
}

impl Sealer {
    pub fn new(key: &MasterKey) -> Self {
        let former = key.former.iter().map(Key::new).collect();
        Self { current: Key::new(&key.bytes), former, bytes: key.bytes }
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.current).chain(&self.former)
    }

    /// How everything begins that is sealed under the current key.
    pub(crate) fn prefix(&self) -> Vec<u8> {
        self.current.prefix().to_vec()
    }

    /// How everything begins that this sealer can open, but for values of the first releases.
    pub(crate) fn prefixes(&self) -> Vec<Vec<u8>> {
        self.keys().map(|key| key.prefix().to_vec()).collect()
    }

    /// Seals `plain` for one row: the key's name and the nonce first, then the ciphertext with its tag.
    pub fn seal(&self, row: &Row<'_>, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = rand::rng().random();
        let aad = row.aad_under(&self.current.name);
        let payload = Payload { msg: plain, aad: aad.as_bytes() };
        let sealed =
            self.current.cipher.encrypt(&XNonce::from(nonce), payload).expect("only inputs beyond 256 GiB fail");
        [self.current.prefix().as_slice(), &nonce, &sealed].concat()
    }

    /// Opens what [`Sealer::seal`] made for the same row.
    pub fn open(&self, row: &Row<'_>, sealed: &[u8]) -> anyhow::Result<Vec<u8>> {
        let named = self.keys().find_map(|key| {
            let rest = sealed.strip_prefix(key.prefix().as_slice())?;
            key.open(&row.aad_under(&key.name), rest)
        });
        // The first releases wrote no name: then every key is tried.
        named
            .or_else(|| self.keys().find_map(|key| key.open(&row.aad(), sealed)))
            .ok_or_else(|| anyhow!("a sealed value of {} does not open", row.table))
    }

    /// A sealed text that only this key opens; kept in the database so that a server with another key refuses to start.
    pub fn canary(&self) -> Vec<u8> {
        self.seal(&Row { table: "installation", account: "", row: "canary" }, CANARY)
    }

    /// Whether a canary was sealed under this key.
    pub fn knows(&self, canary: &[u8]) -> bool {
        self.open(&Row { table: "installation", account: "", row: "canary" }, canary).is_ok_and(|plain| plain == CANARY)
    }

    /// A keyed digest for tokens that browsers carry (device cookies): nobody without the key can make one.
    pub fn mac(&self, purpose: &str, text: &str) -> [u8; 32] {
        mac_under(&self.bytes, purpose, text)
    }
}

fn mac_under(key: &[u8; 32], purpose: &str, text: &str) -> [u8; 32] {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

/// Where a sealed value lies.
pub struct Row<'a> {
    /// The table's name.
    pub table: &'static str,
    /// The account, or nothing.
    pub account: &'a str,
    /// The row's key.
    pub row: &'a str,
}

impl Row<'_> {
    fn aad(&self) -> String {
        format!("{}|{}|{}", self.table, self.account, self.row)
    }

    fn aad_under(&self, key: &[u8; NAME]) -> String {
        use std::fmt::Write as _;
        key.iter().fold(self.aad() + "|", |mut aad, byte| {
            let _ = write!(aad, "{byte:02x}");
            aad
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_in_its_row_and_under_its_key_only() {
        let sealer = Sealer::new(&MasterKey::of([7; 32]));
        let here = Row { table: "access_key", account: "111111111111", row: "AKIAX" };
        let there = Row { table: "access_key", account: "222222222222", row: "AKIAX" };
        let sealed = sealer.seal(&here, b"secret");
        assert_eq!(sealer.open(&here, &sealed).expect("opens"), b"secret");
        assert!(sealer.open(&there, &sealed).is_err());
        assert!(Sealer::new(&MasterKey::of([8; 32])).open(&here, &sealed).is_err());
        assert!(sealer.knows(&sealer.canary()));
        assert!(!Sealer::new(&MasterKey::of([8; 32])).knows(&sealer.canary()));
    }

    #[test]
    fn a_former_key_opens_and_never_seals() {
        let (old, new) = (MasterKey::of([7; 32]), MasterKey::of([8; 32]));
        let row = Row { table: "access_key", account: "111111111111", row: "AKIAX" };
        let before = Sealer::new(&old).seal(&row, b"secret");
        let both = Sealer::new(&new.clone().beside(&old));
        assert_eq!(both.open(&row, &before).expect("opens"), b"secret");
        assert!(both.knows(&Sealer::new(&old).canary()));
        let after = both.seal(&row, b"secret");
        assert!(after.starts_with(&both.prefix()) && !before.starts_with(&both.prefix()));
        assert!(Sealer::new(&old).open(&row, &after).is_err());
        assert_eq!(Sealer::new(&new).open(&row, &after).expect("opens"), b"secret");
    }

    /// A value as the first releases wrote it: nonce and ciphertext, no key's name.
    #[test]
    fn values_of_the_first_releases_open() {
        let key = Key::new(&[7; 32]);
        let row = Row { table: "mail", account: "", row: "1" };
        let aad = row.aad();
        let payload = Payload { msg: b"secret", aad: aad.as_bytes() };
        let sealed = key.cipher.encrypt(&XNonce::from([9; NONCE]), payload).expect("seals");
        let value = [[9; NONCE].as_slice(), &sealed].concat();
        let both = Sealer::new(&MasterKey::of([8; 32]).beside(&MasterKey::of([7; 32])));
        assert_eq!(both.open(&row, &value).expect("opens"), b"secret");
        assert!(Sealer::new(&MasterKey::of([8; 32])).open(&row, &value).is_err());
    }

    #[test]
    fn keys_are_read_from_hex_and_base64() {
        let key = MasterKey::generate();
        assert_eq!(MasterKey::parse(&key.to_hex()).expect("hex").bytes, key.bytes);
        assert!(MasterKey::parse("short").is_err());
    }
}
