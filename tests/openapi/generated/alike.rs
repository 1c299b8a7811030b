//! Kennel API.
//!
//! Follows version 1 of the description of the API.
//! A value that this version does not name is kept as it came, in the variant `Unknown`.

use std::collections::BTreeMap;

use connectors_client::{ApiClient, OpenEnum, api_client, skip_unset};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The whole API as one client.
#[derive(Clone, Debug, ApiClient)]
pub struct Kennel {
    pub cats: CatsClient,
    pub dogs: DogsClient,
}

#[api_client(prefix = "cats")]
pub trait Cats {
    /// List cats.
    #[get("?<cat_order>&<limit>")]
    async fn list(
        &self,
        cat_order: Option<&Order>,
        /// Maximum number of cats. Larger numbers are refused by the server. The default is `20`.
        limit: Option<u32>,
    ) -> Response<Vec<Cat>>;

    /// Create a cat.
    #[post("")]
    async fn create(&self, name: &str, home_address: Option<&Address>) -> Response<Cat>;

    #[get("notes")]
    async fn get_cat_notes(&self) -> Vec<NotesResponse>;
}

#[api_client]
pub trait Dogs {
    /// List dogs.
    #[get("dogs?<dog_order>&<limit>")]
    async fn list(
        &self,
        dog_order: Option<&Order>,
        /// Maximum number of dogs.
        limit: Option<i64>,
    ) -> Response<Vec<String>>;

    /// Create a dog.
    #[post("dogs")]
    async fn create(&self, task: Option<&CreateDogTask>, work_address: Option<&Address>);

    #[get("dogs/names?<limit>")]
    async fn list_dog_names(&self, limit: Option<i64>) -> ListDogNamesResponse;

    #[get("dogs/notes")]
    async fn get_dog_notes(&self) -> Vec<GetDogNotesResponse>;

    #[get("birds/notes")]
    async fn get_bird_notes(&self) -> Vec<NotesResponse>;

    #[get("words?<levels>")]
    async fn get_words(&self, levels: Option<&[u16]>) -> BTreeMap<String, String>;

    #[get("kennels/<id>")]
    async fn get_kennel(&self, id: &str) -> Place;
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
pub enum Order {
    Asc,
    Desc,
    Unknown(String),
}

/// A response with its `result`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Response<T> {
    /// Seconds that the call took.
    pub time: Option<f64>,
    pub status: Option<String>,
    pub result: Option<T>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Cat {
    pub name: String,
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Address {
    pub city: String,
    pub street: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct NotesResponse {
    pub author: String,
    pub note: Value,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CreateDogTask {
    FetchStick(Cat),
    Run(i64),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ListDogNamesResponse {
    pub time: Option<f64>,
    pub status: Option<String>,
    pub result: Option<i64>,
    pub more: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct GetDogNotesResponse {
    pub author: String,
    pub note: Option<Value>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Place {
    pub links: PlaceLinks,
    pub rights: Rights,
    pub keeper: Keeper,
    pub deputy: Option<Keeper>,
    pub door: PlaceDoor,
    pub window: PlaceWindow,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PlaceLinks {
    pub html: PlaceLink,
    #[serde(rename = "self")]
    pub self_: PlaceLink,
    pub next: Option<PlaceLink>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Rights {
    pub cats: Option<Right>,
    pub dogs: Option<Right>,
    pub birds: Option<Right>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Keeper {
    pub name: String,
    pub since: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PlaceDoor {
    pub width: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PlaceWindow {
    pub width: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PlaceLink {
    pub href: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
pub enum Right {
    Read,
    Write,
    Unknown(String),
}
