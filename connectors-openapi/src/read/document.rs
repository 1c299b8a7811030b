//! The document itself: paths, servers, tags and security schemes.

use std::collections::HashMap;

use super::files::Placed;
use super::{Reader, extensions, forms, operation};
use crate::model::members::Joined;
use crate::model::{
    Document, Operation, Place, SchemaId, SecurityKind, SecurityScheme, Server, Tag,
};
use crate::notice::Notice;

const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

impl Reader {
    pub(super) fn document(mut self, root: &Placed) -> Result<Document, Notice> {
        let openapi = version(root)?;
        self.check_forms(root, forms::OF_ROOT);
        if let Some(components) = root.child("components") {
            self.check_forms(&components, forms::OF_COMPONENTS);
        }
        let operations = self.operations(root);
        let components = self.components(root);
        let security_schemes = self.security_schemes(root);
        self.read_queue();
        let info = root.child("info");
        let info_text = |key| info.as_ref().and_then(|info| info.text(key));
        let mut document = Document {
            openapi,
            title: info_text("title").unwrap_or_default(),
            version: info_text("version").unwrap_or_default(),
            description: info_text("description"),
            servers: servers(root),
            tags: tags(root),
            security: operation::security(root).unwrap_or_default(),
            operations,
            security_schemes,
            components,
            files: self.files.names(),
            warnings: [self.files.warnings, self.warnings].concat(),
            extensions: extensions(root),
            schemas: self.schemas,
            joined: Joined::new(),
            homes: HashMap::new(),
        };
        document.settle_contradictions();
        document.add_own_variants();
        document.add_mapped_variants();
        document.end_circles();
        document.spread_members();
        document.end_circles();
        document.join_members();
        Ok(document)
    }

    fn operations(&mut self, root: &Placed) -> Vec<Operation> {
        let Some(paths) = root.child("paths") else {
            self.warn(root.notice("there are no `paths`"));
            return Vec::new();
        };
        let mut operations = Vec::new();
        for (path, item) in paths.members() {
            if path.starts_with("x-") {
                continue;
            }
            let Some(item) = self.path_item(&item) else { continue };
            self.check_forms(&item, forms::OF_PATH);
            let methods = item.members().into_iter();
            let methods = methods.filter(|(key, _)| METHODS.contains(&key.as_str()));
            for (method, operation) in methods {
                // Some descriptions have each operation in a file of its own.
                let Some(operation) = self.resolved(&operation) else { continue };
                if operation.node.is_object() {
                    operations.push(self.operation(root, &item, &path, &method, &operation));
                } else {
                    let kind = operation.node.kind();
                    self.warn(operation.notice(format!("an operation is {kind}, not an object")));
                }
            }
            let additional = item.child("additionalOperations");
            for (method, operation) in additional.iter().flat_map(Placed::members) {
                operations.push(self.operation(root, &item, &path, &method, &operation));
            }
        }
        operations
    }

    /// Follows the reference of a path, and keeps the members beside it if there are any.
    fn path_item(&mut self, item: &Placed) -> Option<Placed> {
        let item = self.resolved(item)?;
        if !item.node.is_object() {
            self.warn(item.notice(format!("a path is {}, not an object", item.node.kind())));
            return None;
        }
        Some(item)
    }

    fn components(&mut self, root: &Placed) -> Vec<(String, SchemaId)> {
        let schemas = root.child("components").and_then(|components| components.child("schemas"));
        let mut components = Vec::new();
        for (name, schema) in schemas.iter().flat_map(Placed::members) {
            components.push((name, self.schema_id(&schema)));
        }
        components
    }

    fn security_schemes(&mut self, root: &Placed) -> Vec<SecurityScheme> {
        let schemes = root.child("components").and_then(|all| all.child("securitySchemes"));
        let mut found = Vec::new();
        for (name, scheme) in schemes.iter().flat_map(Placed::members) {
            let Some(scheme) = self.resolved(&scheme) else { continue };
            found.push(SecurityScheme {
                kind: security_kind(&scheme),
                description: scheme.text("description"),
                at: scheme.at,
                name,
            });
        }
        found
    }
}

fn version(root: &Placed) -> Result<String, Notice> {
    if root.node.get("swagger").is_some() {
        return Err(root.notice(
            "this is Swagger 2.0: convert it to OpenAPI 3, for example by `npx swagger2openapi`",
        ));
    }
    match root.text("openapi") {
        Some(version) if version.starts_with("3.") || version == "3" => Ok(version),
        Some(version) => {
            Err(root.notice(format!("OpenAPI `{version}` is not supported, only 3.0, 3.1 and 3.2")))
        }
        None => Err(root.notice("this is not an OpenAPI description: it has no `openapi` version")),
    }
}

pub(super) fn servers(placed: &Placed) -> Vec<Server> {
    let servers = placed.child("servers");
    let servers = servers.iter().flat_map(Placed::items);
    let server = |server: Placed| {
        let variables = server.child("variables");
        let variables = variables.iter().flat_map(Placed::members);
        Some(Server {
            name: server.text("name"),
            url: server.text("url")?,
            description: server.text("description"),
            variables: variables
                .map(|(name, variable)| {
                    let default = variable.text("default").unwrap_or_default();
                    (name, default, variable.text("description"))
                })
                .collect(),
        })
    };
    servers.filter_map(server).collect()
}

fn tags(root: &Placed) -> Vec<Tag> {
    let tags = root.child("tags");
    let tags = tags.iter().flat_map(Placed::items);
    let tag = |tag: Placed| {
        Some(Tag {
            name: tag.text("name")?,
            description: tag.text("description"),
            extensions: extensions(&tag),
        })
    };
    tags.filter_map(tag).collect()
}

fn security_kind(scheme: &Placed) -> SecurityKind {
    let kind = scheme.text("type").unwrap_or_default();
    let http = scheme.text("scheme").unwrap_or_default().to_ascii_lowercase();
    match kind.as_str() {
        "oauth2" | "openIdConnect" => SecurityKind::Bearer,
        "http" if http == "bearer" => SecurityKind::Bearer,
        "http" if http == "basic" => SecurityKind::Basic,
        "http" => SecurityKind::Other(http),
        "apiKey" => {
            let place = match scheme.text("in").as_deref() {
                Some("query") => Place::Query,
                Some("cookie") => Place::Cookie,
                _ => Place::Header,
            };
            SecurityKind::ApiKey { place, name: scheme.text("name").unwrap_or_default() }
        }
        _ => SecurityKind::Other(kind),
    }
}
