//! Formats responses for people.

use connectors_client::cohere::{
    Connector, ConnectorAuthStatus, ListConnectorsResponse, OAuthAuthorizeResponse,
};

use super::table::Table;
use super::visible::visible;

const HEAD: [&str; 5] = ["ID", "NAME", "ACTIVE", "AUTH", "URL"];
const NOTHING: &str = "-";

/// Returns a row per connector and the total number of connectors.
pub(crate) fn page(page: &ListConnectorsResponse) -> String {
    let rows = page.connectors.iter().map(row);
    let table = Table::new([HEAD.map(str::to_owned)].into_iter().chain(rows)).render();
    let total = page.total_count.map(|total| format!(" of {total}")).unwrap_or_default();
    format!("{table}\n{}{total}\n", page.connectors.len())
}

fn row(connector: &Connector) -> [String; 5] {
    [
        connector.id.clone(),
        connector.name.clone(),
        connector.active.map_or(NOTHING, yes_or_no).to_owned(),
        auth(connector),
        connector.url.clone().unwrap_or_else(|| NOTHING.to_owned()),
    ]
}

fn auth(connector: &Connector) -> String {
    let Some(kind) = &connector.auth_type else { return NOTHING.to_owned() };
    match (&connector.oauth, status(connector)) {
        (Some(_), None) => format!("{kind}, not authorised"),
        (_, Some(status)) => format!("{kind}, {status}"),
        (None, None) => kind.clone(),
    }
}

/// Returns the status if it is not empty.
fn status(connector: &Connector) -> Option<&str> {
    connector
        .auth_status
        .as_ref()
        .map(ConnectorAuthStatus::as_str)
        .filter(|status| !status.is_empty())
}

fn yes_or_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

/// Returns a row per field that has a value.
pub(crate) fn connector(connector: &Connector) -> String {
    let oauth = connector.oauth.as_ref();
    let flag = |value: Option<bool>| value.map(|value| yes_or_no(value).to_owned());
    let fields = [
        ("id", Some(connector.id.clone())),
        ("name", Some(connector.name.clone())),
        ("description", connector.description.clone()),
        ("url", connector.url.clone()),
        ("active", flag(connector.active)),
        ("continue_on_failure", flag(connector.continue_on_failure)),
        ("excludes", connector.excludes.as_ref().map(|fields| fields.join(", "))),
        ("auth_type", connector.auth_type.clone()),
        ("auth_status", status(connector).map(str::to_owned)),
        ("oauth.authorize_url", oauth.map(|oauth| oauth.authorize_url.clone())),
        ("oauth.token_url", oauth.map(|oauth| oauth.token_url.clone())),
        ("oauth.client_id", oauth.and_then(|oauth| oauth.client_id.clone())),
        ("oauth.scope", oauth.and_then(|oauth| oauth.scope.clone())),
        ("organization_id", connector.organization_id.clone()),
        ("created_at", Some(connector.created_at.to_string())),
        ("updated_at", Some(connector.updated_at.to_string())),
    ];
    let rows = fields.into_iter().filter_map(|(name, value)| Some([name.to_owned(), value?]));
    Table::new(rows).render()
}

pub(crate) fn authorization(id: &str, authorize: &OAuthAuthorizeResponse) -> String {
    match authorize.authorization_url() {
        Ok(url) => format!("To authorise {}, visit\n{}\n", visible(id), visible(&url)),
        Err(error) => format!("There is nothing to visit to authorise {}: {error}\n", visible(id)),
    }
}

pub(crate) fn deletion(id: &str) -> String {
    format!("deleted {}\n", visible(id))
}
