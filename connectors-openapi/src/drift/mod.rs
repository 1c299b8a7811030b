//! Differences between declared endpoints and an OpenAPI description.
//!
//! A trait says how a client calls an API; a description says how its server wants to be called.
//! They part when either changes. This module finds the places, in two ways.
//!
//! # In `cargo test`
//!
//! [`assert_no_drift`] compares the constants that the macro makes of each trait, so that it needs
//! neither source nor a derive on types:
//!
//! ```
//! use connectors_client::api_client;
//!
//! #[api_client]
//! pub trait Books {
//!     #[get("books?<limit>")]
//!     async fn list(&self, limit: Option<u32>) -> Vec<String>;
//! }
//!
//! # std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drift")).unwrap();
//! // In a test: #[test] fn no_drift() { .. }
//! connectors_openapi::assert_no_drift("small.yaml", &[BooksClient::ENDPOINTS]);
//! ```
//!
//! It compares the method and the path, each parameter's place, name, need and list style, the
//! media type of the body, the names and need of its fields, `none_on` and the statuses of the
//! error class. The constants tell a list style if the argument's type is spelled as a list; see
//! [`Parameter::list_style`](connectors_client::Parameter::list_style).
//!
//! As a second step, [`assert_examples_decode`] decodes the examples of the description into a
//! declared type.
//!
//! # With the source
//!
//! [`Drift::sources`] and the command `connectors-openapi check openapi.yaml src/api.rs` read the
//! source of the traits and of their types. They compare in addition the types of arguments, the
//! fields of structs as serde names them, the values of enums, the variants of unions, envelopes,
//! the media types and statuses of responses, and the bodies of errors. A type that is not in the
//! given files is not compared, nor is one that implements serde's traits by hand. Security schemes
//! and servers are not compared either, since a client gets its credentials and base URL elsewhere.
//!
//! # One line for each difference
//!
//! ```text
//! src/api.rs:12: Books::list: `limit`: the description has no query parameter `limit`; it has
//! `page_size`, which is not declared (openapi.yaml:9 #/paths/~1books/get)
//! ```
//!
//! Only endpoints that are declared are compared, so a trait may declare a part of an API.
//! [`Drift::select`], or `--only` of the command, adds the operations that should be declared. Only
//! what matters on the wire is a difference: no wording, no operation id, no name of a path
//! parameter, no limit of a length. The description may also offer more than is declared, such as
//! an optional parameter. The declared calls stay right, so that is an addition, which only
//! [`Drift::additions`] lists. So is an argument that the description makes optional.
//!
//! Formats and limits count as far as a Rust type depends on them: `date-time` for a `Timestamp`,
//! `date` for a `Date`, and integers that the type of a response does not hold. A description
//! without a format or a limit says nothing about integers. One that allows null nowhere says
//! nothing about null.
//!
//! If the description is wrong, leave the difference out with [`Drift::allow`], and say why:
//!
//! ```
//! # let document = connectors_openapi::model::Document::parse("a.yaml", "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n").unwrap();
//! # let traits: &[&'static [&'static connectors_client::Endpoint]] = &[];
//! use connectors_openapi::Drift;
//!
//! let found = Drift::new()
//!     // The description requires names that none of its fields has.
//!     .allow("need:CreateConnectorOAuth")
//!     .endpoints(&document, traits)?;
//! assert!(found.is_empty());
//! # Ok::<(), connectors_openapi::Notice>(())
//! ```

mod body;
mod comparison;
mod declared;
mod difference;
mod enums;
mod examples;
mod fields;
mod find;
mod formats;
mod operation;
mod parameters;
mod responses;
mod shape;
mod source;
mod types;
mod view;

use std::path::{Path, PathBuf};

use connectors_client::Endpoint;

use crate::generate::listed;
use crate::model::Document;
use crate::notice::{Location, Notice};
use crate::steering::Steering;

use self::comparison::Comparison;
use self::declared::Declared;
pub use self::difference::{Difference, DifferenceKind};
pub use self::examples::{Example, assert_examples_decode, examples};
use self::shape::Types;
use self::source::Source;

/// A comparison of declared endpoints with a description: its settings.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    additions: bool,
    allowed: Vec<String>,
    selection: Option<Steering>,
}

impl Drift {
    /// Creates a comparison that returns no additions and allows no difference.
    pub fn new() -> Self {
        Self::default()
    }

    /// Also returns additions: parameters, fields and bodies that the description offers and the
    /// declaration does not use, and arguments that it no longer requires.
    pub fn additions(mut self) -> Self {
        self.additions = true;
        self
    }

    /// Leaves out the differences that a rule names: a kind (`status`), an endpoint or a type
    /// (`Books::list`), one argument or field of it (`Books::list.limit`), or a kind there
    /// (`need:Books::list.limit`). [`DifferenceKind::word`] has the kinds.
    pub fn allow(mut self, rule: impl Into<String>) -> Self {
        self.allowed.push(rule.into());
        self
    }

    /// Compares only the operations that `only` and `skip` of a steering select, and returns a
    /// difference for each of them that no endpoint declares. A steering without `only` and `skip`
    /// selects nothing in particular: all endpoints are compared.
    pub fn select(mut self, steering: Steering) -> Self {
        let is_choice = !steering.only.is_empty() || !steering.skip.is_empty();
        self.selection = Some(steering).filter(|_| is_choice);
        self
    }

    /// Compares the endpoints of traits, by their constants.
    ///
    /// # Errors
    /// If a selection selects no operation.
    pub fn endpoints(
        &self,
        document: &Document,
        traits: &[&'static [&'static Endpoint]],
    ) -> Result<Vec<Difference>, Notice> {
        let endpoints = traits.iter().flat_map(|endpoints| endpoints.iter());
        let declared: Vec<_> =
            endpoints.map(|endpoint| Declared::from_endpoint(endpoint)).collect();
        self.compared(document, &declared, &Types::default())
    }

    /// Compares the traits in Rust sources, with the types that they name. A path is a file, or a
    /// folder whose `.rs` files are read.
    ///
    /// # Errors
    /// If a file cannot be read, or is not valid Rust. Also if the description has operations,
    /// and no endpoint is declared in the sources: a comparison of nothing would find nothing.
    pub fn sources(&self, document: &Document, paths: &[PathBuf]) -> Result<Report, Notice> {
        self.report(document, &source::read(paths)?)
    }

    /// Compares the traits in the text of a Rust source. `name` stands for its file.
    ///
    /// # Errors
    /// If the text is not valid Rust, or declares no endpoint although there are operations.
    pub fn source_text(
        &self,
        document: &Document,
        name: &str,
        text: &str,
    ) -> Result<Report, Notice> {
        self.report(document, &source::read_text(name, text)?)
    }

    fn report(&self, document: &Document, source: &Source) -> Result<Report, Notice> {
        let Source { first_file, endpoints, types } = source;
        if endpoints.is_empty() && !document.operations.is_empty() {
            let at =
                Location { file: first_file.as_str().into(), line: None, pointer: String::new() };
            let message = "no trait with `#[api_client]` declares an endpoint here";
            return Err(Notice::new(at, message));
        }
        let differences = self.compared(document, endpoints, types)?;
        let unknown_types = types.unknown();
        Ok(Report { differences, endpoints: endpoints.len(), unknown_types })
    }

    fn compared(
        &self,
        document: &Document,
        declared: &[Declared],
        types: &Types,
    ) -> Result<Vec<Difference>, Notice> {
        let selected = match &self.selection {
            Some(steering) => Some(listed(document, steering)?),
            None => None,
        };
        let mut comparison = Comparison::new(document, types, selected.as_deref());
        for endpoint in declared {
            comparison.compare_endpoint(endpoint);
        }
        comparison.report_undeclared_operations();
        let mut found = comparison.into_found();
        found.retain(|difference| self.includes(difference));
        Ok(found)
    }

    fn includes(&self, difference: &Difference) -> bool {
        let is_allowed = self.allowed.iter().any(|rule| difference.matches(rule));
        !is_allowed && (self.additions || !difference.is_addition)
    }
}

/// The result of comparing sources.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The differences, in the order of the source.
    pub differences: Vec<Difference>,
    /// Number of endpoints that were compared.
    pub endpoints: usize,
    /// Names of types that the description has a schema for, and the sources no definition. They
    /// were not compared.
    pub unknown_types: Vec<String>,
}

/// Returns the differences between the endpoints of traits and a description, a JSON or YAML file.
/// [`assert_no_drift`] is the form for tests, and [`Drift`] has settings.
///
/// # Errors
/// If the description cannot be read.
pub fn drift(
    description: impl AsRef<Path>,
    traits: &[&'static [&'static Endpoint]],
) -> Result<Vec<Difference>, Notice> {
    Drift::new().endpoints(&Document::open(description)?, traits)
}

/// Asserts that the endpoints of traits fit a description, a JSON or YAML file. A relative path
/// begins at the folder of the package, where `cargo test` runs tests. See the
/// [module](mod@crate::drift) for an example, and for what is compared.
///
/// # Panics
/// If the endpoints differ from the description: with a line for each difference. Also if the
/// description cannot be read.
#[track_caller]
pub fn assert_no_drift(description: impl AsRef<Path>, traits: &[&'static [&'static Endpoint]]) {
    let description = description.as_ref();
    let found = match drift(description, traits) {
        Ok(found) => found,
        Err(notice) => panic!("{notice}"),
    };
    assert!(found.is_empty(), "{}", summary(description, &found));
}

/// Returns the lines of the differences after a first line that counts them.
fn summary(description: &Path, found: &[Difference]) -> String {
    let word = if found.len() == 1 { "difference" } else { "differences" };
    let lines: Vec<_> = found.iter().map(|difference| format!("\n  {difference}")).collect();
    format!("{} {word} to {}:{}", found.len(), description.display(), lines.concat())
}
