//! Compares Rust types with schemas.

use crate::model::{SchemaId, Type};

use super::comparison::{Comparison, Direction, Spot};
use super::difference::DifferenceKind;
use super::shape::{Field, Shape, TypeDef, TypeKind, Union, Values};
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

    fn compare_within(
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
        let takes_null =
            matches!(resolved, Shape::Optional(_) | Shape::Unknown | Shape::Json | Shape::Unit | Shape::Raw);
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
            Shape::Unknown | Shape::Json | Shape::Unit | Shape::Raw | Shape::Parameter(_) => {}
            Shape::Bool => self.compare_kind(Type::Boolean, &view, direction, spot),
            Shape::Integer => self.compare_kind(Type::Integer, &view, direction, spot),
            Shape::Float => self.compare_kind(Type::Number, &view, direction, spot),
            Shape::Text => self.compare_kind(Type::String, &view, direction, spot),
            Shape::Time => self.compare_time(&view, direction, spot),
            Shape::List(item) => {
                if self.kinds_agree(Type::Array, &view, direction, spot)
                    && let Some(items) = view.items
                {
                    self.compare_within(item, items, direction, spot, depth + 1);
                }
            }
            Shape::Map(item) => {
                if self.kinds_agree(Type::Object, &view, direction, spot)
                    && let Some(others) = view.others
                {
                    self.compare_within(item, others, direction, spot, depth + 1);
                }
            }
            Shape::Stream(_, item) => self.compare_within(item, id, direction, spot, depth + 1),
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
            // It is the type inside, above.
            Shape::Optional(_) => {}
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
                self.compare_values(definition, values, view, direction, spot)
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
    fn kinds_agree(
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

    fn compare_time(&mut self, view: &View<'a>, direction: Direction, spot: &Spot) {
        if !self.kinds_agree(Type::String, view, direction, spot) || view.types.is_empty() {
            return;
        }
        let is_time = view.format.is_none_or(|format| format == "date-time");
        // A time can be sent as any text, but not every text can be read as a time.
        let is_wrong = match direction {
            Direction::Received => view.format != Some("date-time"),
            _ => !is_time,
        };
        if is_wrong {
            let format = view
                .format
                .map_or("no format".to_owned(), |format| format!("the format `{format}`"));
            let message =
                format!("the description has {format}, and the type is a time (`date-time`)");
            self.report(DifferenceKind::Type, spot, view.at, message);
        }
    }

    fn compare_fields(
        &mut self,
        definition: &TypeDef,
        fields: &[Field],
        view: &View<'a>,
        direction: Direction,
        depth: usize,
    ) {
        let (fields, takes_others) = self.flattened(fields, 0);
        let mut used = Vec::new();
        for field in &fields {
            let spot = Spot::of_type(&field.owner, &field.own_name, &field.place);
            let names = match direction {
                Direction::Received => field.received.clone(),
                _ => vec![field.sent.clone()],
            };
            let member = names.iter().find_map(|name| view.member(name));
            let Some(member) = member else {
                // The tag of a union stands beside its fields.
                let is_tag = names.iter().any(|name| self.is_tag(view, name));
                if !view.allows_others && !is_tag {
                    self.report_unknown_field(field, &fields, view, &spot, direction);
                }
                continue;
            };
            used.push(member.name);
            if direction == Direction::Received {
                self.meet(&field.owner, &field.own_name);
            }
            self.compare_need(field, member, direction, &spot);
            self.compare_within(&field.shape, member.schema, direction, &spot, depth + 1);
        }
        if direction != Direction::Received && !takes_others {
            self.report_missing(definition, view, &used);
        }
        if direction == Direction::Received && !takes_others {
            let spot = Spot::of_type(&definition.name, "", &definition.place);
            for member in view
                .members
                .iter()
                .filter(|member| !used.contains(&member.name) && !member.write_only)
            {
                let message =
                    format!("the field `{}` of the description is not declared", member.name);
                self.report_addition(DifferenceKind::Field, &spot, member.at, message);
            }
        }
    }

    /// Replaces flattened structs by their fields. Returns true if other members have a place.
    fn flattened(&self, fields: &[Field], depth: usize) -> (Vec<Field>, bool) {
        let (mut flat, mut takes_others) = (Vec::new(), false);
        for field in fields {
            if !field.is_flat {
                flat.push(field.clone());
                continue;
            }
            let inner = self.types.resolved(field.shape.inner());
            let kind = match &inner {
                Shape::Named(name, arguments) => self.types.get(name, arguments),
                _ => None,
            };
            match kind.map(|definition| definition.kind) {
                Some(TypeKind::Struct(inner)) if depth < 8 => {
                    let (inner, more) = self.flattened(&inner, depth + 1);
                    let is_optional = matches!(field.shape, Shape::Optional(_));
                    flat.extend(
                        inner.into_iter().map(|own| Field {
                            has_default: own.has_default || is_optional,
                            ..own
                        }),
                    );
                    takes_others |= more;
                }
                _ => takes_others = true,
            }
        }
        (flat, takes_others)
    }

    fn report_unknown_field(
        &mut self,
        field: &Field,
        fields: &[Field],
        view: &View<'a>,
        spot: &Spot,
        direction: Direction,
    ) {
        let name = match direction {
            Direction::Received => &field.received[0],
            _ => &field.sent,
        };
        let is_used = |member: &Member<'_>| {
            fields.iter().any(|field| {
                field.sent == member.name || field.received.iter().any(|own| own == member.name)
            })
        };
        let is_possible = |member: &&Member<'_>| match direction {
            Direction::Received => !member.write_only,
            _ => !member.read_only,
        };
        let free = view.members.iter().filter(|member| !is_used(member)).filter(is_possible);
        let hint = hint(name, free.map(|member| member.name));
        let message = format!("the description has no field `{name}`{hint}");
        if direction == Direction::Received && field.has_default {
            self.report_unless_met(DifferenceKind::Field, spot, view.at, message);
        } else {
            self.report(DifferenceKind::Field, spot, view.at, message);
        }
    }

    fn compare_need(
        &mut self,
        field: &Field,
        member: &Member<'a>,
        direction: Direction,
        spot: &Spot,
    ) {
        let is_optional = matches!(self.types.resolved(&field.shape), Shape::Optional(_));
        let nullable = View::of(self.document, member.schema).nullable;
        match direction {
            Direction::Received if !member.required && !field.has_default => self.report(
                DifferenceKind::Need,
                spot,
                member.at,
                format!("`{}` is optional in the description, and the field is required", member.name),
            ),
            // Types of responses are sent too; what is not set is not sent.
            Direction::Sent | Direction::SentAsText if member.read_only && is_optional => {}
            Direction::Sent | Direction::SentAsText if member.read_only => self.report_addition(
                DifferenceKind::Field,
                spot,
                member.at,
                format!("`{}` is read-only in the description, and the field is sent", member.name),
            ),
            Direction::Sent | Direction::SentAsText
                if member.required && is_optional && (field.is_skipped_if || !nullable) =>
            {
                self.report(
                    DifferenceKind::Need,
                    spot,
                    member.at,
                    format!("`{}` is required in the description, and the field is optional", member.name),
                );
            }
            Direction::Sent if is_optional && !field.is_skipped_if && !nullable => self.report(
                DifferenceKind::Need,
                spot,
                member.at,
                format!(
                    "the field is sent as null if it is not set, and the description allows no null in `{}`: skip it \
                     by `skip_serializing_if`",
                    member.name
                ),
            ),
            _ => {}
        }
    }

    /// Reports members that a request needs and a type does not have.
    fn report_missing(&mut self, definition: &TypeDef, view: &View<'a>, used: &[&str]) {
        let spot = Spot::of_type(&definition.name, "", &definition.place);
        for member in
            view.members.iter().filter(|member| !used.contains(&member.name) && !member.read_only)
        {
            let name = member.name;
            let is_tag = self.is_tag(view, name);
            if member.required && !is_tag {
                let message =
                    format!("the description requires the field `{name}`, which is not declared");
                self.report(DifferenceKind::Need, &spot, member.at, message);
            } else if !is_tag {
                let message = format!("the field `{name}` of the description is not declared");
                self.report_addition(DifferenceKind::Field, &spot, member.at, message);
            }
        }
        for name in &view.required {
            let message = format!("the description requires `{name}`, and describes no such field");
            self.report_addition(DifferenceKind::Need, &spot, view.at, message);
        }
    }

    fn compare_values(
        &mut self,
        definition: &TypeDef,
        values: &Values,
        view: &View<'a>,
        direction: Direction,
        spot: &Spot,
    ) {
        if !self.kinds_agree(Type::String, view, direction, spot) || view.types.is_empty() {
            return;
        }
        if view.values.is_empty() {
            if direction == Direction::Received && !values.is_open {
                let message =
                    "the description allows any text, and the enum has no variant for others";
                self.report(DifferenceKind::Type, spot, view.at, message);
            }
            return;
        }
        for (value, place) in &values.values {
            let spot = Spot::of_type(&definition.name, value, place);
            let message = format!("the description has no value `{value}`");
            match direction {
                Direction::Received if view.values.contains(&value.as_str()) => {
                    self.meet(&definition.name, value);
                }
                Direction::Received => {
                    self.report_unless_met(DifferenceKind::Value, &spot, view.at, message);
                }
                _ if view.values.contains(&value.as_str()) => {}
                _ => self.report(DifferenceKind::Value, &spot, view.at, message),
            }
        }
        let spot = Spot::of_type(&definition.name, "", &definition.place);
        for value in &view.values {
            if !values.values.iter().any(|(own, _)| own == value) {
                let message = format!("the value `{value}` of the description has no variant");
                self.report(DifferenceKind::Value, &spot, view.at, message);
            }
        }
    }

    fn compare_union(
        &mut self,
        definition: &TypeDef,
        union: &Union,
        view: &View<'a>,
        direction: Direction,
        depth: usize,
    ) {
        let described = self.variants(union, view);
        if described.is_empty() {
            return;
        }
        for (value, content, place) in &union.variants {
            let spot = Spot::of_type(&definition.name, value, place);
            let Some((_, id)) = described.iter().find(|(own, _)| own == value) else {
                let message =
                    format!("the description has no variant with `{}` = `{value}`", union.tag);
                self.report(DifferenceKind::Value, &spot, view.at, message);
                continue;
            };
            let content = content.as_ref().filter(|_| union.content.is_none());
            if let Some(content) = content {
                // A value with a tag is not null.
                let content = Shape::Optional(Box::new(content.clone()));
                self.tags.push(union.tag.clone());
                self.compare_within(&content, *id, direction, &spot, depth + 1);
                self.tags.pop();
            }
        }
        let spot = Spot::of_type(&definition.name, "", &definition.place);
        for (value, id) in &described {
            if !union.variants.iter().any(|(own, ..)| own == value) {
                let message = format!(
                    "the variant with `{}` = `{value}` of the description is not declared",
                    union.tag
                );
                self.report(DifferenceKind::Value, &spot, &self.document.schema(*id).at, message);
            }
        }
    }

    /// Returns true if a member tells the variants of a union apart. The enum writes it, not the
    /// struct.
    fn is_tag(&self, view: &View<'_>, name: &str) -> bool {
        view.discriminator.is_some_and(|tag| tag.property == name)
            || self.tags.iter().any(|tag| tag == name)
    }

    /// Returns the variants of a schema by the value of the tag.
    fn variants(&self, union: &Union, view: &View<'a>) -> Vec<(String, SchemaId)> {
        if let Some(discriminator) = view.discriminator.filter(|own| !own.mapping.is_empty()) {
            return discriminator.mapping.clone();
        }
        let of_variant = |id: &SchemaId| {
            let variant = View::of(self.document, *id);
            let tag = variant.member(&union.tag)?.schema;
            let values = View::of(self.document, tag).values;
            Some(values.into_iter().map(|value| (value.to_owned(), *id)).collect::<Vec<_>>())
        };
        view.variants.iter().filter_map(of_variant).flatten().collect()
    }
}

/// Returns a suggestion if one free name is left, or one is alike.
pub(super) fn hint<'n>(name: &str, free: impl Iterator<Item = &'n str>) -> String {
    let free: Vec<_> = free.collect();
    let letters = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    let alike = free.iter().find(|other| letters(other) == letters(name));
    match (alike, free.as_slice()) {
        (Some(other), _) | (None, [other]) => format!("; it has `{other}`, which is not declared"),
        _ => String::new(),
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
