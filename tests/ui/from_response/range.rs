//! Ranges of statuses that cannot be results.

use connectors_client::FromResponse;

#[derive(FromResponse)]
pub enum Mixed {
    //~ The range holds redirects.
    #[status(200..=499)]
    All(String),
    #[status(other)]
    Rest,
}

#[derive(FromResponse)]
pub enum Redirect {
    //~ Not every redirect can be a result.
    #[status(301..=303)]
    To,
    #[status(other)]
    Rest,
}

#[derive(FromResponse)]
pub enum Server {
    //~ The range holds statuses that are retried.
    #[status(500..=599)]
    Failed(String),
    #[status(other)]
    Rest,
}

fn main() {}
