//! What a build was made from, so that the next one can tell whether there is anything to do.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Hashes of everything a build depends on, this program included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The compiled wasm modules together with the builder that binds them.
    pub wasm: String,
    /// Every file below the style folder.
    pub style: String,
}

impl Fingerprint {
    /// Reads and hashes all inputs.
    pub fn of(modules: &[String], style: &Path) -> Result<Self> {
        let builder = std::env::current_exe().context("finding the builder itself")?;
        let wasm: Vec<PathBuf> = std::iter::once(builder).chain(modules.iter().map(PathBuf::from)).collect();
        Ok(Self { wasm: digest(&wasm)?, style: digest(&files(style)?)? })
    }

    /// As it is kept in the manifest.
    pub fn to_json(&self) -> Value {
        json!({ "wasm": self.wasm, "style": self.style })
    }

    /// Back from the manifest; `None` when it was written by an older builder.
    pub fn from_json(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        Some(Self { wasm: text("wasm")?, style: text("style")? })
    }
}

/// All files below `folder`, in an order that does not depend on the file system.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// One hash over names and contents. The folder's own place does not count, only what is in it.
fn digest(paths: &[PathBuf]) -> Result<String> {
    let mut hash = Sha256::new();
    for path in paths {
        let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        hash.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        hash.update([0]);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    Ok(hex(&hash.finalize()))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
