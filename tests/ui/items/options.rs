//! Invalid options of a trait.

use connectors_client::api_client;

#[api_client]
//~ The attribute is given twice.
#[api_client]
pub trait AttributeTwice {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ An option of the trait is given twice.
#[api_client(prefix = "v1", prefix = "v2")]
pub trait OptionTwice {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ An option of the trait is unknown.
#[api_client(base_url = "https://api.example.com")]
pub trait UnknownOption {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("things/one")]
    async fn get(&self) -> String;
}

async fn unknown_option(client: UnknownOptionClient, things: impl UnknownOption) {
    let _ = client.list().await;
    let _ = client.with_raw_response().list().await;
    let _ = things.list().await;
}

//~ An option of an endpoint is given to the trait.
#[api_client(idempotent)]
pub trait OptionOfEndpoint {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ The scheme of the trait is text.
#[api_client(auth = "basic")]
pub trait AuthIsText {
    #[get("things")]
    async fn list(&self) -> Vec<String>;
}

async fn auth_is_text(client: AuthIsTextClient) -> Result<(), connectors_client::Error> {
    client.list().await.map(drop)
}

//~ `crate` is a string.
#[api_client(crate = "connectors_client")]
pub trait CrateIsText {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ The header of the key is a number.
#[api_client(idempotency_key = 5)]
pub trait IdempotencyKeyIsNumber {
    #[post("things")]
    async fn make(&self) -> String;
}

async fn idempotency_key_is_number(
    client: IdempotencyKeyIsNumberClient,
) -> Result<(), connectors_client::Error> {
    client.make().await.map(drop)
}

//~ `error` has no value.
#[api_client(error)]
pub trait ErrorBare {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ The value of `error` is missing.
#[api_client(error =)]
pub trait ErrorHalfTyped {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ `error` is in brackets.
#[api_client(error(Error))]
pub trait ErrorInBrackets {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ `error` is a string.
#[api_client(error = "ThingsError")]
pub trait ErrorIsText {
    #[get("things/one")]
    async fn get(&self) -> String;
}

//~ The name of the option `error` is missing.
#[api_client(ThingsError)]
pub trait ErrorWithoutName {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("things/one")]
    async fn get(&self) -> String;
}

async fn error_without_name(client: ErrorWithoutNameClient, things: impl ErrorWithoutName) {
    let _ = client.list().await;
    let _ = client.with_raw_response().list().await;
    let _ = things.list().await;
}

//~ The timeout of the trait has no unit.
#[api_client(timeout = 5)]
pub trait TimeoutOfTrait {
    #[get("v1/things")]
    async fn list(&self) -> String;
}

//~ The idle timeout of the trait has no unit.
#[api_client(idle_timeout = 5)]
pub trait IdleTimeoutOfTrait {
    #[get("v1/things")]
    async fn list(&self) -> String;
}

fn main() {}
