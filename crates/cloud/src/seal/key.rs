//! The installation's master key, and how one key seals and opens.

use anyhow::anyhow;
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use rand::RngExt as _;

use super::Row;

pub(super) const NONCE: usize = 24;
/// Bytes of what is sealed that tell by which kind of key.
pub(crate) const MAGIC: usize = 3;
/// How a value begins that is sealed under a master key. Values of the first releases begin with their nonce.
pub(super) const MASTER: &[u8; MAGIC] = b"US1";
/// How a value begins that is sealed under an account's data key.
pub(crate) const DATA: &[u8; MAGIC] = b"US2";
/// Bytes of a key's name.
pub(super) const NAME: usize = 8;
/// Bytes before the nonce.
pub(crate) const PREFIX: usize = MAGIC + NAME;

/// The installation's 32-byte key, and those before it while they are still in use.
#[derive(Clone)]
pub struct MasterKey {
    pub(super) bytes: [u8; 32],
    pub(super) former: Vec<[u8; 32]>,
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

    pub(super) fn of(bytes: [u8; 32]) -> Self {
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

/// One key, ready for use. Its bytes are wiped when it is dropped.
pub(super) struct Key {
    pub(super) cipher: XChaCha20Poly1305,
    magic: &'static [u8; MAGIC],
    name: [u8; NAME],
}

impl Key {
    /// A key whose values begin with `magic`.
    pub(super) fn new(magic: &'static [u8; MAGIC], bytes: &[u8; 32]) -> Self {
        // A digest tells nothing of a random key; cut short, it still tells keys apart.
        let digest: [u8; 32] = mac_under(bytes, "name of a key", "");
        let mut name = [0; NAME];
        name.copy_from_slice(&digest[..NAME]);
        Self { cipher: XChaCha20Poly1305::new(bytes.into()), magic, name }
    }

    /// How everything begins that this key seals.
    pub(super) fn prefix(&self) -> [u8; PREFIX] {
        let mut prefix = [0; PREFIX];
        prefix[..MAGIC].copy_from_slice(self.magic);
        prefix[MAGIC..].copy_from_slice(&self.name);
        prefix
    }

    /// Seals `plain` for one row: the key's name and the nonce first, then the ciphertext with its tag.
    pub(super) fn seal(&self, row: &Row<'_>, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = rand::rng().random();
        let aad = row.aad_under(&self.name);
        let payload = Payload { msg: plain, aad: aad.as_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).expect("only inputs beyond 256 GiB fail");
        [self.prefix().as_slice(), &nonce, &sealed].concat()
    }

    /// Opens what [`Key::seal`] made for the same row.
    pub(super) fn open(&self, row: &Row<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        self.decrypt(&row.aad_under(&self.name), sealed.strip_prefix(self.prefix().as_slice())?)
    }

    /// Opens what the first releases sealed for the same row: they wrote no name.
    pub(super) fn open_nameless(&self, row: &Row<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        self.decrypt(&row.aad(), sealed)
    }

    fn decrypt(&self, aad: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, ciphertext) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let payload = Payload { msg: ciphertext, aad: aad.as_bytes() };
        self.cipher.decrypt(&XNonce::from(nonce), payload).ok()
    }
}

pub(super) fn mac_under(key: &[u8; 32], purpose: &str, text: &str) -> [u8; 32] {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_from_hex_and_base64() {
        let key = MasterKey::generate();
        assert_eq!(MasterKey::parse(&key.to_hex()).expect("hex").bytes, key.bytes);
        assert!(MasterKey::parse("short").is_err());
    }
}
