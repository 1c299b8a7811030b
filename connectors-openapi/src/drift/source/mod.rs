//! Reads declarations from Rust source: traits with `#[api_client]`, and the types that they name.

mod case;
mod endpoint;
mod options;
mod rust_type;
mod template;
mod types;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use syn::ext::IdentExt as _;
use syn::{Fields, Item, ItemTrait, TraitItem};

use self::endpoint::{Api, Found};
use super::declared::{Declared, ErrorNames, Errors};
use super::shape::Types;
use crate::notice::{Location, Notice};

/// The declarations of some source files.
#[derive(Default)]
pub(super) struct Source {
    /// The first file, or the first path if it has none.
    pub(super) first_file: String,
    pub(super) endpoints: Vec<Declared>,
    pub(super) types: Types,
}

#[derive(Default)]
struct Gathered {
    first_file: String,
    /// Names of all structs with fields and enums.
    own: HashSet<String>,
    endpoints: Vec<Found>,
    types: Types,
    errors: HashMap<String, ErrorNames>,
}

/// Reads source files, and all `.rs` files in folders.
pub(super) fn read(paths: &[PathBuf]) -> Result<Source, Notice> {
    let mut files = Vec::new();
    for path in paths {
        list(path, &mut files)?;
    }
    let first = files.first().or(paths.first()).map(|path| path.display().to_string());
    let mut parsed = Vec::new();
    for file in &files {
        let shown = file.display().to_string();
        let text = std::fs::read_to_string(file)
            .map_err(|error| notice(&shown, None, format!("cannot read the source: {error}")))?;
        parsed.push((parse(&shown, &text)?, shown));
    }
    Ok(gathered(first.unwrap_or_default(), &parsed))
}

/// Reads one source from its text.
pub(super) fn read_text(name: &str, text: &str) -> Result<Source, Notice> {
    Ok(gathered(name.to_owned(), &[(parse(name, text)?, name.to_owned())]))
}

fn parse(name: &str, text: &str) -> Result<syn::File, Notice> {
    syn::parse_file(text).map_err(|error| {
        let line = error.span().start().line;
        notice(name, u32::try_from(line).ok(), format!("not valid Rust: {error}"))
    })
}

fn gathered(first_file: String, files: &[(syn::File, String)]) -> Source {
    let mut found = Gathered { first_file, ..Gathered::default() };
    for (file, _) in files {
        names(&file.items, &mut found.own);
    }
    for (file, name) in files {
        found.items(&file.items, name);
    }
    found.joined()
}

/// Adds the names of structs with fields and of enums. A newtype or an alias with the name of a
/// known type stands for that.
fn names(items: &[Item], own: &mut HashSet<String>) {
    for item in items {
        let ident = match item {
            Item::Struct(item) if matches!(item.fields, Fields::Named(_)) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Mod(module) => {
                let items = module.content.as_ref().map(|(_, items)| items.as_slice());
                names(items.unwrap_or_default(), own);
                continue;
            }
            _ => continue,
        };
        own.insert(ident.unraw().to_string());
    }
}

fn list(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Notice> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let shown = path.display().to_string();
    let entries = std::fs::read_dir(path)
        .map_err(|error| notice(&shown, None, format!("cannot read the folder: {error}")))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "rs") {
            list(&path, files)?;
        }
    }
    Ok(())
}

fn notice(file: &str, line: Option<u32>, message: String) -> Notice {
    Notice::new(Location { file: file.into(), line, pointer: String::new() }, message)
}

impl Gathered {
    fn items(&mut self, items: &[Item], file: &str) {
        for item in items {
            match item {
                Item::Trait(item) => self.api(item, file),
                Item::Mod(module) => {
                    let items = module.content.as_ref().map(|(_, items)| items.as_slice());
                    self.items(items.unwrap_or_default(), file);
                }
                _ => {}
            }
            if let Some(names) = types::error_names(item, file, &self.own) {
                self.errors.insert(names.name.clone(), names);
            }
            if let Some((name, definition)) = types::definition(item, file, &self.own) {
                self.types.add(name, definition);
            }
        }
    }

    fn api(&mut self, item: &ItemTrait, file: &str) {
        let attribute = item.attrs.iter().find(|attribute| {
            attribute.path().segments.last().is_some_and(|last| last.ident == "api_client")
        });
        let Some(attribute) = attribute else { return };
        let options = attribute.parse_args().unwrap_or_default();
        let own = &self.own;
        let api = Api { file, name: item.ident.unraw().to_string(), options, own };
        let functions = item.items.iter().filter_map(|item| match item {
            TraitItem::Fn(function) => endpoint::endpoint(function, &api),
            _ => None,
        });
        self.endpoints.extend(functions);
    }

    /// Gives each endpoint its error class.
    fn joined(self) -> Source {
        let Self { first_file, endpoints, types, errors, .. } = self;
        let endpoints = endpoints.into_iter().map(|(declared, error)| {
            let class = error.and_then(|name| errors.get(&name));
            let errors = class.cloned().map_or(Errors::Unknown, Errors::Named);
            Declared { errors, ..declared }
        });
        Source { first_file, endpoints: endpoints.collect(), types }
    }
}
