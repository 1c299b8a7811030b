//! The cursor is that of no item.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page(cursor = id)]
    pub items: Vec<String>,
}

fn main() {}
