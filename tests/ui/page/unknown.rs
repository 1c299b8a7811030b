//! A field is something unknown.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page(data)]
    pub items: Vec<String>,
}

fn main() {}
