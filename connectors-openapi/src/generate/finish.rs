//! The last decisions: who sends and who receives a type, and boxes.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::keyed;
use super::plan::{
    Argument, ArgumentTy, Def, DefId, DefKind, Field, Method, Plan, QueryPair, Returned, Spot, Ty,
};
use super::untagged::{self, Merged};
use crate::words::{Case, best_case, plain};

/// Takes the segments that all paths begin with out of them.
pub(crate) fn shared_prefix(methods: &mut [Method]) -> String {
    let [first, rest @ ..] = &*methods else { return String::new() };
    if rest.is_empty() {
        return String::new();
    }
    let literal = |path: &str| -> Vec<String> {
        let parts = path.split('/').take_while(|part| !part.contains('<') && !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let mut shared = literal(&first.path);
    for method in rest {
        let own = literal(&method.path);
        let same = shared.iter().zip(&own).take_while(|(one, other)| one == other).count();
        shared.truncate(same);
    }
    let prefix = shared.join("/");
    if prefix.is_empty() || prefix.contains(':') {
        return String::new();
    }
    for method in methods {
        let rest = &method.path[prefix.len()..];
        // A slash at the end of the whole path stays.
        let rest = if rest == "/" { rest } else { rest.trim_start_matches('/') };
        method.path = rest.to_owned();
    }
    prefix
}

/// Chooses the case of a trait's names that leaves the fewest to be given one by one. A name of the
/// query stands in the template, and that of a field needs an attribute.
pub(crate) fn rename(methods: &[Method]) -> Option<Case> {
    let mut names: Vec<(&str, &str)> = Vec::new();
    for method in methods {
        for pair in &method.query {
            if let QueryPair::Named { name, ident } = pair {
                names.push((ident, name));
            }
        }
        let is_field = |argument: &&Argument| matches!(argument.spot, Spot::Field { .. });
        for argument in method.arguments.iter().filter(is_field) {
            names.push((plain(&argument.ident), &argument.name));
        }
    }
    best_case(&names, &Case::FIELDS, Case::of_field, str::to_owned)
}

/// Completes a plan. Returns the variants of unions that were not kept apart.
pub(crate) fn finish(plan: &mut Plan, names: &mut HashSet<String>) -> Vec<Merged> {
    let mut sent: Vec<DefId> = Vec::new();
    let mut received: Vec<DefId> = Vec::new();
    for method in plan.traits.iter().flat_map(|one| &one.methods) {
        for argument in &method.arguments {
            match &argument.ty {
                ArgumentTy::Of(ty) | ArgumentTy::Listed(_, ty) => named(ty, &mut sent),
                ArgumentTy::Owned(_) => {}
            }
        }
        of_returned(&method.returned, &mut received);
    }
    for ty in
        plan.error.iter().flat_map(|error| &error.variants).filter_map(|one| one.body.as_ref())
    {
        named(ty, &mut received);
    }
    mark(&mut plan.defs, &sent, &received);
    if keyed::find(&mut plan.defs) {
        mark(&mut plan.defs, &sent, &received);
    }
    plain_secrets(plan);
    let parts = untagged::move_out(&mut plan.defs, names);
    mark(&mut plan.defs, &sent, &received);
    drop_tags(&mut plan.defs);
    fields_by_use(&mut plan.defs);
    let mut merged = untagged::settle(&mut plan.defs, names);
    for one in &mut merged {
        one.union = parts.get(&one.union).copied().unwrap_or(one.union);
    }
    // A tag and a variant that are gone may have had types of their own.
    mark(&mut plan.defs, &sent, &received);
    drop_empty(&mut plan.defs);
    merged
}

/// Makes secrets that are sent as items, as variants or as a whole body texts: only a field and an
/// argument can be sent as a secret.
fn plain_secrets(plan: &mut Plan) {
    let arguments = plan.traits.iter_mut().flat_map(|one| &mut one.methods);
    for argument in arguments.flat_map(|method| &mut method.arguments) {
        if let ArgumentTy::Of(ty) | ArgumentTy::Listed(_, ty) = &mut argument.ty {
            items_are_plain(ty, matches!(argument.spot, Spot::Body { .. }));
        }
    }
    for def in plan.defs.iter_mut().filter(|def| def.sent) {
        match &mut def.kind {
            DefKind::Struct { fields, more, .. } => {
                for field in fields {
                    items_are_plain(&mut field.ty, false);
                }
                if let Some(ty) = more {
                    items_are_plain(ty, true);
                }
            }
            DefKind::Untagged(variants) | DefKind::Union { variants, .. } => {
                for variant in variants {
                    items_are_plain(&mut variant.ty, true);
                }
            }
            _ => {}
        }
    }
}

/// Makes the secrets within a type texts, and the type itself if `is_item`.
fn items_are_plain(ty: &mut Ty, is_item: bool) {
    match ty {
        Ty::Secret if is_item => *ty = Ty::Text,
        Ty::List(item) | Ty::Map(item) => items_are_plain(item, true),
        Ty::OrNull(item) => items_are_plain(item, is_item),
        _ => {}
    }
}

/// Marks the definitions that requests and responses lead to.
fn mark(defs: &mut [Def], sent: &[DefId], received: &[DefId]) {
    for def in &mut *defs {
        (def.sent, def.received, def.used_alone) = (false, false, false);
    }
    for id in sent.iter().chain(received) {
        defs[*id].used_alone = true;
    }
    spread(defs, sent.to_vec(), |def| &mut def.sent);
    let mut received = received.to_vec();
    // The derive of a union always decodes too.
    let unions = defs.iter().filter(|def| def.sent);
    for def in unions {
        if let DefKind::Union { variants, .. } = &def.kind {
            for variant in variants {
                named(&variant.ty, &mut received);
            }
        }
    }
    spread(defs, received, |def| &mut def.received);
}

/// Returns true for a type that holds any JSON: also an enum with a variant for other values.
pub(crate) fn takes_any(defs: &[Def], ty: &Ty) -> bool {
    match ty {
        Ty::Any => true,
        Ty::Named(id) => matches!(defs[*id].kind, DefKind::Union { .. } | DefKind::Untagged(_)),
        _ => false,
    }
}

/// Removes the types of objects that consist of their tag, so that their variants hold nothing.
fn drop_empty(defs: &mut [Def]) {
    let mut tried: Vec<DefId> = Vec::new();
    for def in &*defs {
        if let DefKind::Untagged(variants) = &def.kind {
            for variant in variants {
                named(&variant.ty, &mut tried);
            }
        }
    }
    let is_empty = |(id, def): (DefId, &Def)| match &def.kind {
        DefKind::Struct { fields, more: None, .. } => {
            fields.is_empty() && !def.used_alone && !tried.contains(&id)
        }
        _ => false,
    };
    let empty: Vec<bool> = defs.iter().enumerate().map(is_empty).collect();
    for def in &mut *defs {
        if let DefKind::Union { variants, .. } = &mut def.kind {
            for variant in variants {
                if matches!(variant.ty, Ty::Named(id) if empty[id]) {
                    variant.ty = Ty::Nothing;
                }
            }
        }
    }
    for (def, empty) in defs.iter_mut().zip(empty) {
        if empty {
            (def.sent, def.received) = (false, false);
        }
    }
}

pub(crate) fn of_returned(returned: &Returned, ids: &mut Vec<DefId>) {
    match returned {
        Returned::Json(ty)
        | Returned::Maybe(ty)
        | Returned::Lines(ty)
        | Returned::Events(Some(ty)) => {
            named(ty, ids);
        }
        _ => {}
    }
}

/// Finds the definitions that a type names.
pub(crate) fn named(ty: &Ty, ids: &mut Vec<DefId>) {
    match ty {
        Ty::Named(id) => ids.push(*id),
        Ty::List(inner) | Ty::Map(inner) | Ty::OrNull(inner) => named(inner, ids),
        Ty::Applied(id, inner) => {
            ids.push(*id);
            named(inner, ids);
        }
        _ => {}
    }
}

pub(crate) fn parts(def: &Def, alone: &mut Vec<DefId>, in_unions: &mut Vec<DefId>) {
    match &def.kind {
        DefKind::Struct { fields, more, .. } => {
            for ty in fields.iter().map(|field| &field.ty).chain(more) {
                named(ty, alone);
            }
        }
        DefKind::Union { variants, .. } => {
            for variant in variants {
                named(&variant.ty, if variant.untagged { alone } else { in_unions });
            }
        }
        // The objects that share a tag do not write it.
        DefKind::Untagged(variants) if !def.used_alone => {
            for variant in variants {
                named(&variant.ty, in_unions);
            }
        }
        DefKind::Untagged(variants) | DefKind::Keyed(variants) => {
            for variant in variants {
                named(&variant.ty, alone);
            }
        }
        DefKind::Responses(variants) => {
            for variant in variants {
                of_returned(&variant.body, alone);
            }
        }
        DefKind::Page(_, body) => of_returned(body, alone),
        DefKind::Enum(_) | DefKind::Numbers(_) | DefKind::Pending => {}
    }
}

/// Marks all definitions that these lead to.
fn spread(defs: &mut [Def], roots: Vec<DefId>, mark: impl Fn(&mut Def) -> &mut bool) {
    let mut open = roots;
    while let Some(id) = open.pop() {
        if std::mem::replace(mark(&mut defs[id]), true) {
            continue;
        }
        let (mut alone, mut in_unions) = (Vec::new(), Vec::new());
        parts(&defs[id], &mut alone, &mut in_unions);
        for id in &alone {
            defs[*id].used_alone = true;
        }
        open.extend(alone);
        open.extend(in_unions);
    }
}

/// Removes the tags from objects that are only in unions, which write them. An object that is in
/// unions with other tags keeps those that one of them does not write.
fn drop_tags(defs: &mut [Def]) {
    let mut written: HashMap<DefId, BTreeSet<String>> = HashMap::new();
    let mut seen: HashSet<(DefId, BTreeSet<String>)> = HashSet::new();
    let used = defs.iter().enumerate().filter(|(_, def)| def.used_alone);
    let mut open: Vec<_> = used.map(|(id, _)| (id, BTreeSet::new())).collect();
    while let Some((id, around)) = open.pop() {
        if !seen.insert((id, around.clone())) {
            continue;
        }
        let (variants, tag) = match &defs[id].kind {
            DefKind::Struct { .. } => {
                written
                    .entry(id)
                    .or_insert_with(|| around.clone())
                    .retain(|tag| around.contains(tag));
                continue;
            }
            DefKind::Union { variants, tag } => (variants, Some(tag)),
            DefKind::Untagged(variants) => (variants, None),
            _ => continue,
        };
        for variant in variants {
            if let Ty::Named(id) = variant.ty {
                let tag = tag.filter(|_| !variant.untagged);
                open.push((id, around.iter().chain(tag).cloned().collect()));
            }
        }
    }
    for (id, tags) in written {
        // A place for other members would take the tag.
        let Def { kind: DefKind::Struct { fields, more: None, .. }, tags: dropped, .. } =
            &mut defs[id]
        else {
            continue;
        };
        let is_tag = |field: &Field| tags.contains(&field.name);
        dropped.extend(fields.iter().filter(|one| is_tag(one)).map(|one| one.name.clone()));
        fields.retain(|field| !is_tag(field));
    }
}

/// A member that only responses have is optional in a request, and the other way round.
fn fields_by_use(defs: &mut [Def]) {
    for def in defs {
        let (sent, received) = (def.sent, def.received);
        if let DefKind::Struct { fields, .. } = &mut def.kind {
            for field in &mut *fields {
                if (field.read_only && sent) || (field.write_only && received) {
                    field.required = false;
                }
            }
            // An object without any members would say nothing.
            if !received && !fields.iter().all(|field| field.read_only) {
                fields.retain(|field| !field.read_only);
            }
            if !sent && !fields.iter().all(|field| field.write_only) {
                fields.retain(|field| !field.write_only);
            }
        }
    }
}

/// Returns the definitions that are used.
pub(crate) fn used(plan: &Plan) -> Vec<DefId> {
    (0..plan.defs.len()).filter(|id| plan.defs[*id].sent || plan.defs[*id].received).collect()
}

/// Maximum number of definitions that are looked through for another one.
const MAX_LOOKED: usize = 2_000;

/// Returns true if a value of the first definition can hold one of the second without a pointer
/// between them, or may do so in a very large type.
pub(crate) fn holds(defs: &[Def], from: DefId, to: DefId) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == to || seen.len() > MAX_LOOKED {
            return true;
        }
        if seen.insert(id) {
            open.extend(direct(&defs[id]));
        }
    }
    false
}

fn direct(def: &Def) -> Vec<DefId> {
    // A struct with a parameter is only returned, so that nothing holds it.
    let of = |ty: &Ty| match ty {
        Ty::Named(id) => Some(*id),
        _ => None,
    };
    match &def.kind {
        DefKind::Struct { fields, .. } => fields.iter().filter_map(|field| of(&field.ty)).collect(),
        DefKind::Union { variants, .. }
        | DefKind::Untagged(variants)
        | DefKind::Keyed(variants) => {
            variants.iter().filter_map(|variant| of(&variant.ty)).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns about how many bytes a value has.
pub(crate) fn size(defs: &[Def], ty: &Ty, depth: usize) -> usize {
    match ty {
        Ty::Bool => 1,
        Ty::Date | Ty::Number("i32" | "u32" | "u16" | "u8") => 8,
        Ty::Number(_) => 16,
        Ty::Any => 32,
        Ty::OrNull(inner) => size(defs, inner, depth),
        Ty::Applied(id, inner) => size(defs, &Ty::Named(*id), depth) + size(defs, inner, depth + 1),
        Ty::Named(id) if depth < 8 => match &defs[*id].kind {
            DefKind::Struct { fields, more, .. } => {
                let sum: usize = fields.iter().map(|field| size(defs, &field.ty, depth + 1)).sum();
                sum + more.iter().len() * 24
            }
            DefKind::Union { variants, .. }
            | DefKind::Untagged(variants)
            | DefKind::Keyed(variants) => {
                let sizes =
                    variants.iter().map(|variant| size(defs, &variant.ty, depth + 1).min(LARGE));
                sizes.max().unwrap_or(0).max(32) + 8
            }
            _ => 24,
        },
        _ => 24,
    }
}

/// Size of a variant that is boxed.
pub(crate) const LARGE: usize = 176;
