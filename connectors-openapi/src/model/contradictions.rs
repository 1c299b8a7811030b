//! Schemas whose own types and parts contradict each other, so that no value satisfies both.

use super::{Additional, Document, Schema, SchemaId, Type};

/// Maximum number of schemas that are asked for their types.
const MAX_PARTS: usize = 2_000;
/// Depth to which the types of parts are looked for.
const MAX_DEPTH: usize = 4;

impl Document {
    /// Removes the types of a schema that its parts have no value of, as `type: object` beside
    /// variants that are texts. A schema that says more than its types keeps them, and loses the
    /// parts.
    pub(crate) fn settle_contradictions(&mut self) {
        for id in (0..self.schemas.len()).map(SchemaId) {
            let schema = self.schema(id);
            if schema.types.is_empty() {
                continue;
            }
            if schema.types == [Type::Number] && self.is_whole(schema) {
                self.schemas[id.0].types = vec![Type::Integer];
                continue;
            }
            let contradicts = |part: &SchemaId| self.contradicts(&schema.types, *part);
            let wrong: Vec<SchemaId> =
                schema.all_of.iter().copied().filter(|part| contradicts(part)).collect();
            let all_of = !wrong.is_empty();
            let variants = |list: &[SchemaId]| !list.is_empty() && list.iter().all(contradicts);
            let (one_of, any_of) = (variants(&schema.one_of), variants(&schema.any_of));
            if !(all_of || one_of || any_of) {
                continue;
            }
            let says_more = says_more(schema);
            let schema = &mut self.schemas[id.0];
            if !says_more {
                schema.types.clear();
                continue;
            }
            schema.all_of.retain(|part| !wrong.contains(part));
            for (is_wrong, list) in [(one_of, &mut schema.one_of), (any_of, &mut schema.any_of)] {
                if is_wrong {
                    list.clear();
                }
            }
        }
    }

    /// Returns true for a number whose variants are all integers.
    fn is_whole(&self, schema: &Schema) -> bool {
        let mut variants = schema.one_of.iter().chain(&schema.any_of).peekable();
        let is_whole = |id: &SchemaId| {
            self.types_of(*id, 0, &mut { MAX_PARTS }).as_deref() == Some(&[Type::Integer])
        };
        variants.peek().is_some() && variants.all(is_whole)
    }

    fn contradicts(&self, types: &[Type], part: SchemaId) -> bool {
        let are_apart =
            |own: &[Type]| !own.iter().any(|kind| types.iter().any(|other| agree(*kind, *other)));
        self.types_of(part, 0, &mut { MAX_PARTS }).is_some_and(|own| are_apart(&own))
    }

    /// Returns the types of a schema, if it says them, or all its variants do.
    fn types_of(&self, id: SchemaId, depth: usize, budget: &mut usize) -> Option<Vec<Type>> {
        let schema = self.resolved(id);
        if depth > MAX_DEPTH || *budget == 0 {
            return None;
        }
        *budget -= 1;
        if !schema.types.is_empty() {
            return Some(schema.types.clone());
        }
        if !schema.properties.is_empty() {
            return Some(vec![Type::Object]);
        }
        let mut of_parts = |parts: &[SchemaId]| -> Option<Vec<Type>> {
            let all = parts.iter().map(|id| self.types_of(*id, depth + 1, budget));
            let all: Vec<Type> = all.collect::<Option<Vec<_>>>()?.concat();
            (!all.is_empty()).then_some(all)
        };
        let of_variants = of_parts(&schema.one_of).or_else(|| of_parts(&schema.any_of));
        let mut parts = schema.all_of.iter();
        of_variants.or_else(|| parts.find_map(|id| self.types_of(*id, depth + 1, budget)))
    }
}

fn agree(one: Type, other: Type) -> bool {
    let is_number = |kind| matches!(kind, Type::Integer | Type::Number);
    one == other || is_number(one) && is_number(other)
}

fn says_more(schema: &Schema) -> bool {
    !schema.properties.is_empty()
        || !schema.values.is_empty()
        || schema.items.is_some()
        || matches!(schema.additional, Additional::Typed(_))
}
