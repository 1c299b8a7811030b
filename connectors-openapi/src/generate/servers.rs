//! Base URLs: those of the API, and those of operations that another server answers.

use super::Generator;
use super::plan::BaseUrl;
use crate::model::{Document, Operation, Server};
use crate::words::snake;

impl Generator<'_> {
    /// Returns the base URLs of the API.
    pub(super) fn base_urls(&self) -> Vec<BaseUrl> {
        let mut found: Vec<BaseUrl> = Vec::new();
        for server in &self.usual_servers {
            let (url, open) = expanded(server);
            if !is_absolute(&url) || found.iter().any(|other| other.url == url) {
                continue;
            }
            let description = server.description.as_deref().unwrap_or_default();
            let docs = self.line(description, &[]);
            let place = snake(description).to_ascii_uppercase();
            let place =
                if place.is_empty() || place.len() > 24 { "OTHER".to_owned() } else { place };
            let name =
                if found.is_empty() { "BASE_URL".to_owned() } else { format!("{place}_BASE_URL") };
            let name = super::types::unique(&name, |name| found.iter().any(|one| one.name == name));
            let mut docs = if docs.is_empty() {
                "Base URL of the API.".to_owned()
            } else {
                format!("Base URL. {docs}")
            };
            if !open.is_empty() {
                docs = format!("{docs} It has the default of {}.", open.join(", "));
            }
            found.push(BaseUrl { name, docs, url });
        }
        found
    }
}

/// Returns the servers of the API. If there are none, those of most operations stand for them.
pub(super) fn usual(document: &Document) -> Vec<Server> {
    if !document.servers.is_empty() {
        return document.servers.clone();
    }
    let own = document.operations.iter().map(|operation| operation.servers.clone());
    super::most_frequent(own).unwrap_or_default()
}

/// Returns the base URL of an operation that the servers of the API do not answer.
pub(super) fn own_url(usual: &[Server], operation: &Operation) -> Result<Option<String>, String> {
    let usual: Vec<String> = usual.iter().map(|server| expanded(server).0).collect();
    let own: Vec<String> = operation.servers.iter().map(|server| expanded(server).0).collect();
    let Some(first) = own.first() else { return Ok(None) };
    if own.iter().any(|url| usual.contains(url)) {
        return Ok(None);
    }
    if is_absolute(first) {
        return Ok(Some(first.clone()));
    }
    let origin = usual.iter().find_map(|url| origin(url)).filter(|_| first.starts_with('/'));
    match origin {
        Some(origin) => Ok(Some(format!("{origin}{first}")).filter(|url| !usual.contains(url))),
        None => Err(format!(
            "its server `{}` is not an absolute URL, and the API has none that completes it",
            first.escape_debug()
        )),
    }
}

/// Returns a word for a server: the first label of its host, or the last segment of its path if the
/// host is the one of the API.
pub(super) fn label(usual: &[Server], url: &str) -> String {
    let hosts: Vec<String> =
        usual.iter().filter_map(|server| origin(&expanded(server).0)).collect();
    let own = origin(url).unwrap_or_default();
    if hosts.contains(&own) {
        let segment = url[own.len()..].rsplit('/').find(|segment| !segment.is_empty());
        return segment.unwrap_or("root").to_owned();
    }
    let host = own.rsplit("//").next().unwrap_or_default().to_owned();
    let labels = host.split(['.', ':']).find(|label| !label.is_empty() && *label != "www");
    labels.unwrap_or("other").to_owned()
}

fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Returns the scheme and host of a URL.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split('/').next().filter(|host| !host.is_empty())?;
    Some(format!("{scheme}://{host}"))
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
