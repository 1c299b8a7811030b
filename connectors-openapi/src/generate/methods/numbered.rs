//! Fields that differ in a number: `Parameter1.Name` to `Parameter99.Name`.

use std::collections::BTreeMap;

use super::super::plan::{Field, Ty};
use crate::words::{plural, snake};

/// Smallest number of fields that become entries of a map.
const SEVERAL: usize = 10;

/// Fields that a map takes the place of.
pub(super) struct Numbered {
    /// Name of the argument.
    pub(super) name: String,
    pub(super) docs: String,
}

/// Takes optional texts whose names differ in a number out of the fields of a body.
pub(super) fn take(fields: &mut Vec<Field>) -> Option<Numbered> {
    let mut kinds: BTreeMap<(String, String), Vec<u32>> = BTreeMap::new();
    for field in fields.iter() {
        if let Some((before, number, after)) = parts(field) {
            kinds.entry((before, after)).or_default().push(number);
        }
    }
    kinds.retain(|_, numbers| numbers.len() >= SEVERAL);
    let (before, _) = kinds.keys().next()?.clone();
    fields.retain(|field| match parts(field) {
        Some((before, _, after)) => !kinds.contains_key(&(before, after)),
        None => true,
    });
    let shown = kinds.iter().map(|((before, after), numbers)| {
        let (first, last) = (numbers.iter().min(), numbers.iter().max());
        let name = |number: Option<&u32>| {
            format!("`{before}{}{after}`", number.copied().unwrap_or_default())
        };
        format!("{} to {}", name(first), name(last))
    });
    let shown: Vec<String> = shown.collect();
    let is_alone = kinds.keys().all(|(other, _)| *other == before);
    let name = if is_alone { plural(&snake(&before)) } else { "others".to_owned() };
    Some(Numbered { name, docs: format!("{}.", shown.join(", ")) })
}

/// Splits the name of an optional text into what stands before its only number, the number, and
/// what stands after it.
fn parts(field: &Field) -> Option<(String, u32, String)> {
    let is_text = field.ty == Ty::Text && field.fixed.is_none();
    if !is_text || field.required || field.nullable {
        return None;
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let start = field.name.find(is_digit).filter(|start| *start > 0)?;
    let (before, rest) = field.name.split_at(start);
    let end = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    (!after.contains(is_digit))
        .then(|| Some((before.to_owned(), number.parse().ok()?, after.to_owned())))?
}
