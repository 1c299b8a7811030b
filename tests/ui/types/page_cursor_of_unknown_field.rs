//! The items have no such field.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page(items, cursor = key)]
    pub items: Vec<Item>,
}

pub struct Item {
    pub id: u8,
}

fn main() {}
