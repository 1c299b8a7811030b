//! Properties of every input, however strange. Each fuzz target has a function that panics if its
//! property does not hold.
//!
//! `fuzz/` searches for such inputs, and `tests/corpora/` runs the stored ones. Inputs are bytes
//! and can be written by hand: texts are separated by the byte 0xFF, which never occurs in UTF-8.
//!
//! Pure modules are included by path and not through the library. This keeps reqwest out of those
//! targets and the library's interface as it is.

mod cuts;
mod error_bodies;
mod fields;
mod json_lines;
mod link_header;
mod macro_input;
mod multipart;
mod openapi;
mod path_and_query;
mod retry_after;
mod runtime;
mod server_sent_events;
#[allow(dead_code, unreachable_pub, reason = "the library uses the rest")]
mod stream;
mod template_parser;

pub use error_bodies::error_bodies;
pub use json_lines::json_lines;
pub use link_header::link_header;
pub use macro_input::macro_input;
pub use multipart::multipart;
pub use openapi::openapi;
pub use path_and_query::path_and_query;
pub use retry_after::retry_after;
pub use server_sent_events::server_sent_events;
pub use template_parser::template_parser;

/// A target: the name of its corpus and its property.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("error_bodies", error_bodies),
    ("json_lines", json_lines),
    ("link_header", link_header),
    ("macro_input", macro_input),
    ("multipart", multipart),
    ("openapi", openapi),
    ("path_and_query", path_and_query),
    ("retry_after", retry_after),
    ("server_sent_events", server_sent_events),
    ("template_parser", template_parser),
];

/// The modules of the macro crate, which cannot be called because it is a proc-macro library.
macro_rules! modules_of_the_macros {
    ($($name:ident: $path:literal,)*) => {$(
        #[path = $path]
        #[allow(dead_code, reason = "the entry points of the macros use the rest")]
        #[allow(clippy::large_enum_variant, reason = "tokens with positions are larger than those of rustc")]
        mod $name;
    )*};
}

modules_of_the_macros! {
    api: "../../../connectors-macros/src/api/mod.rs",
    derive: "../../../connectors-macros/src/derive/mod.rs",
    errors: "../../../connectors-macros/src/errors.rs",
    expand: "../../../connectors-macros/src/expand/mod.rs",
    model: "../../../connectors-macros/src/model/mod.rs",
    name_registry: "../../../connectors-macros/src/name_registry.rs",
    syntax: "../../../connectors-macros/src/syntax/mod.rs",
}
