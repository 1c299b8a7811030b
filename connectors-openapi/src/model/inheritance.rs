//! Schemas that are merged from a base with a `discriminator`, which does not list them.

use super::shape::target;
use super::tag::objects;
use super::{Document, Schema, SchemaId};

/// Maximum number of heirs of a base.
const MAX_HEIRS: usize = 250;

impl Schema {
    /// Returns true if the variants of a schema refer to it, and it does not list them.
    pub(crate) fn is_base(&self) -> bool {
        self.discriminator.is_some() && self.one_of.is_empty() && self.any_of.is_empty()
    }

    /// Returns true for a schema with a name of its own, which a shared body has not.
    pub(crate) fn is_component(&self) -> bool {
        let of_body = ["/components/requestBodies/", "/components/responses/"];
        self.name.is_some() && !of_body.iter().any(|start| self.at.pointer.starts_with(start))
    }
}

impl Document {
    /// Returns the variants of a base: those of its mapping, and the named schemas that are merged
    /// from it, or from one that is.
    pub(crate) fn heirs(&self, base: SchemaId) -> Vec<SchemaId> {
        let schema = self.schema(base);
        let Some(discriminator) = schema.discriminator.as_ref().filter(|_| schema.is_base()) else {
            return Vec::new();
        };
        let mut found = vec![base];
        for (_, heir) in &discriminator.mapping {
            add(&mut found, *heir);
        }
        let mut at = 0;
        while let Some(&parent) = found.get(at) {
            for id in (0..self.schemas.len()).map(SchemaId) {
                if self.is_merged_from(id, parent) {
                    add(&mut found, id);
                }
            }
            at += 1;
        }
        found.split_off(1)
    }

    /// Gives each base that its own mapping names a variant with its members: a schema like it, without
    /// the `discriminator`.
    pub(crate) fn add_own_variants(&mut self) {
        for base in (0..self.schemas.len()).map(SchemaId) {
            let schema = self.schema(base);
            let Some(mut discriminator) = schema.discriminator.clone() else { continue };
            if !schema.is_base() || !discriminator.mapping.iter().any(|(_, id)| *id == base) {
                continue;
            }
            let own = SchemaId(self.schemas.len());
            let variant = Schema { name: None, discriminator: None, ..schema.clone() };
            self.schemas.push(variant);
            for (_, id) in discriminator.mapping.iter_mut().filter(|(_, id)| *id == base) {
                *id = own;
            }
            self.schemas[base.0].discriminator = Some(discriminator);
        }
    }

    /// Adds the schemas that the mapping of a union names and its list lacks to its variants.
    pub(crate) fn add_mapped_variants(&mut self) {
        for id in (0..self.schemas.len()).map(SchemaId) {
            let schema = self.schema(id);
            let Some(discriminator) = &schema.discriminator else { continue };
            let listed = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
            if listed.is_empty() || listed.len() > MAX_HEIRS {
                continue;
            }
            let mut known: Vec<SchemaId> = Vec::new();
            for variant in listed {
                let (real, _) = target(self, *variant);
                known.push(real);
                // A mapping can name the variants of a union within.
                known.extend(objects(self, real));
            }
            let is_mapped = |id: &SchemaId| {
                let mut mapped = discriminator.mapping.iter();
                mapped.any(|(_, own)| target(self, *own).0 == target(self, *id).0)
            };
            // Some list copies of the schemas that they map to.
            if !listed.iter().all(is_mapped) {
                continue;
            }
            let mapped = discriminator.mapping.iter().map(|(_, id)| *id);
            let mut new: Vec<SchemaId> = Vec::new();
            for variant in mapped.filter(|id| !known.contains(&target(self, *id).0)) {
                if variant != id && !new.contains(&variant) {
                    new.push(variant);
                }
            }
            let schema = &mut self.schemas[id.0];
            let list =
                if schema.one_of.is_empty() { &mut schema.any_of } else { &mut schema.one_of };
            list.extend(new);
        }
    }

    fn is_merged_from(&self, id: SchemaId, parent: SchemaId) -> bool {
        let schema = self.schema(id);
        let is_parent =
            |part: &SchemaId| *part == parent || self.schema(*part).reference == Some(parent);
        schema.is_component() && schema.all_of.iter().any(is_parent)
    }
}

fn add(found: &mut Vec<SchemaId>, id: SchemaId) {
    if found.len() <= MAX_HEIRS && !found.contains(&id) {
        found.push(id);
    }
}
