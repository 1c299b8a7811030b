//! The type is an enum.

use connectors_client::Page;

#[derive(Page)]
pub enum List {
    All,
}

fn main() {}
