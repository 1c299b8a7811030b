//! A template of an endpoint: `v1/connectors/<id>?<limit>&page=<page>`.

/// A template: the pieces of its path and of its query.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Template {
    pub(crate) path: Vec<PathPiece>,
    pub(crate) query: Vec<QueryPiece>,
}

#[derive(Debug, PartialEq)]
pub(crate) enum PathPiece {
    Text(String),
    /// `<id>`
    Argument(String),
    /// `<path..>`
    Rest(String),
}

#[derive(Debug, PartialEq)]
pub(crate) enum QueryPiece {
    /// `key=fixed`, encoded
    Text(String),
    /// `<limit>` or `key=<limit>`
    Argument { key: Option<String>, name: String },
    /// `<filter..>`
    Rest(String),
    /// `<..>`
    Everything,
}

impl Template {
    /// Returns the names of all arguments that the template places.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let path = self.path.iter().filter_map(|piece| match piece {
            PathPiece::Argument(name) | PathPiece::Rest(name) => Some(name.as_str()),
            PathPiece::Text(_) => None,
        });
        let query = self.query.iter().filter_map(|piece| match piece {
            QueryPiece::Argument { name, .. } | QueryPiece::Rest(name) => Some(name.as_str()),
            QueryPiece::Text(_) | QueryPiece::Everything => None,
        });
        path.chain(query)
    }

    /// Returns the path with its placeholders and without the query.
    pub(crate) fn shown_path(&self) -> String {
        let shown = |piece: &PathPiece| match piece {
            PathPiece::Text(text) => text.clone(),
            PathPiece::Argument(name) => format!("<{name}>"),
            PathPiece::Rest(name) => format!("<{name}..>"),
        };
        self.path.iter().map(shown).collect()
    }
}
