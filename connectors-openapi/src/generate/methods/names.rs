//! Names of methods and of their types.

use std::borrow::Cow;
use std::collections::HashMap;
use std::slice;

use super::super::select::Selected;
use super::super::types::unique;
use super::verbs;
use crate::model::{Document, Operation};
use crate::words::{field_name, plain, singular, snake, type_name, words};

/// Names that an endpoint cannot have, because each client has such methods.
const METHODS: [&str; 7] =
    ["new", "with_options", "with_raw_response", "client", "clone", "into_inner", "endpoints"];

/// Words that a name cannot begin with.
const GOES_ON: [&str; 10] = ["by", "for", "from", "in", "with", "of", "to", "as", "and", "on"];

/// Words between a verb and its thing.
const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// Returns the beginning of the names of an operation's unnamed types.
pub(super) fn type_parent(told: &Told, one: &Operation, ident: &str, owner: &str) -> String {
    let Some(id) = one.telling_id() else { return format!("{owner}{}", type_name(ident)) };
    let full = without_route(one, words(id));
    let short = telling_words(one, &full).join("_");
    let is_alone = told.get(&short).is_none_or(|count| *count < 2);
    type_name(&if is_alone { short } else { full.join("_") })
}

/// The telling words of the `operationId`s, with the number of operations.
pub(in crate::generate) type Told = HashMap<String, usize>;

/// Counts the telling words of all operations.
pub(in crate::generate) fn told(document: &Document) -> Told {
    let mut told = Told::new();
    for one in &document.operations {
        if let Some(id) = one.telling_id() {
            let full = without_route(one, words(id));
            *told.entry(telling_words(one, &full).join("_")).or_default() += 1;
        }
    }
    told
}

/// Removes the path and method that `FastAPI` adds to an `operationId`.
fn without_route(operation: &Operation, mut id: Vec<String>) -> Vec<String> {
    if let Some(route) = of_route(operation) {
        return without_ids(&route);
    }
    let mut route = words(&operation.path);
    route.push(operation.method.to_ascii_lowercase());
    if id.len() > route.len() && id.ends_with(&route) {
        id.truncate(id.len() - route.len());
    }
    id
}

/// Returns the names of the methods of a trait, which are short if that keeps them apart. `is_list`
/// tells if an operation returns a list.
pub(super) fn method_names(
    group: &str,
    operations: &[&Selected<'_>],
    is_list: impl Fn(&Operation) -> bool + Copy,
) -> Vec<String> {
    let full: Vec<Vec<String>> = operations.iter().map(|one| long_name(one)).collect();
    let mut short: Vec<Vec<String>> =
        operations.iter().zip(&full).map(|(one, full)| short_name(one, full, group)).collect();
    let free: Vec<usize> = (0..short.len()).filter(|at| named(operations[*at]).is_none()).collect();
    let mut own: Vec<Vec<String>> = free.iter().map(|at| short[*at].clone()).collect();
    let free: Vec<(usize, &Operation)> =
        free.into_iter().map(|at| (at, operations[at].operation)).collect();
    verbs::without_shared(&mut own);
    verbs::move_first(&mut own, |at| {
        let operation = free[at].1;
        (operation.method.as_str(), is_list(operation))
    });
    for ((at, _), name) in free.iter().zip(own) {
        short[*at] = name;
    }
    verbs::usual(group, operations, &full, &mut short, is_list);
    let mut names: Vec<String> = Vec::new();
    for (index, own) in short.iter().enumerate() {
        let alone = short.iter().filter(|other| *other == own).count() == 1
            && !full.iter().enumerate().any(|(other, full)| other != index && full == own);
        let chosen = if alone { own } else { &full[index] };
        // A name that is given has its own words.
        let given = named(operations[index]).map(|given| field_name(&words(&given).join("_")));
        let mut ident = given.unwrap_or_else(|| joined(chosen));
        if METHODS.contains(&ident.as_str()) {
            ident = if full[index].len() > chosen.len() {
                joined(&full[index])
            } else {
                format!("{ident}_{}", snake(group))
            };
        }
        let taken = |ident: &str| names.iter().any(|name| name == ident);
        if taken(&ident)
            && let Some(route) = of_route(operations[index].operation)
        {
            ident = joined(&route);
        }
        let method = operations[index].operation.method.to_ascii_lowercase();
        if taken(&ident) && words(&ident).first() != Some(&method) {
            ident = format!("{method}_{}", plain(&ident));
        }
        names.push(unique(&ident, taken));
    }
    names
}

fn joined(words: &[String]) -> String {
    field_name(&words.join(" "))
}

/// Returns the name that the user or the description gives an operation.
pub(super) fn named(one: &Selected<'_>) -> Option<String> {
    let extensions = &one.operation.extensions;
    let names = ["x-fern-sdk-method-name", "x-speakeasy-name-override", "x-operation-name"];
    let by_extension = names.iter().find_map(|name| extensions.text(name));
    one.steering.name.clone().or_else(|| by_extension.map(str::to_owned))
}

fn long_name(one: &Selected<'_>) -> Vec<String> {
    let operation = one.operation;
    if let Some(name) = named(one) {
        return words(&name);
    }
    if let Some(id) = operation.telling_id() {
        return without_route(operation, words(id));
    }
    let mut name = vec![operation.method.to_ascii_lowercase()];
    name.extend(words(&operation.path.replace('{', "by_")));
    name
}

/// Returns the words of an `operationId` that is the method and the path, which has an `id` for each
/// parameter, as `get_files_id_content` is.
fn of_route(operation: &Operation) -> Option<Vec<String>> {
    let mut route = vec![operation.method.to_ascii_lowercase()];
    // A parameter ends with its bracket.
    for (at, part) in operation.path.split(['{', '}']).enumerate() {
        route.extend(if at % 2 == 0 { words(part) } else { vec!["id".to_owned()] });
    }
    let has_id = route.iter().any(|word| word == "id");
    (has_id && words(operation.telling_id()?) == route).then_some(route)
}

/// Puts one thing in the place of an `id` of several: `get_files_id_content` becomes
/// `get_file_content`.
fn without_ids(route: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for word in route {
        match kept.last_mut() {
            Some(last) if word == "id" => *last = singular(last),
            _ => kept.push(word.clone()),
        }
    }
    kept
}

/// Removes the things of a trait and their `id`: `get_files_id_content` becomes `get_content`.
fn short_route(
    route: &[String],
    size: usize,
    is_group: impl Fn(&[String]) -> bool,
) -> Option<Vec<String>> {
    let rest = route.get(1 + size..)?;
    let is_item = rest.first().is_some_and(|word| word == "id") && is_group(&route[1..=size]);
    is_item.then(|| without_ids(&[&route[..1], &rest[1..]].concat()))
}

/// Removes words of an `operationId` that name nothing: the version of the path, the controller of
/// `CatsController_find`, and the article of `get-a-cat`.
fn telling_words<'w>(operation: &Operation, id: &'w [String]) -> Cow<'w, [String]> {
    let id = match id {
        [first, rest @ ..] if is_version_of_path(operation, first) && !rest.is_empty() => rest,
        _ => id,
    };
    // `deleteControllerGroup` is about a controller.
    let raw = operation.telling_id().unwrap_or_default();
    let is_apart = |rest: &str| rest.starts_with(|c: char| !c.is_ascii_alphanumeric());
    let is_class = raw.split_once("Controller").is_some_and(|(_, rest)| is_apart(rest));
    let controller = id.iter().position(|word| word == "controller").filter(|_| is_class);
    let controller = controller.filter(|at| (1..id.len().saturating_sub(1)).contains(at));
    let id = controller.map_or(id, |at| &id[at + 1..]);
    let [verb, rest @ ..] = id else { return id.into() };
    let is_method = operation.method.eq_ignore_ascii_case(verb);
    let shorter = match rest {
        [article, rest @ ..] if ARTICLES.contains(&article.as_str()) => rest,
        _ if is_method => without_base(operation, rest),
        _ => rest,
    };
    if shorter.is_empty() || shorter.len() == rest.len() {
        return id.into();
    }
    [slice::from_ref(verb), shorter].concat().into()
}

/// Returns true for a word such as `v2`.
pub(super) fn is_version(word: &str) -> bool {
    let number = word.strip_prefix('v').unwrap_or_default();
    number.starts_with(|c: char| c.is_ascii_digit())
}

fn is_version_of_path(operation: &Operation, word: &str) -> bool {
    let mut path = operation.path.split('/');
    is_version(word) && path.any(|part| part.eq_ignore_ascii_case(word))
}

/// Removes the `api` and the version that a path begins with.
fn without_base<'w>(operation: &Operation, mut words: &'w [String]) -> &'w [String] {
    while let [first, rest @ ..] = words {
        let mut path = operation.path.split('/');
        let is_base = first == "api" && path.any(|part| part.eq_ignore_ascii_case(first));
        if rest.is_empty() || !(is_base || is_version_of_path(operation, first)) {
            break;
        }
        words = rest;
    }
    words
}

/// Removes the name of the trait from that of a method: `pets_list`, `list_pets` and
/// `find_pets_by_status` become `list` and `find_by_status`.
fn short_name(one: &Selected<'_>, full: &[String], group: &str) -> Vec<String> {
    if named(one).is_some() {
        return full.to_vec();
    }
    let (group, full) = (words(group), telling_words(one.operation, full));
    if group.is_empty() || full.len() <= group.len() {
        return full.to_vec();
    }
    let same = |part: &[String]| {
        let (last, before) = (part.len() - 1, &part[..part.len() - 1]);
        let one = singular(&group[last]);
        before == &group[..last] && singular(&part[last]) == one
    };
    let size = group.len();
    let route = of_route(one.operation)
        .map(|route| [&route[..1], without_base(one.operation, &route[1..])].concat());
    if let Some(short) = route.and_then(|route| short_route(&route, size, same)) {
        return short;
    }
    let at = (0..=full.len() - size).find(|at| same(&full[*at..at + size]));
    let Some(at) = at.filter(|at| *at <= 1) else { return full.to_vec() };
    // Words after the name that go on with it: `user_group` is not a `user`.
    let rest = &full[at + size..];
    if at == 1 && !rest.is_empty() && !GOES_ON.contains(&rest[0].as_str()) {
        return full.to_vec();
    }
    let mut short = full[..at].to_vec();
    short.extend_from_slice(rest);
    let begins_badly = short.first().is_some_and(|word| GOES_ON.contains(&word.as_str()));
    if short.is_empty() || begins_badly { full.to_vec() } else { short }
}
