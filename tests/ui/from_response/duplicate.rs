//! Statuses, bodies and sources that are given twice.

use connectors_client::{FromResponse, api_client};

#[derive(FromResponse)]
pub enum Twice {
    #[status(200)]
    Done(String),
    //~ Two variants have one status.
    #[status(202, 200)]
    Accepted,
}

#[derive(FromResponse)]
pub struct TwoBodies {
    #[body]
    report: String,
    //~ Two fields are the body.
    #[body]
    again: String,
}

#[derive(FromResponse)]
pub enum TwoOthers {
    #[status(other)]
    Done(String),
    //~ Two variants stand for the rest.
    #[status(other)]
    Rest,
}

#[derive(FromResponse)]
pub struct TwoSources {
    #[header("ETag")]
    //~ A field has two sources.
    #[body]
    report: String,
}

#[api_client]
pub trait Jobs {
    #[get("jobs/<id>")]
    async fn twice(&self, id: u64) -> Twice;

    #[get("jobs/<id>")]
    async fn two_bodies(&self, id: u64) -> TwoBodies;

    #[get("jobs/<id>")]
    async fn two_others(&self, id: u64) -> TwoOthers;

    #[get("jobs/<id>")]
    async fn two_sources(&self, id: u64) -> TwoSources;
}

fn main() {}
