//! Places where the attribute has no effect.

use connectors_client::{Nullable, skip_unset};
use serde::Serialize;

#[derive(Serialize)]
#[skip_unset]
//~ The derive has been expanded before.
pub struct BelowTheDerive {
    pub name: Option<String>,
}

#[skip_unset]
//~ There is no derive at all.
pub struct WithoutDerive {
    pub name: Nullable<String>,
}

type Maybe = Option<String>;

#[skip_unset]
#[derive(Serialize)]
//~ An alias is not recognised.
pub struct Alias {
    pub name: Maybe,
}

#[skip_unset]
#[derive(Serialize)]
//~ serde writes tuples by place.
pub struct Tuple(pub Option<u8>);

#[skip_unset]
//~ It is no data.
pub fn function() {}

//~ There are no options.
#[skip_unset(crate = other)]
#[derive(Serialize)]
pub struct Options {
    pub name: Option<String>,
}

#[skip_unset]
#[derive(Serialize)]
pub struct Null {
    pub name: Option<String>,
    //~ The field is always written.
    #[null_if_none]
    pub pages: u32,
    //~ A `Nullable` has a null of its own.
    #[null_if_none]
    pub reader: Nullable<String>,
    #[null_if_none]
    //~ Once is enough.
    #[null_if_none]
    pub due: Option<String>,
}

fn main() {}
