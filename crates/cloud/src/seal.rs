//! Secrets at rest: XChaCha20-Poly1305 under the installation's master key. The associated data names the table, the
//! account and the row, so that a sealed value moved to another row does not open.

use anyhow::{Context as _, anyhow, bail};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use rand::RngExt as _;

const NONCE: usize = 24;
const CANARY: &[u8] = b"understudy key canary, version 1";

/// The installation's 32-byte key.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(***)")
    }
}

impl MasterKey {
    /// A new random key.
    pub fn generate() -> Self {
        Self(rand::rng().random())
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
        Ok(Self(bytes))
    }

    /// The key as 64 hexadecimal digits, for the file that keeps it.
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Seals and opens.
#[derive(Clone)]
pub struct Sealer {
    cipher: XChaCha20Poly1305,
    key: MasterKey,
}

impl Sealer {
    pub fn new(key: &MasterKey) -> Self {
        Self { cipher: XChaCha20Poly1305::new(&key.0.into()), key: key.clone() }
    }

    /// Seals `plain` for one row: nonce first, then the ciphertext with its tag.
    pub fn seal(&self, row: &Row<'_>, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = rand::rng().random();
        let aad = row.aad();
        let payload = Payload { msg: plain, aad: aad.as_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).expect("only inputs beyond 256 GiB fail");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`Sealer::seal`] made for the same row.
    pub fn open(&self, row: &Row<'_>, sealed: &[u8]) -> anyhow::Result<Vec<u8>> {
        let Some((nonce, ciphertext)) = sealed.split_at_checked(NONCE) else { bail!("a sealed value is too short") };
        let nonce: [u8; NONCE] = nonce.try_into().context("nonce")?;
        let aad = row.aad();
        let payload = Payload { msg: ciphertext, aad: aad.as_bytes() };
        self.cipher
            .decrypt(&XNonce::from(nonce), payload)
            .map_err(|_| anyhow!("a sealed value of {} does not open", row.table))
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
        use hmac::{Hmac, KeyInit as _, Mac as _};
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&self.key.0).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().into()
    }
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_in_its_row_and_under_its_key_only() {
        let sealer = Sealer::new(&MasterKey([7; 32]));
        let here = Row { table: "access_key", account: "111111111111", row: "AKIAX" };
        let there = Row { table: "access_key", account: "222222222222", row: "AKIAX" };
        let sealed = sealer.seal(&here, b"secret");
        assert_eq!(sealer.open(&here, &sealed).expect("opens"), b"secret");
        assert!(sealer.open(&there, &sealed).is_err());
        assert!(Sealer::new(&MasterKey([8; 32])).open(&here, &sealed).is_err());
        assert!(sealer.knows(&sealer.canary()));
        assert!(!Sealer::new(&MasterKey([8; 32])).knows(&sealer.canary()));
    }

    #[test]
    fn keys_are_read_from_hex_and_base64() {
        let key = MasterKey::generate();
        assert_eq!(MasterKey::parse(&key.to_hex()).expect("hex").0, key.0);
        assert!(MasterKey::parse("short").is_err());
    }
}
