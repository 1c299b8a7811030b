//! Sample connectors: one of each kind, and one that fails.

use serde_json::{Map, Value, json};

use super::connector::{Connector, NewConnector};
use super::request::Fields;
use super::store::Store;

/// Returns a store with the samples. Their ids are always the same, so that commands can name them.
pub(crate) fn store() -> Store {
    samples().map(|(id, fields)| Connector::new(id.to_owned(), new(fields))).into_iter().collect()
}

fn samples() -> [(&'static str, Value); 4] {
    [
        ("wiki", wiki()),
        ("handbook", handbook()),
        ("tickets", tickets()),
        // A chat continues without this connector, so it shows both its error and an answer.
        ("archive", archive()),
    ]
}

fn wiki() -> Value {
    json!({
        "name": "Team wiki",
        "description": "Pages that everybody can edit",
        "url": "https://wiki.example.com/search",
        "excludes": ["drafts"],
        "service_auth": {"type": "bearer", "token": "sample"},
    })
}

/// Its user has not authorized it yet.
fn handbook() -> Value {
    json!({
        "name": "Handbuch für 東京",
        "url": "https://handbook.example.com/search",
        "oauth": {
            "authorize_url": "https://auth.example.com/authorize",
            "token_url": "https://auth.example.com/token",
            "client_id": "handbook",
            "scope": "read",
        },
    })
}

fn tickets() -> Value {
    json!({"name": "Tickets", "url": "https://tickets.example.com/search", "active": false})
}

fn archive() -> Value {
    json!({
        "name": "Old archive",
        "description": "Moved, and nobody knows where to",
        "url": "https://archive.invalid/search",
        "continue_on_failure": true,
    })
}

fn new(fields: Value) -> NewConnector {
    let fields: Map<String, Value> = serde_json::from_value(fields).expect("a sample is an object");
    NewConnector::read(&Fields::from(fields)).expect("a sample is a valid connector")
}
