//! Wire.
//!
//! Follows version 1 of the description of the API.

use connectors_client::{ByteStream, Part, Parts, api_client};
use serde_json::Value;

#[api_client]
pub trait Wire {
    #[post("images", multipart)]
    async fn add_image(&self, file: Part, more: Option<Parts>, size: Option<&Value>);

    #[get("speech", accept = "audio/mpeg")]
    async fn speech(&self) -> ByteStream;
}
