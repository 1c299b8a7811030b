//! The cursor is in quotes.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page(items, cursor = "id")]
    pub items: Vec<String>,
}

fn main() {}
