//! Builds the browser's part of Understudy: from the compiled wasm and the style sheets to a folder of
//! hashed, compressed files that `server/build.rs` embeds.
//!
//! `site <frontend.wasm> <style folder> <output folder>`
//!
//! Every file is named after its content (`main.<hash>.css`), so the server may tell browsers to keep it for
//! ever; the style sheet names the hashed fonts and the script names the hashed snippets. A second run with
//! the same inputs writes nothing, so that nothing downstream is rebuilt.

mod bindgen;
mod inputs;
mod output;
mod style;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::inputs::Fingerprint;
use crate::output::{Manifest, Site};

/// The address under which the server serves the folder.
const BASE: &str = "/pkg/";

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [wasm, style, out] = arguments.as_slice() else {
        bail!("usage: site <frontend.wasm> <style folder> <output folder>");
    };
    build(wasm, style, out)
}

fn build(wasm: &Path, style: &Path, out: &Path) -> Result<()> {
    let old = Manifest::read(out)?;
    let inputs = Fingerprint::of(wasm, style)?;
    if let Some(old) = old
        .as_ref()
        .filter(|old| old.inputs == inputs && old.is_complete(out))
    {
        println!("site: unchanged");
        old.report();
        return Ok(());
    }

    let mut site = Site::new(out, inputs.clone())?;
    match old.filter(|old| old.inputs.wasm == inputs.wasm && old.is_complete(out)) {
        // Only the styles changed: binding and compressing the wasm again would be most of the work.
        Some(old) => site.keep_scripts(&old),
        None => {
            bindgen::bind(wasm, &mut site).with_context(|| format!("binding {}", wasm.display()))?
        }
    }
    style::build(style, &mut site).with_context(|| format!("building {}", style.display()))?;
    site.finish()?.report();
    Ok(())
}
