//! What holds for every input, however strange: a function per fuzz target, which panics where it does not.
//!
//! `fuzz/` looks for such inputs; `tests/corpora/` runs the ones that it has kept. Inputs are bytes, so that any can be
//! written by hand: texts stand behind each other with a byte 0xFF between them, which UTF-8 has nowhere.
//!
//! What is pure is pulled in by its path and not through the library, which keeps reqwest out of those targets and the
//! library's interface as it is.

mod cuts;
mod error_bodies;
mod fields;
mod json_lines;
mod link_header;
mod macro_input;
mod multipart;
mod path_and_query;
mod retry_after;
mod runtime;
mod server_sent_events;
#[allow(dead_code, unreachable_pub, reason = "what the library needs of it and these properties do not")]
mod stream;
mod template_parser;

pub use error_bodies::error_bodies;
pub use json_lines::json_lines;
pub use link_header::link_header;
pub use macro_input::macro_input;
pub use multipart::multipart;
pub use path_and_query::path_and_query;
pub use retry_after::retry_after;
pub use server_sent_events::server_sent_events;
pub use template_parser::template_parser;

/// A target: the name of its corpus, and what holds.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("error_bodies", error_bodies),
    ("json_lines", json_lines),
    ("link_header", link_header),
    ("macro_input", macro_input),
    ("multipart", multipart),
    ("path_and_query", path_and_query),
    ("retry_after", retry_after),
    ("server_sent_events", server_sent_events),
    ("template_parser", template_parser),
];

/// The modules of the macro crate, which as a library of macros cannot be called.
macro_rules! modules_of_the_macros {
    ($($name:ident: $path:literal,)*) => {$(
        #[path = $path]
        #[allow(dead_code, reason = "what the entry points of the macros need of it and these properties do not")]
        #[allow(clippy::large_enum_variant, reason = "tokens that know where they stand are larger than those of rustc")]
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
