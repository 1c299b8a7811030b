//! Invalid timeouts.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ A timeout is a number.
    #[post("v1/things", timeout = 5)]
    async fn timeout_as_number(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ A timeout is a negative number.
    #[post("v1/things", timeout = -5)]
    async fn timeout_negative_number(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ A timeout is empty.
    #[post("v1/things", timeout = "")]
    async fn timeout_empty(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ A timeout has no unit.
    #[post("v1/things", timeout = "5")]
    async fn timeout_without_unit(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ The timeout of an attempt has no unit.
    #[post("v1/things", attempt_timeout = "5")]
    async fn attempt_timeout_without_unit(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ The unit of a timeout is unknown.
    #[post("v1/things", timeout = "5 seconds")]
    async fn timeout_with_unknown_unit(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ A timeout is a fraction.
    #[post("v1/things", timeout = "1.5s")]
    async fn timeout_fractional(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ A timeout is negative.
    #[post("v1/things", timeout = "-5s")]
    async fn timeout_negative(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ A timeout is zero.
    #[post("v1/things", timeout = "0s")]
    async fn timeout_of_zero(&self, a: Option<u32>, b: Option<u32>) -> String;

    //~ A timeout is too long for any clock.
    #[post("v1/things", timeout = "99999999999999999999s")]
    async fn timeout_too_long(&self, a: Option<u32>, b: Option<u32>) -> String;
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
