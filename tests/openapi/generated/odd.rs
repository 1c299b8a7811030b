//! Odd.
//!
//! Follows version 1 of the description of the API.
//! A value that this version does not name is kept as it came, in the variant `Unknown`.

use connectors_client::{
    CommaSeparated, FromResponse, Nullable, OpenEnum, Part, PipeSeparated, Text, api_client,
    skip_unset,
};
use serde::{Deserialize, Serialize};

#[api_client]
pub trait Odd {
    #[get("a%20b/%C3%BC/%5Bx%5D%7C%5E%60/%25zz/%20/<id>")]
    async fn get(&self, id: &str);

    #[get("fixed?a=b c d&plain")]
    async fn get_fixed(&self);

    #[get("queries?x[]=<x>&a b=<a_b>&<ids>&<where>")]
    async fn query(
        &self,
        x: Option<&str>,
        a_b: Option<&str>,
        ids: Option<CommaSeparated<&[&str]>>,
        r#where: Option<&str>,
        #[header("X-Where")] header_where: Option<&str>,
    );

    #[put("headers")]
    async fn put_headers(&self, #[header("X-Kept")] kept: Option<&str>);

    #[post("setters", fields(flag = true, version = 2, ratio = -0.5, kind = "odd"))]
    async fn set_names(
        &self,
        x: Nullable<&str>,
        #[field("maybe_x")] body_maybe_x: Option<&str>,
        #[field("x_null")] body_x_null: Option<&str>,
    );

    #[put("notes")]
    async fn put_note(&self, #[body] note: &Note) -> PutNoteReply;

    #[post("forms", form, fields(grant_type = "password", version = 2))]
    async fn send_form(
        &self,
        csv: Option<CommaSeparated<&[&str]>>,
        piped: Option<PipeSeparated<&[&str]>>,
        list: Option<&[&str]>,
        /// It is written as JSON.
        meta: Option<&str>,
    );

    #[put("forms", multipart, fields(kind = "offer"))]
    async fn send_parts(
        &self,
        /// The offer. Its media type is `application/sdp`.
        sdp: Part,
        /// Its media type is `application/vnd.x+json`.
        meta: Option<Part>,
        plain: Option<&SendPartsPlain>,
    ) -> Outcome;
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Note {
    pub text: String,
    pub key: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Outcome {
    pub result: OutcomeResult,
    pub at: Url,
    pub link: Option<Date>,
    #[serde(rename = "@id")]
    pub id2: Option<String>,
    #[serde(rename = "_id")]
    pub id3: Option<String>,
    pub id: Option<String>,
}

#[derive(Debug, FromResponse)]
pub enum PutNoteReply {
    #[status(200)]
    Ok(Note),
    /// Ok.
    #[status(201)]
    Created(Outcome),
    /// Any.
    #[status(other)]
    Success(Text),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
pub enum OutcomeResult {
    Ok,
    Err,
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Url {
    pub host: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Date {
    pub day: Option<i64>,
}

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SendPartsPlain {
    pub a: Option<String>,
}
