//! Differences between declarations and descriptions.

mod body;
mod comparison;
mod declared;
mod difference;
mod find;
mod operation;
mod responses;
mod shape;
mod source;
mod types;
mod view;

use std::path::{Path, PathBuf};

use connectors_client::Endpoint;

use crate::model::Document;

use self::comparison::Comparison;
use self::declared::Declared;
pub use self::difference::{Difference, DifferenceKind};
use self::shape::Types;
use self::source::Source;

/// Settings of a comparison.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    additions: bool,
    allowed: Vec<String>,
}

impl Drift {
    /// Compares with the defaults: no additions, and nothing is allowed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Also returns what the description offers and the declaration does not use, such as an
    /// optional parameter.
    pub fn additions(mut self) -> Self {
        self.additions = true;
        self
    }

    /// Leaves differences out: those of a kind (`status`), of an endpoint or a type
    /// (`Books::list`), or of its argument or field (`Books::list.limit`), or of one kind there
    /// (`need:Books::list.limit`).
    pub fn allow(mut self, rule: impl Into<String>) -> Self {
        self.allowed.push(rule.into());
        self
    }

    /// Compares the endpoints of traits with a description.
    pub fn endpoints(
        &self,
        document: &Document,
        traits: &[&'static [&'static Endpoint]],
    ) -> Vec<Difference> {
        let types = Types::default();
        let declared: Vec<_> =
            traits.iter().flat_map(|list| list.iter().copied()).map(Declared::from_endpoint).collect();
        self.compared(document, &declared, &types)
    }

    /// Compares the traits and types in Rust sources with a description. Each path is a file or a
    /// folder.
    pub fn sources(&self, document: &Document, paths: &[PathBuf]) -> Result<Vec<Difference>, String> {
        let Source { endpoints, types } = source::read(paths)?;
        Ok(self.compared(document, &endpoints, &types))
    }

    /// Compares the traits and types in one Rust source with a description.
    pub fn source_text(
        &self,
        document: &Document,
        name: &str,
        text: &str,
    ) -> Result<Vec<Difference>, String> {
        let Source { endpoints, types } = source::read_text(name, text)?;
        Ok(self.compared(document, &endpoints, &types))
    }

    fn compared(&self, document: &Document, declared: &[Declared], types: &Types) -> Vec<Difference> {
        let mut comparison = Comparison::new(document, types);
        for declared in declared {
            comparison.compare_endpoint(declared);
        }
        let mut found = comparison.into_found();
        found.retain(|difference| {
            (self.additions || !difference.is_addition)
                && !self.allowed.iter().any(|rule| difference.matches(rule))
        });
        found
    }
}

/// Compares.
pub fn drift(path: impl AsRef<Path>, traits: &[&'static [&'static Endpoint]]) -> Result<Vec<Difference>, crate::Notice> {
    Ok(Drift::new().endpoints(&Document::open(path)?, traits))
}
