//! The enum has no variants.

use connectors_client::OpenEnum;

#[derive(OpenEnum)]
pub enum State {}

fn main() {}
