//! Wire.
//!
//! Follows version 1 of the description of the API.
//! A value that this version does not name is kept as it came, in the variant `Unknown`.

use connectors_client::{ByteStream, Part, Parts, api_client};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[api_client]
pub trait Wire {
    #[post("images", multipart)]
    async fn add_image(&self, file: Part, more: Option<Parts>, size: Option<&AddImageSize>);

    #[get("speech", accept = "audio/mpeg")]
    async fn speech(&self) -> ByteStream;

    #[get("rules")]
    async fn rules(&self) -> Vec<RulesResponse>;
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum AddImageSize {
    Integer(i64),
    Text(String),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum RulesResponse {
    ByName(TargetsByName),
    ByNumber(TargetsByNumber),
    Refs(Refs),
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Refs {
    pub refs: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TargetsByName {
    pub refs: Option<Vec<String>>,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TargetsByNumber {
    pub refs: Option<Vec<String>>,
    pub number: i64,
}
