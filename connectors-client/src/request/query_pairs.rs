//! Joins the pairs of a query or form, and replaces those that the call's options set.

use crate::client::request_options::QueryOption;

/// Writes pairs. An option replaces all pairs with its name.
pub(super) struct Pairs<'a> {
    out: &'a mut Vec<u8>,
    options: &'a [QueryOption],
    used: Vec<bool>,
    /// Separator before the next pair.
    separator: Option<u8>,
}

impl<'a> Pairs<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>, options: &'a [QueryOption], separator: Option<u8>) -> Self {
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

/// Returns true if the pair has this name, or this name followed by a bracket.
pub(super) fn has_name(pair: &[u8], key: &[u8]) -> bool {
    pair.strip_prefix(key)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(b"=") || rest.starts_with(b"%5B"))
}
