//! Joins the pairs of a query or form, and replaces those that the call's options set.
//!
//! No name is sent twice by accident: an option replaces an argument, which replaces a field of a
//! spread struct or map.

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

impl Request {
    /// Writes the query. A field of a spread struct or map is left out if the template or an
    /// argument sends its name, so that no name is sent twice by accident.
    pub(super) fn push_query(&self, query: &mut Pairs<'_>) {
        let is_spread = |part: &QueryPart| match part {
            QueryPart::Text(_) => false,
            QueryPart::Argument(slot) => matches!(self.slots[*slot], Slot::Spread { .. }),
        };
        let mut sent = Vec::new();
        if self.query_parts().any(|part| is_spread(&part)) {
            sent.extend(
                self.query_parts()
                    .filter(|part| !is_spread(part))
                    .filter_map(|part| self.name(part)),
            );
        }
        for part in self.query_parts() {
            let pairs = self.pairs(part);
            if !is_spread(&part) || pairs.is_empty() {
                query.push(pairs);
                continue;
            }
            let is_new = |pair: &&[u8]| !sent.iter().any(|name| has_name(pair, name));
            let new: Vec<_> = pairs.split(|byte| *byte == b'&').filter(is_new).collect();
            for pair in &new {
                query.push(pair);
            }
            sent.extend(new.into_iter().map(|pair| encode::pair_name(pair).to_vec()));
        }
    }

    /// Returns the parts of the query in order.
    fn query_parts(&self) -> impl Iterator<Item = QueryPart> {
        let declared = self.endpoint.options.query;
        let parameters = self.endpoint.located();
        let arguments = parameters.filter(|(_, parameter)| parameter.location == Location::Query);
        let arguments = arguments.map(|(slot, _)| QueryPart::Argument(slot));
        declared.iter().copied().chain(arguments.filter(|_| declared.is_empty()))
    }

    fn pairs(&self, part: QueryPart) -> &[u8] {
        match part {
            QueryPart::Text(text) => text.as_bytes(),
            QueryPart::Argument(slot) => self.value(slot).unwrap_or_default(),
        }
    }

    /// Returns the encoded name of a part that is sent.
    fn name(&self, part: QueryPart) -> Option<Vec<u8>> {
        match part {
            QueryPart::Text(text) => Some(encode::pair_name(text.as_bytes()).to_vec()),
            QueryPart::Argument(_) if self.pairs(part).is_empty() => None,
            QueryPart::Argument(slot) => Some(encode::encoded_key(self.endpoint.wire_name(slot))),
        }
    }
}

/// Returns true if the pair has this name, or this name followed by a bracket.
fn has_name(pair: &[u8], key: &[u8]) -> bool {
    pair.strip_prefix(key)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(b"=") || rest.starts_with(b"%5B"))
}
