//! Services API.
//!
//! Follows version 1 of the description of the API.

use connectors_client::auth::{basic, cookie, header, query};
use connectors_client::{ApiClient, Client, ClientBuilder, Secret, api_client};
use serde::Deserialize;

pub const BASE_URL: &str = "https://api.services.example/v1";

/// Base URL. 2nd region.
pub const OTHER_BASE_URL: &str = "https://2.services.example/v1";

/// Base URL of single traits.
pub const UPLOAD_BASE_URL: &str = "https://upload.services.example/v1";

/// Base URL of single traits.
pub const V2_BASE_URL: &str = "https://api.services.example/v2";

/// Base URL of single traits.
pub const ROOT_BASE_URL: &str = "https://api.services.example";

/// Base URL of single traits.
pub const CDN_BASE_URL: &str = "https://cdn.services.example/v1";

/// Base URL of single traits.
pub const N2024_BASE_URL: &str = "https://2024.services.example";

/// The whole API as one client.
#[derive(Clone, Debug, ApiClient)]
pub struct Services {
    pub reports: ReportsClient,
    pub users: UsersClient,
    pub keys: KeysClient,
    pub jobs: JobsClient,
    pub apps: AppsClient,
    pub audits: AuditsClient,
}

/// Returns the settings of a client that sends this key as the query pair `api_key`.
pub fn builder(base_url: impl AsRef<str>, key: impl Into<Secret>) -> ClientBuilder {
    Client::builder(base_url).auth(query("api_key", key))
}

/// Returns the settings of a client that sends this key as the cookie `sid`.
pub fn builder_with_session(base_url: impl AsRef<str>, key: impl Into<Secret>) -> ClientBuilder {
    Client::builder(base_url).auth(cookie("sid", key))
}

/// Sends this user and password to the endpoints with `auth = admin_user`.
pub fn with_admin_user(
    client: ClientBuilder,
    user: &str,
    password: impl Into<Secret>,
) -> ClientBuilder {
    client.auth_scheme("admin_user", basic(user, password))
}

/// Sends these keys as `X-App-Id` and as the query pair `app_key` to the endpoints with
/// `auth = app_id_and_app_key`.
pub fn with_app_id_and_app_key(
    client: ClientBuilder,
    app_id: impl Into<Secret>,
    app_key: impl Into<Secret>,
) -> ClientBuilder {
    client.auth_scheme(
        "app_id_and_app_key",
        (header("X-App-Id", app_id), query("app_key", app_key)),
    )
}

/// Returns the settings of a client that sends these keys as `X-App-Id` and as the query pair
/// `app_key`.
pub fn builder_with_app_id_and_app_key(
    base_url: impl AsRef<str>,
    app_id: impl Into<Secret>,
    app_key: impl Into<Secret>,
) -> ClientBuilder {
    Client::builder(base_url).auth((header("X-App-Id", app_id), query("app_key", app_key)))
}

/// Sends this key as `X-App-Id` to the endpoints with `auth = app_id`.
pub fn with_app_id(client: ClientBuilder, key: impl Into<Secret>) -> ClientBuilder {
    client.auth_scheme("app_id", header("X-App-Id", key))
}

/// Sends this key as `X-Other-App-Id` to the endpoints with `auth = app_id2`.
pub fn with_app_id2(client: ClientBuilder, key: impl Into<Secret>) -> ClientBuilder {
    client.auth_scheme("app_id2", header("X-Other-App-Id", key))
}

/// Sends these keys as `X-Header` and as the query pair `query_key` to the endpoints with
/// `auth = header_and_query`.
pub fn with_header_and_query(
    client: ClientBuilder,
    header_value: impl Into<Secret>,
    query_value: impl Into<Secret>,
) -> ClientBuilder {
    client.auth_scheme(
        "header_and_query",
        (
            header("X-Header", header_value),
            query("query_key", query_value),
        ),
    )
}

#[api_client(prefix = "reports")]
pub trait Reports {
    #[get("")]
    async fn list(&self) -> Vec<String>;

    #[post(
        "",
        poll(link = header("Operation-Location")),
        done(status = "Succeeded"),
        failed(status = "Failed", status = "Canceled")
    )]
    async fn create(&self, title: &str) -> Option<Report>;

    #[delete("<id>", poll(link = header("Location")))]
    async fn delete(&self, id: &str);

    #[post(
        "<id>/export",
        poll(link = header("Azure-AsyncOperation"), result = header("Location")),
        done(status = "Succeeded"),
        failed(status = "Failed", status = "Canceled")
    )]
    async fn export(&self, id: &str) -> Option<Report>;

    #[put("<id>/export")]
    async fn replace_export(&self, id: &str) -> Report;
}

#[api_client(auth = admin_user)]
pub trait Users {
    #[get("users")]
    async fn list(&self) -> Vec<String>;
}

#[api_client(prefix = "keys")]
pub trait Keys {
    #[get("", auth = app_id_and_app_key)]
    async fn list(&self) -> Vec<String>;

    #[post("")]
    async fn create(&self);

    #[delete("")]
    async fn delete(&self);
}

/// Build its client with [`UPLOAD_BASE_URL`].
#[api_client]
pub trait ReportsUpload {
    #[post("files")]
    async fn upload_file(&self, #[body(content_type = "text/plain")] body: &str);
}

/// Build its client with [`V2_BASE_URL`].
#[api_client(auth = none)]
pub trait Status {
    #[get("status")]
    async fn get(&self) -> Vec<String>;
}

/// Build its client with [`ROOT_BASE_URL`].
#[api_client]
pub trait Root {
    #[get("root")]
    async fn get(&self) -> Vec<String>;
}

/// Build its client with [`CDN_BASE_URL`].
#[api_client(auth = none)]
pub trait Assets {
    #[get("assets")]
    async fn list(&self) -> Vec<String>;
}

/// Build its client with [`N2024_BASE_URL`].
#[api_client]
pub trait Archive {
    #[get("archive")]
    async fn get(&self) -> Vec<String>;
}

#[api_client]
pub trait Jobs {
    #[delete("jobs/<poll>", poll(link = header("Location")))]
    async fn delete(&self, poll: &str);
}

#[api_client(prefix = "apps")]
pub trait Apps {
    #[get("", auth = app_id)]
    async fn list(&self) -> Vec<String>;

    #[post("", auth = app_id2)]
    async fn create(&self);

    #[put("", auth = header_and_query)]
    async fn replace(&self);

    #[delete("", auth = app_id_and_app_key_and_session)]
    async fn delete(&self);
}

#[api_client(auth = app_id3)]
pub trait Audits {
    #[get("audits")]
    async fn list(&self) -> Vec<String>;
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Report {
    pub title: String,
}
