//! Shapes.
//!
//! Follows version 1 of the description of the API.
//! A value that this version does not name is kept as it came, in the variant `Unknown`.

use std::collections::BTreeMap;

use connectors_client::{ApiClient, Nullable, OpenEnum, OpenUnion, api_client, skip_unset};
use serde::{Deserialize, Serialize};

/// The whole API as one client.
#[derive(Clone, Debug, ApiClient)]
pub struct ShapesApi {
    pub shape: ShapesClient,
    pub value: ValueApiClient,
    pub tree: TreesClient,
}

#[api_client]
pub trait Shapes {
    #[post("shapes")]
    async fn draw(&self, #[body] shape: &Shape) -> Vec<Shape>;
}

#[api_client]
pub trait ValueApi {
    #[put("values")]
    async fn put(&self, #[body] values: &Values) -> Values;
}

#[api_client]
pub trait Trees {
    #[get("trees/<id>.<format>?id=<query_id>&<filter>")]
    async fn get(
        &self,
        id: i64,
        format: &GetTreeFormat,
        query_id: Option<&[&str]>,
        /// It is written as JSON.
        filter: Option<&str>,
        /// Cookies: `session=..`.
        #[header("Cookie", sensitive)]
        cookie: Option<&str>,
    ) -> Tree;
}

#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "kind", rename_all = "snake_case")]
pub enum Shape {
    Circle(Circle),
    Square(Square),
    Dot,
    #[open_union(other)]
    Unknown(serde_json::Value),
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Circle {
    pub radius: f64,
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Square {
    pub colour: Option<String>,
    pub side: f64,
}

#[skip_unset]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Values {
    #[null_if_none]
    pub either: Option<String>,
    pub maybe: Nullable<i64>,
    pub mixed: ValuesMixed,
    pub model: Option<ValuesModel>,
    pub level: Option<i64>,
    pub odd: Option<ValuesOdd>,
    pub anything: Option<serde_json::Value>,
    #[serde(rename = "on-off")]
    pub on_off: Option<bool>,
    pub r#type: Option<String>,
    #[serde(rename = "self")]
    pub self_: Option<String>,
    pub more: Option<String>,
    pub nested: Option<ValuesNested>,
    /// All other members.
    #[serde(flatten)]
    pub additional: BTreeMap<String, i64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum ValuesMixed {
    TextList(Vec<String>),
    Named(Named),
    Integer(i64),
    Text(String),
    Unknown(serde_json::Value),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
pub enum ValuesModel {
    Small,
    Large,
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
pub enum ValuesOdd {
    #[open_enum(rename = "+1")]
    Plus1,
    #[open_enum(rename = "-1")]
    Minus1,
    #[open_enum(rename = "")]
    Empty,
    Unknown,
    #[open_enum(rename = "2x")]
    N2x,
    /// Any other value, as it came.
    Other(String),
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct ValuesNested {
    pub list: Option<Vec<ValuesNestedList>>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Named {
    pub name: String,
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct ValuesNestedList {
    pub x: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
pub enum GetTreeFormat {
    Json,
    Xml,
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Tree {
    pub children: Vec<Tree>,
    pub parent: Option<Box<Tree>>,
    pub option: Option<ShapesOption>,
    #[serde(rename = "Client")]
    pub client: Option<Value>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ShapesOption {
    pub value: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Value {
    pub json: Option<serde_json::Value>,
}
