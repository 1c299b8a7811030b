//! A role has a value.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page(items = "data")]
    pub items: Vec<String>,
}

fn main() {}
