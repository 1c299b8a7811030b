//! Choices of the user: a small TOML file, or the same in code.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use crate::notice::{Location, Notice};

/// Choices for [`generate`](crate::generate). The default makes none.
///
/// ```
/// let steering = connectors_openapi::Steering::parse("books.toml", r#"
/// name = "Library"
/// only = ["tag:books"]
///
/// [operations.listBooks]
/// name = "list"
/// paginate = "cursor = page_token"
/// items = "books"
/// next = "next_page_token"
///
/// [types]
/// "/components/schemas/Isbn" = "crate::Isbn"
/// "#)?;
/// assert_eq!(steering.name.as_deref(), Some("Library"));
/// # Ok::<(), connectors_openapi::Notice>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Steering {
    /// Name of the API: of its client and its errors. The default comes from the title.
    pub name: Option<String>,
    /// Operations to generate: `tag:books`, `group:Books`, an `operationId`, `GET /books`, or the
    /// JSON pointer of an operation. The default is all.
    pub only: Vec<String>,
    /// Operations to leave out, named as in `only`.
    pub skip: Vec<String>,
    /// The types of dates and times. The default is those of jiff.
    pub dates: Dates,
    /// The amount of documentation. The default is `short`.
    pub docs: Docs,
    /// True if the types of responses implement `Serialize` too: for fakes, caches and logs.
    pub serialize: bool,
    /// Traits by tag or group: `books = "Library"`.
    pub groups: BTreeMap<String, String>,
    /// Choices by operation, named as in `only`.
    pub operations: BTreeMap<String, OperationSteering>,
    /// Types by the name or JSON pointer of a schema. They are written as they are here.
    pub types: BTreeMap<String, String>,
    /// Names of types by the name or JSON pointer of a schema.
    pub names: BTreeMap<String, String>,
    /// Field that each response has its data in, as with the option of `#[api_client]`.
    pub envelope: Option<String>,
    /// The TOML text, for the places of mistakes in it.
    #[serde(skip)]
    pub origin: Option<SteeringText>,
}

/// Types of dates and times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Dates {
    /// `jiff::Timestamp` for `date-time`, `jiff::civil::Date` for `date`.
    #[default]
    Jiff,
    /// Texts.
    String,
}

/// Amount of documentation in the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Docs {
    /// The first sentences of each description: those that fit on a line for fields, arguments and
    /// types. Fields of one name with equal docs have them once in a file, and so have arguments.
    #[default]
    Short,
    /// Each description in full.
    Full,
    /// Summaries of operations only.
    None,
}

/// Choices for one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OperationSteering {
    /// Name of the method.
    pub name: Option<String>,
    /// Name of the trait.
    pub group: Option<String>,
    /// The return type, as it is written in Rust.
    pub returns: Option<String>,
    /// Field that the data is in; `none` if it is not in the one of the API.
    pub envelope: Option<String>,
    /// Content of `paginate(..)`, such as `offset` or `cursor = page_token`.
    pub paginate: Option<String>,
    /// Field of the items in a page.
    pub items: Option<String>,
    /// Field of the next cursor or URL in a page.
    pub next: Option<String>,
    /// Field of the number of all items.
    pub total_items: Option<String>,
    /// Field of the number of all pages.
    pub total_pages: Option<String>,
    /// Field that tells if there are more pages.
    pub has_more: Option<String>,
    /// Text of the event that ends a stream, such as `[DONE]`.
    pub done: Option<String>,
    /// Further options of the endpoint, as they are written in Rust: `timeout = "10m"`.
    pub options: Vec<String>,
    /// True if response headers of the description are read beside the data.
    pub headers: bool,
    /// Names of arguments, by their names in the request.
    pub arguments: BTreeMap<String, String>,
}

/// The TOML text that choices are from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SteeringText {
    file: Arc<str>,
    text: Arc<str>,
}

impl SteeringText {
    /// Returns the place of a selection, if the text has it.
    pub(crate) fn place(&self, selection: &str) -> Option<Location> {
        let has = |line: &str| line.split('#').next().is_some_and(|line| line.contains(selection));
        let line = self.text.lines().position(has)?;
        let line = u32::try_from(line + 1).ok();
        Some(Location { file: self.file.clone(), line, pointer: String::new() })
    }
}

impl Steering {
    /// Reads choices from a TOML text. `name` stands for the file in errors.
    pub fn parse(name: &str, text: &str) -> Result<Self, Notice> {
        let origin = SteeringText { file: Arc::from(name), text: Arc::from(text) };
        let parsed: Result<Self, _> = toml::from_str(text);
        parsed.map(|steering| Self { origin: Some(origin), ..steering }).map_err(|error| {
            let before = error.span().map(|span| &text[..span.start.min(text.len())]);
            let line = before.map(|text| text.matches('\n').count() + 1);
            let at = Location {
                file: Arc::from(name),
                line: line.and_then(|line| u32::try_from(line).ok()),
                pointer: String::new(),
            };
            Notice::new(at, error.message().to_owned())
        })
    }

    /// Reads choices from a TOML file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Notice> {
        let path = path.as_ref();
        let name = path.to_string_lossy();
        let text = std::fs::read_to_string(path).map_err(|error| {
            Notice::new(Location::file(&Arc::from(&*name)), format!("cannot be read: {error}"))
        })?;
        Self::parse(&name, &text)
    }
}
