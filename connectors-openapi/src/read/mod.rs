//! Reads a description into the [model](crate::model).

mod document;
mod files;
mod flow;
mod forms;
mod json;
mod node;
mod operation;
mod schema;
mod streaming;
mod yaml;

use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::sync::Arc;

use crate::model::{Document, Extensions, Schema, SchemaId};
use crate::notice::Notice;
use files::{Files, Placed};

impl Document {
    /// Reads a description from a JSON or YAML file, with the files that it refers to. The error is
    /// one sentence with file, line and pointer. Parts that cannot be read are
    /// [`warnings`](Self::warnings).
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Notice> {
        let (files, root) = Files::open(path.as_ref())?;
        Reader::new(files).document(&root)
    }

    /// Reads a description from a JSON or YAML text. It cannot refer to other files. `name` stands
    /// for the file in notices.
    pub fn parse(name: &str, text: &str) -> Result<Self, Notice> {
        let (files, root) = Files::of_text(name, text)?;
        Reader::new(files).document(&root)
    }
}

/// State of reading one description.
struct Reader {
    files: Files,
    schemas: Vec<Schema>,
    known: HashMap<(Arc<str>, String), SchemaId>,
    /// Schemas that have a number and are not read yet.
    queue: VecDeque<(SchemaId, Placed)>,
    warnings: Vec<Notice>,
}

impl Reader {
    fn new(files: Files) -> Self {
        Self {
            files,
            schemas: Vec::new(),
            known: HashMap::new(),
            queue: VecDeque::new(),
            warnings: Vec::new(),
        }
    }

    fn warn(&mut self, notice: Notice) {
        if !self.warnings.contains(&notice) {
            self.warnings.push(notice);
        }
    }

    /// Follows the references of a value. If that fails, the result is `None` and there is a
    /// warning.
    fn resolved(&mut self, placed: &Placed) -> Option<Placed> {
        self.files.resolve(placed).map_err(|notice| self.warn(notice)).ok()
    }
}

/// Returns the members that begin with `x-`.
fn extensions(placed: &Placed) -> Extensions {
    let members = placed.node.members().iter();
    let extensions = members.filter(|(name, _)| name.starts_with("x-"));
    Extensions(extensions.map(|(name, node)| (name.clone(), node.to_json())).collect())
}

/// Returns `example` and the values of `examples`, which is a list in schemas and a map of objects
/// elsewhere.
fn examples(placed: &Placed) -> Vec<serde_json::Value> {
    let one = placed.node.get("example").map(node::Node::to_json);
    let several = placed.node.get("examples");
    let listed = several.into_iter().flat_map(node::Node::items).map(node::Node::to_json);
    let named = several.into_iter().flat_map(node::Node::members);
    let named = named.filter_map(|(_, example)| example.get("value")).map(node::Node::to_json);
    one.into_iter().chain(listed).chain(named).collect()
}

/// Returns the JSON of a YAML text. For tests.
#[doc(hidden)]
pub fn yaml_to_json(text: &str) -> Option<serde_json::Value> {
    yaml::read(text).ok().map(|read| read.node.to_json())
}
