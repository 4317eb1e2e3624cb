//! Builds the browser's part of Understudy: from the compiled wasm and the style sheets to a folder of
//! hashed, compressed files that `server/build.rs` embeds.
//!
//! `site <style folder> <output folder> <module.wasm>… [--uncompressed]`
//!
//! Every file is named after its content (`main.<hash>.css`), so the server may tell browsers to keep it for
//! ever; the style sheet names the hashed fonts and the script names the hashed snippets. A second run with
//! the same inputs writes nothing, so that nothing downstream is rebuilt.

mod bindgen;
mod inputs;
mod output;
mod style;

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::inputs::Fingerprint;
use crate::output::{Manifest, Site};

/// The editor of policies, as `scripts/prepare editor` bundled it: a module of its own, which only the pages that hold an
/// editor load.
const EDITOR: &str = include_str!("../../../frontend/editor/policy-editor.js");

/// Passkeys in the browser, for the few pages that ask for one; the sign-in pages load nothing else.
const PASSKEY: &str = include_str!("passkey.js");

/// The address under which the server serves the folder.
const BASE: &str = "/pkg/";

fn main() -> Result<()> {
    let (flags, paths): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let compress = match flags.as_slice() {
        [] => true,
        // For scripts/dev: compressing unoptimised wasm takes longer than building it.
        [flag] if flag == "--uncompressed" => false,
        _ => bail!("the only flag is --uncompressed"),
    };
    let [style, out, modules @ ..] = paths.as_slice() else {
        bail!("usage: site <style folder> <output folder> <module.wasm>… [--uncompressed]");
    };
    build(modules, Path::new(style), Path::new(out), compress)
}

fn build(modules: &[String], style: &Path, out: &Path, compress: bool) -> Result<()> {
    let old = Manifest::read(out)?;
    let inputs = Fingerprint::of(modules, style)?;
    if let Some(old) = old.as_ref().filter(|old| old.inputs == inputs && old.is_complete(out)) {
        println!("site: unchanged");
        old.report();
        return Ok(());
    }

    let mut site = Site::new(out, inputs.clone(), compress)?;
    match old.filter(|old| old.inputs.wasm == inputs.wasm && old.is_complete(out)) {
        // Only the styles changed: binding and compressing the wasm again would be most of the work.
        Some(old) => site.keep_scripts(&old),
        None => {
            for module in modules {
                bindgen::bind(Path::new(module), &mut site).with_context(|| format!("binding {module}"))?;
            }
            site.add("editor.js", EDITOR.as_bytes())?;
            site.add("passkey.js", PASSKEY.as_bytes())?;
        }
    }
    style::build(style, &mut site).with_context(|| format!("building {}", style.display()))?;
    site.finish()?.report();
    Ok(())
}
