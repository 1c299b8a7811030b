//! The derive and its attributes in a wrong place, and unknown options.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
//~ It is derived for a union.
pub union Union {
    number: u64,
    letter: char,
}

#[derive(FromResponse)]
pub enum HeaderOnVariant {
    #[status(202)]
    //~ The header is on the variant.
    #[header("Location")]
    Accepted(String),
}

#[derive(FromResponse)]
//~ The status is on the enum.
#[status(200)]
pub enum StatusOnEnum {
    #[status(200)]
    Done(String),
}

#[derive(FromResponse)]
//~ A struct has a status.
#[status(200)]
pub struct StatusOnStruct {
    #[body]
    report: String,
}

#[derive(FromResponse)]
pub enum UnnamedHeader {
    #[status(202)]
    //~ A field without a name is a header.
    Accepted(#[header("Location")] String),
}

#[derive(FromResponse)]
//~ An option of the type is unknown.
#[from_response(krate = connectors_client)]
pub struct UnknownOption {
    #[body]
    report: String,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn union(&self, id: u64) -> Union;

    #[get("jobs/<id>")]
    async fn header_on_variant(&self, id: u64) -> HeaderOnVariant;

    #[get("jobs/<id>")]
    async fn status_on_enum(&self, id: u64) -> StatusOnEnum;

    #[get("jobs/<id>")]
    async fn status_on_struct(&self, id: u64) -> StatusOnStruct;

    #[get("jobs/<id>")]
    async fn unnamed_header(&self, id: u64) -> UnnamedHeader;

    #[get("jobs/<id>")]
    async fn unknown_option(&self, id: u64) -> UnknownOption;
}

fn main() {}
