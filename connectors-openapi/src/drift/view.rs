//! A schema with all that it refers to and consists of, as one.

use std::collections::HashSet;

use crate::model::members::{self, object};
use crate::model::shape::{is_struct, says_something, target};
use crate::model::{Additional, Discriminator, Document, Schema, SchemaId, Type};
use crate::notice::Location;
use serde_json::Value;

/// Depth to which variants within variants are followed.
const MAX_DEPTH: usize = 2;

/// A schema as a value has to satisfy it.
#[derive(Clone, Debug)]
pub(super) struct View<'a> {
    /// The schema that has all of this.
    pub(super) schema: SchemaId,
    pub(super) at: &'a Location,
    /// Types of a value. An empty list is any type.
    pub(super) types: Vec<Type>,
    pub(super) nullable: bool,
    pub(super) format: Option<&'a str>,
    /// Smallest value of a number.
    pub(super) minimum: Option<f64>,
    /// Largest value of a number.
    pub(super) maximum: Option<f64>,
    /// All values that are text. An empty list is any value.
    pub(super) values: Vec<&'a str>,
    /// All values, of any kind. An empty list is any value.
    pub(super) constants: Vec<&'a Value>,
    pub(super) members: Vec<Member<'a>>,
    /// Names of members that each object has, without those in `members`.
    pub(super) required: Vec<String>,
    /// True if the description allows members that it does not name.
    pub(super) allows_others: bool,
    pub(super) others: Option<SchemaId>,
    pub(super) items: Option<SchemaId>,
    pub(super) variants: Vec<SchemaId>,
    pub(super) discriminator: Option<&'a Discriminator>,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub(super) struct Member<'a> {
    pub(super) name: String,
    pub(super) schema: SchemaId,
    pub(super) at: &'a Location,
    pub(super) required: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
}

impl<'a> Member<'a> {
    fn of(document: &'a Document, member: members::Member) -> Self {
        let members::Member { name, schema, required, read_only, write_only } = member;
        Self { name, schema, at: &document.schema(schema).at, required, read_only, write_only }
    }
}

impl<'a> View<'a> {
    pub(super) fn of(document: &'a Document, id: SchemaId) -> Self {
        Self::at_depth(document, id, 0)
    }

    fn at_depth(document: &'a Document, id: SchemaId, depth: usize) -> Self {
        let (schema, _) = target(document, id);
        let members::Object { members, undescribed, .. } = object(document, schema);
        let members = members.into_iter().map(|member| Member::of(document, member)).collect();
        let mut view = Self {
            schema,
            at: &document.resolved(id).at,
            types: Vec::new(),
            nullable: false,
            format: None,
            minimum: None,
            maximum: None,
            values: Vec::new(),
            constants: Vec::new(),
            members,
            required: undescribed,
            allows_others: false,
            others: None,
            items: None,
            variants: Vec::new(),
            discriminator: None,
        };
        view.fold(document, id, &mut HashSet::new());
        // The schema that the others refer to is the one that a type is made for.
        view.format = document.schema(schema).format.as_deref().or(view.format);
        view.join_variants(document, depth);
        view.settle();
        view
    }

    /// Adds what a schema says to what others have said. A circle ends at a schema that has been
    /// added.
    fn fold(&mut self, document: &'a Document, id: SchemaId, folded: &mut HashSet<SchemaId>) {
        if !folded.insert(id) {
            return;
        }
        let schema = document.schema(id);
        if let Some(reference) = schema.reference {
            self.fold(document, reference, folded);
        }
        if self.types.is_empty() {
            self.types.clone_from(&schema.types);
        }
        self.nullable |= schema.nullable;
        self.format = schema.format.as_deref().or(self.format);
        // A value satisfies all parts.
        self.minimum = self.minimum.into_iter().chain(schema.minimum).reduce(f64::max);
        self.maximum = self.maximum.into_iter().chain(schema.maximum).reduce(f64::min);
        let values: Vec<_> = schema.values.iter().filter_map(|value| value.as_str()).collect();
        if !values.is_empty() {
            self.values = values;
        }
        if !schema.values.is_empty() {
            self.constants = schema.values.iter().collect();
        }
        self.items = schema.items.or(self.items);
        self.discriminator = schema.discriminator.as_ref().or(self.discriminator);
        // Null satisfies all parts only if each allows it.
        let nullable = self.nullable;
        let says = |id: &SchemaId| says_something(document.schema(*id));
        let mut parts_nullable = schema.all_of.iter().any(says);
        for part in &schema.all_of {
            self.nullable = false;
            self.fold(document, *part, folded);
            parts_nullable &= self.nullable || !says(part);
        }
        self.nullable = nullable || parts_nullable;
        // The schema itself is more exact than its parts.
        match schema.additional {
            Additional::Any => self.allows_others = true,
            Additional::Typed(id) => (self.allows_others, self.others) = (true, Some(id)),
            Additional::Unsaid | Additional::Forbidden => {}
        }
        let variants = [schema.one_of.as_slice(), &schema.any_of].concat();
        let (nulls, variants): (Vec<_>, Vec<_>) =
            variants.into_iter().partition(|id| is_null(document.schema(*id)));
        self.nullable |= !nulls.is_empty();
        match variants.as_slice() {
            [only] => self.fold(document, *only, folded),
            several => self.variants.extend(several),
        }
    }

    /// Adds what all variants have in common.
    fn join_variants(&mut self, document: &'a Document, depth: usize) {
        if depth >= MAX_DEPTH || self.variants.is_empty() {
            return;
        }
        let views: Vec<_> =
            self.variants.iter().map(|id| Self::at_depth(document, *id, depth + 1)).collect();
        // Some descriptions call all their objects nullable; one of several has its fields.
        let allows_null =
            |id: &SchemaId| document.schema(*id).nullable && !is_struct(document, *id);
        self.nullable |= views.iter().any(|view| view.nullable && !view.has_members())
            || self.variants.iter().any(allows_null);
        if self.types.is_empty() && views.iter().all(|view| !view.types.is_empty()) {
            for kind in views.iter().flat_map(|view| &view.types) {
                if !self.types.contains(kind) {
                    self.types.push(*kind);
                }
            }
        }
        if self.values.is_empty() && views.iter().all(|view| !view.values.is_empty()) {
            self.values = views.iter().flat_map(|view| view.values.clone()).collect();
        }
        if self.constants.is_empty() && views.iter().all(|view| !view.constants.is_empty()) {
            self.constants = views.iter().flat_map(|view| view.constants.clone()).collect();
        }
        self.items = self.items.or_else(|| views.iter().find_map(|view| view.items));
        self.allows_others |= views.iter().any(|view| view.allows_others);
    }

    /// Adds types that are not said.
    fn settle(&mut self) {
        if self.types.is_empty() && self.variants.is_empty() {
            if !self.members.is_empty() || self.others.is_some() {
                self.types.push(Type::Object);
            } else if self.items.is_some() {
                self.types.push(Type::Array);
            } else if !self.values.is_empty() {
                self.types.push(Type::String);
            }
        }
    }

    /// Returns true if an object is described by its members.
    pub(super) fn has_members(&self) -> bool {
        !self.members.is_empty()
    }

    pub(super) fn member(&self, name: &str) -> Option<&Member<'a>> {
        self.members.iter().find(|member| member.name == name)
    }

    /// Returns true if null is a value. A schema without a type takes any value.
    pub(super) fn allows_null(&self) -> bool {
        self.nullable || self.types.is_empty()
    }

    pub(super) fn is(&self, kind: Type) -> bool {
        self.types.contains(&kind)
    }
}

/// Returns true if a schema says nothing but that it is nullable, which is how some descriptions
/// write null as a variant.
fn is_null(schema: &Schema) -> bool {
    schema.nullable && !says_something(schema)
}
