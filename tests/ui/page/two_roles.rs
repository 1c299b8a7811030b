//! A field is two things.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page(items, next)]
    pub items: Vec<String>,
}

fn main() {}
