//! Docs that a source says once: those of a type and of a field that has it, and those that several
//! fields or arguments of one name have word for word.

use std::collections::HashSet;

use super::finish;
use super::plan::{ArgumentTy, DefId, DefKind, Plan, Ty};

/// Removes docs that stand elsewhere in the source too.
pub(crate) fn say_once(plan: &mut Plan) {
    types(plan);
    let mut seen = HashSet::new();
    let methods = plan.traits.iter_mut().flat_map(|one| &mut one.methods);
    for argument in methods.flat_map(|method| &mut method.arguments) {
        once(&argument.ident, &mut argument.docs, &mut seen);
    }
    let mut seen = HashSet::new();
    for id in finish::used(plan) {
        if let DefKind::Struct { fields, .. } = &mut plan.defs[id].kind {
            for field in fields {
                once(&field.ident, &mut field.docs, &mut seen);
            }
        }
    }
}

/// Clears docs that the same name has had before.
fn once(ident: &str, docs: &mut String, seen: &mut HashSet<(String, String)>) {
    // A field without these docs must not look as if it were not deprecated.
    let is_own = docs.starts_with("Deprecated.");
    let is_new = docs.is_empty() || is_own || seen.insert((ident.to_owned(), docs.clone()));
    if !is_new {
        docs.clear();
    }
}

/// The docs of a named type stand at the type. Those of a type that the description writes inline
/// describe its place, so they stand there.
fn types(plan: &mut Plan) {
    let mut said: Vec<DefId> = Vec::new();
    let docs: Vec<(String, bool)> =
        plan.defs.iter().map(|def| (def.docs.clone(), def.is_inline)).collect();
    let mut of = |ty: &Ty, own: &mut String| {
        let mut ids = Vec::new();
        finish::named(ty, &mut ids);
        let [id] = ids.as_slice() else { return };
        let (of_type, is_inline) = &docs[*id];
        if of_type.is_empty() {
            return;
        }
        let Some(rest) = own.strip_prefix(of_type.as_str()) else { return };
        if *is_inline {
            said.push(*id);
        } else {
            *own = rest.trim_start().to_owned();
        }
    };
    for argument in plan
        .traits
        .iter_mut()
        .flat_map(|one| &mut one.methods)
        .flat_map(|method| &mut method.arguments)
    {
        if let ArgumentTy::Of(ty) | ArgumentTy::Listed(_, ty) = &argument.ty {
            of(ty, &mut argument.docs);
        }
    }
    for id in finish::used(plan) {
        if let DefKind::Struct { fields, .. } = &mut plan.defs[id].kind {
            for field in fields {
                of(&field.ty, &mut field.docs);
            }
        }
    }
    for id in said {
        plan.defs[id].docs.clear();
    }
}
