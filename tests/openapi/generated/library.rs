//! Library API.
//!
//! Follows version 2 of the description of the API.
//! A value that this version does not name is kept as it came, in the variant `Unknown`.

use std::collections::BTreeMap;

use connectors_client::{
    ApiClient, Client, ClientBuilder, CommaSeparated, ErrorClass, FromResponse, Nullable, OpenEnum,
    Page, Secret, api_client, exposed, skip_unset,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Base URL. The service. Here `region` is `eu`.
pub const BASE_URL: &str = "https://eu.library.example/v2";

/// Base URL. Sandbox.
pub const SANDBOX_BASE_URL: &str = "https://sandbox.library.example/v2";

/// Books and their readers.
#[derive(Clone, Debug, ApiClient)]
pub struct Library {
    pub books: BooksClient,
    pub sessions: SessionsClient,
}

/// Returns the settings of a client that sends this token.
pub fn builder(base_url: impl AsRef<str>, token: impl Into<Secret>) -> ClientBuilder {
    Client::builder(base_url).bearer_token(token)
}

/// Books on the shelves. See the guide for `page_token`.
#[api_client(prefix = "v2/books", error = LibraryError, rename_all = "camelCase")]
pub trait Books {
    /// List books.
    #[get(
        "?<genre>&<ids>&<order>&<published>&<page_token>&<page_size>",
        paginate(cursor = page_token)
    )]
    async fn list(
        &self,
        genre: Option<&[Genre]>,
        ids: Option<CommaSeparated<&[i64]>>,
        /// Sort order. The default is `asc`.
        order: Option<&ListBooksOrder>,
        published: Option<&ListBooksPublished>,
        page_token: Option<&str>,
        page_size: Option<u32>,
        #[header("X-Request-Id")] request_id: Option<&str>,
    ) -> ListBooksResponse;

    /// Add a book.
    #[post("", idempotency_key, fields(kind = "book"))]
    async fn create(
        &self,
        title: &str,
        genre: &Genre,
        /// Second line of the title.
        subtitle: Nullable<&str>,
        pages: Option<u32>,
        #[field("options")] options_value: Option<&[&str]>,
        published_at: Option<Timestamp>,
    ) -> Book;

    #[get("<book_id>")]
    async fn get(&self, book_id: &str) -> Option<Book>;

    #[put("<book_id>")]
    async fn replace(&self, book_id: &str, #[body] book: &Book) -> ReplaceBookReply;

    #[deprecated]
    #[delete("<book_id>")]
    async fn delete(&self, book_id: &str);
}

#[api_client(error = LibraryError, auth = none)]
pub trait Sessions {
    #[post("v2/login", form)]
    async fn login(&self, user: &str, password: &Secret, scopes: Option<&[&str]>) -> LoginResponse;
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "kebab-case")]
pub enum Genre {
    ScienceFiction,
    Crime,
    NonFiction,
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
pub enum ListBooksOrder {
    Asc,
    Desc,
    Unknown(String),
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ListBooksPublished {
    pub after: Option<Date>,
    pub before: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
#[serde(rename_all = "camelCase")]
pub struct ListBooksResponse {
    #[page(items)]
    pub books: Vec<Book>,
    #[page(next)]
    pub next_page_token: Option<String>,
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Book {
    pub id: Option<String>,
    pub title: String,
    pub genre: Option<Genre>,
    pub subtitle: Nullable<String>,
    pub sequel: Option<Box<Book>>,
    pub prices: Option<BTreeMap<String, f64>>,
    pub published_at: Option<Timestamp>,
    #[serde(serialize_with = "exposed")]
    pub license_key: Option<Secret>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Job {
    pub job: String,
}

#[derive(Clone, Debug, PartialEq, FromResponse)]
pub enum ReplaceBookReply {
    /// The book.
    #[status(200)]
    Ok(Box<Book>),
    /// It will be replaced.
    #[status(202)]
    Accepted(Job),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LoginResponse {
    pub access_token: Secret,
    pub expires: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Problem {
    pub message: Option<String>,
    pub code: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct InvalidBody {
    pub fields: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, ErrorClass)]
pub enum LibraryError {
    #[status(404)]
    NotFound(Option<Problem>),
    #[status(409)]
    Conflict(Option<Problem>),
    #[status(422)]
    UnprocessableEntity(Option<InvalidBody>),
    #[status(500..=599)]
    ServerError,
    #[status(other)]
    Other(Option<Problem>),
}
