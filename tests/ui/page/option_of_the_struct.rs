//! The struct itself is the items.

use connectors_client::Page;

#[derive(Page)]
#[page(items)]
pub struct List(#[page(items)] Vec<String>);

fn main() {}
