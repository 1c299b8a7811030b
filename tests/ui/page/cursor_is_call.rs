//! The cursor is a call.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page(items, cursor = id())]
    pub items: Vec<String>,
}

fn main() {}
