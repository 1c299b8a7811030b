//! A connector, and the settings given when it is created or changed.

use jiff::Timestamp;
use serde::Serialize;

use super::auth::{AuthStatus, AuthType, OAuth, ServiceAuth};
use super::change::Change;
use super::reply::Problem;
use super::request::{Fields, web_url};

/// A connector as responses show it, without its secrets.
#[derive(Clone, Serialize)]
pub(crate) struct Connector {
    pub(crate) id: String,
    organization_id: &'static str,
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    pub(crate) url: String,
    created_at: Timestamp,
    updated_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    excludes: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_type: Option<AuthType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oauth: Option<OAuth>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_status: Option<AuthStatus>,
    active: bool,
    pub(crate) continue_on_failure: bool,
}

impl Connector {
    pub(crate) fn new(id: String, new: NewConnector) -> Self {
        let now = Timestamp::now();
        let mut connector = Self {
            id,
            organization_id: "demo-organization",
            name: new.name,
            description: new.description,
            url: new.url,
            created_at: now,
            updated_at: now,
            excludes: None,
            auth_type: None,
            oauth: None,
            auth_status: None,
            active: true,
            continue_on_failure: false,
        };
        connector.configure(new.settings);
        connector
    }

    /// Applies the changes of a PATCH.
    pub(crate) fn update(&mut self, update: ConnectorUpdate) {
        if let Some(name) = update.name {
            self.name = name;
        }
        if let Some(url) = update.url {
            self.url = url;
        }
        self.configure(update.settings);
        self.updated_at = Timestamp::now();
    }

    /// Authorizes the calling user, and returns the URL at which a user would agree.
    pub(crate) fn authorize(
        &mut self,
        after_token_redirect: Option<&str>,
    ) -> Result<String, Problem> {
        let Some(oauth) = &self.oauth else {
            return Err(Problem::bad_request(format!("connector {} does not use oauth", self.id)));
        };
        self.auth_status = Some(AuthStatus::Valid);
        Ok(oauth.redirect_url(&self.id, after_token_redirect))
    }

    /// Returns the reason if a search with this connector fails.
    pub(crate) fn fault(&self) -> Option<String> {
        if !self.active {
            return Some(format!("connector {} is not active", self.id));
        }
        if self.oauth.is_some() && self.auth_status.is_none() {
            return Some(format!("connector {} is not authorized", self.id));
        }
        // Nothing is really sent. RFC 6761 promises that no name under `.invalid` ever resolves.
        let host = host(&self.url);
        host.ends_with(".invalid")
            .then(|| format!("cannot reach {}: no such host: {host}", self.url))
    }

    fn configure(&mut self, settings: Settings) {
        settings.excludes.apply(&mut self.excludes);
        settings.active.apply_or(&mut self.active, true);
        settings.continue_on_failure.apply_or(&mut self.continue_on_failure, false);
        self.configure_oauth(settings.oauth);
        self.configure_service_auth(&settings.service_auth);
    }

    fn configure_oauth(&mut self, oauth: Change<OAuth>) {
        let auth_type = match oauth {
            Change::Keep => return,
            Change::Clear => self.auth_type.filter(|kept| *kept != AuthType::OAuth),
            Change::Set(_) => Some(AuthType::OAuth),
        };
        self.auth_type = auth_type;
        self.auth_status = None;
        oauth.apply(&mut self.oauth);
    }

    fn configure_service_auth(&mut self, service_auth: &Change<ServiceAuth>) {
        match service_auth {
            Change::Keep => {}
            Change::Clear => {
                self.auth_type = self.auth_type.filter(|kept| *kept != AuthType::ServiceAuth);
            }
            Change::Set(_) => {
                self.configure_oauth(Change::Clear);
                self.auth_type = Some(AuthType::ServiceAuth);
            }
        }
    }
}

/// The body of a POST.
pub(crate) struct NewConnector {
    pub(crate) name: String,
    url: String,
    description: Option<String>,
    settings: Settings,
}

impl NewConnector {
    pub(crate) fn read(fields: &Fields) -> Result<Self, Problem> {
        let ConnectorUpdate { name, url, settings } = ConnectorUpdate::read(fields)?;
        Ok(Self {
            name: name.ok_or_else(|| Problem::invalid("name is required"))?,
            url: url.ok_or_else(|| Problem::invalid("url is required"))?,
            description: fields.change("description")?.set(),
            settings,
        })
    }
}

/// The body of a PATCH. As documented, it has no description.
pub(crate) struct ConnectorUpdate {
    name: Option<String>,
    url: Option<String>,
    settings: Settings,
}

impl ConnectorUpdate {
    pub(crate) fn read(fields: &Fields) -> Result<Self, Problem> {
        let (name, url) = (fields.text("name")?, fields.text("url")?);
        if let Some(url) = &url {
            web_url("url", url)?;
        }
        Ok(Self { name, url, settings: Settings::read(fields)? })
    }
}

/// The fields that POST and PATCH have in common.
struct Settings {
    excludes: Change<Vec<String>>,
    oauth: Change<OAuth>,
    active: Change<bool>,
    continue_on_failure: Change<bool>,
    service_auth: Change<ServiceAuth>,
}

impl Settings {
    fn read(fields: &Fields) -> Result<Self, Problem> {
        let settings = Self {
            excludes: fields.change("excludes")?,
            oauth: fields.change("oauth")?,
            active: fields.change("active")?,
            continue_on_failure: fields.change("continue_on_failure")?,
            service_auth: fields.change("service_auth")?,
        };
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<(), Problem> {
        match (&self.oauth, &self.service_auth) {
            (Change::Set(_), Change::Set(_)) => {
                Err(Problem::bad_request("oauth cannot be specified if service_auth is specified"))
            }
            (Change::Set(oauth), _) => oauth.check(),
            (_, Change::Set(service_auth)) => service_auth.check(),
            _ => Ok(()),
        }
    }
}

/// Input: `https://wiki.example.com:8443/search`. Output: `wiki.example.com`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_scheme, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.split(':').next().unwrap_or_default()
}
