//! Structs of responses that differ in the type of one field: `{status, result: ..}`.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::super::finish;
use super::super::plan::{Def, DefId, DefKind, Field, Plan, Returned, Ty};
use super::{Replaced, is_free, names};
use crate::words::{plain, words};

/// Smallest number of structs that become one with a parameter.
const SEVERAL: usize = 3;
/// Maximum number of fields of such a struct.
const MAX_FIELDS: usize = 64;

/// Finds structs that are one with a parameter, among those that methods return. The first of each
/// kind becomes that one.
pub(super) fn found(plan: &mut Plan, names: &mut HashSet<String>) -> Replaced {
    let returned: BTreeSet<DefId> = plan
        .traits
        .iter()
        .flat_map(|one| &one.methods)
        .filter_map(|method| match method.returned {
            Returned::Json(Ty::Named(id)) => Some(id),
            _ => None,
        })
        .collect();
    let defs = &mut plan.defs;
    let mut groups: BTreeMap<String, Vec<Hole>> = BTreeMap::new();
    let candidates: Vec<DefId> =
        returned.into_iter().filter(|id| is_free(&defs[*id]) && !defs[*id].sent).collect();
    let most = candidates.len() / 2;
    for id in candidates {
        for (hole, content) in holes(id, &defs[id]) {
            groups.entry(content).or_default().push(hole);
        }
    }
    let mut groups: Vec<Vec<Hole>> = groups.into_values().collect();
    // The largest kinds come first. A struct is of one kind only.
    groups.sort_by_key(|group| (Reverse(group.len()), group.first().map(|hole| hole.id)));
    let mut replaced = Replaced::new();
    for mut group in groups {
        group.retain(|hole| !replaced.contains_key(&hole.id));
        merge(&group, most, defs, names, &mut replaced);
    }
    replaced
}

/// A struct and the field whose type is the parameter.
#[derive(Clone)]
struct Hole {
    id: DefId,
    at: usize,
    name: String,
    ty: Ty,
}

fn merge(
    group: &[Hole],
    most: usize,
    defs: &mut [Def],
    names: &mut HashSet<String>,
    replaced: &mut Replaced,
) {
    let ids: HashSet<DefId> = group.iter().map(|hole| hole.id).collect();
    let is_plain = |hole: &&Hole| !leads_to(&hole.ty, &ids);
    let group: Vec<Hole> = group.iter().filter(is_plain).cloned().collect();
    let types: Vec<Ty> = group.iter().map(|hole| hole.ty.clone()).collect();
    let differ = types.iter().any(|ty| *ty != types[0]);
    let Some(first) = group.first().cloned().filter(|_| group.len() >= SEVERAL && differ) else {
        return;
    };
    let own: Vec<&str> = group.iter().map(|hole| defs[hole.id].name.as_str()).collect();
    let shared = names::shared_end(&own);
    let last = shared.last().cloned().unwrap_or_else(|| "response".to_owned());
    let of_field = [words(&first.name), vec![last]].concat();
    // Only the form of most responses needs no word of its field.
    let is_usual = group.len() > most && !shared.is_empty();
    let name = if is_usual { names::reserved(&shared, names) } else { None };
    let Some(name) = name.or_else(|| names::reserved(&of_field, names)) else { return };
    make(&first, &name, defs);
    for (hole, ty) in group.iter().zip(types) {
        replaced.insert(hole.id, Ty::Applied(first.id, Box::new(ty)));
    }
}

/// Makes a struct the one with a parameter.
fn make(hole: &Hole, name: &str, defs: &mut [Def]) {
    let def = &mut defs[hole.id];
    name.clone_into(&mut def.name);
    if let DefKind::Struct { fields, .. } = &mut def.kind {
        let field = &mut fields[hole.at];
        def.docs = format!("A response with its `{}`.", plain(&field.ident));
        field.docs.clear();
        field.nullable &= field.ty != Ty::Any;
        field.ty = Ty::Parameter;
    }
}

/// Returns each field of a struct, with what the struct consists of beside the field's type.
fn holes(id: DefId, def: &Def) -> Vec<(Hole, String)> {
    let DefKind::Struct { fields, more: None, is_page: false } = &def.kind else {
        return Vec::new();
    };
    if fields.len() > MAX_FIELDS {
        return Vec::new();
    }
    let mut bare = fields.clone();
    for field in &mut bare {
        super::bare(field, false);
    }
    let hole = |(at, field): (usize, &Field)| {
        let mut others = bare.clone();
        others[at].ty = Ty::Parameter;
        let hole = Hole { id, at, name: field.name.clone(), ty: field.ty.clone() };
        (hole, format!("{others:?} {at}"))
    };
    fields.iter().enumerate().map(hole).collect()
}

/// Returns true if a type names one of these.
fn leads_to(ty: &Ty, ids: &HashSet<DefId>) -> bool {
    let mut named = Vec::new();
    finish::named(ty, &mut named);
    named.iter().any(|id| ids.contains(id))
}
