//! Tracks names that must be unique.

use std::collections::HashMap;

use syn::{Attribute, Ident};

/// The registered names and their owners. It is a map, since a trait can have hundreds of
/// endpoints.
#[derive(Default)]
pub(crate) struct NameRegistry(HashMap<String, Vec<Owner>>);

struct Owner {
    ident: Ident,
    /// True if the owner has a `cfg`. Two owners that have one may share a name, since one of them
    /// may be absent.
    is_conditional: bool,
}

impl NameRegistry {
    /// Registers the name of an item with these attributes.
    ///
    /// # Errors
    /// Returns the owner of the name, if it is taken.
    pub(crate) fn register(
        &mut self,
        name: &str,
        ident: &Ident,
        attributes: &[Attribute],
    ) -> Result<(), Ident> {
        let is_conditional = attributes.iter().any(|attribute| attribute.path().is_ident("cfg"));
        let owners = self.0.entry(name.to_owned()).or_default();
        if let Some(other) = owners.iter().find(|other| !(is_conditional && other.is_conditional)) {
            return Err(other.ident.clone());
        }
        owners.push(Owner { ident: ident.clone(), is_conditional });
        Ok(())
    }
}
