//! A client of the API that `books.yaml` describes.

use connectors_client::{
    CommaSeparated, ErrorClass, Event, EventStream, FromResponse, Nullable, OpenEnum, OpenUnion,
    Page, Part, Secret, api_client,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[api_client(prefix = "v1", error = BooksError, query("api-version" = "2024-01-02"))]
pub(crate) trait Books {
    #[get("books?<limit>&<cursor>&genre=<genres>&author=<authors>&<sort>", paginate(cursor))]
    async fn list(
        &self,
        limit: Option<u32>,
        cursor: Option<&str>,
        genres: Option<CommaSeparated<&[&str]>>,
        authors: Option<&[&str]>,
        sort: Option<&Sort>,
        #[header("X-Trace")] trace: Option<&str>,
    ) -> BookPage;
}

#[api_client(prefix = "v1", error = BooksError)]
pub(crate) trait Shelves {
    #[post("books")]
    async fn add(
        &self,
        title: &str,
        isbn: Option<&str>,
        notes: Nullable<&str>,
        shelf: Option<&Shelf>,
    ) -> Book;

    #[get("books/<id>", envelope = "data", none_on = 404)]
    async fn get(&self, id: &str) -> Option<Book>;

    #[patch("books/<id>")]
    async fn change(
        &self,
        id: &str,
        #[body(content_type = "application/merge-patch+json")] patch: &Value,
    ) -> Book;

    #[delete("books/<id>")]
    async fn remove(&self, id: &str);

    #[put("books/<id>/cover", multipart)]
    async fn set_cover(&self, id: &str, image: Part, caption: Option<&str>);

    #[post("books/<id>/export")]
    async fn export(&self, id: &str) -> Exported;

    #[get("events")]
    async fn watch(&self) -> EventStream<BookEvent>;

    #[post("login", form)]
    async fn login(&self, user: &str, password: &Secret, remember: Option<bool>);
}

#[derive(Clone, Debug, PartialEq, Eq, ErrorClass)]
pub(crate) enum BooksError {
    #[status(400, 409)]
    Refused(Option<Problem>),
    #[status(other)]
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Problem {
    pub(crate) message: String,
}

#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
pub(crate) enum Sort {
    Title,
    Added,
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub(crate) struct BookPage {
    #[page(items)]
    pub(crate) books: Vec<Book>,
    #[page(next)]
    pub(crate) next: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Book {
    pub(crate) id: String,
    pub(crate) title: String,
    #[serde(rename = "added_at")]
    pub(crate) added: Timestamp,
    pub(crate) state: State,
    pub(crate) pages: Option<u32>,
    #[serde(default)]
    pub(crate) tags: Vec<String>,
}

/// A time; the tests do not depend on a crate for it.
pub(crate) type Timestamp = DateTime<String>;

/// Its name is the one that the check knows.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(transparent)]
pub(crate) struct DateTime<T>(T);

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    InStock,
    Lent,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Shelf {
    pub(crate) room: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) row: Option<u32>,
}

#[derive(Debug, FromResponse)]
pub(crate) enum Exported {
    #[status(200)]
    Done {
        #[header("ETag")]
        tag: String,
        #[body]
        export: Export,
    },
    #[status(202)]
    Running,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Export {
    pub(crate) text: String,
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type", rename_all = "snake_case")]
pub(crate) enum BookEvent {
    Added(Added),
    Removed(Removed),
    #[open_union(other)]
    Other(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct Removed {
    pub(crate) id: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct Added {
    pub(crate) book: Value,
}

#[allow(dead_code)]
fn uses(event: Event<BookEvent>) {
    drop(event);
}
