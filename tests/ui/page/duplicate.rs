//! Fields, roles and attributes that are given twice.

use connectors_client::Page;

#[derive(Page)]
pub struct TwoItems {
    #[page(items)]
    pub items: Vec<String>,
    #[page(items)]
    //~ Two fields hold the items.
    pub more: Vec<String>,
}

#[derive(Page)]
//~ Two fields are the next cursor.
pub struct TwoNexts(#[page(items)] Vec<String>, #[page(next)] String, #[page(next)] String);

#[derive(Page)]
pub struct TwoRoles {
    //~ A field has two roles.
    #[page(items, next)]
    pub items: Vec<String>,
}

#[derive(Page)]
pub struct CursorAndNext {
    //~ The page has two cursors.
    #[page(items, cursor = id)]
    pub items: Vec<Item>,
    #[page(next)]
    pub next: String,
}

pub struct Item {
    pub id: u8,
}

#[derive(Page)]
pub struct SecondAttribute {
    #[page(items)]
    //~ A field has two attributes.
    #[page(next)]
    pub items: Vec<String>,
}

fn main() {}
