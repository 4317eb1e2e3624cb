//! From compiled wasm to a module that a browser can import: wasm-bindgen as a library, so that its version
//! is the one in the lock file.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::BASE;
use crate::output::Site;

/// Wakes the islands of a rendered page.
const ISLANDS: &str = include_str!("islands.js");

/// Writes `<name>.js`, `<name>.wasm` and the snippets that crates bring along, named after the module's file.
///
/// The script has no default place for the wasm: a page that imports it says where it is (`start("/pkg/…")`),
/// because the wasm's own name carries a hash.
pub fn bind(wasm: &Path, site: &mut Site) -> Result<()> {
    let name = wasm.file_stem().and_then(|stem| stem.to_str()).context("a module without a name")?;
    let mut output = Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .typescript(false)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .generate_output()?;
    if let Some((module, _)) = output.npm_dependencies().iter().next() {
        bail!("a crate asks for the npm package {module}, which a served file cannot import");
    }

    let mut snippets = BTreeMap::new();
    for (crate_id, list) in output.snippets() {
        for (number, script) in list.iter().enumerate() {
            snippets.insert(format!("./snippets/{crate_id}/inline{number}.js"), script.clone());
        }
    }
    for (path, script) in output.local_modules() {
        snippets.insert(format!("./snippets/{path}"), script.clone());
    }

    let mut script = output.js().to_owned();
    for (import, body) in snippets {
        let logical = import.trim_start_matches("./").replace(['/', '_'], "-");
        let hashed = site.add(&logical, body.as_bytes())?;
        script = script.replace(&import, &format!("{BASE}{hashed}"));
    }
    script.push_str(ISLANDS);
    site.add(&format!("{name}.js"), script.as_bytes())?;
    site.add(&format!("{name}.wasm"), &output.wasm_mut().emit_wasm())?;
    Ok(())
}
