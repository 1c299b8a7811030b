//! Verbs in the names of methods: `list` of several things, `create`, and the verb at the beginning.

use super::super::select::Selected;
use super::names::named;
use crate::model::Operation;
use crate::words::{singular, words};

/// Smallest number of methods whose shared first words are left out.
const SEVERAL: usize = 3;

/// Verbs that some descriptions write last.
const LAST: [&str; 9] =
    ["get", "list", "create", "update", "delete", "retrieve", "destroy", "add", "remove"];

/// Words before such a verb that belong to it.
const WITH_VERB: [&str; 2] = ["partial", "bulk"];

/// Verbs that read.
const READING: [&str; 6] = ["get", "list", "retrieve", "fetch", "read", "find"];

/// Other words that the names of methods begin with.
const FIRST: [&str; 72] = [
    "accept",
    "activate",
    "approve",
    "archive",
    "assign",
    "attach",
    "authenticate",
    "authorize",
    "batch",
    "cancel",
    "check",
    "clear",
    "clone",
    "close",
    "complete",
    "confirm",
    "connect",
    "copy",
    "count",
    "deactivate",
    "detach",
    "disable",
    "disconnect",
    "download",
    "enable",
    "execute",
    "export",
    "generate",
    "import",
    "install",
    "invite",
    "is",
    "link",
    "lock",
    "merge",
    "move",
    "open",
    "patch",
    "pause",
    "ping",
    "post",
    "preview",
    "publish",
    "push",
    "put",
    "query",
    "refresh",
    "register",
    "reject",
    "reload",
    "replace",
    "request",
    "reset",
    "restart",
    "restore",
    "resume",
    "revoke",
    "rotate",
    "run",
    "search",
    "send",
    "set",
    "show",
    "start",
    "stop",
    "submit",
    "sync",
    "test",
    "unlink",
    "upload",
    "validate",
    "verify",
];

pub(super) fn is_verb(word: &str) -> bool {
    [&LAST[..], &READING, &WITH_VERB, &FIRST].iter().any(|words| words.contains(&word))
}

/// Removes the words that all methods of a trait begin with, which say what the trait is about.
pub(super) fn without_shared(names: &mut [Vec<String>]) {
    let [first, others @ ..] = &*names else { return };
    let is_shared = |at: usize| {
        others.iter().all(|other| other.len() > at + 1 && other.get(at) == first.get(at))
    };
    let shared = (0..first.len().saturating_sub(1)).take_while(|at| is_shared(*at)).count();
    // `calculate_tax` and `calculate_total` share their verb, not their subject.
    let is_call = |name: &Vec<String>| is_verb(&name[shared]);
    if names.len() < SEVERAL || shared == 0 || !names.iter().all(is_call) {
        return;
    }
    for name in names {
        name.drain(..shared);
    }
}

/// Puts the verb of `circuit_groups_list` first, if most names of a trait end with theirs. `call`
/// returns the HTTP method of an operation, and if it returns a list. Only a call that changes
/// something has a verb that says so: `last_update` can be a thing.
pub(super) fn move_first<'o>(names: &mut [Vec<String>], call: impl Fn(usize) -> (&'o str, bool)) {
    let is_last = |at: usize, name: &[String]| {
        let [before @ .., last] = name else { return false };
        let Some(first) = before.first() else { return false };
        let (method, is_list) = call(at);
        let is_likely = match last.as_str() {
            "list" => is_list,
            word => READING.contains(&word) || method != "GET",
        };
        let has_verb = before.iter().any(|word| LAST.contains(&word.as_str()));
        LAST.contains(&last.as_str()) && is_likely && !has_verb && !is_verb(first)
    };
    let found: Vec<usize> = (0..names.len()).filter(|at| is_last(*at, &names[*at])).collect();
    let several = names.iter().filter(|name| name.len() > 1).count();
    if found.len() < SEVERAL || found.len() * 2 < several {
        return;
    }
    for at in found {
        let name = &mut names[at];
        let before = name.len().checked_sub(2).map(|at| name[at].as_str());
        let with_verb = before.is_some_and(|word| WITH_VERB.contains(&word));
        name.rotate_right(1 + usize::from(with_verb));
    }
}

/// Gives methods that have the name of their HTTP method, or of reading one of several things, the
/// usual verb, if no other method has it.
pub(super) fn usual(
    group: &str,
    operations: &[&Selected<'_>],
    full: &[Vec<String>],
    names: &mut [Vec<String>],
    is_list: impl Fn(&Operation) -> bool,
) {
    let group = words(group);
    let of_item = |at: usize| operations[at].operation.path.ends_with('}');
    let is = |names: &[Vec<String>], at: usize, word: &str| matches!(names[at].as_slice(), [one] if one == word);
    let has = |names: &[Vec<String>], word: &str| (0..names.len()).any(|at| is(names, at, word));
    let is_plural = |at: usize| full[at].iter().any(|word| singular(word) != *word);
    let of_group = |at: usize| {
        let last = operations[at].operation.path.trim_end_matches('/').rsplit('/').next();
        let last = last.map(words).unwrap_or_default();
        let ends = |word: Option<&String>| word.map(|word| singular(word));
        let is_several = last.last().is_some_and(|word| singular(word) != *word);
        is_several && ends(last.last()) == ends(group.last())
    };
    for at in 0..names.len() {
        let operation = operations[at].operation;
        if named(operations[at]).is_some() {
            continue;
        }
        let [only] = names[at].as_slice() else { continue };
        let (only, method) = (only.clone(), operation.method.as_str());
        let others: Vec<usize> =
            (0..names.len()).filter(|other| *other != at && is(names, *other, &only)).collect();
        let usual = match only.as_str() {
            "post" if method == "POST" && of_group(at) => "create",
            "patch" if method == "PATCH" && of_item(at) => "update",
            "put" if method == "PUT" && of_item(at) => {
                if has(names, "patch") || has(names, "update") { "replace" } else { "update" }
            }
            "get" | "retrieve" | "fetch" if method == "GET" && !of_item(at) && is_plural(at) => {
                let item = |other: usize| operations[other].operation.path.rsplit_once('/');
                let is_item = |other: usize| {
                    of_item(other) && item(other).is_some_and(|(all, _)| all == operation.path)
                };
                let is_one_of_two = matches!(others.as_slice(), [other] if is_item(*other));
                if is_one_of_two || others.is_empty() && is_list(operation) {
                    "list"
                } else {
                    continue;
                }
            }
            _ => continue,
        };
        if !has(names, usual) {
            names[at] = vec![usual.to_owned()];
        }
    }
}
