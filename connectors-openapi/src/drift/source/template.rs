//! Reads a template: `v1/connectors/<id>?<limit>&page=<page>&beta=true`.
//!
//! The macro has checked it.

use connectors_client::ParameterPlace;

/// A template with its prefix.
pub(super) struct Template {
    /// The path, without a slash at the beginning and without the query.
    pub(super) path: String,
    /// Names of the pairs, if they are given, with the names of their arguments.
    pairs: Vec<(Option<String>, String)>,
    /// Arguments whose fields are pairs.
    spread: Vec<String>,
    /// Pairs with a fixed value.
    pub(super) fixed: Vec<(String, String)>,
    /// True if all other arguments are pairs: `?<..>`.
    pub(super) takes_all: bool,
}

impl Template {
    pub(super) fn parse(template: &str, prefix: &str) -> Self {
        let (path, query) = template.split_once('?').unwrap_or((template, ""));
        let mut parsed = Self {
            path: joined(path, prefix.trim_matches('/')),
            pairs: Vec::new(),
            spread: Vec::new(),
            fixed: Vec::new(),
            takes_all: false,
        };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            parsed.take(pair);
        }
        parsed
    }

    fn take(&mut self, pair: &str) {
        if let Some(inside) = inside(pair) {
            return match inside.strip_suffix("..") {
                Some("") => self.takes_all = true,
                Some(name) => self.spread.push(name.to_owned()),
                None => self.pairs.push((None, inside.to_owned())),
            };
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match inside(value) {
            Some(argument) => self.pairs.push((Some(name.to_owned()), argument.to_owned())),
            None => self.fixed.push((name.to_owned(), value.to_owned())),
        }
    }

    /// Returns the place of an argument, and its name there if the template gives one.
    pub(super) fn place(&self, argument: &str) -> Option<(ParameterPlace, Option<String>)> {
        let own = || Some(argument.to_owned());
        if self.path.contains(&format!("<{argument}>")) {
            return Some((ParameterPlace::Path, own()));
        }
        if self.path.contains(&format!("<{argument}..>")) {
            return Some((ParameterPlace::RestOfPath, own()));
        }
        if self.spread.iter().any(|spread| spread == argument) {
            return Some((ParameterPlace::QueryFields, own()));
        }
        let pair = self.pairs.iter().find(|(_, name)| name == argument)?;
        Some((ParameterPlace::Query, pair.0.clone()))
    }
}

fn joined(path: &str, prefix: &str) -> String {
    match prefix {
        "" => path.strip_prefix('/').unwrap_or(path).to_owned(),
        _ if path.is_empty() => prefix.to_owned(),
        _ => format!("{prefix}/{}", path.strip_prefix('/').unwrap_or(path)),
    }
}

fn inside(text: &str) -> Option<&str> {
    text.strip_prefix('<')?.strip_suffix('>')
}
