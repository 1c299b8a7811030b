//! Enums of texts.

use super::super::Generator;
use super::super::merge::names;
use super::super::plan::{DefId, DefKind, Ty, Value};
use super::{Hint, unique, variant_name};
use crate::model::{Schema, SchemaId};
use crate::words::{type_name, words};

impl Generator<'_> {
    /// Returns the enum of a schema that lists its texts. Equal enums in places of the same name
    /// are one type.
    pub(super) fn choice(&mut self, id: SchemaId, hint: &Hint) -> Ty {
        if let Some(def) = self.by_schema.get(&id) {
            return Ty::Named(*def);
        }
        let values = self.values(self.document.schema(id));
        let schema = self.document.schema(id);
        let def =
            self.enum_of(values, schema.name.as_deref(), schema.description.clone(), id, hint);
        self.by_schema.insert(id, def);
        Ty::Named(def)
    }

    pub(super) fn enum_of(
        &mut self,
        values: Vec<Value>,
        name: Option<&str>,
        docs: Option<String>,
        id: SchemaId,
        hint: &Hint,
    ) -> DefId {
        let key = (hint.place.clone(), values.clone());
        if name.is_none()
            && let Some(&def) = self.enums.get(&key)
        {
            self.name_after_place(def, hint);
            return def;
        }
        let named = match name {
            Some(_) => self.component_name(id),
            None => self.enum_name(hint),
        };
        let docs = docs.map(|docs| self.line(&docs, &[&named])).unwrap_or_default();
        let def = self.define(named, docs, DefKind::Enum(values));
        self.defs[def].is_inline = name.is_none();
        self.defs[def].keeps_name = self.named_by_user.contains(&id);
        if name.is_none() {
            self.enums.insert(key, def);
        }
        def
    }

    /// Names an enum that several types use after their fields alone, if that says enough.
    fn name_after_place(&mut self, def: DefId, hint: &Hint) {
        let words = words(&hint.place);
        let name = &self.defs[def].name;
        let is_first = name.ends_with(&type_name(&hint.place)) && !name.starts_with(&hint.parent);
        if is_first
            && names::says_enough(&words)
            && let Some(name) = names::reserved(&words, &mut self.names)
        {
            self.names.remove(&self.defs[def].name);
            self.defs[def].name = name;
        }
    }

    pub(super) fn values(&self, schema: &Schema) -> Vec<Value> {
        let listed =
            |key: &str| schema.extensions.get(key).and_then(|list| list.as_array().cloned());
        let names = names_of_values(schema);
        let descriptions = listed("x-enum-descriptions")
            .or_else(|| listed("x-enumDescriptions"))
            .unwrap_or_default();
        let by_value = |key: &str, value: &str| {
            let map = schema.extensions.get(key)?;
            Some(map.get(value)?.as_str()?.to_owned())
        };
        let texts = schema.values.iter().filter_map(serde_json::Value::as_str).enumerate();
        let mut values: Vec<Value> = Vec::new();
        for (index, text) in texts {
            let fern = schema.extensions.get("x-fern-enum").and_then(|names| names.get(text));
            let fern = |key: &str| Some(fern?.get(key)?.as_str()?.to_owned());
            let name = fern("name")
                .or_else(|| names.get(index).and_then(|name| name.as_str().map(str::to_owned)))
                .or_else(|| by_value("x-speakeasy-enums", text));
            let description = fern("description")
                .or_else(|| by_value("x-enum-descriptions", text))
                .or_else(|| by_value("x-enumDescriptions", text))
                .or_else(|| {
                    descriptions.get(index).and_then(|one| one.as_str().map(str::to_owned))
                });
            let ident = unique(&variant_name(&name.unwrap_or_else(|| text.to_owned())), |ident| {
                values.iter().any(|value| value.ident == ident)
            });
            values.push(Value {
                name: text.to_owned(),
                ident,
                docs: description.map(|docs| self.line(&docs, &[text])).unwrap_or_default(),
            });
        }
        values
    }
}

/// Maximum number of numbers whose names are in the docs.
const MAX_NAMED: usize = 24;

/// Returns the names that an extension gives to the values of an enum, by their positions.
fn names_of_values(schema: &Schema) -> Vec<serde_json::Value> {
    let keys = ["x-enum-varnames", "x-enumNames", "x-enum-names"];
    let lists = keys.iter().filter_map(|key| schema.extensions.get(key)?.as_array());
    lists.into_iter().next().cloned().unwrap_or_default()
}

/// Returns the names of numbers, which stay numbers, as a sentence.
pub(super) fn names_of_numbers(schema: &Schema) -> Option<String> {
    let names = names_of_values(schema);
    let is_named = names.len() == schema.values.len() && !names.is_empty();
    if !is_named
        || names.len() > MAX_NAMED
        || !schema.values.iter().all(serde_json::Value::is_number)
    {
        return None;
    }
    let pairs = schema.values.iter().zip(&names);
    let pairs: Option<Vec<String>> =
        pairs.map(|(value, name)| Some(format!("`{value}` is {}", name.as_str()?))).collect();
    Some(format!("{}.", pairs?.join(", ")))
}
