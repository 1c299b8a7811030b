//! No field says what it is.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    pub items: Vec<String>,
}

fn main() {}
