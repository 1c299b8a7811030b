//! Writes the crates. They have the same endpoints and types in each way, and each endpoint is
//! called in its own function.
//!
//! Half of the endpoints are a GET with a path argument and three optional query arguments. The
//! others are a POST with a path argument and a JSON body. Each endpoint has its own response type.
//! The calls are boxed futures, because one async main with hundreds of awaits is quadratic in
//! rustc and hides everything else.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::{Failure, SIZES, WAYS};

/// Writes a workspace of all crates. Unchanged files are not written again.
pub(crate) fn all(place: &Path) -> Result<(), Failure> {
    let names = WAYS.iter().flat_map(|(way, _)| SIZES.map(|size| format!("\"{way}{size}\"")));
    let members: Vec<_> = names.collect();
    let workspace = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.release]\ndebug = 1\n",
        members.join(", ")
    );
    fs::create_dir_all(place)?;
    write(&place.join("Cargo.toml"), &workspace)?;
    // Use the versions of the other benches.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    if !place.join("Cargo.lock").exists() {
        fs::copy(lock, place.join("Cargo.lock"))?;
    }
    for (way, _) in WAYS {
        for size in SIZES {
            let folder = place.join(format!("{way}{size}"));
            fs::create_dir_all(folder.join("src"))?;
            write(&folder.join("Cargo.toml"), &manifest(way, size))?;
            write(&folder.join("src/main.rs"), &source(way, size))?;
            if way == "progenitor" {
                write(&folder.join("openapi.json"), &document(size).to_string())?;
            }
        }
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        Ok(())
    } else {
        fs::write(path, text)
    }
}

fn manifest(way: &str, size: usize) -> String {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../connectors-client");
    let reqwest = "reqwest = { version = \"=0.13.5\", default-features = false, features = \
                   [\"gzip\", \"http2\", \"json\", \"query\", \"rustls-no-provider\", \"system-proxy\"] }\n";
    let dependencies = match way {
        "by_hand" => reqwest.to_owned(),
        "declared" => format!("connectors-client = {{ path = {client:?} }}\n"),
        "pincer" => "pincer = { version = \"=0.1.1\", features = [\"middleware-bearer-auth\"] }\n"
            .to_owned(),
        "progenitor" => {
            format!("{reqwest}progenitor = \"=0.15.1\"\nprogenitor-client = \"=0.15.1\"\n")
        }
        _ => "serde_json = \"1.0.154\"\n".to_owned(),
    };
    format!(
        "[package]\nname = \"{way}{size}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\
         serde = {{ version = \"1.0.229\", features = [\"derive\"] }}\ntokio = {{ version = \"1.54\", features = [\"rt\"] }}\n"
    )
}

fn is_get(i: usize) -> bool {
    i.is_multiple_of(2)
}

fn source(way: &str, size: usize) -> String {
    let mut text = String::from("#![allow(dead_code)]\n");
    (0..size).for_each(|i| types(&mut text, i));
    match way {
        "types" => types_alone(&mut text, size),
        "by_hand" => by_hand(&mut text, size),
        "declared" => declared(&mut text, size),
        "pincer" => pincer(&mut text, size),
        _ => progenitor(&mut text, size),
    }
    text
}

/// Writes the types of an endpoint.
fn types(text: &mut String, i: usize) {
    let _ = writeln!(
        text,
        "#[derive(serde::Deserialize, Debug)]\npub struct Reply{i} {{ pub id: String, pub name: String, \
         pub count: Option<u64>, pub tags: Vec<String>, pub active: bool }}"
    );
    if !is_get(i) {
        let _ = writeln!(
            text,
            "#[derive(serde::Serialize, Debug)]\npub struct Body{i} {{ pub name: String, pub size: Option<u32>, \
             pub labels: Vec<String> }}"
        );
    }
}

/// Writes the code that every way needs for the types: decode, and encode if there is a body.
fn types_alone(text: &mut String, size: usize) {
    for i in 0..size {
        let _ = writeln!(
            text,
            "fn decode{i}(json: &[u8]) -> Result<Reply{i}, serde_json::Error> {{ serde_json::from_slice(json) }}"
        );
        if !is_get(i) {
            let _ = writeln!(
                text,
                "fn encode{i}(body: &Body{i}) -> Result<Vec<u8>, serde_json::Error> {{ serde_json::to_vec(body) }}"
            );
        }
    }
    text.push_str("fn main() {\n");
    for i in 0..size {
        let _ = writeln!(text, "drop(std::hint::black_box(decode{i}(b\"\")));");
        if !is_get(i) {
            let _ = writeln!(text, "drop(std::hint::black_box(encode{i}(&{})));", body(i));
        }
    }
    text.push_str("}\n");
}

fn body(i: usize) -> String {
    format!("Body{i} {{ name: String::new(), size: None, labels: Vec::new() }}")
}

/// Writes a function per endpoint that calls it, and a main that calls these functions.
fn callers(
    text: &mut String,
    client: &str,
    setup: &str,
    size: usize,
    call: impl Fn(usize) -> String,
) {
    for i in 0..size {
        let _ = writeln!(
            text,
            "fn go{i}(client: &{client}) -> std::pin::Pin<Box<dyn Future<Output = ()> + '_>> {{ \
             Box::pin(async move {{ drop({}); }}) }}",
            call(i)
        );
    }
    let _ = writeln!(
        text,
        "fn main() {{\nlet runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();\nlet client = {setup};"
    );
    for i in 0..size {
        let _ = writeln!(text, "runtime.block_on(go{i}(&client));");
    }
    text.push_str("}\n");
}

fn by_hand(text: &mut String, size: usize) {
    for i in 0..size {
        let _ = if is_get(i) {
            writeln!(
                text,
                "pub async fn thing{i}(client: &reqwest::Client, base: &str, token: &str, id: &str, limit: Option<u32>, \
                 cursor: Option<&str>, active: Option<bool>) -> Result<Reply{i}, reqwest::Error> {{\n\
                 let mut request = client.get(format!(\"{{base}}/v1/thing{i}/{{id}}\")).bearer_auth(token);\n\
                 if let Some(limit) = limit {{ request = request.query(&[(\"limit\", limit)]); }}\n\
                 if let Some(cursor) = cursor {{ request = request.query(&[(\"cursor\", cursor)]); }}\n\
                 if let Some(active) = active {{ request = request.query(&[(\"active\", active)]); }}\n\
                 request.send().await?.error_for_status()?.json().await\n}}"
            )
        } else {
            writeln!(
                text,
                "pub async fn thing{i}(client: &reqwest::Client, base: &str, token: &str, id: &str, body: &Body{i}) \
                 -> Result<Reply{i}, reqwest::Error> {{\n\
                 let request = client.post(format!(\"{{base}}/v1/thing{i}/{{id}}\")).bearer_auth(token).json(body);\n\
                 request.send().await?.error_for_status()?.json().await\n}}"
            )
        };
    }
    callers(text, "reqwest::Client", "reqwest::Client::new()", size, |i| {
        let arguments = "client, \"http://localhost\", \"token\", \"id\"";
        if is_get(i) {
            format!("thing{i}({arguments}, Some(1), Some(\"a\"), Some(true)).await")
        } else {
            format!("thing{i}({arguments}, &{}).await", body(i))
        }
    });
}

fn declared(text: &mut String, size: usize) {
    text.push_str("#[connectors_client::api_client]\npub trait Things {\n");
    for i in 0..size {
        let _ = if is_get(i) {
            writeln!(
                text,
                "#[get(\"v1/thing{i}/<id>?<limit>&<cursor>&<active>\")]\nasync fn thing{i}(&self, id: &str, \
                 limit: Option<u32>, cursor: Option<&str>, active: Option<bool>) -> Reply{i};"
            )
        } else {
            writeln!(
                text,
                "#[post(\"v1/thing{i}/<id>\")]\nasync fn thing{i}(&self, id: &str, #[body] body: &Body{i}) -> Reply{i};"
            )
        };
    }
    text.push_str("}\n");
    let client = "connectors_client::Client::builder(\"http://localhost\").bearer_token(\"token\").build().unwrap()";
    callers(text, "ThingsClient", &format!("ThingsClient::new({client})"), size, |i| {
        if is_get(i) {
            format!("client.thing{i}(\"id\").limit(1).cursor(\"a\").active(true).await")
        } else {
            format!("client.thing{i}(\"id\", &{}).await", body(i))
        }
    });
}

fn pincer(text: &mut String, size: usize) {
    text.push_str(
        "use pincer::prelude::*;\n#[pincer(url = \"http://localhost\")]\npub trait Things {\n",
    );
    for i in 0..size {
        let _ = if is_get(i) {
            writeln!(
                text,
                "#[get(\"/v1/thing{i}/{{id}}\")]\nasync fn thing{i}(&self, #[path] id: &str, #[query] limit: Option<u32>, \
                 #[query] cursor: Option<&str>, #[query] active: Option<bool>) -> pincer::Result<Reply{i}>;"
            )
        } else {
            writeln!(
                text,
                "#[post(\"/v1/thing{i}/{{id}}\")]\nasync fn thing{i}(&self, #[path] id: &str, #[body] body: &Body{i}) \
                 -> pincer::Result<Reply{i}>;"
            )
        };
    }
    text.push_str("}\n");
    let client = "ThingsClientBuilder::default().base_url(\"http://localhost\").configure_client(|client| client.with_bearer_auth(\"token\")).build().unwrap()";
    callers(text, "impl Things", client, size, |i| {
        if is_get(i) {
            format!("client.thing{i}(\"id\", Some(1), Some(\"a\"), Some(true)).await")
        } else {
            format!("client.thing{i}(\"id\", &{}).await", body(i))
        }
    });
}

fn progenitor(text: &mut String, size: usize) {
    text.push_str("#[allow(clippy::all)]\nmod generated {\nprogenitor::generate_api!(spec = \"openapi.json\", replace = {\n");
    for i in 0..size {
        let _ = writeln!(text, "Reply{i} = crate::Reply{i},");
        if !is_get(i) {
            let _ = writeln!(text, "Body{i} = crate::Body{i},");
        }
    }
    text.push_str("});\n}\n");
    callers(text, "generated::Client", "generated::Client::new(\"http://localhost\")", size, |i| {
        if is_get(i) {
            // Query arguments are in alphabetical order.
            format!("client.thing{i}(\"id\", Some(true), Some(\"a\"), Some(1)).await")
        } else {
            format!("client.thing{i}(\"id\", &{}).await", body(i))
        }
    });
}

/// Writes the endpoints as an `OpenAPI` document, whose types are replaced by those of all ways.
fn document(size: usize) -> Value {
    let (mut paths, mut schemas) = (serde_json::Map::new(), serde_json::Map::new());
    let query = |name: &str, schema: Value| json!({"name": name, "in": "query", "required": false, "schema": schema});
    for i in 0..size {
        let mut parameters = vec![
            json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}),
        ];
        let reply = json!({"$ref": format!("#/components/schemas/Reply{i}")});
        let mut operation = json!({
            "operationId": format!("thing{i}"),
            "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": reply}}}}
        });
        if is_get(i) {
            parameters
                .push(query("limit", json!({"type": "integer", "format": "uint32", "minimum": 0})));
            parameters.push(query("cursor", json!({"type": "string"})));
            parameters.push(query("active", json!({"type": "boolean"})));
        } else {
            let body = json!({"$ref": format!("#/components/schemas/Body{i}")});
            operation["requestBody"] =
                json!({"required": true, "content": {"application/json": {"schema": body}}});
            schemas.insert(format!("Body{i}"), json!({"type": "object"}));
        }
        operation["parameters"] = parameters.into();
        schemas.insert(format!("Reply{i}"), json!({"type": "object"}));
        let verb = if is_get(i) { "get" } else { "post" };
        paths.insert(format!("/v1/thing{i}/{{id}}"), json!({verb: operation}));
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1.0.0"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}
