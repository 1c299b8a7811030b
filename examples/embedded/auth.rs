//! Access of a connector to the service it searches: as a user by OAuth, or as itself by a token.

use serde::{Deserialize, Serialize};

use super::reply::Problem;
use super::request::{filled, web_url};

/// URL at which Cohere receives the user who returns from the OAuth server.
const CALLBACK: &str = "https://api.cohere.com/v1/connectors/oauth/token";

#[derive(Clone, Copy, PartialEq, Serialize)]
pub(crate) enum AuthType {
    #[serde(rename = "oauth")]
    OAuth,
    #[serde(rename = "service_auth")]
    ServiceAuth,
}

/// Absent until the user has authorized the connector.
#[derive(Clone, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AuthStatus {
    Valid,
}

/// Settings as received and, without the secret, as shown.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct OAuth {
    authorize_url: String,
    token_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    #[serde(skip_serializing)]
    client_secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

impl OAuth {
    pub(crate) fn check(&self) -> Result<(), Problem> {
        web_url("oauth.authorize_url", &self.authorize_url)?;
        web_url("oauth.token_url", &self.token_url)?;
        if self.client_secret.is_some() && self.client_id.is_none() {
            return Err(Problem::invalid("oauth.client_id is required with client_secret"));
        }
        Ok(())
    }

    /// Returns the URL at which a user authorizes the connector `id`.
    pub(crate) fn redirect_url(&self, id: &str, after_token_redirect: Option<&str>) -> String {
        let pairs = [
            ("response_type", Some("code")),
            ("client_id", self.client_id.as_deref()),
            ("redirect_uri", Some(CALLBACK)),
            ("scope", self.scope.as_deref()),
            ("state", Some(id)),
            ("after_token_redirect", after_token_redirect),
        ];
        let given = pairs
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", encoded(value?))));
        let query = given.collect::<Vec<_>>().join("&");
        let separator = if self.authorize_url.contains('?') { '&' } else { '?' };
        format!("{}{separator}{query}", self.authorize_url)
    }
}

/// Write-only: no response shows it.
#[derive(Deserialize)]
pub(crate) struct ServiceAuth {
    r#type: String,
    token: String,
}

impl ServiceAuth {
    pub(crate) fn check(&self) -> Result<(), Problem> {
        if !["bearer", "basic", "noscheme"].contains(&self.r#type.as_str()) {
            return Err(Problem::invalid("service_auth.type must be bearer, basic or noscheme"));
        }
        filled("service_auth.token", &self.token)
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(encoded_byte).collect()
}

fn encoded_byte(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}
