//! Names of traits, and the client of the whole API with its base URLs and credentials.

use super::Generator;
use super::plan::{Builder, ErrorEnum, Plan, Trait};
use super::types::unique;
use crate::docs;
use crate::model::{Place, SecurityKind, Server};
use crate::words::{plural, snake, type_name, words};

impl Generator<'_> {
    /// Returns a name for a trait and reserves those of its clients.
    pub(crate) fn trait_name(&mut self, group: &str) -> String {
        let name = type_name(group);
        let mut words = words(group);
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
        let name = if traits.len() > 1 {
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
        let description = self.document.description.clone().unwrap_or_default();
        Plan {
            header,
            docs: docs::shortened(&docs::first_paragraph(&description), super::SHORT),
            name,
            traits,
            defs: std::mem::take(&mut self.defs),
            error,
            servers: self.servers(),
            builders: self.builders(),
            serialize: self.steering.serialize,
        }
    }

    fn servers(&self) -> Vec<(String, String, String)> {
        let mut servers: Vec<(String, String, String)> = Vec::new();
        for server in &self.document.servers {
            let (url, open) = expanded(server);
            if !(url.starts_with("https://") || url.starts_with("http://")) {
                continue;
            }
            let docs = self.short(server.description.as_deref().unwrap_or_default());
            let first = servers.is_empty();
            let place =
                snake(server.description.as_deref().unwrap_or_default()).to_ascii_uppercase();
            let place =
                if place.is_empty() || place.len() > 24 { "OTHER".to_owned() } else { place };
            let name = if first { "BASE_URL".to_owned() } else { format!("{place}_BASE_URL") };
            let name = unique(&name, |name| servers.iter().any(|(other, ..)| other == name));
            let mut docs = if docs.is_empty() {
                "Base URL of the API.".to_owned()
            } else {
                format!("Base URL. {docs}")
            };
            if !open.is_empty() {
                let of = open.join(", ");
                docs = format!("{docs} It has the default of {of}.");
            }
            if !servers.iter().any(|(.., other)| *other == url) {
                servers.push((name, docs, url));
            }
        }
        servers
    }

    fn builders(&self) -> Vec<Builder> {
        let used: Vec<&String> = self
            .document
            .operations
            .iter()
            .flat_map(|operation| operation.security.iter().flatten().map(|(name, _)| name))
            .chain(self.document.security.iter().flatten().map(|(name, _)| name))
            .collect();
        let mut builders: Vec<Builder> = Vec::new();
        for scheme in &self.document.security_schemes {
            if !used.is_empty() && !used.contains(&&scheme.name) {
                continue;
            }
            let (arguments, call, docs) = match &scheme.kind {
                SecurityKind::Bearer => (
                    "token: impl Into<Secret>",
                    "bearer_token(token)".to_owned(),
                    "Returns the settings of a client that sends this token.".to_owned(),
                ),
                SecurityKind::Basic => (
                    "user: &str, password: impl Into<Secret>",
                    "basic_auth(user, password)".to_owned(),
                    "Returns the settings of a client that sends this user and password."
                        .to_owned(),
                ),
                SecurityKind::ApiKey { place: Place::Header, name } => (
                    "key: impl Into<Secret>",
                    format!("auth_header({name:?}, key)"),
                    format!("Returns the settings of a client that sends this key as `{name}`."),
                ),
                _ => continue,
            };
            if builders.iter().any(|other| other.call == call) {
                continue;
            }
            let ident = if builders.is_empty() {
                "builder".to_owned()
            } else {
                format!("builder_with_{}", snake(&scheme.name))
            };
            builders.push(Builder { ident, docs, arguments, call });
        }
        builders
    }
}

/// Returns the URL of a server with the defaults of its variables, and the names of these.
fn expanded(server: &Server) -> (String, Vec<String>) {
    let mut url = server.url.clone();
    let mut open = Vec::new();
    for (name, default, _) in &server.variables {
        let braces = format!("{{{name}}}");
        if url.contains(&braces) {
            url = url.replace(&braces, default);
            open.push(format!("`{name}`"));
        }
    }
    (url.trim_end_matches('/').to_owned(), open)
}
