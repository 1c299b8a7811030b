//! Names of traits, and the client of the whole API with its base URLs and credentials.

use super::plan::{BaseUrl, ErrorEnum, Method, Plan, Trait};
use super::types::unique;
use super::{Generator, servers};
use crate::docs;
use crate::words::{plural, type_name, words};

impl Generator<'_> {
    /// Returns a name for a trait and reserves those of its clients.
    pub(crate) fn trait_name(&mut self, group: &str) -> String {
        let mut words = words(group);
        let name = if words.is_empty() { self.name.clone() } else { type_name(group) };
        if let Some(last) = words.last_mut() {
            *last = plural(last);
        }
        let several = type_name(&words.join("_"));
        let free = |name: &String| {
            let clients = ["", "Client"].map(|end| format!("{name}{end}"));
            !clients.iter().any(|name| self.names.contains(name))
        };
        let candidates = [name.clone(), several, format!("{name}Api")];
        let chosen = candidates.into_iter().find(|name| free(name));
        let chosen = chosen
            .unwrap_or_else(|| unique(&format!("{name}Api"), |name| self.names.contains(name)));
        let clients = ["", "Client", "Request"].map(|end| format!("{chosen}{end}"));
        let more = ["Raw", "Blocking", "BlockingRaw", "Generic"]
            .map(|first| format!("{first}{chosen}Client"));
        self.names.extend(clients.into_iter().chain(more));
        chosen
    }

    /// Adds what is there once: the client of all traits, base URLs and credentials.
    pub(crate) fn finished(&mut self, mut traits: Vec<Trait>, error: Option<ErrorEnum>) -> Plan {
        for one in &mut traits {
            for method in &mut one.methods {
                let request = format!("{}{}Request", one.name, type_name(&method.ident));
                if !self.names.insert(request.clone()) {
                    let other =
                        self.unique_type(&format!("{}{}Call", one.name, type_name(&method.ident)));
                    method.options.push(format!("request = {other}"));
                }
            }
        }
        let methods: Vec<&Method> = traits.iter().flat_map(|one| &one.methods).collect();
        let builders = self.builders(&methods);
        let servers = self.all_base_urls(&mut traits);
        let shared = traits.iter().filter(|one| one.base_url.is_none()).count();
        let name = if shared > 1 {
            let name = self.name.clone();
            let taken = self.names.contains(&name);
            self.unique_type(&if taken { format!("{name}Api") } else { name })
        } else {
            self.name.clone()
        };
        let version = &self.document.version;
        let title = self.document.title.trim();
        let title = if title.is_empty() { "an API" } else { title };
        let mut header = vec![format!("{}.", title.trim_end_matches('.'))];
        header.push(String::new());
        header.push(if version.is_empty() {
            "Follows the description of the API.".to_owned()
        } else {
            format!("Follows version {version} of the description of the API.")
        });
        let path = self.usual_servers.first().map(|server| server.url.trim_end_matches('/'));
        let is_path = |url: &&str| url.starts_with('/') && !url.starts_with("//");
        if let Some(path) = path.filter(is_path).filter(|_| servers.is_empty()) {
            header.push(format!("Its base URL is that of the host with the path `{path}`."));
        }
        let description = self.document.description.clone().unwrap_or_default();
        Plan {
            header,
            docs: docs::shortened(&docs::first_paragraph(&description), super::SHORT),
            name,
            traits,
            defs: std::mem::take(&mut self.defs),
            error,
            servers,
            builders,
            serialize: self.steering.serialize,
        }
    }

    /// Returns the base URLs of the API and of the traits that have one of their own. These traits
    /// get the name of its constant.
    fn all_base_urls(&self, traits: &mut [Trait]) -> Vec<BaseUrl> {
        let mut found = self.base_urls();
        for one in traits {
            let Some(url) = one.base_url.take() else { continue };
            let space = if one.docs.is_empty() { "" } else { " " };
            if !servers::is_absolute(&url) {
                let served = format!("Its base URL is that of the host with the path `{url}`.");
                one.docs = format!("{}{space}{served}", one.docs);
                one.base_url = Some(url);
                continue;
            }
            let further = servers::further_urls(&self.usual_servers, self.document, &url);
            let mut names: Vec<String> = Vec::new();
            for url in std::iter::once(url).chain(further) {
                let known = found.iter().position(|other| other.url == url);
                let at = known.unwrap_or_else(|| {
                    let name = servers::constant(&servers::label(&self.usual_servers, &url));
                    let name = unique(&name, |name| found.iter().any(|other| other.name == name));
                    let docs = "Base URL of single traits.".to_owned();
                    found.push(BaseUrl { name, docs, url });
                    found.len() - 1
                });
                names.push(found[at].name.clone());
            }
            let links: Vec<String> = names.iter().map(|name| format!("[`{name}`]")).collect();
            let served = format!("Build its client with {}.", links.join(" or "));
            one.docs = format!("{}{space}{served}", one.docs);
            one.base_url = names.into_iter().next();
        }
        found
    }
}
