//! The pages of the guide as modules, so that `cargo test` compiles and runs their code.
//!
//! `tests/pages.rs` checks that this list, `src/SUMMARY.md` and the folder name the same pages.

macro_rules! pages {
    ($($name:ident = $file:literal,)*) => {
        $(
            #[cfg(doctest)]
            #[doc = include_str!(concat!("src/", $file))]
            pub mod $name {}
        )*

        /// The files of the pages.
        pub const PAGES: &[&str] = &[$($file),*];
    };
}

pages! {
    introduction = "introduction.md",
    getting_started = "getting-started.md",
    declaring_endpoints = "declaring-endpoints.md",
    arguments = "arguments.md",
    bodies = "bodies.md",
    results = "results.md",
    errors = "errors.md",
    retries_and_timeouts = "retries-and-timeouts.md",
    auth = "auth.md",
    connections = "connections.md",
    logging_and_metrics = "logging-and-metrics.md",
    pages_and_polling = "pages-and-polling.md",
    streams = "streams.md",
    testing = "testing.md",
    openapi = "openapi.md",
    blocking = "blocking.md",
    several_apis = "several-apis.md",
    performance = "performance.md",
    security = "security.md",
    compiler_messages = "compiler-messages.md",
    recipes = "recipes.md",
    comparison = "comparison.md",
    migrate_from_reqwest = "migrate-from-reqwest.md",
    migrate_from_progenitor = "migrate-from-progenitor.md",
    migrate_from_cohere_python = "migrate-from-cohere-python.md",
    migrate_from_retrofit_or_refit = "migrate-from-retrofit-or-refit.md",
    conformance = "conformance.md",
    error_kinds = "error-kinds.md",
    options = "options.md",
    defaults = "defaults.md",
    features = "features.md",
    connectors_api = "connectors-api.md",
}
