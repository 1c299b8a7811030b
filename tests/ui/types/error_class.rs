//! Error types that are not an `ErrorClass`.

use connectors_client::{Error, ErrorClass, api_client};

pub struct ErrorIsNotAClassError;

//~ The error type is not an `ErrorClass`.
#[api_client(error = ErrorIsNotAClassError)]
pub trait ErrorIsNotAClass {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things/all")]
    async fn all(&self) -> String;
}

async fn error_is_not_a_class(client: ErrorIsNotAClassClient, things: impl ErrorIsNotAClass) {
    let _ = client.list().await;
    let _ = client.with_raw_response().list().await;
    let _ = things.list().await;
}

//~ The error is `connectors_client::Error`.
#[api_client(error = connectors_client::Error)]
pub trait ErrorIsTheErrorItself {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things/all")]
    async fn all(&self) -> String;
}

async fn error_is_the_error_itself(client: ErrorIsTheErrorItselfClient, things: impl ErrorIsTheErrorItself) {
    let _ = client.list().await;
    let _ = client.with_raw_response().list().await;
    let _ = things.list().await;
}

#[derive(ErrorClass)]
pub enum ErrorOfEndpointIsNotAClassError {
    #[status(other)]
    Other,
}

pub struct CreateError;

#[api_client(error = ErrorOfEndpointIsNotAClassError)]
pub trait ErrorOfEndpointIsNotAClass {
    //~ The error type of an endpoint is not an `ErrorClass`.
    #[post("v1/things", error = CreateError)]
    async fn create(&self, name: &str) -> String;

    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

async fn error_of_endpoint_is_not_a_class(
    client: ErrorOfEndpointIsNotAClassClient,
    things: impl ErrorOfEndpointIsNotAClass,
) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().create("x").await?;
    things.create("x").await?;
    Ok(())
}

#[derive(PartialEq)]
enum ThingsError {
    NotFound,
}

fn class_of_another_type(error: &Error) -> bool {
    //~ The class of an error is a type that is not an `ErrorClass`.
    error.class() == Some(ThingsError::NotFound)
}

fn main() {}
