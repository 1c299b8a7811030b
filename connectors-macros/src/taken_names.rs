//! Names of which there can be one each.

use std::collections::HashMap;

use syn::{Attribute, Ident};

/// The names that are taken, and by whom; looked up and not compared with each other, since a trait can have hundreds.
#[derive(Default)]
pub(crate) struct TakenNames(HashMap<String, Vec<Owner>>);

struct Owner {
    ident: Ident,
    /// Whether it has a `cfg`: of two that have, only one need be there.
    is_conditional: bool,
}

impl TakenNames {
    /// Takes names for an item with these attributes.
    ///
    /// # Errors
    /// If another has one of them: that one.
    pub(crate) fn take(
        &mut self,
        names: &[String],
        ident: &Ident,
        attributes: &[Attribute],
    ) -> Result<(), Ident> {
        let is_conditional = attributes.iter().any(|attribute| attribute.path().is_ident("cfg"));
        let mut owners = names.iter().filter_map(|name| self.0.get(name)).flatten();
        if let Some(other) = owners.find(|other| !(is_conditional && other.is_conditional)) {
            return Err(other.ident.clone());
        }
        for name in names {
            self.0.entry(name.clone()).or_default().push(Owner { ident: ident.clone(), is_conditional });
        }
        Ok(())
    }
}
