//! A field has two attributes.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page(items)]
    #[page(next)]
    pub items: Vec<String>,
}

fn main() {}
