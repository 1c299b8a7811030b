//! Two fields hold the items.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page(items)]
    pub items: Vec<String>,
    #[page(items)]
    pub more: Vec<String>,
}

fn main() {}
