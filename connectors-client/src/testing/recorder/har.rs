//! HAR 1.2, the format of browsers' developer tools (<http://www.softwareishard.com/blog/har-12-spec/>).
//!
//! Fields of our own begin with `_`. Times are constant, so that a recording only changes if a
//! request or response does.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::CONTENT_ENCODING;
use serde_json::{Map, Value, json};

use super::entry::{Answer, Content, Entry, Failure, Headers, is_kept};
use super::form::{self, Field};
use super::pretty;
use crate::error::ErrorKind;

const STARTED: &str = "2000-01-01T00:00:00.000Z";
const VERSION: &str = "HTTP/1.1";
const BASE64: &str = "base64";

/// The failures that a transport can have, by name.
const FAILURES: [(&str, ErrorKind); 5] = [
    ("connect", ErrorKind::Connect),
    ("interrupted", ErrorKind::Interrupted),
    ("protocol", ErrorKind::Protocol),
    ("timeout", ErrorKind::Timeout),
    ("tls", ErrorKind::Tls),
];

/// Writes a recording. Entries are sorted by endpoint and arguments, so that concurrent calls have
/// a fixed order too. Entries with equal arguments keep their order.
pub(super) fn write(entries: &[Entry]) -> String {
    let mut sorted: Vec<_> = entries.iter().filter(|entry| !entry.is_open).collect();
    sorted.sort_by_cached_key(|entry| {
        let arguments = Value::from_iter(entry.arguments.clone()).to_string();
        let place = entry.endpoint.is_none().then(|| (entry.url.clone(), entry.method.clone()));
        (entry.endpoint.clone(), arguments, place)
    });
    let entries: Vec<_> = sorted.into_iter().map(entry_to_json).collect();
    let log = json!({
        "creator": {"name": "connectors-client", "version": "1"},
        "entries": entries,
        "version": "1.2",
    });
    pretty::write(&json!({ "log": log }))
}

fn entry_to_json(entry: &Entry) -> Value {
    let mut value = Map::new();
    if let Some(endpoint) = &entry.endpoint {
        value.insert("_arguments".to_owned(), Value::from_iter(entry.arguments.clone()));
        value.insert("_endpoint".to_owned(), endpoint.as_str().into());
    }
    if let Some(failure) = &entry.response.failure {
        value.insert("_error".to_owned(), failure_to_json(*failure));
    }
    value.insert("cache".to_owned(), json!({}));
    value.insert("request".to_owned(), request_to_json(entry));
    value.insert("response".to_owned(), answer_to_json(&entry.response));
    value.insert("startedDateTime".to_owned(), STARTED.into());
    value.insert("time".to_owned(), 0.into());
    value.insert("timings".to_owned(), json!({"receive": 0, "send": 0, "wait": 0}));
    value.into()
}

fn request_to_json(entry: &Entry) -> Value {
    let query = entry.url.split_once('?').map_or("", |(_, query)| query);
    let query: Vec<_> = form::pairs(query).into_iter().map(|pair| named(&pair)).collect();
    let mut request = json!({
        "bodySize": entry.body.bytes.len(),
        "cookies": [],
        "headers": headers_to_json(&entry.headers),
        "headersSize": -1,
        "httpVersion": VERSION,
        "method": entry.method,
    });
    if !entry.body.bytes.is_empty() || !entry.body.fields.is_empty() {
        request["postData"] = body_to_json(&entry.body);
    }
    request["queryString"] = query.into();
    request["url"] = entry.url.as_str().into();
    request
}

fn body_to_json(body: &Content) -> Value {
    if !body.fields.is_empty() {
        let params: Vec<_> = body.fields.iter().map(field_to_json).collect();
        return json!({"mimeType": body.mime, "params": params});
    }
    match str::from_utf8(&body.bytes) {
        Ok(text) => json!({"mimeType": body.mime, "text": text}),
        Err(_) => {
            json!({"_encoding": BASE64, "mimeType": body.mime, "text": STANDARD.encode(&body.bytes)})
        }
    }
}

fn field_to_json(field: &Field) -> Value {
    let mut value = Map::new();
    let text = str::from_utf8(&field.bytes).ok();
    if text.is_none() {
        value.insert("_encoding".to_owned(), BASE64.into());
    }
    if let Some(mime) = &field.mime {
        value.insert("contentType".to_owned(), mime.as_str().into());
    }
    if let Some(name) = &field.file_name {
        value.insert("fileName".to_owned(), name.as_str().into());
    }
    value.insert("name".to_owned(), field.name.as_str().into());
    let text = text.map_or_else(|| STANDARD.encode(&field.bytes), str::to_owned);
    value.insert("value".to_owned(), text.into());
    value.into()
}

fn answer_to_json(answer: &Answer) -> Value {
    let reason = http::StatusCode::from_u16(answer.status).ok();
    let reason = reason.and_then(|status| status.canonical_reason()).unwrap_or_default();
    json!({
        "bodySize": answer.content.bytes.len(),
        "content": content_to_json(&answer.content),
        "cookies": [],
        "headers": headers_to_json(&answer.headers),
        "headersSize": -1,
        "httpVersion": VERSION,
        "redirectURL": header(&answer.headers, "location").unwrap_or_default(),
        "status": answer.status,
        "statusText": reason,
    })
}

fn content_to_json(content: &Content) -> Value {
    let chunks = content.chunks();
    let is_text = chunks.iter().all(|chunk| str::from_utf8(chunk).is_ok())
        && str::from_utf8(&content.bytes).is_ok();
    let written = |bytes: &[u8]| match str::from_utf8(bytes) {
        Ok(text) if is_text => text.to_owned(),
        _ => STANDARD.encode(bytes),
    };
    let mut value = Map::new();
    if content.cuts.is_some() {
        let chunks: Vec<_> = chunks.into_iter().map(written).collect();
        value.insert("_chunks".to_owned(), chunks.into());
    }
    if !is_text {
        value.insert("encoding".to_owned(), BASE64.into());
    }
    value.insert("mimeType".to_owned(), content.mime.as_str().into());
    value.insert("size".to_owned(), content.bytes.len().into());
    value.insert("text".to_owned(), written(&content.bytes).into());
    value.into()
}

fn failure_to_json(failure: Failure) -> Value {
    let name = FAILURES.iter().find(|(_, kind)| *kind == failure.kind);
    let name = name.map_or("interrupted", |(name, _)| name);
    if failure.is_sent { name.into() } else { format!("{name}, not sent").into() }
}

fn headers_to_json(headers: &Headers) -> Value {
    headers.iter().map(named).collect()
}

fn named((name, value): &(String, String)) -> Value {
    json!({"name": name, "value": value})
}

pub(super) fn header<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

/// Reads a recording, of ours or of a browser. The error is a clause that follows the file's name.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_json::from_str(text)
        .map_err(|error| format!("is not JSON at line {}", error.line()))?;
    let Some(entries) = value["log"]["entries"].as_array() else {
        return Err("is not a HAR file, because it has no `log.entries`".to_owned());
    };
    let entries = entries.iter().enumerate();
    entries
        .map(|(index, entry)| read_entry(entry).map_err(|why| format!("{why} in entry {index}")))
        .collect()
}

fn read_entry(value: &Value) -> Result<Entry, String> {
    let request = &value["request"];
    let text = |name: &str| match request[name].as_str() {
        Some(text) => Ok(text.to_owned()),
        None => Err(format!("has no `request.{name}`")),
    };
    let status = value["response"]["status"].as_u64().and_then(|status| status.try_into().ok());
    let is_head = request["method"] == "HEAD";
    let is_own = value["_endpoint"].is_string();
    let arguments = value["_arguments"].as_object().cloned().unwrap_or_default();
    Ok(Entry {
        endpoint: value["_endpoint"].as_str().map(str::to_owned),
        arguments: arguments.into_iter().collect::<BTreeMap<_, _>>(),
        method: text("method")?,
        url: text("url")?,
        headers: read_headers(&request["headers"], false, is_own),
        body: read_body(&request["postData"])?,
        response: Answer {
            status: status.ok_or("has no `response.status`")?,
            headers: read_headers(&value["response"]["headers"], is_head, is_own),
            content: read_content(&value["response"]["content"])?,
            failure: read_failure(value),
        },
        is_used: false,
        is_open: false,
    })
}

/// Reads headers. Another program has bodies without their coding, but its header.
fn read_headers(value: &Value, is_head: bool, is_own: bool) -> Headers {
    let headers = value.as_array().into_iter().flatten().filter_map(|header| {
        Some((header["name"].as_str()?.to_ascii_lowercase(), header["value"].as_str()?.to_owned()))
    });
    headers
        .filter(|(name, _)| is_kept(name, is_head) && (is_own || name != CONTENT_ENCODING.as_str()))
        .collect()
}

fn read_body(value: &Value) -> Result<Content, String> {
    let mime = value["mimeType"].as_str().unwrap_or_default().to_owned();
    let bytes = bytes_of(value["text"].as_str().unwrap_or_default(), &value["_encoding"])?;
    let params = value["params"].as_array().map(Vec::as_slice).unwrap_or_default();
    let content = Content { mime, bytes, ..Content::default() };
    // Browsers give both, and the boundary in the text is random.
    if let Some((mime, fields)) = form::multipart(&content.mime, &content.bytes) {
        return Ok(Content { mime, fields, ..Content::default() });
    }
    if params.is_empty() || !content.bytes.is_empty() {
        return Ok(content);
    }
    let fields: Vec<Field> = params.iter().map(read_field).collect::<Result<_, _>>()?;
    if content.is_form() {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        for field in &fields {
            pairs.append_pair(&field.name, &String::from_utf8_lossy(&field.bytes));
        }
        return Ok(Content { bytes: pairs.finish().into_bytes(), ..content });
    }
    let mime = content.mime.split(';').next().unwrap_or_default().to_owned();
    Ok(Content { mime, fields, ..content })
}

fn read_field(value: &Value) -> Result<Field, String> {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    Ok(Field {
        name: text("name").unwrap_or_default(),
        file_name: text("fileName"),
        mime: text("contentType"),
        bytes: bytes_of(value["value"].as_str().unwrap_or_default(), &value["_encoding"])?,
    })
}

fn read_content(value: &Value) -> Result<Content, String> {
    let encoding = &value["encoding"];
    let mime = value["mimeType"].as_str().unwrap_or_default().to_owned();
    let Some(chunks) = value["_chunks"].as_array() else {
        let bytes = bytes_of(value["text"].as_str().unwrap_or_default(), encoding)?;
        return Ok(Content { mime, bytes, ..Content::default() });
    };
    let (mut bytes, mut cuts) = (Vec::new(), Vec::new());
    for chunk in chunks {
        bytes.extend(bytes_of(chunk.as_str().unwrap_or_default(), encoding)?);
        cuts.push(bytes.len());
    }
    Ok(Content { mime, bytes, cuts: Some(cuts), ..Content::default() })
}

fn bytes_of(text: &str, encoding: &Value) -> Result<Vec<u8>, String> {
    if encoding.as_str() != Some(BASE64) {
        return Ok(text.as_bytes().to_vec());
    }
    STANDARD.decode(text).map_err(|_| "has a text that is not Base64".to_owned())
}

/// Reads the failure of an entry. Browsers write one as the status 0.
fn read_failure(value: &Value) -> Option<Failure> {
    let text = value["_error"].as_str();
    if text.is_none() && value["response"]["status"].as_u64() != Some(0) {
        return None;
    }
    let text = text.unwrap_or_default();
    let (name, is_sent) = match text.strip_suffix(", not sent") {
        Some(name) => (name, false),
        None => (text, true),
    };
    let kind = FAILURES.iter().find(|(other, _)| *other == name).map(|(_, kind)| *kind);
    Some(Failure { kind: kind.unwrap_or(ErrorKind::Interrupted), is_sent })
}

impl Content {
    /// Returns the chunks, or all bytes as one.
    pub(super) fn chunks(&self) -> Vec<&[u8]> {
        let Some(cuts) = &self.cuts else { return vec![&self.bytes] };
        let starts = std::iter::once(0).chain(cuts.iter().copied());
        starts.zip(cuts).filter_map(|(start, end)| self.bytes.get(start..*end)).collect()
    }
}
