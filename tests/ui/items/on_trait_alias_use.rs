//! The attribute is on an import.

use connectors_client::api_client;

#[api_client]
use std::fmt::Debug as Things;

fn main() {}
