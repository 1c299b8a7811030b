//! From the model to source.

mod choices;
mod client;
mod credentials;
mod errors;
mod finish;
mod keyed;
mod long_running;
mod merge;
mod methods;
mod once;
mod pages;
pub(crate) mod plan;
mod print;
mod returns;
mod select;
mod servers;
mod status_name;
mod types;
mod untagged;

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::model::shape;
use crate::model::{Document, Operation, SchemaId, SecurityAlternative, Server};
use crate::notice::Notice;
use crate::steering::Steering;
use crate::words::{type_name, words};
use credentials::{Need, SchemeNames};
use methods::names::Told;
use plan::{Def, DefId, DefKind, Plan, Value};
use print::Form;
use select::Selected;

/// Length of the short docs of an item, in bytes.
pub(crate) const SHORT: usize = 160;

/// Smallest number of dotted names whose common first words are left out.
const SEVERAL: usize = 3;
/// Maximum number of names that a warning lists.
const MAX_SHOWN: usize = 8;

/// Words of a title that do not name the API.
const NOISE: [&str; 26] = [
    "a",
    "all",
    "an",
    "and",
    "api",
    "apis",
    "beta",
    "collection",
    "docs",
    "documentation",
    "for",
    "http",
    "legacy",
    "of",
    "official",
    "openapi",
    "preview",
    "public",
    "reference",
    "rest",
    "server",
    "service",
    "spec",
    "specification",
    "swagger",
    "the",
];

/// Names that generated source uses from the prelude, and the parameter of its types.
const PRELUDE: [&str; 13] = [
    "Option", "Some", "None", "Vec", "String", "Box", "Result", "Ok", "Err", "Self", "Into",
    "Send", "T",
];

/// Source generated from a description.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Generated {
    /// The source file.
    pub source: String,
    /// Number of operations in it.
    pub operations: usize,
    /// Operations that were selected and are not in it, each with the reason.
    pub left_out: Vec<Notice>,
    /// Parts that are weaker than the description, or that need a look.
    pub warnings: Vec<Notice>,
    /// Crates that the source uses, besides `connectors-client`.
    pub crates: Vec<&'static str>,
}

/// Generates traits and types for the operations that the steering selects. The result depends on
/// nothing else. An error names a selection that selects nothing.
pub fn generate(document: &Document, steering: &Steering) -> Result<Generated, Notice> {
    written(document, steering, Form::File)
}

/// Generates traits and types to paste: without docs of a file, base URLs and credentials.
pub(crate) fn generate_fragment(
    document: &Document,
    steering: &Steering,
) -> Result<Generated, Notice> {
    written(document, steering, Form::Fragment)
}

fn written(document: &Document, steering: &Steering, form: Form) -> Result<Generated, Notice> {
    choices::check(document, steering)?;
    let selected = select::select(document, steering)?;
    let mut generator = Generator::new(document, steering);
    let mut plan = generator.plan(&selected);
    let merged = finish::finish(&mut plan, &mut generator.names);
    generator.warn_of_merged(&merged);
    merge::merge(&mut plan, &mut generator.names);
    if steering.docs == crate::steering::Docs::Short {
        once::say_once(&mut plan);
    }
    let (source, crates) = print::print(&plan, form);
    let operations = plan.traits.iter().map(|one| one.methods.len()).sum::<usize>();
    let mut warnings = document.warnings.clone();
    warnings.extend(generator.warnings);
    Ok(Generated {
        source,
        operations: operations - generator.doubled,
        left_out: generator.left_out,
        warnings,
        crates,
    })
}

/// Returns the selected operations, each with the group that becomes its trait.
pub fn listed<'a>(
    document: &'a Document,
    steering: &Steering,
) -> Result<Vec<(String, &'a Operation)>, Notice> {
    let selected = select::select(document, steering)?;
    Ok(selected.into_iter().map(|one| (one.group, one.operation)).collect())
}

/// The operations of a trait.
pub(crate) struct Group<'s, 'a> {
    name: String,
    /// The name without the words that all tags begin with.
    short: String,
    /// The short name, and a word for the server if two traits have the name.
    full: String,
    base_url: Option<String>,
    operations: Vec<&'s Selected<'a>>,
}

pub(crate) struct Generator<'a> {
    document: &'a Document,
    steering: &'a Steering,
    name: String,
    defs: Vec<Def>,
    by_schema: HashMap<SchemaId, DefId>,
    /// Enums of objects that share the value of a tag, with the schema of the union.
    groups: HashMap<DefId, SchemaId>,
    /// Unnamed enums by the name of their place and their values.
    /// Enums without a name of their own, by their place, if they are numbers, and their values.
    enums: HashMap<(String, bool, Vec<Value>), DefId>,
    /// Names of places whose unnamed enums are all equal.
    shared_enums: HashSet<String>,
    components: HashMap<SchemaId, String>,
    /// Schemas that the user names.
    named_by_user: HashSet<SchemaId>,
    names: HashSet<String>,
    pending: VecDeque<(DefId, SchemaId)>,
    left_out: Vec<Notice>,
    warnings: Vec<Notice>,
    /// Security of operations that say nothing of their own, or else of most.
    usual_security: Vec<SecurityAlternative>,
    told: Told,
    /// Names of the methods of all operations, by HTTP method and path.
    idents: HashMap<String, String>,
    scheme_names: SchemeNames,
    /// Credentials that the endpoints take.
    needs: Vec<Need>,
    /// Servers of the API, or else of most operations.
    usual_servers: Vec<Server>,
    /// Methods that stand for an operation that has another method too.
    doubled: usize,
}

impl<'a> Generator<'a> {
    fn new(document: &'a Document, steering: &'a Steering) -> Self {
        let name = steering.name.clone().unwrap_or_else(|| name_of(document));
        let mut generator = Self {
            document,
            steering,
            name,
            defs: Vec::new(),
            by_schema: HashMap::new(),
            groups: HashMap::new(),
            enums: HashMap::new(),
            shared_enums: HashSet::new(),
            components: HashMap::new(),
            named_by_user: HashSet::new(),
            names: PRELUDE.iter().map(|name| (*name).to_owned()).collect(),
            pending: VecDeque::new(),
            left_out: Vec::new(),
            warnings: Vec::new(),
            usual_security: credentials::usual(document),
            scheme_names: credentials::names(document),
            told: methods::names::told(document),
            idents: HashMap::new(),
            needs: Vec::new(),
            usual_servers: servers::usual(document),
            doubled: 0,
        };
        generator.name_components();
        generator
    }

    /// Gives all named schemas their names before any other, so that a name does not depend on what
    /// is selected.
    fn name_components(&mut self) {
        let all = (0..self.document.schemas.len()).map(SchemaId);
        // A shared body can have the name of a schema.
        let (own, of_bodies): (Vec<_>, Vec<_>) =
            all.partition(|id| self.document.schema(*id).is_component());
        let ids = own.into_iter().chain(of_bodies);
        let prefix = dotted_prefix(self.document);
        for id in ids {
            let schema = self.document.schema(id);
            let Some(name) = &schema.name else { continue };
            let names = &self.steering.names;
            let steered = names.get(&schema.at.pointer).or_else(|| names.get(name));
            if steered.is_some() {
                self.named_by_user.insert(id);
            }
            let short = name.strip_prefix(&prefix).unwrap_or(name);
            let name = steered.cloned().unwrap_or_else(|| type_name(short));
            // A name of the prelude is that of the API's own.
            let is_known = PRELUDE.contains(&name.as_str());
            let name = if is_known { format!("{}{name}", self.name) } else { name };
            let name = self.unique_type(&name);
            self.components.insert(id, name);
        }
    }

    /// Returns the name of an unnamed schema that the user or an extension gives, if there is one.
    fn given_name(&mut self, id: SchemaId) -> Option<String> {
        let schema = self.document.schema(id);
        if let Some(name) = self.steering.names.get(&schema.at.pointer) {
            self.named_by_user.insert(id);
            return Some(self.unique_type(&name.clone()));
        }
        let texts = ["x-fern-type-name", "x-speakeasy-name-override"];
        let of_ms = || schema.extensions.get("x-ms-enum")?.get("name")?.as_str();
        let name = texts.iter().find_map(|key| schema.extensions.text(key)).or_else(of_ms)?;
        // Some end with a hash.
        let is_written = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let name = type_name(name);
        let is_plain = is_written && !name.is_empty() && !PRELUDE.contains(&name.as_str());
        is_plain.then(|| self.unique_type(&name))
    }

    fn component_name(&mut self, id: SchemaId) -> String {
        let named = self.components.get(&id).cloned();
        named.unwrap_or_else(|| self.unique_type("Schema"))
    }

    /// Returns a name that no other type has.
    fn unique_type(&mut self, name: &str) -> String {
        let name = types::unique(name, |name| self.names.contains(name));
        self.names.insert(name.clone());
        name
    }

    /// Names an enum after its place alone if that is one of a kind, and else after the type around
    /// it too.
    fn enum_name(&mut self, hint: &types::Hint) -> String {
        let alone = type_name(&hint.place);
        if self.shared_enums.contains(&hint.place) && !self.names.contains(&alone) {
            return self.unique_type(&alone);
        }
        self.unique_type(&format!("{}{alone}", hint.parent))
    }

    fn define(&mut self, name: String, docs: String, kind: DefKind) -> DefId {
        self.defs.push(Def::new(name, docs, kind));
        self.defs.len() - 1
    }

    fn plan(&mut self, selected: &[Selected<'a>]) -> Plan {
        self.count_enums();
        self.idents = self.method_idents();
        let groups = self.groups(selected);
        let error_name = self.unique_type(&format!("{}Error", self.name));
        let names: Vec<String> = groups.iter().map(|group| self.trait_name(&group.full)).collect();
        let mut traits = Vec::new();
        for (group, name) in groups.iter().zip(names) {
            let mut one = self.trait_of(name, group);
            one.base_url.clone_from(&group.base_url);
            if !one.methods.is_empty() {
                traits.push(one);
            }
        }
        self.read_pending();
        let error = self.error_enum(error_name, selected);
        self.read_pending();
        for one in &mut traits {
            one.error = error.is_some();
        }
        self.finished(traits, error)
    }

    /// Groups the operations by trait. Operations of another server form a trait of their own.
    fn groups<'s>(&mut self, selected: &'s [Selected<'a>]) -> Vec<Group<'s, 'a>> {
        let mut groups: Vec<Group<'s, 'a>> = Vec::new();
        let prefix = select::shared_prefix(self.document, self.steering);
        for one in selected {
            let base_url = match servers::own_url(&self.usual_servers, one.operation) {
                Ok(base_url) => base_url,
                Err(reason) => {
                    self.left_out.push(Notice::new(one.operation.at.clone(), reason));
                    continue;
                }
            };
            let same =
                |group: &&mut Group<'_, '_>| group.name == one.group && group.base_url == base_url;
            match groups.iter_mut().find(same) {
                Some(group) => group.operations.push(one),
                None => groups.push(Group {
                    name: one.group.clone(),
                    short: select::without_prefix(&one.group, &prefix),
                    full: select::without_prefix(&one.group, &prefix),
                    base_url,
                    operations: vec![one],
                }),
            }
        }
        let names: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
        for group in &mut groups {
            let is_shared = names.iter().filter(|name| **name == group.name).count() > 1;
            if let Some(url) = group.base_url.as_ref().filter(|_| is_shared) {
                group.full =
                    format!("{} {}", group.short, servers::label(&self.usual_servers, url));
            }
        }
        groups
    }

    /// Finds the names of properties and parameters whose unnamed enums have the same values
    /// everywhere.
    fn count_enums(&mut self) {
        let mut seen: BTreeMap<String, Vec<Vec<serde_json::Value>>> = BTreeMap::new();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut see = |name: &str, id: SchemaId, document: &Document| {
            let (id, _) = shape::target(document, id);
            let schema = document.schema(id);
            if schema.values.len() > 1 && schema.name.is_none() {
                let sets = seen.entry(name.to_owned()).or_default();
                if !sets.contains(&schema.values) {
                    sets.push(schema.values.clone());
                }
                *counts.entry(name.to_owned()).or_default() += 1;
            }
        };
        for schema in &self.document.schemas {
            for property in &schema.properties {
                see(&property.name, property.schema, self.document);
            }
        }
        for operation in &self.document.operations {
            for parameter in &operation.parameters {
                if let Some(schema) = parameter.schema {
                    see(&parameter.name, schema, self.document);
                }
            }
        }
        let common = ["type", "kind", "object", "status", "state", "name", "value"];
        let shared = seen.into_iter().filter(|(name, sets)| {
            sets.len() == 1 && counts[name] > 1 && !common.contains(&name.as_str())
        });
        self.shared_enums = shared.map(|(name, _)| name).collect();
    }

    /// Warns of variants that are not apart in the source.
    fn warn_of_merged(&mut self, merged: &[untagged::Merged]) {
        for untagged::Merged { union, variants } in merged {
            let schema = self.by_schema.iter().find(|(_, def)| *def == union).map(|(id, _)| *id);
            let Some(schema) = schema.or_else(|| self.groups.get(union).copied()) else { continue };
            let mut names: Vec<String> = variants.iter().map(|name| format!("`{name}`")).collect();
            if names.len() > MAX_SHOWN {
                let others = names.split_off(MAX_SHOWN).len();
                names.push(format!("{others} others"));
            }
            let message = match names.as_slice() {
                [one] => format!("each object fits the variant {one}, so a map takes its place"),
                [first @ .., last] => format!(
                    "the variants {} and {last} cannot be told apart in a response, so they are \
                     one struct with the members of all",
                    first.join(", ")
                ),
                [] => continue,
            };
            let at = self.document.schema(schema).at.clone();
            self.warn(Notice::new(at, message));
        }
    }

    fn warn(&mut self, notice: Notice) {
        if !self.warnings.contains(&notice) {
            self.warnings.push(notice);
        }
    }
}

/// Returns the words that all dotted names of schemas begin with, with their dots: `api.v2010.`. It
/// is empty if a name would be that of another schema without them.
fn dotted_prefix(document: &Document) -> String {
    let names: Vec<&str> =
        document.schemas.iter().filter_map(|schema| schema.name.as_deref()).collect();
    let dotted: Vec<&str> = names.iter().copied().filter(|name| name.contains('.')).collect();
    let Some(first) = dotted.first().filter(|_| dotted.len() >= SEVERAL) else {
        return String::new();
    };
    let mut ends = first.match_indices('.').map(|(at, _)| &first[..=at]);
    let is_shared = |prefix: &&str| {
        dotted.iter().all(|name| name.strip_prefix(*prefix).is_some_and(|rest| !rest.is_empty()))
    };
    let Some(prefix) = ends.rfind(is_shared) else { return String::new() };
    let short = |name: &&str| type_name(name.strip_prefix(prefix).unwrap_or(name));
    let unique: HashSet<String> = names.iter().map(short).collect();
    if unique.len() == names.len() { prefix.to_owned() } else { String::new() }
}

/// Returns the most frequent value, and the first one of those that are as frequent.
fn most_frequent<T: Clone + std::fmt::Debug>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for value in values {
        let place = *places.entry(format!("{value:?}")).or_insert(counts.len());
        match counts.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(value, _)| value)
}

/// Returns the name of an API by its title, or else by the host of its base URL.
fn name_of(document: &Document) -> String {
    let name = api_name(&document.title);
    if name != "Api" {
        return name;
    }
    let url = document.servers.first().map(|server| server.url.as_str()).unwrap_or_default();
    let host = url.split("//").nth(1).and_then(|rest| rest.split(['/', ':']).next());
    let mut labels = host.unwrap_or_default().rsplit('.').skip(1);
    labels.next().filter(|label| !label.is_empty()).map_or(name, type_name)
}

/// Returns the name of an API: its title without words that say that it is one.
fn api_name(title: &str) -> String {
    // A text after these words says more of it.
    let ends = [" - ", " with ", " by ", " from "];
    let title = ends.iter().fold(title, |rest, end| rest.split(end).next().unwrap_or(rest));
    let title = title.replace("'s ", " ").replace("\u{2019}s ", " ");
    let mut kept: Vec<String> = words(&title)
        .into_iter()
        .filter(|word| !NOISE.contains(&word.as_str()))
        .filter(|word| !(word.starts_with('v') && word[1..].chars().all(|c| c.is_ascii_digit())))
        .filter(|word| !word.chars().all(|c| c.is_ascii_digit()))
        .collect();
    kept.truncate(3);
    let name = type_name(&kept.join(" "));
    if kept.is_empty() || name.len() < 3 { "Api".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::api_name;

    #[test]
    fn a_title_gives_the_name_of_the_api() {
        let named = [
            "Library API",
            "The Library REST API v2",
            "Library - all that it has",
            "Official Library API Documentation",
        ];
        for title in named.iter().chain(&["Library's v3 REST API", "Library API with fixes by us"])
        {
            assert_eq!(api_name(title), "Library", "{title}");
        }
        assert_eq!(api_name("API"), "Api");
    }
}
