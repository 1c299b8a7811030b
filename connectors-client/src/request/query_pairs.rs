//! Joins the pairs of a query or form, and replaces those that the call's options set.
//!
//! No name is sent twice by accident: an option replaces an argument, which replaces a field of a
//! spread struct or map, which replaces a pair of the trait.

use percent_encoding::percent_decode;

use super::{Request, Slot};
use crate::client::request_options::QueryOption;
use crate::encode;
use crate::endpoint::{Location, QueryPart};

/// Writes pairs. An option replaces all pairs with its name.
pub(super) struct Pairs<'a> {
    out: &'a mut Vec<u8>,
    options: &'a [QueryOption],
    used: Vec<bool>,
    /// Separator before the next pair.
    separator: Option<u8>,
}

impl<'a> Pairs<'a> {
    pub(super) fn new(
        out: &'a mut Vec<u8>,
        options: &'a [QueryOption],
        separator: Option<u8>,
    ) -> Self {
        Self { out, options, used: vec![false; options.len()], separator }
    }

    pub(super) fn push(&mut self, pairs: &[u8]) {
        if self.options.is_empty() || pairs.is_empty() {
            return self.write(pairs);
        }
        for pair in pairs.split(|byte| *byte == b'&') {
            match self.options.iter().position(|option| has_name(pair, &option.key)) {
                Some(index) => self.replacement(index),
                None => self.write(pair),
            }
        }
    }

    /// Writes the options that have replaced no pair.
    pub(super) fn finish(mut self) {
        (0..self.options.len()).for_each(|index| self.replacement(index));
    }

    /// `used` has an entry per option.
    fn replacement(&mut self, index: usize) {
        if !std::mem::replace(&mut self.used[index], true) {
            let options = self.options;
            self.write(&options[index].pairs);
        }
    }

    fn write(&mut self, pairs: &[u8]) {
        if !pairs.is_empty() {
            self.out.extend(self.separator.replace(b'&'));
            self.out.extend_from_slice(pairs);
        }
    }
}

/// A name that is sent, decoded.
struct SentName {
    name: Vec<u8>,
    /// True if the argument wrote pairs in brackets, so that such pairs belong to it.
    has_brackets: bool,
}

impl SentName {
    fn is_of(&self, pair: &[u8]) -> bool {
        let name = decoded_name(pair);
        let rest = name.strip_prefix(&*self.name);
        rest.is_some_and(|rest| rest.is_empty() || self.has_brackets && rest[0] == b'[')
    }
}

impl Request {
    /// Writes the query.
    pub(super) fn push_query(&self, query: &mut Pairs<'_>) {
        self.push_parts(|| self.query_parts(), query);
    }

    /// Writes the fields of a form.
    pub(super) fn push_form(&self, form: &mut Pairs<'_>) {
        self.push_parts(|| self.arguments_in(Location::Field), form);
    }

    /// Writes parts in order. A field of a spread struct or map is left out if the template or an
    /// argument sends its name, so that no name is sent twice by accident. A pair of the trait, which
    /// stands at the end, is left out if any other part does.
    fn push_parts<'a, I: Iterator<Item = QueryPart> + 'a>(
        &'a self,
        parts: impl Fn() -> I,
        out: &mut Pairs<'_>,
    ) {
        let gives_way = |part: &QueryPart| match part {
            QueryPart::Text(_) => false,
            QueryPart::Argument(slot) => {
                matches!(self.slots[*slot], Slot::Spread { .. }) || self.endpoint.gives_way(*slot)
            }
        };
        let mut sent = Vec::new();
        if parts().any(|part| gives_way(&part)) {
            let others = parts().filter(|part| !gives_way(part));
            sent.extend(others.filter_map(|part| self.sent_name(part)));
        }
        for part in parts() {
            let pairs = self.pairs(part);
            if !gives_way(&part) || pairs.is_empty() {
                out.push(pairs);
                continue;
            }
            let is_new = |pair: &&[u8]| !sent.iter().any(|name| name.is_of(pair));
            let new: Vec<_> = pairs.split(|byte| *byte == b'&').filter(is_new).collect();
            for pair in &new {
                out.push(pair);
            }
            let name = |pair| SentName { name: decoded_name(pair), has_brackets: false };
            sent.extend(new.into_iter().map(name));
        }
    }

    /// Returns the parts of the query in order.
    fn query_parts(&self) -> impl Iterator<Item = QueryPart> {
        let declared = self.endpoint.options.query;
        let arguments = self.arguments_in(Location::Query);
        declared.iter().copied().chain(arguments.filter(|_| declared.is_empty()))
    }

    fn arguments_in(&self, location: Location) -> impl Iterator<Item = QueryPart> {
        let parameters = self.endpoint.located();
        let arguments = parameters.filter(move |(_, parameter)| parameter.location == location);
        arguments.map(|(slot, _)| QueryPart::Argument(slot))
    }

    fn pairs(&self, part: QueryPart) -> &[u8] {
        match part {
            QueryPart::Text(text) => text.as_bytes(),
            QueryPart::Argument(slot) => self.value(slot).unwrap_or_default(),
        }
    }

    /// Returns the name of a part, if the part is sent.
    fn sent_name(&self, part: QueryPart) -> Option<SentName> {
        let pairs = self.pairs(part);
        match part {
            QueryPart::Text(_) => Some(SentName { name: decoded_name(pairs), has_brackets: false }),
            QueryPart::Argument(_) if pairs.is_empty() => None,
            QueryPart::Argument(slot) => {
                let name = self.endpoint.wire_name(slot).as_bytes();
                let mut pairs = pairs.split(|byte| *byte == b'&');
                let has_brackets = pairs.any(|pair| decoded_name(pair) != name);
                Some(SentName { name: name.to_vec(), has_brackets })
            }
        }
    }
}

/// Returns true if the pair has this encoded name, or this name followed by a bracket. A pair of a
/// URL that was written by hand may be encoded in another way.
fn has_name(pair: &[u8], key: &[u8]) -> bool {
    let (name, key) = (decoded_name(pair), decoded_name(key));
    name.strip_prefix(&*key).is_some_and(|rest| rest.is_empty() || rest[0] == b'[')
}

/// Returns the name of a pair as a server reads it.
fn decoded_name(pair: &[u8]) -> Vec<u8> {
    let name = encode::pair_name(pair).iter();
    let name: Vec<u8> = name.map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&name).collect()
}
