//! Named schemas that exist twice, once for values that can be null: `NullableBook` and `Book`.

use std::collections::{HashMap, HashSet};

use super::super::plan::{Def, DefId};
use super::{Replaced, equal};

/// Finds types that are equal to the one that their name is made of.
pub(super) fn found(defs: &mut [Def], _: &mut HashSet<String>) -> Replaced {
    let used = || defs.iter().enumerate().filter(|(_, def)| def.sent || def.received);
    let by_name: HashMap<&str, DefId> = used().map(|(id, def)| (def.name.as_str(), id)).collect();
    let mut twins: Vec<(DefId, DefId)> = Vec::new();
    for (id, def) in used() {
        let plain = def.name.strip_prefix("Nullable");
        let plain = plain.filter(|name| !name.starts_with("Nullable"));
        let plain = plain.and_then(|name| by_name.get(name));
        if let Some(other) = plain
            && let Some(content) = equal::content(def)
            && equal::content(&defs[*other]) == Some(content)
        {
            twins.push((*other, id));
        }
    }
    let mut replaced = Replaced::new();
    for (first, twin) in twins {
        let docs = defs[first].docs.clone();
        equal::join(first, &[twin], defs, &mut replaced);
        defs[first].docs = docs;
    }
    replaced
}
