//! Settings of a connector for `create` and `update`.

use clap::{Args, ValueEnum};
use connectors_client::Secret;
use connectors_client::cohere::{AuthTokenType, CreateConnectorOAuth, CreateConnectorServiceAuth};

#[derive(Args)]
pub(crate) struct Creation {
    /// A name for people
    pub(crate) name: String,

    /// URL to search for documents
    #[arg(value_name = "URL")]
    pub(crate) search_url: String,

    /// A description; it cannot be changed later
    #[arg(long, value_name = "TEXT")]
    pub(crate) description: Option<String>,

    #[command(flatten)]
    pub(crate) settings: Settings,
}

#[derive(Args)]
pub(crate) struct Update {
    /// The id of the connector
    pub(crate) id: String,

    /// A name for people
    #[arg(long)]
    pub(crate) name: Option<String>,

    /// URL to search for documents
    #[arg(long, value_name = "URL")]
    pub(crate) search_url: Option<String>,

    /// Sends an explicit null for this field; may be repeated
    #[arg(long, value_name = "FIELD", value_enum)]
    pub(crate) null: Vec<Field>,

    #[command(flatten)]
    pub(crate) settings: Settings,
}

/// A field of an update, with its name in the API.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Field {
    Name,
    Url,
    Excludes,
    #[value(name = "oauth")]
    OAuth,
    Active,
    ContinueOnFailure,
    ServiceAuth,
}

impl Update {
    /// Returns an error if a field is both null and set.
    pub(crate) fn conflict(&self) -> Option<String> {
        let field =
            self.null.iter().copied().find(|field| self.is_given(*field))?.to_possible_value()?;
        Some(format!("--null {} cannot be used with a value for it", field.get_name()))
    }

    fn is_given(&self, field: Field) -> bool {
        let settings = &self.settings;
        match field {
            Field::Name => self.name.is_some(),
            Field::Url => self.search_url.is_some(),
            Field::Excludes => settings.excludes.is_some(),
            Field::OAuth => settings.oauth.is_given(),
            Field::Active => settings.active.is_some(),
            Field::ContinueOnFailure => settings.continue_on_failure.is_some(),
            Field::ServiceAuth => settings.service_auth.token.is_some(),
        }
    }
}

/// Settings that a connector can be given at any time.
#[derive(Args)]
pub(crate) struct Settings {
    /// Keeps these fields out of the prompt; they stay in the document
    #[arg(long, value_name = "FIELD,..", value_delimiter = ',')]
    excludes: Option<Vec<String>>,

    /// Makes the connector active or inactive
    #[arg(long, value_name = "BOOL")]
    pub(crate) active: Option<bool>,

    /// Lets a chat continue if the request to this connector fails
    #[arg(long, value_name = "BOOL")]
    pub(crate) continue_on_failure: Option<bool>,

    #[command(flatten)]
    oauth: OAuth,

    #[command(flatten)]
    service_auth: ServiceAuth,
}

impl Settings {
    pub(crate) fn excludes(&self) -> Option<Vec<&str>> {
        Some(self.excludes.as_ref()?.iter().map(String::as_str).collect())
    }

    pub(crate) fn oauth(&self) -> Option<CreateConnectorOAuth> {
        self.oauth.is_given().then(|| self.oauth.configuration())
    }

    pub(crate) fn service_auth(&self) -> Option<CreateConnectorServiceAuth> {
        let ServiceAuth { scheme, token } = &self.service_auth;
        let token = token.as_deref()?;
        Some(CreateConnectorServiceAuth::new(AuthTokenType::from(scheme.as_str()), token))
    }
}

/// clap makes a group of these options, named after the type.
#[derive(Args)]
#[command(next_help_heading = "OAuth 2.0")]
struct OAuth {
    /// URL at which the user authorizes
    #[arg(long = "oauth-authorize-url", value_name = "URL")]
    authorize_url: Option<String>,

    /// URL at which a token is requested
    #[arg(long = "oauth-token-url", value_name = "URL")]
    token_url: Option<String>,

    /// The id of the OAuth client
    #[arg(long = "oauth-client-id", value_name = "ID")]
    client_id: Option<String>,

    /// The secret of the OAuth client
    #[arg(long = "oauth-client-secret", value_name = "SECRET")]
    client_secret: Option<String>,

    /// The scopes to ask for
    #[arg(long = "oauth-scope", value_name = "SCOPE")]
    scope: Option<String>,
}

impl OAuth {
    fn is_given(&self) -> bool {
        [&self.authorize_url, &self.token_url, &self.client_id, &self.client_secret, &self.scope]
            .into_iter()
            .any(Option::is_some)
    }

    fn configuration(&self) -> CreateConnectorOAuth {
        let mut oauth = CreateConnectorOAuth::default();
        oauth.client_id = self.client_id.clone().into();
        oauth.client_secret = self.client_secret.as_ref().map(Secret::from).into();
        oauth.authorize_url = self.authorize_url.clone().into();
        oauth.token_url = self.token_url.clone().into();
        oauth.scope = self.scope.clone().into();
        oauth
    }
}

#[derive(Args)]
#[command(next_help_heading = "Service-to-service authentication")]
struct ServiceAuth {
    /// Scheme of the token: bearer, basic or noscheme
    #[arg(long = "service-auth-type", value_name = "TYPE", default_value = "bearer")]
    #[arg(requires = "service_auth_token")]
    scheme: String,

    /// The token
    #[arg(long = "service-auth-token", value_name = "TOKEN", id = "service_auth_token")]
    #[arg(conflicts_with = "OAuth")]
    token: Option<String>,
}
