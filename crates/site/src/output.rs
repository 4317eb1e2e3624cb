//! The output folder: hashed names, compressed variants, and the manifest that lists them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::inputs::{Fingerprint, hex};

const MANIFEST: &str = "manifest.json";

/// One served file and the sizes it travels in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name in the folder and under `/pkg/`: the logical name with a hash of the content before the last dot.
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// Bytes as they are.
    pub bytes: usize,
    /// Bytes after brotli, quality 11; `None` when it would not be smaller.
    pub brotli: Option<usize>,
    /// Bytes after gzip, level 9; `None` when it would not be smaller.
    pub gzip: Option<usize>,
}

/// All files of a built site, by logical name.
#[derive(Debug)]
pub struct Manifest {
    /// What the site was built from.
    pub inputs: Fingerprint,
    files: BTreeMap<String, File>,
}

impl Manifest {
    /// Reads a folder's manifest. One that is absent or of another shape counts as none: the site is rebuilt.
    pub fn read(folder: &Path) -> Result<Option<Self>> {
        let text = match fs::read_to_string(folder.join(MANIFEST)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).context("reading the old manifest"),
        };
        Ok(serde_json::from_str(&text).ok().as_ref().and_then(Self::from_json))
    }

    fn from_json(value: &Value) -> Option<Self> {
        let mut files = BTreeMap::new();
        for (logical, file) in value.get("files")?.as_object()? {
            let size = |name: &str| file.get(name).and_then(Value::as_u64).map(|size| size as usize);
            files.insert(
                logical.clone(),
                File {
                    name: file.get("name")?.as_str()?.to_owned(),
                    content_type: file.get("type")?.as_str()?.to_owned(),
                    bytes: size("bytes")?,
                    brotli: size("brotli"),
                    gzip: size("gzip"),
                },
            );
        }
        Some(Self { inputs: Fingerprint::from_json(value.get("inputs")?)?, files })
    }

    fn to_json(&self) -> Value {
        let files: Map<String, Value> = self
            .files
            .iter()
            .map(|(logical, file)| {
                let file = json!({
                    "name": file.name,
                    "type": file.content_type,
                    "bytes": file.bytes,
                    "brotli": file.brotli,
                    "gzip": file.gzip,
                });
                (logical.clone(), file)
            })
            .collect();
        json!({ "inputs": self.inputs.to_json(), "files": files })
    }

    /// Whether every listed file is still in the folder.
    pub fn is_complete(&self, folder: &Path) -> bool {
        self.paths().iter().all(|name| folder.join(name).is_file())
    }

    /// Prints what travels: for each kind of file its bytes as they are and after brotli.
    pub fn report(&self) {
        for (logical, file) in &self.files {
            let brotli = file.brotli.unwrap_or(file.bytes);
            println!("site: {logical:<32} {:>9} bytes {brotli:>9} brotli", file.bytes);
        }
    }

    fn paths(&self) -> BTreeSet<String> {
        let mut paths = BTreeSet::from([MANIFEST.to_owned()]);
        for file in self.files.values() {
            paths.insert(file.name.clone());
            paths.extend(file.brotli.map(|_| format!("{}.br", file.name)));
            paths.extend(file.gzip.map(|_| format!("{}.gz", file.name)));
        }
        paths
    }
}

/// A site being written.
pub struct Site {
    folder: PathBuf,
    manifest: Manifest,
    compress: bool,
}

impl Site {
    /// Starts a site in `folder`. What is there already stays until [`Site::finish`].
    pub fn new(folder: &Path, inputs: Fingerprint, compress: bool) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        Ok(Self { folder: folder.to_owned(), manifest: Manifest { inputs, files: BTreeMap::new() }, compress })
    }

    /// Takes over the scripts and the wasm of an earlier build.
    pub fn keep_scripts(&mut self, old: &Manifest) {
        let is_script = |name: &str| name.ends_with(".js") || name.ends_with(".wasm");
        let kept = old.files.iter().filter(|(logical, _)| is_script(logical));
        self.manifest.files.extend(kept.map(|(logical, file)| (logical.clone(), file.clone())));
    }

    /// Adds a file under its logical name and returns its hashed one.
    pub fn add(&mut self, logical: &str, bytes: &[u8]) -> Result<String> {
        let content_type = content_type(logical)?;
        let (stem, extension) = logical.rsplit_once('.').context("a file without an extension")?;
        let hash = &hex(&Sha256::digest(bytes))[..16];
        let name = format!("{stem}.{hash}.{extension}");
        self.write(&name, bytes)?;
        // Fonts and pictures are compressed formats already.
        let text = self.compress && !matches!(extension, "woff2" | "png");
        let file = File {
            content_type: content_type.to_owned(),
            bytes: bytes.len(),
            brotli: if text { self.variant(&name, "br", bytes, brotli)? } else { None },
            gzip: if text { self.variant(&name, "gz", bytes, gzip)? } else { None },
            name: name.clone(),
        };
        // Two modules may bring the same snippet along.
        if let Some(other) = self.manifest.files.insert(logical.to_owned(), file)
            && other.name != name
        {
            bail!("two files are called {logical}");
        }
        Ok(name)
    }

    /// Writes the manifest, and removes what no longer belongs to the site.
    pub fn finish(self) -> Result<Manifest> {
        self.write(MANIFEST, serde_json::to_string_pretty(&self.manifest.to_json())?.as_bytes())?;
        let keep = self.manifest.paths();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_name().to_str().is_none_or(|name| !keep.contains(name)) {
                fs::remove_file(entry.path()).with_context(|| format!("removing {}", entry.path().display()))?;
            }
        }
        Ok(self.manifest)
    }

    /// A compressed sibling, unless it would not be smaller. One of an earlier build is taken as it is: the
    /// name says that its content is the same.
    fn variant(
        &self,
        name: &str,
        suffix: &str,
        bytes: &[u8],
        compress: fn(&[u8]) -> Result<Vec<u8>>,
    ) -> Result<Option<usize>> {
        let name = format!("{name}.{suffix}");
        if let Ok(existing) = fs::metadata(self.folder.join(&name)) {
            return Ok(Some(existing.len() as usize));
        }
        let compressed = compress(bytes)?;
        if compressed.len() >= bytes.len() {
            return Ok(None);
        }
        self.write(&name, &compressed)?;
        Ok(Some(compressed.len()))
    }

    /// Whole or not at all: a build that is interrupted leaves no half file under a final name.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        let partial = self.folder.join(format!("{name}.partial"));
        fs::write(&partial, bytes).with_context(|| format!("writing {}", partial.display()))?;
        fs::rename(&partial, &path).with_context(|| format!("writing {}", path.display()))
    }
}

fn content_type(name: &str) -> Result<&'static str> {
    Ok(match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        _ => bail!("no media type is known for {name}"),
    })
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters)?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
