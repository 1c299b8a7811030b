//! Compares Rust types with schemas.

use crate::model::{SchemaId, Type};

use super::comparison::{Comparison, Direction, Spot};
use super::difference::DifferenceKind;
use super::shape::{Shape, TypeDef, TypeKind};
use super::view::{Member, View};

/// Depth to which types within types are compared.
const MAX_DEPTH: usize = 32;

impl<'a> Comparison<'a> {
    /// Compares a type with a schema.
    pub(super) fn compare_type(
        &mut self,
        shape: &Shape,
        id: SchemaId,
        direction: Direction,
        spot: &Spot,
    ) {
        self.compare_within(shape, id, direction, spot, 0);
    }

    pub(super) fn compare_within(
        &mut self,
        shape: &Shape,
        id: SchemaId,
        direction: Direction,
        spot: &Spot,
        depth: usize,
    ) {
        if depth > MAX_DEPTH {
            return;
        }
        let view = View::of(self.document, id);
        let mut resolved = self.types.resolved(shape);
        let takes_null = matches!(
            resolved,
            Shape::Optional(_) | Shape::Unknown | Shape::Json | Shape::Unit | Shape::Raw
        );
        while let Shape::Optional(inner) = resolved {
            resolved = self.types.resolved(&inner);
        }
        if direction == Direction::Received && view.nullable && !takes_null {
            self.report(
                DifferenceKind::Need,
                spot,
                view.at,
                "the description allows null, and the type does not",
            );
        }
        match &resolved {
            // The type in an `Option` has been taken out above.
            Shape::Unknown
            | Shape::Json
            | Shape::Unit
            | Shape::Raw
            | Shape::Parameter(_)
            | Shape::Optional(_) => {}
            Shape::Bool => self.compare_kind(Type::Boolean, &view, direction, spot),
            Shape::Integer(own) => self.compare_integer(*own, &view, direction, spot),
            Shape::Float => self.compare_kind(Type::Number, &view, direction, spot),
            Shape::Text => self.compare_kind(Type::String, &view, direction, spot),
            Shape::Formatted(own) => self.compare_format(*own, &view, direction, spot),
            Shape::List(item) => {
                if self.kinds_agree(Type::Array, &view, direction, spot)
                    && let Some(items) = view.items
                    && !self.is_written_within(item, items, direction)
                {
                    self.compare_null_within(item, items, direction, spot, "the list");
                    self.compare_within(item, items, direction, spot, depth + 1);
                }
            }
            Shape::Map(item) => {
                if self.kinds_agree(Type::Object, &view, direction, spot) {
                    if let Some(values) = view.others {
                        self.compare_null_within(item, values, direction, spot, "the map");
                    }
                    self.compare_values_of_map(item, &view, direction, spot, depth + 1);
                    if direction == Direction::Sent {
                        self.report_missing(spot, &view, &[], true);
                    }
                }
            }
            Shape::Stream(_, item) => {
                let of_lines = view.items.filter(|_| view.is(Type::Array));
                let item_schema = of_lines.unwrap_or(id);
                self.compare_within(item, item_schema, direction, spot, depth + 1);
            }
            Shape::Named(name, arguments) => {
                let key = (format!("{resolved:?}"), view.at.clone(), direction);
                if self.compared.contains(&key) {
                    return;
                }
                self.compared.push(key);
                if let Some(definition) = self.types.get(name, arguments) {
                    self.compare_definition(&definition, &view, direction, spot, depth);
                }
            }
        }
    }

    /// Compares the items of a list or the values of a map that the caller can set to null.
    fn compare_null_within(
        &mut self,
        item: &Shape,
        id: SchemaId,
        direction: Direction,
        spot: &Spot,
        whole: &str,
    ) {
        let can_be_null = matches!(self.types.resolved(item), Shape::Optional(_));
        if direction != Direction::Sent || !can_be_null {
            return;
        }
        let view = View::of(self.document, id);
        if !view.allows_null() {
            self.report_null(spot, view.at, whole);
        }
    }

    /// Returns true for a list or an object within a list outside JSON, which the caller writes as a
    /// text, as there is no form for it.
    fn is_written_within(&self, item: &Shape, id: SchemaId, direction: Direction) -> bool {
        let is_text = self.types.resolved(item) == Shape::Text;
        let described = || View::of(self.document, id);
        direction == Direction::SentAsText
            && is_text
            && [Type::Array, Type::Object].iter().any(|kind| described().is(*kind))
    }

    /// Compares the type of a map's values with that of each member, and with that of all others.
    fn compare_values_of_map(
        &mut self,
        item: &Shape,
        view: &View<'a>,
        direction: Direction,
        spot: &Spot,
        depth: usize,
    ) {
        let is_possible = |member: &&Member<'_>| match direction {
            Direction::Received => !member.write_only,
            Direction::Sent => !member.read_only,
            // Text can stand for any type.
            Direction::SentAsText => false,
        };
        let members = view.members.iter().filter(is_possible).map(|member| member.schema);
        for schema in members.chain(view.others) {
            self.compare_within(item, schema, direction, spot, depth);
        }
    }

    fn compare_definition(
        &mut self,
        definition: &TypeDef,
        view: &View<'a>,
        direction: Direction,
        spot: &Spot,
        depth: usize,
    ) {
        match &definition.kind {
            TypeKind::Struct(fields) => {
                if self.kinds_agree(Type::Object, view, direction, spot) && view.has_members() {
                    self.compare_fields(definition, fields, view, direction, depth);
                }
            }
            TypeKind::Values(values) => {
                self.compare_values(definition, values, view, direction, spot);
            }
            TypeKind::Union(union) => {
                if self.kinds_agree(Type::Object, view, direction, spot) {
                    self.compare_union(definition, union, view, direction, depth);
                }
            }
            TypeKind::Alias(_) | TypeKind::Responses(_) | TypeKind::Json | TypeKind::Opaque => {}
        }
    }

    fn compare_kind(&mut self, kind: Type, view: &View<'a>, direction: Direction, spot: &Spot) {
        let _ = self.kinds_agree(kind, view, direction, spot);
    }

    /// Compares the JSON type of a Rust type with those of a schema.
    pub(super) fn kinds_agree(
        &mut self,
        kind: Type,
        view: &View<'a>,
        direction: Direction,
        spot: &Spot,
    ) -> bool {
        let fits = |described: &Type| match (kind, described) {
            (Type::Integer, Type::Number) => direction != Direction::Received,
            (Type::Number, Type::Integer) => direction == Direction::Received,
            (own, other) => own == *other,
        };
        let agree = match direction {
            Direction::Received => view.types.iter().all(fits),
            Direction::Sent | Direction::SentAsText => view.types.iter().any(fits),
        };
        if agree || view.types.is_empty() {
            return true;
        }
        let message =
            format!("the description has {}, and the type is {}", listed(&view.types), word(kind));
        self.report(DifferenceKind::Type, spot, view.at, message);
        false
    }
}

fn listed(types: &[Type]) -> String {
    types.iter().map(|kind| word(*kind)).collect::<Vec<_>>().join(" or ")
}

fn word(kind: Type) -> &'static str {
    match kind {
        Type::String => "a text",
        Type::Integer => "an integer",
        Type::Number => "a number",
        Type::Boolean => "a boolean",
        Type::Array => "a list",
        Type::Object => "an object",
    }
}
