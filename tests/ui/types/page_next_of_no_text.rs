//! The cursor cannot be sent back.

use connectors_client::Page;

#[derive(Page)]
pub struct List {
    #[page(items)]
    pub items: Vec<String>,
    #[page(next)]
    pub next: Next,
}

pub struct Next;

fn main() {}
