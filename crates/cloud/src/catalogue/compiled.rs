//! Parsed documents of the catalogue, the most recently used ones kept.

use std::{
    convert::Infallible,
    sync::{Arc, LazyLock},
};

use policy::{Policy, PolicyKind};

use super::ManagedPolicy;
use crate::recent::Recent;

/// How many parsed documents stay in memory: far more than one classroom attaches, a sixth of them all.
const CAPACITY: usize = 256;

static RECENT: LazyLock<Recent<usize, Policy>> = LazyLock::new(|| Recent::new(CAPACITY));

/// The policy's document, parsed now or a while ago.
pub(super) fn compiled(managed: &ManagedPolicy) -> Arc<Policy> {
    let parse = || {
        Ok::<_, Infallible>(
            Policy::parse(&managed.document(), PolicyKind::Identity)
                .expect("a test parses every document of the catalogue"),
        )
    };
    let Ok(parsed) = RECENT.get_or_make(managed.position, parse);
    parsed
}
