//! Missing options and items.

use connectors_client::Page;

#[derive(Page)]
pub struct Bare {
    //~ The attribute has no brackets.
    #[page]
    pub items: Vec<String>,
}

#[derive(Page)]
//~ No field has a role.
pub struct NoFields {
    pub items: Vec<String>,
}

#[derive(Page)]
pub struct CursorWithoutItems {
    //~ The field of the cursor is not the items.
    #[page(cursor = id)]
    pub items: Vec<String>,
}

fn main() {}
