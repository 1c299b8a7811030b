//! Reads declarations from Rust source: traits with `#[api_client]`, and the types that they name.

mod case;
mod endpoint;
mod options;
mod rust_type;
mod template;
mod types;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use syn::ext::IdentExt as _;
use syn::{Item, ItemTrait, TraitItem};

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
    let mut found = Gathered { first_file: first.unwrap_or_default(), ..Gathered::default() };
    for file in &files {
        let shown = file.display().to_string();
        let text = std::fs::read_to_string(file)
            .map_err(|error| notice(&shown, None, format!("cannot read the source: {error}")))?;
        found.file(&shown, &text)?;
    }
    Ok(found.joined())
}

/// Reads one source from its text.
pub(super) fn read_text(name: &str, text: &str) -> Result<Source, Notice> {
    let mut found = Gathered { first_file: name.to_owned(), ..Gathered::default() };
    found.file(name, text)?;
    Ok(found.joined())
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
    fn file(&mut self, name: &str, text: &str) -> Result<(), Notice> {
        let file = syn::parse_file(text).map_err(|error| {
            let line = error.span().start().line;
            notice(name, u32::try_from(line).ok(), format!("not valid Rust: {error}"))
        })?;
        self.items(&file.items, name);
        Ok(())
    }

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
            if let Some(names) = types::error_names(item, file) {
                self.errors.insert(names.name.clone(), names);
            }
            if let Some((name, definition)) = types::definition(item, file) {
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
        let api = Api { file, name: item.ident.unraw().to_string(), options };
        let functions = item.items.iter().filter_map(|item| match item {
            TraitItem::Fn(function) => endpoint::endpoint(function, &api),
            _ => None,
        });
        self.endpoints.extend(functions);
    }

    /// Gives each endpoint its error class.
    fn joined(self) -> Source {
        let Self { first_file, endpoints, types, errors } = self;
        let endpoints = endpoints.into_iter().map(|(declared, error)| {
            let class = error.and_then(|name| errors.get(&name));
            let errors = class.cloned().map_or(Errors::Unknown, Errors::Named);
            Declared { errors, ..declared }
        });
        Source { first_file, endpoints: endpoints.collect(), types }
    }
}
