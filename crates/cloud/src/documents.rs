//! Policies that accounts wrote themselves, compiled; those asked for last are kept.
//!
//! The key is the hash of the text: what is found is always what the text means, so no change of a policy can leave
//! anything stale here, on this server or another, and a text that many have is kept once.

use std::sync::{Arc, LazyLock};

use policy::{ParseError, Policy, PolicyKind};
use sha2::{Digest as _, Sha256};

use crate::recent::Recent;

/// How many compiled documents stay in memory: more than one classroom writes.
const CAPACITY: usize = 512;

type Hash = [u8; 32];

static RECENT: LazyLock<Recent<Hash, Policy>> = LazyLock::new(|| Recent::new(CAPACITY));

/// The document, compiled now or a while ago.
///
/// # Errors
/// As [`Policy::parse`]; what cannot be read is read again each time.
pub(crate) fn compiled(document: &str) -> Result<Arc<Policy>, ParseError> {
    let hash: Hash = Sha256::digest(document.as_bytes()).into();
    RECENT.get_or_make(hash, || Policy::parse(document, PolicyKind::Identity))
}

/// The same for a resource's own policy, which says Principal.
///
/// # Errors
/// As [`Policy::parse`].
pub(crate) fn compiled_resource(document: &str) -> Result<Arc<Policy>, ParseError> {
    let hash = Sha256::new().chain_update(b"resource\0").chain_update(document.as_bytes()).finalize();
    RECENT.get_or_make(hash.into(), || Policy::parse(document, PolicyKind::Resource))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_compiled_once_and_another_text_is_another_policy() {
        let text = |action: &str| {
            format!(r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"{action}","Resource":"*"}}}}"#)
        };
        let one = compiled(&text("s3:GetObject")).expect("a policy");
        assert!(Arc::ptr_eq(&one, &compiled(&text("s3:GetObject")).expect("a policy")));
        let other = compiled(&text("s3:PutObject")).expect("a policy");
        assert_eq!(other.document().statements[0].action.values, ["s3:PutObject"]);
        for _ in 0..2 {
            assert!(compiled("{}").is_err() && compiled("no JSON").is_err());
        }
    }
}
