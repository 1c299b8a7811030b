//! The Swagger petstore: all operations on pets, orders and users of its OpenAPI 3.0 description, version 1.0.26.
//!
//! Where that description offers JSON, XML and forms for the same body, JSON is sent. Operations on pets take the account's
//! OAuth token, those on orders and users no token at all; the inventory wants an API key in place of the token.

use std::collections::BTreeMap;
use std::fmt;

use connectors_client::{
    ApiClient, Body, CommaSeparated, ErrorClass, FromResponse, OpenEnum, Secret, api_client,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The whole petstore. Its base URL ends in the version: `https://petstore3.swagger.io/api/v3`.
#[derive(Clone, Debug, ApiClient)]
pub struct Petstore {
    /// Everything about pets.
    pub pets: PetsClient,
    /// Orders, and what there is to order.
    pub store: StoreClient,
    /// Users and their sessions.
    pub users: UsersClient,
}

/// Everything about pets.
#[api_client(prefix = "pet", error = PetstoreError)]
pub trait Pets {
    /// Adds a pet.
    #[post("")]
    async fn add(&self, #[body] pet: &Pet) -> Pet;

    /// Replaces a pet, which its id names.
    #[put("")]
    async fn update(&self, #[body] pet: &Pet) -> Pet;

    /// Finds pets by their status; without one, those that are available.
    #[get("findByStatus?<status>")]
    async fn find_by_status(
        &self,
        /// One status or several, which are sent in one value with commas between them.
        status: Option<CommaSeparated<&[PetStatus]>>,
    ) -> Vec<Pet>;

    /// Finds pets by their tags.
    #[get("findByTags?<tags>")]
    async fn find_by_tags(
        &self,
        /// The tags, each of which is sent as a pair of its own.
        tags: Option<&[&str]>,
    ) -> Vec<Pet>;

    /// Gets a pet.
    #[get("<pet_id>")]
    async fn get(
        &self,
        pet_id: i64,
        /// An API key, which will do in place of a token.
        #[header("api_key")]
        api_key: Option<&Secret>,
    ) -> Pet;

    /// Changes the name or status of a pet.
    #[post("<pet_id>?<name>&<status>")]
    async fn update_with_form(
        &self,
        pet_id: i64,
        /// The new name.
        name: Option<&str>,
        /// The new status.
        status: Option<&PetStatus>,
    );

    /// Deletes a pet.
    #[delete("<pet_id>")]
    async fn delete(
        &self,
        pet_id: i64,
        /// An API key.
        #[header("api_key")]
        api_key: Option<&Secret>,
    );

    /// Uploads an image of a pet.
    #[post("<pet_id>/uploadImage?additionalMetadata=<metadata>")]
    async fn upload_image(
        &self,
        pet_id: i64,
        #[body(content_type = "application/octet-stream")] image: Body,
        /// What else is to be known about the image.
        metadata: Option<&str>,
    ) -> UploadResponse;
}

/// Orders, and what there is to order.
#[api_client(prefix = "store", error = PetstoreError, auth = none)]
pub trait Store {
    /// Counts the pets of each status.
    #[get("inventory")]
    async fn inventory(&self, #[header("api_key")] api_key: &Secret) -> BTreeMap<PetStatus, i32>;

    /// Places an order.
    #[post("order")]
    async fn place_order(&self, #[body] order: &Order) -> Order;

    /// Gets an order.
    #[get("order/<order_id>")]
    async fn get_order(&self, order_id: i64) -> Order;

    /// Deletes an order.
    #[delete("order/<order_id>")]
    async fn delete_order(&self, order_id: i64);
}

/// Users and their sessions.
#[api_client(prefix = "user", error = PetstoreError, auth = none)]
pub trait Users {
    /// Makes a user.
    #[post("")]
    async fn create(&self, #[body] user: &User) -> User;

    /// Makes several users, and gives the last one.
    #[post("createWithList")]
    async fn create_with_list(&self, #[body] users: &[User]) -> User;

    /// Logs a user in.
    #[get("login?<username>&<password>")]
    async fn login(
        &self,
        /// The name to log in with.
        username: Option<&str>,
        /// The password; the API takes it in the query.
        password: Option<&str>,
    ) -> Session;

    /// Logs the user out of the current session.
    #[get("logout")]
    async fn logout(&self);

    /// Gets a user.
    #[get("<username>")]
    async fn get(&self, username: &str) -> User;

    /// Replaces a user.
    #[put("<username>")]
    async fn update(&self, username: &str, #[body] user: &User);

    /// Deletes a user.
    #[delete("<username>")]
    async fn delete(&self, username: &str);
}

/// A pet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pet {
    /// The id, which the store gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// Its name.
    pub name: String,
    /// What kind of pet it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// Where there are photos of it.
    pub photo_urls: Vec<String>,
    /// Its tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// Whether it can be bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<PetStatus>,
}

/// A kind of pet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Category {
    /// The id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// Its name, such as `Dogs`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A tag of a pet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Tag {
    /// The id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Whether a pet can be bought.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum PetStatus {
    /// It is for sale.
    Available,
    /// Its sale is under way.
    Pending,
    /// It is sold.
    Sold,
    /// A status that is not known here, as it came.
    Unknown(String),
}

/// What the store says about an upload.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct UploadResponse {
    /// A code of the store's own.
    pub code: Option<i32>,
    /// The type of the message.
    pub r#type: Option<String>,
    /// A message.
    pub message: Option<String>,
}

/// An order of a pet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// The id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// The pet that is ordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pet_id: Option<i64>,
    /// How many of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<i32>,
    /// When it is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ship_date: Option<Timestamp>,
    /// How far the order is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OrderStatus>,
    /// Whether it is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
}

/// How far an order is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OrderStatus {
    /// It was placed.
    Placed,
    /// It was approved.
    Approved,
    /// It was delivered.
    Delivered,
    /// A status that is not known here, as it came.
    Unknown(String),
}

/// A user. `Debug` does not show the password.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// The name that operations take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The first name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// The last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// The address for mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The password, which the API also gives back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// A status of the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_status: Option<i32>,
}

/// Leaves the password out.
impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .field("username", &self.username)
            .field("first_name", &self.first_name)
            .field("last_name", &self.last_name)
            .field("email", &self.email)
            .field("phone", &self.phone)
            .field("user_status", &self.user_status)
            .finish_non_exhaustive()
    }
}

/// A session that a login has begun.
#[derive(Clone, Debug, PartialEq, Eq, FromResponse)]
pub struct Session {
    /// How many calls an hour the user may make.
    #[header("X-Rate-Limit")]
    pub calls_per_hour: Option<i32>,
    /// When the session ends.
    #[header("X-Expires-After")]
    pub expires: Option<Timestamp>,
    /// What the store says.
    #[body]
    pub message: String,
}

/// The error statuses that the petstore names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorClass)]
#[non_exhaustive]
pub enum PetstoreError {
    /// An id, a name or a body is not valid.
    #[status(400)]
    Invalid,
    /// There is no such pet, order or user.
    #[status(404)]
    NotFound,
    /// Any other status that is no success.
    #[status(other)]
    Other,
}
