//! Compares enums: of texts with values, and of objects with variants.

use serde_json::Value;

use crate::model::members::object;
use crate::model::shape::target;
use crate::model::{SchemaId, Type, shape, tag};

use super::comparison::{Comparison, Direction, Spot};
use super::difference::DifferenceKind;
use super::shape::{Shape, TypeDef, Union, Values};
use super::view::View;

/// A value of a tag with the variants that have it.
type Tagged = (String, Vec<SchemaId>);

impl<'a> Comparison<'a> {
    pub(super) fn compare_values(
        &mut self,
        definition: &TypeDef,
        values: &Values,
        view: &View<'a>,
        direction: Direction,
        spot: &Spot,
    ) {
        let kind = if values.are_numbers { Type::Integer } else { Type::String };
        if !self.kinds_agree(kind, view, direction, spot) || view.types.is_empty() {
            return;
        }
        let is_listed = |value: &&Value| value.is_string() != values.are_numbers;
        let listed = view.constants.iter().copied().filter(is_listed);
        let described: Vec<String> = listed
            .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            .collect();
        if described.is_empty() {
            if direction == Direction::Received && !values.is_open {
                let message =
                    "the description allows any text, and the enum has no variant for others";
                self.report(DifferenceKind::Type, spot, view.at, message);
            }
            return;
        }
        for (value, place) in &values.listed {
            let spot = Spot::of_type(&definition.name, value, place);
            let message = format!("the description has no value `{value}`");
            match direction {
                Direction::Received if described.contains(value) => {
                    self.meet(&definition.name, value);
                }
                Direction::Received => {
                    self.report_unless_met(DifferenceKind::Value, &spot, view.at, message);
                }
                _ if described.contains(value) => {}
                _ => self.report(DifferenceKind::Value, &spot, view.at, message),
            }
        }
        let spot = Spot::of_type(&definition.name, "", &definition.place);
        for value in &described {
            if !values.listed.iter().any(|(own, _)| own == value) {
                let message = format!("the value `{value}` of the description has no variant");
                self.report(DifferenceKind::Value, &spot, view.at, message);
            }
        }
    }

    pub(super) fn compare_union(
        &mut self,
        definition: &TypeDef,
        union: &Union,
        view: &View<'a>,
        direction: Direction,
        depth: usize,
    ) {
        let property = view.discriminator.map(|own| own.property.as_str());
        if let Some(property) = property.filter(|property| *property != union.tag) {
            let spot = Spot::of_type(&definition.name, "", &definition.place);
            let message = format!(
                "the objects are told apart by `{}`, and by `{property}` in the description",
                union.tag
            );
            return self.report(DifferenceKind::Field, &spot, view.at, message);
        }
        let (described, within) = self.variants(union, view);
        if described.is_empty() && within.is_empty() {
            return self.compare_tag(definition, union, view);
        }
        // A union within whose variants stand here has all of them here.
        let is_declared = |value: &str| union.variants.iter().any(|(own, ..)| own == value);
        let are_here = within.iter().any(|(value, _)| is_declared(value));
        let is_own = |value: &str| described.iter().any(|(own, _)| own == value);
        if described.is_empty() && !are_here {
            return;
        }
        for (value, content, place) in &union.variants {
            let spot = Spot::of_type(&definition.name, value, place);
            let mut all = described.iter().chain(&within);
            let found = all.find(|(own, _)| own == value);
            // Objects beside a union within can have a tag of their own here.
            if found.is_none() && described.is_empty() {
                continue;
            }
            let Some((_, schemas)) = found else {
                let message =
                    format!("the description has no variant with `{}` = `{value}`", union.tag);
                self.report(DifferenceKind::Value, &spot, view.at, message);
                continue;
            };
            let content = content.as_ref().filter(|_| union.content.is_none());
            // Objects that share a value have a type that takes all of them.
            if let (Some(content), [id]) = (content, schemas.as_slice()) {
                // A value with a tag is not null.
                let content = Shape::Optional(Box::new(content.clone()));
                self.tags.push(union.tag.clone());
                self.compare_within(&content, *id, direction, &spot, depth + 1);
                self.tags.pop();
            }
        }
        let spot = Spot::of_type(&definition.name, "", &definition.place);
        let within = within.iter().filter(|(value, _)| are_here && !is_own(value));
        for (value, schemas) in described.iter().chain(within) {
            if !is_declared(value) {
                let message = format!(
                    "the variant with `{}` = `{value}` of the description is not declared",
                    union.tag
                );
                let at = &self.document.schema(schemas[0]).at;
                self.report(DifferenceKind::Value, &spot, at, message);
            }
        }
    }

    /// Reports a tag that no variant of the description has.
    fn compare_tag(&mut self, definition: &TypeDef, union: &Union, view: &View<'a>) {
        let variants = shape::variants(self.document, view.schema).unwrap_or_default();
        let has_none = |id: &SchemaId| {
            let members = object(self.document, target(self.document, *id).0).members;
            !members.is_empty() && members.iter().all(|member| member.name != union.tag)
        };
        if union.content.is_none() && variants.len() > 1 && variants.iter().all(has_none) {
            let spot = Spot::of_type(&definition.name, "", &definition.place);
            let message =
                format!("no variant of the description has the field `{}`, the tag", union.tag);
            self.report(DifferenceKind::Field, &spot, view.at, message);
        }
    }

    /// Returns the variants of a schema by the value of the tag, and those of unions within.
    fn variants(&self, union: &Union, view: &View<'a>) -> (Vec<Tagged>, Vec<Tagged>) {
        let variants = shape::variants(self.document, view.schema).unwrap_or_default();
        let is_object = |id: &SchemaId| tag::is_object(self.document, *id);
        let objects: Vec<SchemaId> = variants.into_iter().filter(is_object).collect();
        let found = tag::tag(self.document, view.schema, &objects);
        let found = found.filter(|found| found.member == union.tag);
        let found = found.or_else(|| tag::by_constant(self.document, &objects, &union.tag));
        let values = found.map(|found| found.values).unwrap_or_default();
        let mut within = tag::within(self.document, &objects, &union.tag);
        for (value, schemas) in &mut within {
            let has_value = |id: &&SchemaId| {
                let members = object(self.document, target(self.document, **id).0).members;
                let tag = members.into_iter().find(|member| member.name == union.tag);
                tag.is_some_and(|tag| tag::texts(self.document, tag.schema).contains(value))
            };
            schemas.extend(objects.iter().filter(has_value));
        }
        (values, within)
    }
}
