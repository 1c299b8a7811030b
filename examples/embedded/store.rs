//! Connectors in memory, in order of creation.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;

use tokio::sync::Mutex;

use super::connector::{Connector, ConnectorUpdate, NewConnector};
use super::reply::Problem;

/// The store that the handlers share.
pub(crate) type Shared = Arc<Mutex<Store>>;

/// Maximum length of a name in an id.
const LONGEST_SLUG: usize = 40;

#[derive(Default)]
pub(crate) struct Store {
    connectors: Vec<Connector>,
}

impl FromIterator<Connector> for Store {
    fn from_iter<I: IntoIterator<Item = Connector>>(connectors: I) -> Self {
        Self { connectors: connectors.into_iter().collect() }
    }
}

impl Store {
    pub(crate) fn count(&self) -> usize {
        self.connectors.len()
    }

    pub(crate) fn page(&self, limit: usize, offset: usize) -> Vec<Connector> {
        self.connectors.iter().skip(offset).take(limit).cloned().collect()
    }

    pub(crate) fn get(&self, id: &str) -> Result<Connector, Problem> {
        Ok(self.connectors[self.position(id)?].clone())
    }

    pub(crate) fn create(&mut self, new: NewConnector) -> Connector {
        let connector = Connector::new(self.unused_id(&new.name), new);
        self.connectors.push(connector.clone());
        connector
    }

    pub(crate) fn update(
        &mut self,
        id: &str,
        update: ConnectorUpdate,
    ) -> Result<Connector, Problem> {
        let connector = self.get_mut(id)?;
        connector.update(update);
        Ok(connector.clone())
    }

    pub(crate) fn delete(&mut self, id: &str) -> Result<(), Problem> {
        let position = self.position(id)?;
        self.connectors.remove(position);
        Ok(())
    }

    pub(crate) fn authorize(
        &mut self,
        id: &str,
        after_token_redirect: Option<&str>,
    ) -> Result<String, Problem> {
        self.get_mut(id)?.authorize(after_token_redirect)
    }

    fn get_mut(&mut self, id: &str) -> Result<&mut Connector, Problem> {
        let position = self.position(id)?;
        Ok(&mut self.connectors[position])
    }

    fn position(&self, id: &str) -> Result<usize, Problem> {
        let position = self.connectors.iter().position(|connector| connector.id == id);
        position.ok_or_else(|| Problem::no_connector(id))
    }

    fn unused_id(&self, name: &str) -> String {
        let slug = slug(name);
        loop {
            let id = format!("{slug}-{:06x}", random() & 0xff_ffff);
            if self.position(&id).is_err() {
                return id;
            }
        }
    }
}

/// Returns a different number each time, from the only source of randomness in the standard
/// library.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Returns the id of a response, or of a part of one.
pub(crate) fn random_id() -> String {
    format!("{:016x}", random())
}

/// Input: `My Connector!`. Output: `my-connector`.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    slug.truncate(LONGEST_SLUG);
    match slug.trim_end_matches('-') {
        "" => "connector".to_owned(),
        slug => slug.to_owned(),
    }
}
