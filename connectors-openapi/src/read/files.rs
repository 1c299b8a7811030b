//! The files of a description, and references within and across them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::json;
use super::node::{Node, Value};
use super::yaml;
use crate::notice::{Location, Notice};

/// Maximum size of a file, in bytes.
const MAX_BYTES: u64 = 64 << 20;
/// Maximum number of files of a description.
const MAX_FILES: usize = 10_000;
/// Maximum number of references within the pointers of references.
const MAX_STEPS: usize = 2;
/// Maximum number of steps of a pointer.
const MAX_TOKENS: usize = 256;
/// Maximum number of references that lead to one value.
const MAX_HOPS: usize = 64;

/// A value with its place.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) node: Node,
    pub(crate) at: Location,
}

impl Placed {
    /// Returns a member or an item of the value.
    pub(crate) fn child(&self, key: &str) -> Option<Self> {
        let node = self.node.child(key)?;
        Some(Self { node: node.clone(), at: self.at.child(key, node.line) })
    }

    /// Returns the members of an object with their names.
    pub(crate) fn members(&self) -> Vec<(String, Self)> {
        let placed = |(name, node): &(String, Node)| {
            (name.clone(), Self { node: node.clone(), at: self.at.child(name, node.line) })
        };
        self.node.members().iter().map(placed).collect()
    }

    /// Returns the items of a list.
    pub(crate) fn items(&self) -> Vec<Self> {
        let items = self.node.items().iter().enumerate();
        items
            .map(|(index, node)| Self {
                node: node.clone(),
                at: self.at.child(&index.to_string(), node.line),
            })
            .collect()
    }

    /// Returns a member that is a text, a number or a boolean, as text.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.node.get(key)?.scalar_text()
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::as_bool).unwrap_or(false)
    }

    pub(crate) fn notice(&self, message: impl Into<String>) -> Notice {
        Notice::new(self.at.clone(), message)
    }
}

/// Files that have been read, by the names that notices show.
pub(crate) struct Files {
    /// Folder of the main file. There are no other files if the main one has no path.
    folder: Option<PathBuf>,
    main: Arc<str>,
    read: HashMap<Arc<str>, Result<Node, Notice>>,
    /// Names that an object has twice.
    pub(crate) warnings: Vec<Notice>,
    /// Number of pointers that lead through references, and are being followed.
    steps: usize,
    /// Schemas with an anchor, of the files in which one was looked for.
    anchors: HashMap<Arc<str>, HashMap<String, Placed>>,
}

impl Files {
    pub(crate) fn open(path: &Path) -> Result<(Self, Placed), Notice> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let main: Arc<str> = Arc::from(&*name);
        let folder = path.parent().map(Path::to_owned);
        let shown: Arc<str> = Arc::from(path.to_string_lossy());
        let mut warnings = Vec::new();
        let node = load(path, &shown, &mut warnings)?;
        let mut files = Self {
            folder,
            main: main.clone(),
            read: HashMap::new(),
            warnings,
            steps: 0,
            anchors: HashMap::new(),
        };
        files.read.insert(main.clone(), Ok(node.clone()));
        let at = Location { file: main, line: Some(node.line), pointer: String::new() };
        Ok((files, Placed { node, at }))
    }

    pub(crate) fn of_text(name: &str, text: &str) -> Result<(Self, Placed), Notice> {
        let main: Arc<str> = Arc::from(name);
        let mut warnings = Vec::new();
        let node = parse(&main, text, &mut warnings)?;
        let read = HashMap::from([(main.clone(), Ok(node.clone()))]);
        let at = Location { file: main.clone(), line: Some(node.line), pointer: String::new() };
        Ok((
            Self { folder: None, main, read, warnings, steps: 0, anchors: HashMap::new() },
            Placed { node, at },
        ))
    }

    /// Returns the names of all files that were read, the main one first.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut others: Vec<String> =
            self.read.keys().filter(|name| **name != self.main).map(ToString::to_string).collect();
        others.sort();
        std::iter::once(self.main.to_string()).chain(others).collect()
    }

    /// Follows the references of a value, if it is one. The last one is returned with its place.
    pub(crate) fn resolve(&mut self, placed: &Placed) -> Result<Placed, Notice> {
        let mut found = placed.clone();
        for _ in 0..MAX_HOPS {
            let Some(reference) = found.node.get("$ref") else { return Ok(found) };
            let Some(reference) = reference.as_text() else {
                return Err(found.notice("`$ref` is not a text"));
            };
            found = self.follow(&found, reference)?;
        }
        Err(placed.notice("the `$ref` leads in a circle"))
    }

    /// Returns the value that a reference in `from` names.
    pub(crate) fn follow(&mut self, from: &Placed, reference: &str) -> Result<Placed, Notice> {
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let file = self.file_of(from, file)?;
        let node = self.file(&file, from)?;
        let mut found =
            Placed { at: Location { file, line: Some(node.line), pointer: String::new() }, node };
        let pointer = decoded(pointer);
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return self.anchored(&found, &pointer).ok_or_else(|| {
                from.notice(format!("`{reference}`: no schema has this `$anchor`"))
            });
        }
        if pointer.split('/').count() > MAX_TOKENS {
            return Err(from.notice("a pointer has too many steps"));
        }
        for token in pointer.split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            // A pointer may lead through a reference, as in a file that only refers to others.
            if found.node.get("$ref").is_some() && found.node.child(&token).is_none() {
                found = self.step(&found)?;
            }
            found = found
                .child(&token)
                .ok_or_else(|| from.notice(format!("`{reference}` does not exist")))?;
        }
        Ok(found)
    }

    /// Returns the first schema of a file that has an anchor (JSON Schema 2020-12, section 8.2.2).
    fn anchored(&mut self, file: &Placed, name: &str) -> Option<Placed> {
        let anchors = self.anchors.entry(file.at.file.clone()).or_insert_with(|| {
            let mut found = HashMap::new();
            find_anchors(file, &mut found);
            found
        });
        anchors.get(name).cloned()
    }

    /// Follows the references that stand in the way of a pointer.
    fn step(&mut self, found: &Placed) -> Result<Placed, Notice> {
        if self.steps == MAX_STEPS {
            return Err(found.notice("a pointer leads through too many references"));
        }
        self.steps += 1;
        let resolved = self.resolve(found);
        self.steps -= 1;
        resolved
    }

    /// Returns the name of a referenced file, relative to the main file.
    fn file_of(&self, from: &Placed, file: &str) -> Result<Arc<str>, Notice> {
        let file = decoded(file);
        if file.is_empty() {
            return Ok(from.at.file.clone());
        }
        let scheme = file.split('/').next().is_some_and(|first| first.contains(':'));
        if scheme || file.starts_with("//") {
            return Err(from.notice(format!(
                "`{file}` is on another host: copy it beside the description and refer to the copy"
            )));
        }
        if file.starts_with('/') {
            return Err(from.notice(format!("`{file}` is an absolute path: make it relative")));
        }
        let folder = from.at.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = Vec::new();
        for part in folder.split('/').chain(file.split('/')) {
            match part {
                "" | "." => {}
                ".." if parts.last().is_some_and(|last| *last != "..") => {
                    parts.pop();
                }
                _ => parts.push(part),
            }
        }
        let joined = parts.join("/");
        Ok(if *joined == *self.main { self.main.clone() } else { Arc::from(joined) })
    }

    fn file(&mut self, name: &Arc<str>, from: &Placed) -> Result<Node, Notice> {
        if let Some(read) = self.read.get(name) {
            return read.clone();
        }
        if self.read.len() >= MAX_FILES {
            return Err(from.notice("the description refers to too many files"));
        }
        let read = match &self.folder {
            Some(folder) => load(&folder.join(&**name), name, &mut self.warnings),
            None => {
                Err(from.notice(format!("`{name}` cannot be read: the description has no folder")))
            }
        };
        let read = read.map_err(|mistake| match mistake.at.line {
            None => from.notice(format!("`{name}` {}", mistake.message)),
            Some(_) => mistake,
        });
        self.read.insert(name.clone(), read.clone());
        read
    }
}

/// Adds the schemas of a value that have an anchor. A file has a bounded size and depth.
fn find_anchors(placed: &Placed, found: &mut HashMap<String, Placed>) {
    for key in ["$anchor", "$dynamicAnchor"] {
        if let Some(name) = placed.node.get(key).and_then(Node::as_text) {
            found.entry(name.to_owned()).or_insert_with(|| placed.clone());
        }
    }
    for (_, member) in placed.members() {
        find_anchors(&member, found);
    }
    for item in placed.items() {
        find_anchors(&item, found);
    }
}

fn load(path: &Path, name: &Arc<str>, warnings: &mut Vec<Notice>) -> Result<Node, Notice> {
    let mistake = |message: String| Notice::new(Location::file(name), message);
    let unreadable = |error| mistake(format!("cannot be read: {error}"));
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_BYTES {
        return Err(mistake("is larger than 64 MiB".to_owned()));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|_| mistake("is not UTF-8".to_owned()))?;
    parse(name, &text, warnings)
}

/// Reads JSON if the text begins as JSON does, and YAML otherwise.
fn parse(name: &Arc<str>, text: &str, warnings: &mut Vec<Notice>) -> Result<Node, Notice> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_yaml = Path::new(&**name)
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("yaml") || end.eq_ignore_ascii_case("yml"));
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    let read = match looks_like_json.then(|| json::read(text)) {
        Some(Err(_)) if is_yaml => yaml::read(text),
        Some(read) => read,
        None => yaml::read(text),
    };
    let at = |line| Location { line: Some(line), ..Location::file(name) };
    let read = read.map_err(|(line, message)| Notice::new(at(line), message))?;
    let found = read.warnings.into_iter();
    warnings.extend(found.map(|(line, message)| Notice::new(at(line), message)));
    Ok(read.node)
}

/// Decodes percent-encoded bytes of a reference.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let byte = match tail {
            [high, low, ..] if *first == b'%' => std::str::from_utf8(&[*high, *low])
                .ok()
                .and_then(|hex| u8::from_str_radix(hex, 16).ok()),
            _ => None,
        };
        rest = if byte.is_some() { &tail[2..] } else { tail };
        bytes.push(byte.unwrap_or(*first));
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Returns true for a null.
pub(crate) fn is_null(node: &Node) -> bool {
    matches!(&*node.value, Value::Null)
}
