//! The items are no list.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page(items)]
    pub items: std::collections::BTreeMap<String, u8>,
}

fn main() {}
