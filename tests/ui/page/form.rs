//! Options in a wrong form or place, and unknown options.

use connectors_client::Page;

#[derive(Page)]
pub struct CursorIsCall {
    //~ The cursor is a call.
    #[page(items, cursor = id())]
    pub items: Vec<String>,
}

#[derive(Page)]
pub struct CursorIsText {
    //~ The cursor is in quotes.
    #[page(items, cursor = "id")]
    pub items: Vec<String>,
}

#[derive(Page)]
pub struct ItemsWithValue {
    //~ A role has a value.
    #[page(items = "data")]
    pub items: Vec<String>,
}

#[derive(Page)]
//~ It is derived for an enum.
pub enum OnEnum {
    All,
}

#[derive(Page)]
//~ The role is on the struct.
#[page(items)]
pub struct OptionOfTheStruct(#[page(items)] Vec<String>);

#[derive(Page)]
pub struct Unknown {
    //~ The role of a field is unknown.
    #[page(data)]
    pub items: Vec<String>,
}

fn main() {}
