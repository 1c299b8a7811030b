//! Short docs: the sentences of a description that say the most.

use std::collections::HashSet;

use super::{Block, blocks, clean};
use crate::words::{singular, words};

/// Columns for the docs of a field or an argument, so that they are one line.
const LINE: usize = 88;
/// Abbreviations that end no sentence.
const ABBREVIATIONS: [&str; 4] = ["e.g", "i.e", "etc", "vs"];
/// Words that tell nothing beside a name.
const FILLING: [&str; 28] = [
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "by",
    "for",
    "from",
    "given",
    "in",
    "is",
    "it",
    "its",
    "of",
    "on",
    "optional",
    "or",
    "represents",
    "s",
    "that",
    "the",
    "this",
    "to",
    "unique",
    "which",
    "with",
];
/// Beginnings of what a sentence says beside its point.
const ASIDES: [&str; 6] =
    [", e.g. ", ", for example ", ", for example, ", ", such as ", ", which ", "; "];

/// Returns the first paragraph of a description, as one sentence or more.
pub(crate) fn first_paragraph(text: &str) -> String {
    let text = blocks(text).into_iter().find_map(|block| match block {
        Block::Text { text, first, .. } if first.is_empty() => Some(text),
        _ => None,
    });
    let sentence = sentence(text.unwrap_or_default().trim());
    match sentence.strip_suffix(':') {
        Some(announced) => without_announcement(announced),
        None => sentence,
    }
}

/// Removes the last sentence of a paragraph, which announces a list that is left out.
fn without_announcement(text: &str) -> String {
    let end = sentence_ends(text).last();
    end.map_or_else(|| format!("{text}."), |end| text[..end].to_owned())
}

/// Returns the sentences at the beginning of a text that fit into `limit` columns, and at least the
/// first one.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    let fits = |text: &str| clean(text).chars().count() <= limit;
    if fits(text) {
        return text.to_owned();
    }
    let ends: Vec<usize> = sentence_ends(text).collect();
    let fitting = ends.iter().rev().find(|end| fits(&text[..**end])).or(ends.first());
    fitting.map_or(text, |end| &text[..*end]).to_owned()
}

/// Returns the sentences that fit on the line of a field, of which a part is taken. The first one
/// loses its asides if it is too long.
pub(crate) fn one_line(text: &str, taken: usize) -> String {
    let width = LINE.saturating_sub(taken);
    let short = shortened(text, width);
    let fits = |text: &str| clean(text).chars().count() <= width;
    if fits(&short) {
        return short;
    }
    let cut = |text: &str| {
        let at = ASIDES.iter().filter_map(|aside| text.find(aside)).min();
        at.filter(|at| text[..*at].split_whitespace().nth(3).is_some() && is_closed(&text[..*at]))
            .map(|at| format!("{}.", &text[..at]))
    };
    let bare = without_brackets(&short);
    let shorter = [cut(&short), Some(bare.clone()), cut(&bare)];
    shorter.into_iter().flatten().find(|text| fits(text)).unwrap_or(short)
}

/// Returns true if no bracket or code is open at the end of a text.
fn is_closed(text: &str) -> bool {
    let count = |c: char| text.matches(c).count();
    count('(') == count(')') && count('[') == count(']') && count('`') % 2 == 0
}

/// Removes what stands in brackets, if it is more than a unit and no target of a link.
fn without_brackets(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(" (") {
        let Some(end) = rest[start..].find(')').map(|end| start + end) else { break };
        let inner = &rest[start + 2..end];
        let is_aside = inner.split_whitespace().nth(2).is_some() && is_closed(inner);
        kept.push_str(&rest[..if is_aside { start } else { end + 1 }]);
        rest = &rest[end + 1..];
    }
    kept + rest
}

/// Returns the ends of all sentences but the last.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(". ").filter_map(move |(index, _)| {
        let abbreviation = ABBREVIATIONS.iter().any(|end| text[..index].ends_with(end));
        let next_is_upper = text[index + 2..].starts_with(|c: char| !c.is_ascii_lowercase());
        (!abbreviation && next_is_upper).then_some(index + 1)
    })
}

/// Returns true if a text says no more than these names.
pub(crate) fn repeats(text: &str, names: &[&str]) -> bool {
    let one = |word: &String| singular(word);
    let known: HashSet<String> =
        names.iter().flat_map(|name| words(name)).map(|word| one(&word)).collect();
    let known =
        |word: &String| known.contains(&one(word)) || word == "identifier" && known.contains("id");
    let says = |word: &String| !FILLING.contains(&word.as_str()) && !known(word);
    text.is_ascii() && !words(text).iter().any(says)
}

/// Returns a text with a capital first letter and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim().trim_start_matches('#').trim();
    // A dash that leads to nothing, and a stop that stands twice.
    let text = text.trim_end_matches([' ', '-', '\u{2013}', '\u{2014}']);
    let text = match text.strip_suffix("..") {
        Some(rest) if !rest.ends_with('.') => &text[..text.len() - 1],
        _ => text,
    };
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let first_word = text.split_whitespace().next().unwrap_or_default();
    let is_word = first_word.chars().all(|c| c.is_ascii_lowercase() || matches!(c, ',' | '.'));
    let mut sentence =
        if is_word { first.to_uppercase().to_string() + chars.as_str() } else { text.to_owned() };
    if sentence.ends_with(|c: char| {
        c.is_alphanumeric() || matches!(c, '`' | ')' | '"' | '\'' | '>' | ']' | '*')
    }) {
        sentence.push('.');
    }
    sentence
}
