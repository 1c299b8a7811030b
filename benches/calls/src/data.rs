//! Data that is sent and received. All ways use the same types.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A connector with as many fields as real ones have.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Connector {
    pub id: String,
    pub name: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub organization_id: Option<String>,
    pub description: Option<String>,
    pub url: Option<String>,
    pub excludes: Option<Vec<String>>,
    pub auth_type: Option<String>,
    pub oauth: Option<OAuth>,
    pub auth_status: Option<String>,
    pub active: Option<bool>,
    pub continue_on_failure: Option<bool>,
}

/// Authentication of a connector.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct OAuth {
    pub authorize_url: String,
    pub token_url: String,
    pub client_id: Option<String>,
    pub scope: Option<String>,
}

/// The response of `get`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Found {
    pub connector: Connector,
}

/// The response of `create`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Created {
    pub connector: Connector,
}

/// The response of `list`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Page {
    pub connectors: Vec<Connector>,
    pub total_count: Option<f64>,
}

/// The body of `create`.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct NewConnector<'a> {
    pub name: &'a str,
    pub url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<&'a str>,
}

impl Connector {
    /// Returns a connector for the server to send.
    #[must_use]
    pub fn sample(number: usize) -> Self {
        Self {
            id: format!("my-connector-{number:04}"),
            name: format!("Connector number {number}"),
            created_at: Timestamp::from_second(1_700_000_000).unwrap_or_default(),
            updated_at: Timestamp::from_second(1_710_000_000).unwrap_or_default(),
            organization_id: Some("0a1b2c3d-0000-4000-8000-000000000001".to_owned()),
            description: Some(
                "Searches the pages of a team, with names like \"Überblick\".".to_owned(),
            ),
            url: Some(format!("https://search-{number}.example.com/search")),
            excludes: Some(vec!["url".to_owned(), "text".to_owned()]),
            auth_type: Some("oauth".to_owned()),
            oauth: Some(OAuth {
                authorize_url: "https://auth.example.com/authorize".to_owned(),
                token_url: "https://auth.example.com/token".to_owned(),
                client_id: Some("client-0123456789".to_owned()),
                scope: Some("read".to_owned()),
            }),
            auth_status: Some("valid".to_owned()),
            active: Some(true),
            continue_on_failure: Some(false),
        }
    }
}
