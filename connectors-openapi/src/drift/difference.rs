//! Differences between a declaration and a description.

use std::fmt;

use crate::notice::Location;

use super::declared::Place;

/// A difference between a declaration and a description.
///
/// It is shown as one line: the place in the source, the endpoint or the type, the argument, field
/// or variant, a sentence, and the place in the description.
///
/// ```text
/// src/api.rs:12: Books::list: `limit`: the description has no query parameter `limit` (openapi.yaml:9 #/paths/~1books/get)
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub(super) kind: DifferenceKind,
    pub(super) place: Option<Place>,
    pub(super) subject: String,
    pub(super) item: Option<String>,
    pub(super) message: String,
    pub(super) at: Location,
    /// True if the requests and responses of the declaration stay right.
    pub(super) is_addition: bool,
}

/// Kind of a [`Difference`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DifferenceKind {
    /// No endpoint declares an operation that was selected.
    Operation,
    /// The path has other methods.
    Method,
    /// The description does not have the path.
    Path,
    /// A parameter is not described, or has another place or name.
    Parameter,
    /// A value is required in one and optional in the other.
    Need,
    /// A list is sent in another style.
    Style,
    /// A body has another media type, or there is none.
    MediaType,
    /// A field of a body is not described.
    Field,
    /// A status of a response is in one and not in the other.
    Status,
    /// A value has another type.
    Type,
    /// An enum has other values.
    Value,
}

impl DifferenceKind {
    const ALL: [Self; 11] = [
        Self::Operation,
        Self::Method,
        Self::Path,
        Self::Parameter,
        Self::Need,
        Self::Style,
        Self::MediaType,
        Self::Field,
        Self::Status,
        Self::Type,
        Self::Value,
    ];

    /// Returns the word for this kind, for example `media-type`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Method => "method",
            Self::Path => "path",
            Self::Parameter => "parameter",
            Self::Need => "need",
            Self::Style => "style",
            Self::MediaType => "media-type",
            Self::Field => "field",
            Self::Status => "status",
            Self::Type => "type",
            Self::Value => "value",
        }
    }

    /// Returns the kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl Difference {
    /// Returns its kind.
    pub fn kind(&self) -> DifferenceKind {
        self.kind
    }

    /// Returns the endpoint or the type that declares otherwise, for example `Books::list`.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Returns the argument, the field or the variant, as the source names it.
    pub fn item(&self) -> Option<&str> {
        self.item.as_deref()
    }

    /// Returns the file of the declaration, if source was compared.
    pub fn file(&self) -> Option<&str> {
        self.place.as_ref().map(|place| place.file.as_str())
    }

    /// Returns the line in that file, counted from 1.
    pub fn line(&self) -> Option<usize> {
        self.place.as_ref().map(|place| place.line)
    }

    /// Returns the sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the place in the description: file, line and JSON pointer (RFC 6901).
    pub fn location(&self) -> &Location {
        &self.at
    }

    /// Returns true if the description offers more than the declaration uses: an optional parameter
    /// or field. The calls that are declared stay right.
    pub fn is_addition(&self) -> bool {
        self.is_addition
    }

    /// Returns true if `rule` names this difference: its kind (`status`), its subject
    /// (`Books::list`), its subject and item (`Books::list.limit`), or one of these with the kind
    /// before it (`need:Books::list`).
    pub(super) fn matches(&self, rule: &str) -> bool {
        let (kind, subject) = match rule.split_once(':') {
            Some((kind, subject)) if !subject.starts_with(':') => (Some(kind), Some(subject)),
            _ if DifferenceKind::from_word(rule).is_some() => (Some(rule), None),
            _ => (None, Some(rule)),
        };
        let whole = format!("{}.{}", self.subject, self.item.as_deref().unwrap_or_default());
        kind.is_none_or(|kind| kind == self.kind.word())
            && subject.is_none_or(|subject| subject == self.subject || subject == whole)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.subject)?;
        if let Some(item) = &self.item {
            write!(f, ": `{item}`")?;
        }
        write!(f, ": {} ({})", self.message, self.at)
    }
}
