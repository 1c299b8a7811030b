//! Variants whose statuses have no body, with a body.

use connectors_client::{FromResponse, Text};

#[derive(serde::Deserialize)]
pub struct Report {
    pub lines: u32,
}

#[derive(FromResponse)]
pub enum Deleted {
    #[status(200)]
    Deleted(Report),
    //~ A 204 has no body.
    #[status(204)] Nothing(Report),
}

#[derive(FromResponse)]
pub enum Cached {
    #[status(200)]
    Fresh(Report),
    #[status(304)]
    Same {
        #[header("ETag")]
        etag: String,
        //~ A 304 has no body.
        #[body] text: Text,
    },
    #[status(other)]
    Other,
}

// These are sound.
#[derive(FromResponse)]
pub enum Sound {
    #[status(200, 204)]
    Maybe(Option<Report>),
    #[status(205)]
    Unit(()),
    #[status(304)]
    NotModified,
}

fn main() {}
