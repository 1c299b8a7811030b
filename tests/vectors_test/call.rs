//! The call of a vector, translated for the library, and the four clients that make it.

use std::time::Duration;

use connectors_client::cohere::Cohere;
use connectors_client::{ConfigError, Error, HttpResponse, Nullable, RequestOptions, Secret};
use serde::Serialize;
use support::clock::TestClock;
use support::server;

use crate::api::{self, AuthTokenType, CreateConnectorOAuth, CreateConnectorServiceAuth};
use crate::json::{Argument, Inexpressible, Json, inexpressible};

/// The API key used if a vector sets none.
pub(crate) const KEY: &str = "test-key";

/// One of the four clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Async,
    AsyncRaw,
    Blocking,
    BlockingRaw,
}

impl Style {
    pub(crate) const ALL: [Self; 4] =
        [Self::Async, Self::AsyncRaw, Self::Blocking, Self::BlockingRaw];
}

/// A call with its arguments, in the types declared by the library.
pub(crate) enum Call {
    List { limit: Option<u32>, offset: Option<u64> },
    Create { name: String, url: String, description: Nullable<String>, fields: Fields },
    Get { id: String },
    Delete { id: String },
    Update { id: String, name: Nullable<String>, url: Nullable<String>, fields: Fields },
    OAuthAuthorize { id: String, after_token_redirect: Option<String> },
}

/// The fields shared by create and update.
pub(crate) struct Fields {
    excludes: Nullable<Vec<String>>,
    oauth: Nullable<CreateConnectorOAuth>,
    active: Nullable<bool>,
    continue_on_failure: Nullable<bool>,
    service_auth: Nullable<CreateConnectorServiceAuth>,
}

const FIELDS: [&str; 5] = ["excludes", "oauth", "active", "continue_on_failure", "service_auth"];

impl Call {
    pub(crate) fn read(operation: &str, arguments: &Json) -> Result<Self, Inexpressible> {
        let arguments = &arguments.unmarked()?;
        arguments.check_keys(&keys(operation))?;
        Ok(match operation {
            "list" => Self::List {
                limit: arguments.optional("limit")?,
                offset: arguments.optional("offset")?,
            },
            "create" => Self::Create {
                name: arguments.required("name")?,
                url: arguments.required("url")?,
                description: arguments.nullable("description")?,
                fields: Fields::read(arguments)?,
            },
            "get" => Self::Get { id: arguments.required("id")? },
            "delete" => Self::Delete { id: arguments.required("id")? },
            "update" => Self::Update {
                id: arguments.required("id")?,
                name: arguments.nullable("name")?,
                url: arguments.nullable("url")?,
                fields: Fields::read(arguments)?,
            },
            "o_auth_authorize" => Self::OAuthAuthorize {
                id: arguments.required("id")?,
                after_token_redirect: arguments.optional("after_token_redirect")?,
            },
            other => panic!("unknown operation {other}"),
        })
    }
}

fn keys(operation: &str) -> Vec<&'static str> {
    match operation {
        "list" => vec!["limit", "offset"],
        "create" => [&["name", "url", "description"], FIELDS.as_slice()].concat(),
        "update" => [&["id", "name", "url"], FIELDS.as_slice()].concat(),
        "o_auth_authorize" => vec!["id", "after_token_redirect"],
        _ => vec!["id"],
    }
}

impl Fields {
    fn read(arguments: &Json) -> Result<Self, Inexpressible> {
        Ok(Self {
            excludes: arguments.nullable("excludes")?,
            oauth: arguments.nullable("oauth")?,
            active: arguments.nullable("active")?,
            continue_on_failure: arguments.nullable("continue_on_failure")?,
            service_auth: arguments.nullable("service_auth")?,
        })
    }
}

impl Argument for CreateConnectorOAuth {
    fn read(json: &Json) -> Result<Self, Inexpressible> {
        json.check_keys(&["client_id", "client_secret", "authorize_url", "token_url", "scope"])?;
        let mut oauth = Self::default();
        oauth.client_id = json.nullable("client_id")?;
        oauth.client_secret = json.nullable::<String>("client_secret")?.map(Secret::from);
        oauth.authorize_url = json.nullable("authorize_url")?;
        oauth.token_url = json.nullable("token_url")?;
        oauth.scope = json.nullable("scope")?;
        Ok(oauth)
    }
}

impl Argument for CreateConnectorServiceAuth {
    fn read(json: &Json) -> Result<Self, Inexpressible> {
        json.check_keys(&["type", "token"])?;
        let kind: String = json.required("type")?;
        Ok(Self::new(AuthTokenType::from(kind.as_str()), json.required::<String>("token")?))
    }
}

/// Translates the SDK's `request_options` into the options of a call.
pub(crate) fn options(options: Option<&Json>) -> Result<Option<RequestOptions>, Inexpressible> {
    let Some(given) = options.map(Json::unmarked).transpose()? else { return Ok(None) };
    let mut options = RequestOptions::new();
    for (name, value) in given.entries() {
        options = match name.as_str() {
            "additional_query_parameters" => value
                .entries()
                .iter()
                .fold(options, |options, (name, value)| options.query(name, value)),
            "additional_body_parameters" => value
                .entries()
                .iter()
                .fold(options, |options, (name, value)| options.body_field(name, value)),
            "additional_headers" => {
                value.entries().iter().try_fold(options, |options, (name, value)| {
                    Ok(options.header(name, String::read(value)?))
                })?
            }
            "timeout_in_seconds" => options.timeout(Duration::from_secs(u64::read(value)?)),
            "max_retries" => options.max_retries(u32::read(value)?),
            other => return inexpressible(format!("the option `{other}`")),
        };
    }
    Ok(Some(options))
}

/// Builds an account from the `client` of a vector. `@` in its base URL stands for the server.
pub(crate) fn account(
    client: Option<&Json>,
    server: &str,
    clock: &TestClock,
) -> Result<Result<Cohere, ConfigError>, Inexpressible> {
    let mut account = Cohere::builder()
        .base_url(server)
        .token(KEY)
        .client(|client| client.env_proxies(false).clock(clock.clone()));
    for (name, value) in client.map_or(&[][..], Json::entries) {
        account = match (name.as_str(), value) {
            ("base_url", Json::Text(url)) if url == "@DEAD" => {
                account.base_url(server::refused_url())
            }
            ("base_url", Json::Text(url)) => account.base_url(url.replacen('@', server, 1)),
            ("client_name", Json::Text(name)) => account.client_name(name),
            ("api_key", Json::Text(key)) if key == "@callable" => {
                return inexpressible("a key that is a function");
            }
            ("api_key" | "token", Json::Text(key)) => account.token(key.as_str()),
            ("headers", Json::Object(headers)) => {
                headers.iter().try_fold(account, |account, (name, value)| {
                    let value = String::read(value)?;
                    Ok(account.client(|client| client.header(name, &value)))
                })?
            }
            _ => return inexpressible(format!("the client's `{name}`")),
        };
    }
    Ok(account.build())
}

/// The result of a call: the data, and the head that only the raw clients return.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) data: Json,
    pub(crate) head: Option<Head>,
}

#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) attempts: u32,
}

fn thin<T: Serialize>(data: T) -> Answer {
    Answer { data: json_of(&data), head: None }
}

fn raw<T: Serialize>(response: HttpResponse<T>) -> Answer {
    let headers = response.headers().iter();
    let head = Head {
        status: response.status().as_u16(),
        headers: headers
            .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
            .collect(),
        attempts: response.attempts(),
    };
    Answer { data: json_of(&response.into_data()), head: Some(head) }
}

fn json_of(data: &impl Serialize) -> Json {
    let text = serde_json::to_string(data).expect("the data has a JSON form");
    serde_json::from_str(&text).expect("a JSON form is JSON")
}

macro_rules! set {
    ($request:ident, $set:ident, $null:ident, $value:expr) => {
        match $value {
            Nullable::Unset => $request,
            Nullable::Null => $request.$null(),
            Nullable::Value(value) => $request.$set(value),
        }
    };
}

macro_rules! set_fields {
    ($request:ident, $fields:expr) => {{
        let fields: &Fields = $fields;
        let excludes: Nullable<Vec<&str>> =
            fields.excludes.as_ref().map(|names| names.iter().map(String::as_str).collect());
        let request = set!($request, excludes, excludes_null, excludes.as_ref().map(Vec::as_slice));
        let request = set!(request, oauth, oauth_null, fields.oauth.as_ref());
        let request = set!(request, active, active_null, fields.active);
        let request = set!(
            request,
            continue_on_failure,
            continue_on_failure_null,
            fields.continue_on_failure
        );
        set!(request, service_auth, service_auth_null, fields.service_auth.as_ref())
    }};
}

macro_rules! finish {
    ($request:expr, $options:ident, $answer:ident, $($send:tt)+) => {{
        let request = $request;
        let request = match $options {
            Some(options) => request.options(options),
            None => request,
        };
        request $($send)+ .map($answer)
    }};
}

/// The four clients have the same methods. They differ in sending a call and in its result.
macro_rules! make {
    ($client:expr, $call:expr, $options:ident, $answer:ident, $($send:tt)+) => {{
        let client = $client;
        match $call {
            Call::List { limit, offset } => {
                let request = client.list().maybe_limit(*limit).maybe_offset(*offset);
                finish!(request, $options, $answer, $($send)+)
            }
            Call::Create { name, url, description, fields } => {
                let request = client.create(name, url);
                let request =
                    set!(request, description, description_null, description.as_ref().map(String::as_str));
                finish!(set_fields!(request, fields), $options, $answer, $($send)+)
            }
            Call::Get { id } => finish!(client.get(id), $options, $answer, $($send)+),
            Call::Delete { id } => finish!(client.delete(id), $options, $answer, $($send)+),
            Call::Update { id, name, url, fields } => {
                let request = client.update(id);
                let request = set!(request, name, name_null, name.as_ref().map(String::as_str));
                let request = set!(request, url, url_null, url.as_ref().map(String::as_str));
                finish!(set_fields!(request, fields), $options, $answer, $($send)+)
            }
            Call::OAuthAuthorize { id, after_token_redirect } => {
                let redirect = after_token_redirect.as_deref();
                let request = client.o_auth_authorize(id).maybe_after_token_redirect(redirect);
                finish!(request, $options, $answer, $($send)+)
            }
        }
    }};
}

/// Makes a call with one of the four clients.
pub(crate) fn make(
    style: Style,
    account: &Cohere,
    call: &Call,
    options: Option<RequestOptions>,
) -> Result<Answer, Error> {
    match style {
        Style::Async => {
            block_on(async { make!(api::connectors(account), call, options, thin, .await) })
        }
        Style::AsyncRaw => block_on(async {
            make!(api::connectors(account).with_raw_response(), call, options, raw, .send().await)
        }),
        Style::Blocking => make!(api::blocking_connectors(account), call, options, thin, .send()),
        Style::BlockingRaw => {
            make!(api::blocking_connectors(account).with_raw_response(), call, options, raw, .send())
        }
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}
