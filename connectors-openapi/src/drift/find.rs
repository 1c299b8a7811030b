//! Finds the operation of an endpoint.

use crate::model::{Document, Operation, Server};

use super::declared::Declared;

/// The operation of an endpoint, or the closest there is.
pub(super) enum Found<'a> {
    Operation(&'a Operation),
    /// Operations with one method and path, which the description tells apart by a query or a
    /// fragment in the path.
    Several(Vec<&'a Operation>),
    /// Operations of the path with other methods.
    OtherMethods(Vec<&'a Operation>),
    /// Another path, if one operation has the name of the endpoint or a similar path.
    OtherPath(Option<&'a Operation>),
}

pub(super) fn find<'a>(document: &'a Document, declared: &Declared) -> Found<'a> {
    let path = template(&declared.path);
    let of_path: Vec<_> = document
        .operations
        .iter()
        .filter(|operation| paths(document, operation).contains(&path))
        .collect();
    if of_path.is_empty() {
        return Found::OtherPath(alike(document, declared, &path));
    }
    let of_method = of_path.iter().filter(|operation| operation.method == declared.method);
    match of_method.copied().collect::<Vec<_>>().as_slice() {
        [] => Found::OtherMethods(of_path),
        [operation] => Found::Operation(operation),
        several => Found::Several(several.to_vec()),
    }
}

/// Returns the paths of an operation: its own, and its own after the path of a server.
fn paths(document: &Document, operation: &Operation) -> Vec<String> {
    let servers = if operation.servers.is_empty() { &document.servers } else { &operation.servers };
    let own = template(&operation.path);
    let joined = servers.iter().map(|server| {
        let prefix = path_of(server);
        if own.is_empty() || prefix.is_empty() {
            format!("{prefix}{own}")
        } else {
            format!("{prefix}/{own}")
        }
    });
    joined.chain([own.clone()]).collect()
}

/// Returns the path of a server's URL, without slashes around it.
fn path_of(server: &Server) -> String {
    let mut url = server.url.clone();
    for (name, default, _) in &server.variables {
        url = url.replace(&format!("{{{name}}}"), default);
    }
    // A URL without a scheme can begin with its host.
    let after = url.split_once("://").map(|(_, after)| after).or_else(|| url.strip_prefix("//"));
    let path = match after {
        Some(after) => after.split_once('/').map(|(_, path)| path).unwrap_or_default(),
        None => &url,
    };
    template(path.trim_matches('/'))
}

/// Returns a path with `{}` for each parameter, decoded, without a slash at the beginning, a query
/// or a fragment.
pub(super) fn template(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_prefix('/').unwrap_or(path);
    let mut plain = String::new();
    let mut inside = false;
    for character in path.chars() {
        match character {
            '{' | '<' => inside = true,
            '}' | '>' => {
                inside = false;
                plain.push_str("{}");
            }
            other if !inside => plain.push(other),
            _ => {}
        }
    }
    percent_encoding::percent_decode_str(&plain).decode_utf8_lossy().into_owned()
}

/// Returns the names of the parameters in a path, in their order.
pub(super) fn names_in(path: &str) -> Vec<&str> {
    let parts = path.split(['{', '<']).skip(1);
    parts
        .filter_map(|part| part.split(['}', '>']).next())
        .map(|name| name.trim_end_matches(".."))
        .collect()
}

/// Returns an operation that may be the endpoint's: by its name, or by a path that differs in one
/// segment and shares the most words.
fn alike<'a>(document: &'a Document, declared: &Declared, path: &str) -> Option<&'a Operation> {
    let (api, name) = (letters(&declared.api), letters(&declared.name));
    let singular = api.strip_suffix('s').unwrap_or(&api).to_owned();
    let is_named = |operation: &&Operation| {
        let own = letters(operation.id.as_deref().unwrap_or_default());
        let method =
            letters(operation.extensions.text("x-fern-sdk-method-name").unwrap_or_default());
        let group = operation.extensions.get("x-fern-sdk-group-name").map(ToString::to_string);
        let is_grouped = letters(&group.unwrap_or_default()) == api;
        let joined = [
            format!("{api}{name}"),
            format!("{name}{api}"),
            format!("{name}{singular}"),
            format!("{singular}{name}"),
        ];
        !own.is_empty() && (own == name || joined.contains(&own))
            || is_grouped && !method.is_empty() && method == name
    };
    let is_similar = |operation: &&Operation| {
        let is_near = |other: &String| differing(other, path) == Some(1);
        operation.method == declared.method && paths(document, operation).iter().any(is_near)
    };
    let operations = || document.operations.iter();
    let common = |operation: &&Operation| {
        paths(document, operation).iter().map(|own| common_words(own, path)).max()
    };
    operations().find(is_named).or_else(|| {
        let best = operations().filter(is_similar).map(|own| common(&own)).max()?;
        let mut similar = operations().filter(is_similar).filter(|own| common(own) == best);
        similar.next().filter(|_| similar.next().is_none())
    })
}

/// Returns the number of words that two paths share.
fn common_words(one: &str, other: &str) -> usize {
    let words = |path: &str| -> Vec<String> {
        path.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect()
    };
    let others = words(other);
    words(one).iter().filter(|word| !word.is_empty() && others.contains(word)).count()
}

fn letters(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Returns the number of segments in which two paths of one length differ.
fn differing(one: &str, other: &str) -> Option<usize> {
    let (one, other): (Vec<_>, Vec<_>) = (one.split('/').collect(), other.split('/').collect());
    (one.len() == other.len())
        .then(|| one.iter().zip(&other).filter(|(one, other)| one != other).count())
}
