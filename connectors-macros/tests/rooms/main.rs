//! The modules of this crate import one way, in the order of ARCHITECTURE.md, and only printing
//! quotes generated code.

mod checker;

use std::fs;
use std::path::Path;

use checker::{Source, rooms, source, sources, wrong_imports, wrong_macros};

const QUOTING: [&str; 3] = ["quote", "quote_spanned", "parse_quote"];

/// Generated code is printed in `expand`, and by each derive for itself.
fn may_quote(path: &str) -> bool {
    path.starts_with("expand/") || path.starts_with("derive/")
}

fn own_sources() -> Vec<Source> {
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

#[test]
fn rooms_import_only_rooms_below_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md");
    let rooms = rooms(&fs::read_to_string(path).unwrap(), "connectors-macros");
    let errors = wrong_imports(&rooms, &own_sources());
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn generated_code_is_quoted_in_expand_and_the_derives() {
    let errors = wrong_macros(&QUOTING, may_quote, &own_sources());
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// Checks a made-up file against three made-up rooms.
fn errors_of(path: &str, text: &str) -> Vec<String> {
    let rooms = ["lib", "top", "middle", "bottom"].map(str::to_owned);
    let (source, _) = source(path, text);
    wrong_imports(&rooms, &[source])
}

#[test]
fn an_import_of_a_room_above_is_found_in_each_form() {
    for text in [
        "use crate::top::Thing;",
        "use crate::top;",
        "use crate::{bottom, top::Thing};",
        "use crate::{\n    bottom::{self, b},\n    top::{c, d::*},\n};",
        "use super::super::top;",
        "use super::super::{bottom, top as other};",
        "use super::{a, super::{top}};",
        "use self::super::super::top::x;",
        "fn f() -> crate::top::Thing { crate::bottom::new() }",
        "mod inner { use super::super::super::top; }",
        "const C: char = '\"'; use crate::top;",
        "fn f<'a>(a: &'a str) -> &'a str { crate::top::f(a) }",
    ] {
        let errors = errors_of("middle/file.rs", text);
        assert_eq!(errors.len(), 1, "{text}\n{errors:?}");
        assert!(errors[0].contains("`middle` imports `top`"), "{errors:?}");
    }
}

#[test]
fn an_error_names_file_and_line() {
    let text = "//! Docs.\n\nuse crate::bottom;\nuse crate::{\n    bottom::a,\n    top,\n};\n";
    assert_eq!(
        errors_of("middle/mod.rs", text),
        ["middle/mod.rs:6: `middle` imports `top`, a room above it"]
    );
}

#[test]
fn names_at_the_root_and_unlisted_rooms_are_errors() {
    assert_eq!(
        errors_of("middle.rs", "use crate::Thing;"),
        ["middle.rs:1: `crate::Thing` is not in a room"]
    );
    assert_eq!(
        errors_of("middle.rs", "use crate::*;"),
        ["middle.rs:1: `crate::*` is not in a room"]
    );
    assert_eq!(errors_of("other.rs", ""), ["other.rs:1: the room `other` is not in the list"]);
}

#[test]
fn imports_within_a_room_and_below_it_are_fine() {
    for text in [
        "use crate::bottom::{a, b::c};",
        "use super::sibling; use super::{other::x, self};",
        "use crate::middle::sibling;",
        "mod inner { use super::x; use super::super::sibling; }",
        "// use crate::top;\n/* use crate::top; */",
        "const TEXT: &str = \"crate::top\"; const RAW: &str = r#\"\"crate::top\"#;",
        "#[cfg(test)]\nmod tests { use crate::top; }",
        "pub(crate) fn f() {}",
    ] {
        assert_eq!(errors_of("middle/file.rs", text), [""; 0], "{text}");
    }
    assert_eq!(errors_of("lib.rs", "mod top; use crate::top::Thing;"), [""; 0]);
}

#[test]
fn quoting_elsewhere_is_found() {
    let (elsewhere, _) = source("api/mod.rs", "fn f() -> TokenStream {\n    quote!(a)\n}");
    let (expand, _) = source("expand/mod.rs", "fn f() -> TokenStream { quote::quote!(a) }");
    let errors = wrong_macros(&QUOTING, may_quote, &[elsewhere, expand]);
    assert_eq!(errors, ["api/mod.rs:2: `quote!` does not belong here"]);
}
