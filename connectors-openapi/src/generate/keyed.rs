//! Unions of objects with one member each: `{move: ..}` or `{copy: ..}`.

use std::collections::HashSet;

use super::plan::{Def, DefKind, Ty, Variant};
use super::types::variant_name;

/// Makes such unions enums whose variants are named by the member, as serde writes them. Only
/// requests have them: a variant for unknown values needs another form. Returns true if there are
/// any.
pub(crate) fn find(defs: &mut [Def]) -> bool {
    let found: Vec<Option<Vec<Variant>>> = defs.iter().map(|def| keyed(defs, def)).collect();
    let mut any = false;
    for (def, variants) in defs.iter_mut().zip(found) {
        if let Some(variants) = variants {
            def.kind = DefKind::Keyed(variants);
            any = true;
        }
    }
    any
}

fn keyed(defs: &[Def], def: &Def) -> Option<Vec<Variant>> {
    let DefKind::Untagged(variants) = &def.kind else { return None };
    if !def.sent || def.received {
        return None;
    }
    let members: Option<Vec<Variant>> = variants.iter().map(|one| member(defs, &one.ty)).collect();
    let members = members?;
    let names: HashSet<&String> = members.iter().map(|one| &one.ident).collect();
    (members.len() > 1 && names.len() == members.len()).then_some(members)
}

/// Returns the only member of an object, if each object has it.
fn member(defs: &[Def], ty: &Ty) -> Option<Variant> {
    let Ty::Named(id) = ty else { return None };
    let DefKind::Struct { fields, more: None, .. } = &defs[*id].kind else { return None };
    let [field] = fields.as_slice() else { return None };
    let is_constant = field.fixed.as_ref().is_some_and(serde_json::Value::is_string);
    let is_plain = field.required && !field.nullable && !is_constant && !field.read_only;
    (is_plain && field.ty != Ty::Secret).then(|| Variant {
        name: field.name.clone(),
        ident: variant_name(&field.name),
        ty: field.ty.clone(),
        untagged: false,
    })
}
