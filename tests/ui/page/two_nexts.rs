//! Two fields are the cursor.

use connectors_client::Page;

#[derive(Page)]
pub struct List(#[page(items)] Vec<String>, #[page(next)] String, #[page(next)] String);

fn main() {}
