//! The parts of a multipart form, in order and each name once.

use super::{Request, Slot};
use crate::body::Body;
use crate::body::multipart::{self, NamedPart};
use crate::client::body_field::BodyField;
use crate::client::request_options::RequestOptions;

impl Request {
    /// Returns the parts in the order of their arguments. The parts of an option replace those of
    /// the same name, or come last.
    pub(super) fn multipart(
        &self,
        options: &RequestOptions,
        is_replayable: bool,
    ) -> Result<Body, String> {
        let mut replacements: Vec<_> =
            options.body_fields.iter().map(BodyField::parts).collect::<Result<_, _>>()?;
        let mut parts: Vec<NamedPart> = Vec::new();
        for (slot, parameter) in self.endpoint.located() {
            let is_spread = matches!(self.slots[slot], Slot::Spread { .. });
            let names = if is_spread { self.new_names(slot) } else { vec![parameter.name] };
            for name in names {
                match replacements.iter_mut().find(|(other, _)| *other == name) {
                    Some((_, replacement)) => parts.append(replacement),
                    None => parts.extend(self.parts_of(slot, name).cloned()),
                }
            }
        }
        parts.extend(replacements.into_iter().flat_map(|(_, parts)| parts));
        multipart::body(parts, is_replayable)
    }

    fn parts_of(&self, slot: usize, name: &str) -> impl Iterator<Item = &NamedPart> {
        let own = self.parts.iter().filter(move |(other, _)| *other == slot);
        own.map(|(_, part)| part).filter(move |(other, _)| *other == name)
    }

    /// Returns the names of the parts of a struct or map, each once. One that an argument sends, or
    /// an earlier struct or map, is left out.
    fn new_names(&self, slot: usize) -> Vec<&str> {
        let is_earlier =
            |other: usize| other < slot || !matches!(self.slots[other], Slot::Spread { .. });
        let others = self.parts.iter().filter(|(other, _)| *other != slot && is_earlier(*other));
        let sent: Vec<&str> = others.map(|(_, (name, _))| &**name).collect();
        let mut names: Vec<&str> = Vec::new();
        for (_, (name, _)) in self.parts.iter().filter(|(other, _)| *other == slot) {
            if !sent.contains(&&**name) && !names.contains(&&**name) {
                names.push(name);
            }
        }
        names
    }
}
