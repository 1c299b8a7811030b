//! The cursor is two things.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page(items, cursor = id)]
    pub items: Vec<Item>,
    #[page(next)]
    pub next: String,
}

pub struct Item {
    pub id: u8,
}

fn main() {}
