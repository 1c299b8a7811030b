//! Unions that hold themselves, at once or through other unions.

use std::collections::{HashMap, HashSet};

use super::shape::{MAX_VARIANTS, Shape, shape, target};
use super::{Document, SchemaId};

/// A union on the way from the one that the search began at.
struct Step {
    union: SchemaId,
    /// Variants that are still to be followed, last one first.
    open: Vec<SchemaId>,
}

impl Document {
    /// Ends circles of unions, whose types would decode a value with no end. A variant that leads
    /// back is replaced by the variants of the union that it leads to, so that no value is lost.
    pub(crate) fn end_circles(&mut self) {
        let unions = self.unions();
        let is_base = |id: &&SchemaId| self.schema(**id).is_base();
        let mut roots: Vec<SchemaId> = unions.keys().copied().collect();
        roots.sort_unstable();
        // The variants of a base are not listed, so that none can be replaced.
        let (bases, others): (Vec<_>, Vec<_>) = roots.iter().partition(is_base);
        let mut back: Vec<(SchemaId, SchemaId)> = Vec::new();
        let mut seen: HashSet<SchemaId> = HashSet::new();
        for root in bases.into_iter().chain(others) {
            back.extend(leads_back(&unions, root, &mut seen));
        }
        for (union, to) in back {
            let others = leaves(&unions, to);
            self.replace_variant(union, to, &others);
        }
    }

    /// Returns the unions with the targets of their variants.
    fn unions(&self) -> HashMap<SchemaId, Vec<SchemaId>> {
        let all = (0..self.schemas.len()).map(SchemaId).filter(|id| target(self, *id).0 == *id);
        let of_one = |id| match shape(self, id) {
            Shape::Union(variants) => {
                Some((id, variants.iter().map(|id| target(self, *id).0).collect()))
            }
            _ => None,
        };
        all.filter_map(of_one).collect()
    }

    /// Replaces a variant that is the union `old` by `new` ones.
    fn replace_variant(&mut self, union: SchemaId, old: SchemaId, new: &[SchemaId]) {
        let is_old = |id: &SchemaId| target(self, *id).0 == old;
        let mut schema = self.schema(union).clone();
        for list in [&mut schema.one_of, &mut schema.any_of] {
            let Some(at) = list.iter().position(is_old) else { continue };
            list.retain(|id| !is_old(id));
            let known: HashSet<SchemaId> = list.iter().map(|id| target(self, *id).0).collect();
            let added: Vec<_> = new.iter().copied().filter(|id| !known.contains(id)).collect();
            list.splice(at..at, added);
        }
        if let Some(discriminator) = &mut schema.discriminator {
            discriminator.mapping.retain(|(_, id)| !is_old(id));
        }
        self.schemas[union.0] = schema;
    }
}

/// Returns the unions below a union that have one above them as a variant, each with that one.
fn leads_back(
    unions: &HashMap<SchemaId, Vec<SchemaId>>,
    root: SchemaId,
    seen: &mut HashSet<SchemaId>,
) -> Vec<(SchemaId, SchemaId)> {
    let mut found = Vec::new();
    let mut way: Vec<Step> = Vec::new();
    let mut on_way: HashSet<SchemaId> = HashSet::new();
    let mut next = Some(root).filter(|root| seen.insert(*root));
    loop {
        if let Some(union) = next.take() {
            on_way.insert(union);
            let open = unions[&union].iter().rev().copied().collect();
            way.push(Step { union, open });
        }
        let Some(step) = way.last_mut() else { return found };
        match step.open.pop() {
            Some(variant) if on_way.contains(&variant) => found.push((step.union, variant)),
            Some(variant) => {
                next = Some(variant).filter(|id| unions.contains_key(id) && seen.insert(*id));
            }
            None => {
                on_way.remove(&step.union);
                way.pop();
            }
        }
    }
}

/// Returns the variants of a union and the unions within that are not unions. More than a union can
/// have are not looked for.
fn leaves(unions: &HashMap<SchemaId, Vec<SchemaId>>, union: SchemaId) -> Vec<SchemaId> {
    let (mut found, mut open, mut seen) = (Vec::new(), vec![union], HashSet::new());
    while let Some(id) = open.pop() {
        if found.len() > MAX_VARIANTS || !seen.insert(id) {
            continue;
        }
        match unions.get(&id) {
            Some(variants) => open.extend(variants.iter().rev()),
            None => found.push(id),
        }
    }
    found
}
