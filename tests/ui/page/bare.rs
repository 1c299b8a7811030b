//! The attribute has no brackets.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page]
    pub items: Vec<String>,
}

fn main() {}
