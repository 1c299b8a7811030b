//! Compares the fields of structs with the members of objects.

use super::comparison::{Comparison, Direction, Spot};
use super::difference::DifferenceKind;
use super::shape::{Field, Shape, TypeDef, TypeKind};
use super::view::{Member, View};

impl<'a> Comparison<'a> {
    pub(super) fn compare_fields(
        &mut self,
        definition: &TypeDef,
        all: &[Field],
        view: &View<'a>,
        direction: Direction,
        depth: usize,
    ) {
        let (fields, takes_others) = self.flattened(all, 0);
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
            used.push(&member.name);
            if direction == Direction::Received {
                self.meet(&field.owner, &field.own_name);
            }
            self.compare_need(field, member, direction, &spot);
            self.compare_within(&field.shape, member.schema, direction, &spot, depth + 1);
        }
        if let Some(others) = view.others {
            for field in all {
                let Shape::Map(value) = field.shape.inner() else { continue };
                if field.is_flat {
                    let spot = Spot::of_type(&field.owner, &field.own_name, &field.place);
                    self.compare_within(value, others, direction, &spot, depth + 1);
                }
            }
        }
        if direction != Direction::Received {
            let spot = Spot::of_type(&definition.name, "", &definition.place);
            self.report_missing(&spot, view, &used, takes_others);
        }
        if direction == Direction::Received && !takes_others {
            let spot = Spot::of_type(&definition.name, "", &definition.place);
            for member in view
                .members
                .iter()
                .filter(|member| !used.contains(&&member.name) && !member.write_only)
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
            fields
                .iter()
                .any(|field| field.sent == member.name || field.received.contains(&member.name))
        };
        let is_possible = |member: &&Member<'_>| match direction {
            Direction::Received => !member.write_only,
            _ => !member.read_only,
        };
        let free = view.members.iter().filter(|member| !is_used(member)).filter(is_possible);
        let hint = hint(name, free.map(|member| member.name.as_str()));
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
            // Types of requests are received too, and responses have no such member.
            Direction::Sent | Direction::SentAsText
                if member.write_only && member.required && is_optional => self
                .report_addition(
                    DifferenceKind::Need,
                    spot,
                    member.at,
                    format!("`{}` is required in the description, and the field is optional", member.name),
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
            Direction::Sent if field.can_be_null && !View::of(self.document, member.schema).allows_null() => {
                self.report_null(spot, member.at, &format!("`{}`", member.name));
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

    /// Reports members that a request needs and a type does not have. A type with a map takes those
    /// that are not required.
    pub(super) fn report_missing(
        &mut self,
        spot: &Spot,
        view: &View<'a>,
        used: &[&String],
        takes_others: bool,
    ) {
        for member in
            view.members.iter().filter(|member| !used.contains(&&member.name) && !member.read_only)
        {
            let name = &member.name;
            let is_tag = self.is_tag(view, name);
            if member.required && !is_tag {
                let message =
                    format!("the description requires the field `{name}`, which is not declared");
                self.report(DifferenceKind::Need, spot, member.at, message);
            } else if !is_tag && !takes_others {
                let message = format!("the field `{name}` of the description is not declared");
                self.report_addition(DifferenceKind::Field, spot, member.at, message);
            }
        }
        if takes_others {
            return;
        }
        for name in &view.required {
            let message = format!("the description requires `{name}`, and describes no such field");
            self.report_addition(DifferenceKind::Need, spot, view.at, message);
        }
    }

    /// Returns true if a member tells the variants of a union apart. The enum writes it, not the
    /// struct.
    pub(super) fn is_tag(&self, view: &View<'_>, name: &str) -> bool {
        view.discriminator.is_some_and(|tag| tag.property == name)
            || self.tags.iter().any(|tag| tag == name)
    }
}

/// Returns a name as it is compared with names of another case.
pub(super) fn letters(name: &str) -> String {
    name.replace(['_', '-'], "").to_lowercase()
}

/// Returns a suggestion if one free name is left, or one is alike.
pub(super) fn hint<'n>(name: &str, free: impl Iterator<Item = &'n str>) -> String {
    let free: Vec<_> = free.collect();
    let alike = free.iter().find(|other| letters(other) == letters(name));
    match (alike, free.as_slice()) {
        (Some(other), _) | (None, [other]) => format!("; it has `{other}`, which is not declared"),
        _ => String::new(),
    }
}
