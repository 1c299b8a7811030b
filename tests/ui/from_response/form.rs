//! Statuses, headers and bodies in a wrong form.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub enum Word {
    //~ A status is a word.
    #[status(ok)]
    Done(String),
}

#[derive(FromResponse)]
pub enum Text {
    //~ A status is a string.
    #[status("200")]
    Done(String),
}

#[derive(FromResponse)]
pub struct StatusWithNumber {
    //~ The status of a field has a number.
    #[status(200)]
    status: http::StatusCode,
}

#[derive(FromResponse)]
pub enum ErrorStatus {
    #[status(200)]
    Done(String),
    //~ A variant has the status of an error.
    #[status(503)]
    NotNow,
}

#[derive(FromResponse)]
pub enum Redirect {
    #[status(200)]
    Done(String),
    //~ A variant has the status of a redirect.
    #[status(301)]
    Elsewhere,
}

#[derive(FromResponse)]
pub struct HeaderIsConstant {
    //~ The header's name is a constant.
    #[header(ETAG)]
    etag: String,
}

#[derive(FromResponse)]
pub struct BadHeaderName {
    //~ The name of a header has a space.
    #[header("Total Count")]
    total: u64,
}

#[derive(FromResponse)]
pub struct BodyWithArguments {
    //~ The body has brackets.
    #[body(json)]
    report: String,
}

#[derive(FromResponse)]
pub enum Tuple {
    #[status(200)]
    //~ A variant has several fields without names.
    Done(u64, String),
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn word(&self, id: u64) -> Word;

    #[get("jobs/<id>")]
    async fn text(&self, id: u64) -> Text;

    #[get("jobs/<id>")]
    async fn status_with_number(&self, id: u64) -> StatusWithNumber;

    #[get("jobs/<id>")]
    async fn error_status(&self, id: u64) -> ErrorStatus;

    #[get("jobs/<id>")]
    async fn redirect(&self, id: u64) -> Redirect;

    #[get("jobs/<id>")]
    async fn header_is_constant(&self, id: u64) -> HeaderIsConstant;

    #[get("jobs/<id>")]
    async fn bad_header_name(&self, id: u64) -> BadHeaderName;

    #[get("jobs/<id>")]
    async fn body_with_arguments(&self, id: u64) -> BodyWithArguments;

    #[get("jobs/<id>")]
    async fn tuple(&self, id: u64) -> Tuple;
}

fn main() {}
