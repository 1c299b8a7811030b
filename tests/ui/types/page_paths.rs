//! Paths to the fields of a page that lead nowhere.

use connectors_client::Page;

#[derive(serde::Deserialize)]
pub struct Meta {
    pub next: Option<String>,
}

#[derive(serde::Deserialize, Page)]
pub struct ThroughOption {
    #[page(items)]
    pub items: Vec<u8>,
    //~ The object with the field is optional.
    #[page(next = next)]
    pub meta: Option<Meta>,
}

#[derive(serde::Deserialize, Page)]
pub struct Unknown {
    #[page(items)]
    pub items: Vec<u8>,
    //~ The object has no such field.
    #[page(next = after)]
    pub meta: Meta,
}

fn main() {}
