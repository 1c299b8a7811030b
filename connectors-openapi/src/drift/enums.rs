//! Compares enums: of texts with values, and of objects with variants.

use crate::model::{SchemaId, Type};

use super::comparison::{Comparison, Direction, Spot};
use super::difference::DifferenceKind;
use super::shape::{Shape, TypeDef, Union, Values};
use super::view::View;

impl<'a> Comparison<'a> {
    pub(super) fn compare_values(
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

    pub(super) fn compare_union(
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
        let property = view.discriminator.map(|own| own.property.as_str());
        if let Some(property) = property.filter(|property| *property != union.tag) {
            let spot = Spot::of_type(&definition.name, "", &definition.place);
            let message = format!(
                "the objects are told apart by `{}`, and by `{property}` in the description",
                union.tag
            );
            return self.report(DifferenceKind::Field, &spot, view.at, message);
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

    /// Returns the variants of a schema by the value of the tag.
    fn variants(&self, union: &Union, view: &View<'a>) -> Vec<(String, SchemaId)> {
        let mapping = view.discriminator.map(|own| own.mapping.clone()).unwrap_or_default();
        let values = |id: &SchemaId| {
            let mut values = self.tag_values(*id, &union.tag, 0);
            let is_own = values.len() == 1 || view.heirs.is_empty();
            if view.discriminator.is_some() && (values.is_empty() || !is_own) {
                values = self.document.schema(*id).name.as_deref().into_iter().collect();
            }
            values.into_iter().map(|value| (value.to_owned(), *id)).collect::<Vec<_>>()
        };
        let is_mapped = |id: &SchemaId| mapping.iter().any(|(_, schema)| schema == id);
        let others = view.variants.iter().chain(&view.heirs).filter(|id| !is_mapped(id));
        let others: Vec<Vec<_>> = others.map(values).collect();
        // A union within that has several values tells its own objects apart. Parts that only
        // require some of the members are no objects.
        let is_object = |id: &SchemaId| View::of(self.document, *id).has_members();
        let is_union = |id: SchemaId| View::of(self.document, id).variants.iter().any(is_object);
        let (unions, others): (Vec<Vec<_>>, Vec<Vec<_>>) =
            others.into_iter().partition(|list| list.len() > 1 && is_union(list[0].1));
        let is_left =
            |value: &String| unions.iter().flatten().any(|(other, _): &(String, _)| other == value);
        let others =
            others.into_iter().filter(|list| !list.iter().any(|(value, _)| is_left(value)));
        [mapping, others.flatten().collect()].concat()
    }

    /// Returns the values of a member that tells an object, or those of a union, from others.
    fn tag_values(&self, id: SchemaId, tag: &str, depth: usize) -> Vec<&'a str> {
        let view = View::of(self.document, id);
        let member = view.member(tag);
        let values = member.map(|member| View::of(self.document, member.schema).values);
        let mut values = values.unwrap_or_default();
        // An optional member tells nothing, unless it is constant.
        if member.is_some_and(|member| !member.required) && values.len() > 1 {
            values.clear();
        }
        let nested = view.variants.iter().filter(|_| depth < 3);
        let nested = nested.flat_map(|id| self.tag_values(*id, tag, depth + 1));
        for value in nested.collect::<Vec<_>>() {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }
}
