//! Schemas, read one by one from a queue, so that neither depth nor circles matter.

use super::files::{Placed, is_null};
use super::node::Node;
use super::{Reader, examples, extensions, forms};
use crate::model::{Additional, Discriminator, Property, Schema, SchemaId, Type};
use serde_json::Value;

/// Members beside a `$ref` that say something of their own.
const BESIDE_REFERENCE: [&str; 11] = [
    "description",
    "nullable",
    "deprecated",
    "default",
    "readOnly",
    "writeOnly",
    "type",
    "properties",
    "required",
    "enum",
    "const",
];

impl Reader {
    /// Returns the number of a schema. A schema that only refers to another one is that one.
    pub(super) fn schema_id(&mut self, placed: &Placed) -> SchemaId {
        let adds =
            |found: &Placed| BESIDE_REFERENCE.iter().any(|key| found.node.get(key).is_some());
        let mut found = placed.clone();
        while !adds(&found)
            && let Some(next) = self.next(&found)
        {
            found = next;
        }
        self.numbered(found)
    }

    /// Returns the schema that a `$ref` names, if it leads to one in the end.
    fn next(&mut self, placed: &Placed) -> Option<Placed> {
        let reference = placed.text("$ref")?;
        self.resolved(placed)?;
        self.files.follow(placed, &reference).ok()
    }

    fn numbered(&mut self, placed: Placed) -> SchemaId {
        let key = (placed.at.file.clone(), placed.at.pointer.clone());
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let id = SchemaId(self.schemas.len());
        self.known.insert(key, id);
        self.schemas.push(empty(&placed));
        self.queue.push_back((id, placed));
        id
    }

    /// Reads all schemas that have a number, and those that they lead to.
    pub(super) fn read_queue(&mut self) {
        while let Some((id, placed)) = self.queue.pop_front() {
            let schema = self.schema(&placed);
            self.schemas[id.0] = schema;
        }
    }

    fn schema(&mut self, placed: &Placed) -> Schema {
        let mut schema = empty(placed);
        if !placed.node.is_object() {
            if placed.node.as_bool().is_none() {
                let kind = placed.node.kind();
                self.warn(placed.notice(format!("a schema is {kind}, so any value is taken")));
            }
            return schema;
        }
        self.check_forms(placed, forms::OF_SCHEMA);
        self.reference(placed, &mut schema);
        self.types(placed, &mut schema);
        texts_and_flags(placed, &mut schema);
        self.object(placed, &mut schema);
        schema.items = self.items(placed);
        schema.content_schema = placed.child("contentSchema").map(|own| self.schema_id(&own));
        schema.all_of = self.listed(placed, "allOf", &mut schema.nullable);
        schema.one_of = self.listed(placed, "oneOf", &mut schema.nullable);
        schema.any_of = self.listed(placed, "anyOf", &mut schema.nullable);
        schema.discriminator = self.discriminator(placed);
        schema.extensions = extensions(placed);
        keep_names_of_values(placed, &mut schema);
        agree(&mut schema);
        self.several_types(&mut schema);
        schema
    }

    /// Makes a schema with several types one with a variant for each.
    fn several_types(&mut self, schema: &mut Schema) {
        let is_number = |kind: &Type| matches!(kind, Type::Integer | Type::Number);
        let has_parts = !schema.any_of.is_empty()
            || !schema.one_of.is_empty()
            || !schema.all_of.is_empty()
            || schema.reference.is_some();
        if schema.types.len() < 2
            || schema.types.iter().all(is_number)
            || !schema.values.is_empty()
            || has_parts
        {
            return;
        }
        for kind in std::mem::take(&mut schema.types) {
            let mut variant = Schema { types: vec![kind], ..Schema::any(schema.at.clone()) };
            match kind {
                Type::Array => variant.items = schema.items.take(),
                Type::Object => {
                    variant.properties = std::mem::take(&mut schema.properties);
                    variant.required = std::mem::take(&mut schema.required);
                    variant.additional = schema.additional;
                }
                Type::String => variant.format = schema.format.take(),
                Type::Integer | Type::Number | Type::Boolean => {}
            }
            schema.any_of.push(SchemaId(self.schemas.len()));
            self.schemas.push(variant);
        }
        schema.items = None;
        schema.properties.clear();
        schema.additional = Additional::Unsaid;
    }

    fn reference(&mut self, placed: &Placed, schema: &mut Schema) {
        schema.reference = self.next(placed).map(|next| self.schema_id(&next));
        self.recursive_reference(placed, schema);
    }

    /// Reads a reference to the schema around it: `$recursiveRef` (JSON Schema 2019-09), or
    /// `$dynamicRef` (2020-12, section 8.2.3.2), which can name another one too.
    fn recursive_reference(&mut self, placed: &Placed, schema: &mut Schema) {
        let node = &placed.node;
        let key = ["$recursiveRef", "$dynamicRef"].into_iter().find(|key| node.get(key).is_some());
        let Some((key, to)) = key.and_then(|key| Some((key, placed.text(key)?))) else { return };
        let around: Vec<&str> = placed.at.pointer.splitn(5, '/').take(4).collect();
        let around = self.files.follow(placed, &format!("#{}", around.join("/"))).ok();
        let is_meant = |around: &Placed| {
            let anchor = around.text("$dynamicAnchor");
            key == "$recursiveRef" || anchor.as_deref() == to.strip_prefix('#')
        };
        let target = match around.filter(|around| name_of(around).is_some() && is_meant(around)) {
            Some(around) => Ok(around),
            None => self.files.follow(placed, &to),
        };
        match target {
            Ok(target) => schema.reference = Some(self.schema_id(&target)),
            Err(notice) => self.warn(notice),
        }
    }

    fn types(&mut self, placed: &Placed, schema: &mut Schema) {
        let Some(types) = placed.child("type") else { return };
        let list = types.items();
        for one in if list.is_empty() { vec![types] } else { list } {
            let kind = match one.node.as_text() {
                Some("string") => Type::String,
                Some("integer") => Type::Integer,
                Some("number") => Type::Number,
                Some("boolean") => Type::Boolean,
                Some("array") => Type::Array,
                Some("object") => Type::Object,
                Some("file") => {
                    schema.format = Some("binary".to_owned());
                    Type::String
                }
                Some("null") => {
                    schema.nullable = true;
                    continue;
                }
                // Used by some descriptions for a value of any type.
                Some("any") => continue,
                _ if is_null(&one.node) => {
                    schema.nullable = true;
                    continue;
                }
                _ => {
                    self.warn(one.notice("this type is unknown, so any value is taken"));
                    schema.types.clear();
                    return;
                }
            };
            if !schema.types.contains(&kind) {
                schema.types.push(kind);
            }
        }
    }

    fn object(&mut self, placed: &Placed, schema: &mut Schema) {
        let required = placed.node.get("required");
        let required = required.into_iter().flat_map(Node::items);
        schema.required = required.filter_map(Node::scalar_text).collect();
        // Some descriptions keep the properties of several schemas in a place of their own.
        let properties = placed.child("properties").and_then(|properties| {
            let refers = properties.node.get("$ref").is_some_and(|to| to.as_text().is_some());
            if refers { self.resolved(&properties) } else { Some(properties) }
        });
        for (name, property) in properties.iter().flat_map(Placed::members) {
            schema.properties.push(Property {
                schema: self.schema_id(&property),
                required: schema.required.contains(&name),
                name,
            });
        }
        if let Some(additional) = placed.child("additionalProperties") {
            schema.additional = match additional.node.as_bool() {
                Some(true) => Additional::Any,
                Some(false) => Additional::Forbidden,
                None if additional.node.members().is_empty() => Additional::Any,
                None => Additional::Typed(self.schema_id(&additional)),
            };
        }
        if let Some(patterns) = placed.child("patternProperties") {
            let patterns: Vec<Placed> =
                patterns.members().into_iter().map(|(_, pattern)| pattern).collect();
            self.patterns(placed, &patterns, schema);
        }
    }

    /// Adds the types of members whose names fit a pattern.
    fn patterns(&mut self, placed: &Placed, patterns: &[Placed], schema: &mut Schema) {
        let mut types: Vec<SchemaId> =
            patterns.iter().map(|pattern| self.schema_id(pattern)).collect();
        match schema.additional {
            Additional::Typed(other) => types.push(other),
            // Members that fit no pattern have any type.
            Additional::Any => return,
            Additional::Unsaid | Additional::Forbidden => {}
        }
        let mut seen = Vec::new();
        types.retain(|id| {
            !seen.contains(id) && {
                seen.push(*id);
                true
            }
        });
        schema.additional = match types.as_slice() {
            [] => schema.additional,
            [only] => Additional::Typed(*only),
            _ => {
                let id = SchemaId(self.schemas.len());
                self.schemas.push(Schema { any_of: types, ..Schema::any(placed.at.clone()) });
                Additional::Typed(id)
            }
        };
    }

    /// Returns the schema of items. Items that have schemas by their position have any type.
    fn items(&mut self, placed: &Placed) -> Option<SchemaId> {
        if let Some(first) = placed.child("prefixItems") {
            self.warn(first.notice("`prefixItems` is not read, so items are any value"));
            return None;
        }
        placed.child("items").map(|items| self.schema_id(&items))
    }

    /// Returns the schemas of a list. A schema of null alone makes the whole nullable instead.
    fn listed(&mut self, placed: &Placed, key: &str, nullable: &mut bool) -> Vec<SchemaId> {
        let list = placed.child(key);
        let mut found = Vec::new();
        for item in list.iter().flat_map(Placed::items) {
            if is_only_null(&item.node) {
                *nullable |= key != "allOf";
            } else {
                found.push(self.schema_id(&item));
            }
        }
        found
    }

    fn discriminator(&mut self, placed: &Placed) -> Option<Discriminator> {
        let discriminator = placed.child("discriminator")?;
        // OpenAPI 2 and some descriptions of version 3 give the name alone.
        let property = match discriminator.node.as_text() {
            Some(name) => name.to_owned(),
            None => discriminator.text("propertyName")?,
        };
        let mapping = discriminator.child("mapping");
        let mut found = Vec::new();
        for (value, target) in mapping.iter().flat_map(Placed::members) {
            let Some(reference) = target.node.as_text() else { continue };
            let reference = if reference.contains(['#', '/', '.']) {
                reference.to_owned()
            } else {
                format!("#/components/schemas/{reference}")
            };
            match self.files.follow(&target, &reference) {
                Ok(schema) => found.push((value, self.schema_id(&schema))),
                Err(notice) => self.warn(notice),
            }
        }
        Some(Discriminator { property, mapping: found })
    }
}

/// Leaves the names and descriptions out that lists of an extension give to null and to values that
/// stand there twice.
fn keep_names_of_values(placed: &Placed, schema: &mut Schema) {
    let values = placed.node.get("enum").map(Node::items).unwrap_or_default();
    if values.len() == schema.values.len() {
        return;
    }
    let json: Vec<Value> = values.iter().map(Node::to_json).collect();
    let is_kept = |at: usize| !json[at].is_null() && !json[..at].contains(&json[at]);
    for (_, extension) in &mut schema.extensions.0 {
        if let Value::Array(names) = extension
            && names.len() == json.len()
        {
            let mut at = 0..names.len();
            names.retain(|_| at.next().is_some_and(is_kept));
        }
    }
}

/// Mends a schema whose parts contradict each other, so that no value or no exact type is left.
fn agree(schema: &mut Schema) {
    // Some list the values of the items beside them.
    let is_list = schema.types == [Type::Array] && schema.items.is_some();
    if is_list && !schema.values.iter().any(Value::is_array) {
        schema.values.clear();
    }
    if !schema.types.is_empty() && !schema.values.is_empty() {
        let kinds = [Type::String, Type::Integer, Type::Number, Type::Boolean];
        let is_of_all = |kind: &Type| schema.values.iter().all(|value| is_of(*kind, value));
        let is_of_one = |kind: &Type| schema.values.iter().any(|value| is_of(*kind, value));
        if schema.types.iter().any(is_of_one) {
            // Other types have no value.
            schema.types.retain(is_of_one);
        } else if let Some(kind) = kinds.into_iter().find(is_of_all) {
            schema.types = vec![kind];
        }
    }
    // Some descriptions say by the format, or by all values, that a number is whole.
    let format = schema.format.as_deref().unwrap_or_default();
    let are_whole = !schema.values.is_empty() && schema.values.iter().all(Value::is_i64);
    if are_whole || format.starts_with("int") || format.starts_with("uint") {
        for kind in schema.types.iter_mut().filter(|kind| **kind == Type::Number) {
            *kind = Type::Integer;
        }
        schema.types.dedup();
    }
    // Some list the values of a text as properties, for their descriptions.
    if !schema.types.is_empty() && !schema.types.contains(&Type::Object) {
        schema.properties.clear();
    }
}

/// Returns true if a value is of a type.
fn is_of(kind: Type, value: &Value) -> bool {
    match kind {
        Type::String => value.is_string(),
        Type::Integer => value.is_i64() || value.is_u64(),
        Type::Number => value.is_number(),
        Type::Boolean => value.is_boolean(),
        Type::Array => value.is_array(),
        Type::Object => value.is_object(),
    }
}

fn is_only_null(node: &Node) -> bool {
    let of_type = node.get("type").is_some_and(|kind| {
        kind.as_text() == Some("null")
            || is_null(kind)
            || (kind.items().len() == 1 && kind.items()[0].as_text() == Some("null"))
    });
    let of_values = node
        .get("enum")
        .is_some_and(|values| !values.items().is_empty() && values.items().iter().all(is_null));
    of_type || of_values || node.get("const").is_some_and(is_null)
}

fn texts_and_flags(placed: &Placed, schema: &mut Schema) {
    let node = &placed.node;
    if schema.format.is_none() {
        schema.format = placed.text("format");
    }
    if schema.format.is_none() && schema.types.contains(&Type::String) {
        let encoded = node.get("contentEncoding").is_some();
        let binary = placed
            .text("contentMediaType")
            .is_some_and(|kind| !kind.starts_with("text/") && !kind.contains("json"));
        schema.format = match (encoded, binary) {
            (true, _) => Some("byte".to_owned()),
            (false, true) => Some("binary".to_owned()),
            (false, false) => None,
        };
    }
    schema.title = placed.text("title");
    schema.description = placed.text("description");
    schema.default = node.get("default").map(Node::to_json);
    schema.examples = examples(placed);
    schema.deprecated = placed.flag("deprecated");
    schema.read_only = placed.flag("readOnly");
    schema.write_only = placed.flag("writeOnly");
    schema.nullable |= placed.flag("nullable") || placed.flag("x-nullable");
    schema.minimum = node.get("minimum").and_then(Node::as_f64);
    schema.maximum = node.get("maximum").and_then(Node::as_f64);
    let values = node.get("enum").map(Node::items).unwrap_or_default();
    for value in values.iter().chain(node.get("const")) {
        if is_null(value) {
            schema.nullable = true;
        } else if !schema.values.contains(&value.to_json()) {
            schema.values.push(value.to_json());
        }
    }
}

/// Returns the schema of any value.
fn empty(placed: &Placed) -> Schema {
    Schema { name: name_of(placed), ..Schema::any(placed.at.clone()) }
}

/// Returns the name of a schema in `components`, or that of a file that is one schema.
fn name_of(placed: &Placed) -> Option<String> {
    let pointer = &placed.at.pointer;
    if pointer.is_empty() {
        let file = placed.at.file.rsplit('/').next().unwrap_or_default();
        return Some(file.split('.').next().unwrap_or(file).to_owned());
    }
    // The body of a shared response or request.
    for (holder, end) in [("/components/responses/", "Body"), ("/components/requestBodies/", "")] {
        if let Some((name, rest)) =
            pointer.strip_prefix(holder).and_then(|rest| rest.split_once('/'))
            && rest.starts_with("content/")
            && rest.ends_with("/schema")
            && rest.matches('/').count() == 2
        {
            return Some(format!("{name}{end}"));
        }
    }
    let (holder, name) = pointer.rsplit_once('/')?;
    let holds = ["/components/schemas", "/definitions", "/$defs", "/schemas"];
    let holder_is_known = holds.iter().any(|known| holder.ends_with(known))
        || (placed.at.pointer.matches('/').count() == 1 && holder.is_empty());
    holder_is_known.then(|| name.replace("~1", "/").replace("~0", "~"))
}
