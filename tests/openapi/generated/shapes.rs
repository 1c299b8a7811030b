//! Shapes.
//!
//! Follows version 1 of the description of the API.
//! A value that this version does not name is kept as it came, in the variant `Unknown`.

use std::collections::BTreeMap;

use connectors_client::{ApiClient, Nullable, OpenEnum, OpenUnion, api_client};
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

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Square {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    pub side: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Values {
    pub either: Option<String>,
    #[serde(default, skip_serializing_if = "Nullable::is_unset")]
    pub maybe: Nullable<i64>,
    pub mixed: ValuesMixed,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<ValuesModel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub odd: Option<ValuesOdd>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anything: Option<serde_json::Value>,
    #[serde(rename = "on-off", skip_serializing_if = "Option::is_none")]
    pub on_off: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    pub self_: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
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

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct ValuesNested {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<Vec<ValuesNestedList>>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Named {
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct ValuesNestedList {
    #[serde(skip_serializing_if = "Option::is_none")]
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
    pub option: Option<Option2>,
    #[serde(rename = "Client")]
    pub client: Option<Value>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Option2 {
    pub value: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Value {
    pub json: Option<serde_json::Value>,
}
