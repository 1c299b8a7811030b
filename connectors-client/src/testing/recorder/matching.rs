//! Finds the entry of a request: by endpoint and arguments, or by its URL if another program
//! recorded it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cleaner::{self, Cleaner};
use super::entry::{Content, Entry};
use super::form;
use crate::error::excerpt;

type Values = BTreeMap<String, Value>;

/// How well an entry fits a request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It fits except for secrets, which differ between recording and replay.
    ButSecrets,
    Exact,
}

/// Adds the pairs of the query and the fields of the body to the arguments.
pub(super) fn add_fields(values: &mut Values, url: &str, body: &Content) {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    add_pairs(values, "query", form::pairs(query));
    if !body.fields.is_empty() {
        let fields = body.fields.iter().map(|field| (field.name.clone(), text_of(&field.bytes)));
        return add_pairs(values, "body", fields);
    }
    match serde_json::from_slice(&body.bytes) {
        Ok(Value::Object(fields)) => {
            fields.into_iter().for_each(|(name, value)| add(values, "body", name, value));
        }
        _ if body.bytes.is_empty() => {}
        _ if body.is_form() => {
            add_pairs(values, "body", form::pairs(&String::from_utf8_lossy(&body.bytes)));
        }
        Ok(value) => add(values, "body", "body".to_owned(), value),
        Err(_) => add(values, "body", "body".to_owned(), text_of(&body.bytes).into()),
    }
}

/// Adds pairs. Pairs with the same name become a list.
fn add_pairs(values: &mut Values, place: &str, pairs: impl IntoIterator<Item = (String, String)>) {
    let mut lists: Vec<(String, Vec<Value>)> = Vec::new();
    for (name, value) in pairs {
        match lists.iter_mut().find(|(other, _)| *other == name) {
            Some((_, list)) => list.push(value.into()),
            None => lists.push((name, vec![value.into()])),
        }
    }
    for (name, mut list) in lists {
        let value = if list.len() == 1 { list.remove(0) } else { list.into() };
        add(values, place, name, value);
    }
}

/// Adds a value. If another place has the name already, the name of the place is added to it.
fn add(values: &mut Values, place: &str, name: String, value: Value) {
    let name = if values.contains_key(&name) { format!("{place}.{name}") } else { name };
    values.insert(name, value);
}

/// Returns bytes as text, or in Base64 if they are not text.
pub(super) fn text_of(bytes: &[u8]) -> String {
    use base64::Engine as _;
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => base64::engine::general_purpose::STANDARD.encode(bytes),
    }
}

/// Returns the values by which an entry of another program is found.
fn by_url(entry: &Entry) -> Values {
    let path = entry.url.split(['?', '#']).next().unwrap_or_default();
    let mut values = Values::from([
        ("method".to_owned(), entry.method.clone().into()),
        ("url".to_owned(), path.into()),
    ]);
    add_fields(&mut values, &entry.url, &entry.body);
    values
}

/// Returns both sides of a comparison: the values of the recorded entry and of the request.
fn sides(recorded: &Entry, asked: &Entry) -> Option<(Values, Values)> {
    match &recorded.endpoint {
        None => Some((by_url(recorded), by_url(asked))),
        Some(endpoint) if asked.endpoint.as_ref() == Some(endpoint) => {
            Some((recorded.arguments.clone(), asked.arguments.clone()))
        }
        Some(_) => None,
    }
}

/// Takes the next entry that fits the request, and marks it as used.
pub(super) fn take(entries: &mut [Entry], asked: &Entry, cleaner: &mut Cleaner) -> Option<usize> {
    let free = |(_, entry): &(usize, &Entry)| !entry.is_used && !entry.is_open;
    let fits = entries.iter().enumerate().filter(free).filter_map(|(index, entry)| {
        let (recorded, asked) = sides(entry, asked)?;
        Some((fit_of(&recorded, &asked)?, index))
    });
    // Of those that fit equally well, the first: repeated requests are a sequence.
    let (_, index) = fits.min_by_key(|(fit, index)| (std::cmp::Reverse(*fit), *index))?;
    let (recorded, asked) = sides(&entries[index], asked)?;
    for (name, value) in &recorded {
        learn(value, &asked[name], cleaner);
    }
    entries[index].is_used = true;
    Some(index)
}

/// Learns the secret of another program's entry from the placeholder in the request.
fn learn(recorded: &Value, asked: &Value, cleaner: &mut Cleaner) {
    if let (Value::String(recorded), Value::String(asked)) = (recorded, asked)
        && cleaner::is_placeholder(asked)
    {
        cleaner.take(recorded, asked);
    }
}

fn fit_of(recorded: &Values, asked: &Values) -> Option<Fit> {
    if !recorded.keys().eq(asked.keys()) {
        return None;
    }
    let fits = recorded.iter().map(|(name, value)| fit(value, &asked[name]));
    fits.collect::<Option<Vec<_>>>().map(|fits| fits.into_iter().min().unwrap_or(Fit::Exact))
}

fn fit(recorded: &Value, asked: &Value) -> Option<Fit> {
    if recorded == asked {
        return Some(Fit::Exact);
    }
    match (recorded, asked) {
        (Value::Array(recorded), Value::Array(asked)) if recorded.len() == asked.len() => {
            let fits = recorded.iter().zip(asked).map(|(recorded, asked)| fit(recorded, asked));
            fits.collect::<Option<Vec<_>>>()?.into_iter().min()
        }
        (Value::Object(recorded), Value::Object(asked)) if recorded.len() == asked.len() => {
            let fits = recorded.iter().map(|(name, value)| fit(value, asked.get(name)?));
            fits.collect::<Option<Vec<_>>>()?.into_iter().min()
        }
        (Value::String(recorded), Value::String(asked)) => {
            (holds(recorded, asked) || holds(asked, recorded)).then_some(Fit::ButSecrets)
        }
        _ => None,
    }
}

/// Returns true if a text has placeholders, and the other one is equal except for them.
fn holds(with_placeholders: &str, text: &str) -> bool {
    let placeholders = cleaner::placeholders(with_placeholders);
    if placeholders.is_empty() {
        return false;
    }
    let (mut at, mut rest) = (0, text);
    for (index, (start, placeholder)) in placeholders.iter().enumerate() {
        let before = &with_placeholders[at..*start];
        let found = if index == 0 { rest.strip_prefix(before) } else { after(rest, before) };
        let Some(found) = found else { return false };
        (rest, at) = (found, start + placeholder.len());
    }
    rest.ends_with(&with_placeholders[at..])
}

fn after<'a>(text: &'a str, part: &str) -> Option<&'a str> {
    text.find(part).map(|at| &text[at + part.len()..])
}

/// Says that no entry fits, and how the nearest one differs. All texts are without secrets.
pub(super) fn missing(entries: &[Entry], asked: &Entry, file: &str) -> String {
    let what = describe(asked);
    let comparable = entries.iter().filter_map(|entry| {
        let (recorded, asked) = sides(entry, asked)?;
        Some((differences(&recorded, &asked), entry))
    });
    let Some((differences, nearest)) =
        comparable.min_by_key(|(differences, entry)| (differences.len(), entry.is_used))
    else {
        return match nearest_endpoint(entries, asked) {
            Some(other) => format!("`{file}` has no entry of {what}; the nearest is of {other}"),
            None => format!("`{file}` has no entry of {what}; it has none at all"),
        };
    };
    if differences.is_empty() {
        let all = entries.iter().filter(|entry| {
            sides(entry, asked).is_some_and(|(own, asked)| fit_of(&own, &asked).is_some())
        });
        let count = all.count();
        let times = if count == 1 { "once" } else { &format!("{count} times") };
        return format!("`{file}` has {what} with these arguments {times}, and all are used");
    }
    let differences = listed(differences, ", ");
    let used = if nearest.is_used { ", and is used already" } else { "" };
    format!(
        "`{file}` has no entry of {what} with these arguments; the nearest{used} has {differences}"
    )
}

fn describe(entry: &Entry) -> String {
    match &entry.endpoint {
        Some(endpoint) => format!("`{endpoint}`"),
        None => format!("`{} {}`", entry.method, entry.url),
    }
}

/// Returns the recorded endpoint whose name is most like the one asked for.
fn nearest_endpoint(entries: &[Entry], asked: &Entry) -> Option<String> {
    let own = describe(asked);
    let common = |other: &str| own.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    entries
        .iter()
        .map(describe)
        .max_by_key(|other| (common(other), std::cmp::Reverse(other.clone())))
}

/// Names each argument that differs, with both values.
fn differences(recorded: &Values, asked: &Values) -> Vec<String> {
    let mut found = Vec::new();
    for (name, value) in recorded {
        match asked.get(name) {
            None => found.push(format!("`{name}` = {}, which is not given", shown(value))),
            Some(other) if fit(value, other).is_none() => {
                found.push(format!("`{name}` = {} instead of {}", shown(value), shown(other)));
            }
            Some(_) => {}
        }
    }
    let added = asked.iter().filter(|(name, _)| !recorded.contains_key(*name));
    found.extend(added.map(|(name, value)| format!("no `{name}`, which is {} here", shown(value))));
    found
}

/// Joins the first differences, so that a text stays readable.
pub(super) fn listed(differences: Vec<String>, separator: &str) -> String {
    const MOST: usize = 5;
    let more = differences.len().saturating_sub(MOST);
    let shown: Vec<_> = differences.into_iter().take(MOST).collect();
    let shown = shown.join(separator);
    if more == 0 { shown } else { format!("{shown}{separator}and {more} more") }
}

pub(super) fn shown(value: &Value) -> String {
    const LONGEST: usize = 80;
    excerpt(&value.to_string(), LONGEST)
}
