//! Base URLs: those of the API, and those of operations that another server answers.

use std::collections::HashSet;

use super::Generator;
use super::plan::BaseUrl;
use crate::model::{Document, Operation, Server};
use crate::words::snake;

/// Maximum length of the word for a server in the name of its constant.
const MAX_WORD: usize = 24;

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
            let name = match found.first() {
                None => "BASE_URL".to_owned(),
                Some(first) => constant(&server_word(server, &first.url, &url)),
            };
            let name = super::types::unique(&name, |name| found.iter().any(|one| one.name == name));
            let mut docs = if docs.is_empty() {
                "Base URL of the API.".to_owned()
            } else {
                format!("Base URL. {docs}")
            };
            if !open.is_empty() {
                docs = format!("{docs} Here {}.", open.join(", "));
            }
            let missing = variables(&url);
            if !missing.is_empty() {
                docs = format!("{docs} Replace {} in it.", missing.join(" and "));
            }
            // The name of the constant says as much.
            let docs = if docs == "Base URL of the API." { String::new() } else { docs };
            found.push(BaseUrl { name, docs, url });
        }
        found
    }
}

/// Returns the variables that no default stands for.
fn variables(url: &str) -> Vec<String> {
    let parts = url.split('{').skip(1).filter_map(|part| part.split_once('}'));
    parts.map(|(name, _)| format!("`{{{name}}}`")).collect()
}

/// Returns the servers of the API. If there are none, those of most operations stand for them.
pub(super) fn usual(document: &Document) -> Vec<Server> {
    let own = || document.operations.iter().map(|operation| operation.servers.clone());
    let mut usual = match document.servers.as_slice() {
        [] => super::most_frequent(own()).unwrap_or_default(),
        of_all => of_all.to_vec(),
    };
    for server in usual.iter_mut().filter(|server| server.url.starts_with("//")) {
        server.url = format!("https:{}", server.url);
    }
    usual
}

/// Returns a word for a server: its name, or else what its URL has and that of the first server has
/// not.
fn server_word(server: &Server, first: &str, url: &str) -> String {
    let named = server.name.as_deref().filter(|name| snake(name).len() <= MAX_WORD);
    if let Some(name) = named {
        return name.to_owned();
    }
    let parts = |url: &str| -> Vec<String> {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        rest.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_lowercase).collect()
    };
    let known = parts(first);
    let is_new = |part: &String| part.parse::<u32>().is_err() && !known.contains(part);
    let new: Vec<String> = parts(url).into_iter().filter(is_new).collect();
    let mut word = String::new();
    for part in new.into_iter().filter(|part| !part.is_empty()) {
        let longer = if word.is_empty() { part } else { format!("{word}_{part}") };
        if longer.len() > MAX_WORD {
            break;
        }
        word = longer;
    }
    word
}

/// Returns the name of the constant for the base URL of a place.
pub(super) fn constant(place: &str) -> String {
    let place = snake(place).to_ascii_uppercase();
    match place.chars().next() {
        None => "OTHER_BASE_URL".to_owned(),
        Some('0'..='9') => format!("N{place}_BASE_URL"),
        Some(_) => format!("{place}_BASE_URL"),
    }
}

/// Returns the base URL of an operation that the servers of the API do not answer. It is a path if
/// the description has no host.
pub(super) fn own_url(usual: &[Server], operation: &Operation) -> Result<Option<String>, String> {
    let usual: Vec<String> = usual.iter().map(|server| expanded(server).0).collect();
    let own: Vec<String> = operation.servers.iter().map(|server| expanded(server).0).collect();
    let Some(first) = own.first() else { return Ok(None) };
    let completed: Vec<String> = own.iter().filter_map(|url| completed(&usual, url)).collect();
    if own.iter().chain(&completed).any(|url| usual.contains(url)) {
        return Ok(None);
    }
    let is_path = |url: &&String| url.is_empty() || url.starts_with('/') && !url.starts_with("//");
    let path = || own.iter().find(is_path).map(|url| root_or(url).to_owned());
    match completed.into_iter().next().or_else(path) {
        Some(url) => Ok(Some(url)),
        None => Err(format!(
            "its server `{}` is not an absolute URL, and the API has none that completes it",
            first.escape_debug()
        )),
    }
}

/// Returns the other base URLs of operations whose first one is this.
pub(super) fn further_urls(usual: &[Server], document: &Document, url: &str) -> Vec<String> {
    let usual: Vec<String> = usual.iter().map(|server| expanded(server).0).collect();
    let mut further: Vec<String> = Vec::new();
    for operation in &document.operations {
        let own = operation.servers.iter().map(|server| expanded(server).0);
        let mut all = own.filter_map(|url| completed(&usual, &url));
        if all.next().is_some_and(|first| first == url) {
            let new = all.filter(|other| other != url);
            further.extend(new.collect::<Vec<_>>());
        }
    }
    let mut seen = HashSet::new();
    further.retain(|url| seen.insert(url.clone()));
    further
}

/// Completes a URL by the scheme and host of the API, as far as it has none (RFC 3986, section
/// 4.2).
fn completed(usual: &[String], url: &str) -> Option<String> {
    if is_absolute(url) {
        return Some(url.to_owned());
    }
    let base = usual.iter().find_map(|url| origin(url))?;
    if url.starts_with("//") {
        let (scheme, _) = base.split_once("://")?;
        let url = format!("{scheme}:{url}");
        return origin(&url).is_some().then_some(url);
    }
    let is_path = url.is_empty() || url.starts_with('/');
    is_path.then(|| format!("{base}{url}").trim_end_matches('/').to_owned())
}

/// Returns a path, which is the root if it is empty.
fn root_or(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}

/// Returns a word for a server: the first label of its host, or the last segment of its path if the
/// host is the one of the API.
pub(super) fn label(usual: &[Server], url: &str) -> String {
    let hosts: Vec<String> =
        usual.iter().filter_map(|server| origin(&expanded(server).0)).collect();
    let own = origin(url).unwrap_or_default();
    if hosts.contains(&own) || own.is_empty() {
        let segment = url[own.len()..].rsplit('/').find(|segment| !segment.is_empty());
        return segment.unwrap_or("root").to_owned();
    }
    let host = own.rsplit("//").next().unwrap_or_default().to_owned();
    let labels = host.split(['.', ':']).find(|label| !label.is_empty() && *label != "www");
    labels.unwrap_or("other").to_owned()
}

pub(super) fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Returns the scheme and host of a URL.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
    Some(format!("{scheme}://{host}"))
}

/// Returns the URL of a server with the defaults of its variables, and these as words.
fn expanded(server: &Server) -> (String, Vec<String>) {
    let mut url = server.url.clone();
    let mut open = Vec::new();
    for (name, default, _) in &server.variables {
        let braces = format!("{{{name}}}");
        if url.contains(&braces) {
            url = url.replace(&braces, default);
            open.push(format!("`{name}` is `{default}`"));
        }
    }
    // The root is a path of its own.
    let trimmed = if url == "/" { "/" } else { url.trim_end_matches('/') };
    (trimmed.to_owned(), open)
}
