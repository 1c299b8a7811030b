//! The Swagger petstore: all operations on pets, orders and users of its OpenAPI 3.0 description,
//! version 1.0.26.
//!
//! If that description offers JSON, XML and forms for the same body, the client sends JSON.
//! Operations on pets use the account's OAuth token, and those on orders and users no token. The
//! inventory wants an API key instead of the token.

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
    /// Pets.
    pub pets: PetsClient,
    /// Orders and the inventory.
    pub store: StoreClient,
    /// Users and their sessions.
    pub users: UsersClient,
}

/// Pets.
#[api_client(prefix = "pet", error = PetstoreError)]
pub trait Pets {
    /// Adds a pet.
    #[post("")]
    async fn add(&self, #[body] pet: &Pet) -> Pet;

    /// Replaces the pet with this id.
    #[put("")]
    async fn update(&self, #[body] pet: &Pet) -> Pet;

    /// Finds pets by status. The default is available pets.
    #[get("findByStatus?<status>")]
    async fn find_by_status(
        &self,
        /// One status or several, sent as one comma-separated value.
        status: Option<CommaSeparated<&[PetStatus]>>,
    ) -> Vec<Pet>;

    /// Finds pets by their tags.
    #[get("findByTags?<tags>")]
    async fn find_by_tags(
        &self,
        /// Tags, each sent as its own pair.
        tags: Option<&[&str]>,
    ) -> Vec<Pet>;

    /// Gets a pet.
    #[get("<pet_id>")]
    async fn get(
        &self,
        pet_id: i64,
        /// API key, which can replace the token.
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
        /// Additional metadata of the image.
        metadata: Option<&str>,
    ) -> UploadResponse;
}

/// Orders and the inventory.
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
    /// Creates a user.
    #[post("")]
    async fn create(&self, #[body] user: &User) -> User;

    /// Creates several users and returns the last one.
    #[post("createWithList")]
    async fn create_with_list(&self, #[body] users: &[User]) -> User;

    /// Logs a user in.
    #[get("login?<username>&<password>")]
    async fn login(
        &self,
        /// The name to log in with.
        username: Option<&str>,
        /// The password, which the API expects in the query.
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
    /// Id assigned by the store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// Its name.
    pub name: String,
    /// Category of the pet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// URLs of photos.
    pub photo_urls: Vec<String>,
    /// Its tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// Status in the store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<PetStatus>,
}

/// A category of pets.
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
    /// Name of the tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Status of a pet in the store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum PetStatus {
    /// For sale.
    Available,
    /// Sale pending.
    Pending,
    /// Sold.
    Sold,
    /// An unknown status, as received.
    Unknown(String),
}

/// Result of an upload.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct UploadResponse {
    /// Code chosen by the store.
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
    /// Id of the ordered pet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pet_id: Option<i64>,
    /// Quantity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<i32>,
    /// Shipping time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ship_date: Option<Timestamp>,
    /// Status of the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OrderStatus>,
    /// True if it is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
}

/// Status of an order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OrderStatus {
    /// Placed.
    Placed,
    /// Approved.
    Approved,
    /// Delivered.
    Delivered,
    /// An unknown status, as received.
    Unknown(String),
}

/// A user. `Debug` does not show the password.
#[derive(Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// Name that operations use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The first name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// The last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Password, which the API returns too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// A status of the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_status: Option<i32>,
}

/// Omits the password.
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

/// A session started by a login.
#[derive(Clone, Debug, PartialEq, Eq, FromResponse)]
pub struct Session {
    /// Number of calls per hour that the user may make.
    #[header("X-Rate-Limit")]
    pub calls_per_hour: Option<i32>,
    /// Expiry time.
    #[header("X-Expires-After")]
    pub expires: Option<Timestamp>,
    /// Message of the store.
    #[body]
    pub message: String,
}

/// Error statuses named by the petstore.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorClass)]
#[non_exhaustive]
pub enum PetstoreError {
    /// Invalid id, name or body.
    #[status(400)]
    Invalid,
    /// Unknown pet, order or user.
    #[status(404)]
    NotFound,
    /// Any other status that is not a success.
    #[status(other)]
    Other,
}
