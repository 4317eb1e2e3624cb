//! Secrets at rest: XChaCha20-Poly1305 under keys in two storeys.
//!
//! Each account has a data key of 32 random bytes ([`data_keys`]), and all that is the account's is sealed under it:
//! secrets of access keys, seeds of MFA devices, mails, challenges. The data key itself lies sealed under the
//! installation's master key. What is no account's (mails of a sign-up, hardware tokens as the operator loaded them) is
//! sealed under the master key itself, and so was everything before accounts had keys: that still opens, and is sealed
//! anew by [`crate::Cloud::reseal`].
//!
//! **Who deletes an account shreds its secrets**: the data key goes with it, and what is left of its sealed values
//! anywhere opens no more, not even for whoever holds the master key. What is left of the data key's own row, in a backup
//! of the whole database or in PostgreSQL's log, undoes that until it is thrown away.
//!
//! The associated data names the table, the account, the row and the key, so that a sealed value moved to another row
//! does not open. What is sealed begins with the kind and the name of its key: whoever changes the master key can tell
//! what is still to be sealed anew. A data key is unwrapped each time it is used, which takes about as long as looking it
//! up in a cache would; so none is kept in memory.

pub(crate) mod data_keys;
mod key;

use anyhow::{Context as _, anyhow};
use rand::RngExt as _;
use zeroize::Zeroizing;

pub use key::MasterKey;
pub(crate) use key::{DATA, MAGIC, PREFIX};
use key::{Key, MASTER, NAME, mac_under};

const CANARY: &[u8] = b"understudy key canary, version 1";
/// The version of what a data key is, bound into its sealed form.
const DATA_KEY_VERSION: &str = "1";

/// Seals under the master key or an account's data key, and opens under these or a former master key.
pub struct Sealer {
    current: Key,
    former: Vec<Key>,
    bytes: [u8; 32],
}

impl Sealer {
    pub fn new(key: &MasterKey) -> Self {
        let former = key.former.iter().map(|bytes| Key::new(MASTER, bytes)).collect();
        Self { current: Key::new(MASTER, &key.bytes), former, bytes: key.bytes }
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.current).chain(&self.former)
    }

    /// How everything begins that is sealed under the current master key.
    pub(crate) fn prefix(&self) -> Vec<u8> {
        self.current.prefix().to_vec()
    }

    /// How everything begins that a master key of this sealer can open, but for values of the first releases.
    pub(crate) fn prefixes(&self) -> Vec<Vec<u8>> {
        self.keys().map(|key| key.prefix().to_vec()).collect()
    }

    /// Seals `plain`, which is no account's, for one row.
    pub fn seal(&self, row: &Row<'_>, plain: &[u8]) -> Vec<u8> {
        self.current.seal(row, plain)
    }

    /// Opens what [`Sealer::seal`] made for the same row.
    pub fn open(&self, row: &Row<'_>, sealed: &[u8]) -> anyhow::Result<Vec<u8>> {
        self.keys()
            .find_map(|key| key.open(row, sealed))
            // The first releases wrote no name: then every key is tried.
            .or_else(|| self.keys().find_map(|key| key.open_nameless(row, sealed)))
            .ok_or_else(|| anyhow!("a sealed value of {} does not open", row.table))
    }

    /// Seals `plain`, which is the account's, for one of its rows. `data_key` is the account's, as the database holds it.
    pub fn seal_for(&self, row: &Row<'_>, data_key: &[u8], plain: &[u8]) -> anyhow::Result<Vec<u8>> {
        Ok(self.unwrapped(row.account, data_key)?.seal(row, plain))
    }

    /// Opens what [`Sealer::seal_for`] made for the same row, or what was sealed before accounts had keys.
    pub fn open_for(&self, row: &Row<'_>, data_key: Option<&[u8]>, sealed: &[u8]) -> anyhow::Result<Vec<u8>> {
        if sealed.starts_with(DATA)
            && let Some(data_key) = data_key
            && let Some(plain) = self.unwrapped(row.account, data_key)?.open(row, sealed)
        {
            return Ok(plain);
        }
        self.open(row, sealed)
    }

    /// A new data key for an account, wrapped.
    fn new_data_key(&self, account: &str) -> Vec<u8> {
        let bytes: Zeroizing<[u8; 32]> = Zeroizing::new(rand::rng().random());
        self.seal(&data_key_of(account), bytes.as_slice())
    }

    /// The same data key, wrapped under the current master key.
    pub(crate) fn wrapped_anew(&self, account: &str, data_key: &[u8]) -> anyhow::Result<Vec<u8>> {
        let bytes = Zeroizing::new(self.open(&data_key_of(account), data_key)?);
        Ok(self.seal(&data_key_of(account), &bytes))
    }

    fn unwrapped(&self, account: &str, data_key: &[u8]) -> anyhow::Result<Key> {
        let bytes = Zeroizing::new(self.open(&data_key_of(account), data_key)?);
        Ok(Key::new(DATA, bytes.as_slice().try_into().context("a data key has 32 bytes")?))
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

/// Where an account's data key lies wrapped.
fn data_key_of(account: &str) -> Row<'_> {
    Row { table: "data_key", account, row: DATA_KEY_VERSION }
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
    use chacha20poly1305::{
        XNonce,
        aead::{Aead as _, Payload},
    };

    use super::{key::NONCE, *};

    const HERE: Row<'_> = Row { table: "access_key", account: "111111111111", row: "AKIAX" };
    const THERE: Row<'_> = Row { table: "access_key", account: "222222222222", row: "AKIAX" };

    #[test]
    fn a_sealed_value_opens_in_its_row_and_under_its_key_only() {
        let sealer = Sealer::new(&MasterKey::of([7; 32]));
        let sealed = sealer.seal(&HERE, b"secret");
        assert_eq!(sealer.open(&HERE, &sealed).expect("opens"), b"secret");
        assert!(sealer.open(&THERE, &sealed).is_err());
        assert!(Sealer::new(&MasterKey::of([8; 32])).open(&HERE, &sealed).is_err());
        assert!(sealer.knows(&sealer.canary()));
        assert!(!Sealer::new(&MasterKey::of([8; 32])).knows(&sealer.canary()));
    }

    #[test]
    fn a_value_of_an_account_opens_under_that_account_s_key_only() {
        let sealer = Sealer::new(&MasterKey::of([7; 32]));
        let (ours, theirs) = (sealer.new_data_key(HERE.account), sealer.new_data_key(THERE.account));
        let sealed = sealer.seal_for(&HERE, &ours, b"secret").expect("seals");
        assert!(sealed.starts_with(DATA));
        assert_eq!(sealer.open_for(&HERE, Some(&ours), &sealed).expect("opens"), b"secret");
        let next = Row { row: "AKIAY", ..HERE };
        assert!(sealer.open_for(&next, Some(&ours), &sealed).is_err(), "another row");
        assert!(sealer.open_for(&THERE, Some(&theirs), &sealed).is_err(), "another account");
        assert!(sealer.open_for(&HERE, Some(&theirs), &sealed).is_err(), "another account's key does not unwrap here");
        assert!(sealer.seal_for(&HERE, &theirs, b"secret").is_err(), "nor does it seal");
        assert!(sealer.open_for(&HERE, None, &sealed).is_err(), "no key: shredded");
        let second = sealer.new_data_key(HERE.account);
        assert!(sealer.open_for(&HERE, Some(&second), &sealed).is_err(), "a new key of the same account");
        let before = sealer.seal(&HERE, b"secret");
        assert_eq!(sealer.open_for(&HERE, Some(&ours), &before).expect("opens"), b"secret", "as it was sealed before");
    }

    #[test]
    fn a_former_key_opens_and_never_seals() {
        let (old, new) = (MasterKey::of([7; 32]), MasterKey::of([8; 32]));
        let before = Sealer::new(&old).seal(&HERE, b"secret");
        let both = Sealer::new(&new.clone().beside(&old));
        assert_eq!(both.open(&HERE, &before).expect("opens"), b"secret");
        assert!(both.knows(&Sealer::new(&old).canary()));
        let after = both.seal(&HERE, b"secret");
        assert!(after.starts_with(&both.prefix()) && !before.starts_with(&both.prefix()));
        assert!(Sealer::new(&old).open(&HERE, &after).is_err());
        assert_eq!(Sealer::new(&new).open(&HERE, &after).expect("opens"), b"secret");
    }

    #[test]
    fn a_data_key_outlives_the_master_key() {
        let (old, new) = (MasterKey::of([7; 32]), MasterKey::of([8; 32]));
        let before = Sealer::new(&old).new_data_key(HERE.account);
        let sealed = Sealer::new(&old).seal_for(&HERE, &before, b"secret").expect("seals");
        let both = Sealer::new(&new.clone().beside(&old));
        let after = both.wrapped_anew(HERE.account, &before).expect("opens");
        assert!(after.starts_with(&both.prefix()));
        assert_eq!(Sealer::new(&new).open_for(&HERE, Some(&after), &sealed).expect("opens"), b"secret");
        assert!(Sealer::new(&old).open_for(&HERE, Some(&after), &sealed).is_err());
        assert!(both.wrapped_anew(THERE.account, &before).is_err(), "another account's");
    }

    /// A value as the first releases wrote it: nonce and ciphertext, no key's name.
    #[test]
    fn values_of_the_first_releases_open() {
        let key = Key::new(MASTER, &[7; 32]);
        let row = Row { table: "mail", account: "", row: "1" };
        let aad = row.aad();
        let payload = Payload { msg: b"secret", aad: aad.as_bytes() };
        let sealed = key.cipher.encrypt(&XNonce::from([9; NONCE]), payload).expect("seals");
        let value = [[9; NONCE].as_slice(), &sealed].concat();
        let both = Sealer::new(&MasterKey::of([8; 32]).beside(&MasterKey::of([7; 32])));
        assert_eq!(both.open(&row, &value).expect("opens"), b"secret");
        assert_eq!(both.open_for(&row, None, &value).expect("opens"), b"secret");
        assert!(Sealer::new(&MasterKey::of([8; 32])).open(&row, &value).is_err());
    }
}
