//! Any text: parsed and validated as every kind of policy, and what can be read is printed, read again and the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use policy::validate::validate;
use policy::{Document, Policy, PolicyKind, places};

fuzz_target!(|text: &str| {
    for kind in [PolicyKind::Identity, PolicyKind::Resource, PolicyKind::Trust] {
        let valid = validate(text, kind);
        let Ok(document) = Document::parse(text, kind) else {
            assert!(valid.is_err(), "what may be saved can be read");
            continue;
        };
        let _ = places(text);
        let _ = document.context_keys();
        let printed = document.to_string();
        assert_eq!(Document::parse(&printed, kind).as_ref(), Ok(&document), "what is printed reads back");
        assert_eq!(Document::parse(&format!("{document:#}"), kind).as_ref(), Ok(&document), "indented, too");
        if valid.is_ok() {
            assert!(validate(&printed, kind).is_ok(), "what may be saved may be saved again as printed");
        }
        let _ = Policy::new(document);
    }
});
