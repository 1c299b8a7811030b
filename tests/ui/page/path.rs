//! Invalid paths to the fields of a page.

use connectors_client::Page;

#[derive(serde::Deserialize)]
pub struct Meta {
    pub next: Option<String>,
    pub total: u64,
}

#[derive(serde::Deserialize, Page)]
pub struct Text {
    #[page(items)]
    pub items: Vec<u8>,
    //~ The path is a text.
    #[page(next = "meta.next")]
    pub meta: Meta,
}

#[derive(serde::Deserialize, Page)]
pub struct TwoRoles {
    #[page(items)]
    pub items: Vec<u8>,
    //~ The field has a role, and so has a field of it.
    #[page(next, total_items = total)]
    pub meta: String,
}

fn main() {}
