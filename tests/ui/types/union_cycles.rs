//! Unions that hold each other, of which neither says so.

use connectors_client::OpenUnion;
use serde_json::Value;

//~ `Filter` needs `Cond` first.
#[derive(OpenUnion)]
#[open_union(tag = "op", content = "of")]
pub enum Filter {
    Cond(Cond),
    #[open_union(other)]
    Unknown(Value),
}

//~ `Cond` needs `Filter` first.
#[derive(OpenUnion)]
#[open_union(tag = "op", content = "of")]
pub enum Cond {
    Not(Box<Filter>),
    #[open_union(other)]
    Unknown(Value),
}

fn main() {}
