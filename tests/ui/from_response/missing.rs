//! Missing variants, statuses, sources and names.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
//~ The enum has no variants.
pub enum Empty {}

#[derive(FromResponse)]
pub enum StatusEmpty {
    //~ The brackets are empty.
    #[status()]
    Done(String),
}

#[derive(FromResponse)]
pub enum WithoutStatus {
    #[status(200)]
    Done(String),
    //~ A variant has no status.
    Accepted,
}

#[derive(FromResponse)]
pub struct WithoutSource {
    //~ A field has no source.
    total: Option<u64>,
    #[body]
    report: String,
}

#[derive(FromResponse)]
pub struct HeaderWithoutName {
    //~ The header has no name.
    #[header]
    total: u64,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn empty(&self, id: u64) -> Empty;

    #[get("jobs/<id>")]
    async fn status_empty(&self, id: u64) -> StatusEmpty;

    #[get("jobs/<id>")]
    async fn without_status(&self, id: u64) -> WithoutStatus;

    #[get("jobs/<id>")]
    async fn without_source(&self, id: u64) -> WithoutSource;

    #[get("jobs/<id>")]
    async fn header_without_name(&self, id: u64) -> HeaderWithoutName;
}

fn main() {}
