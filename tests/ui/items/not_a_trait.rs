//! The attribute on an item that is not a trait.

use connectors_client::api_client;

#[api_client]
//~ The attribute is on an enum.
pub enum OnEnum {
    One,
}

#[api_client]
//~ The attribute is on a function.
pub async fn get() -> u32 {
    1
}

pub struct OnImpl;

#[api_client]
//~ The attribute is on an impl.
impl OnImpl {
    pub fn get(&self) -> u32 {
        1
    }
}

fn on_impl(things: OnImpl) -> u32 {
    things.get()
}

#[api_client]
//~ The attribute is on a module.
mod on_mod {
    pub trait Things {}
}

#[api_client]
//~ The attribute is on a struct.
pub struct OnStruct {
    pub name: String,
}

fn on_struct(things: OnStruct) -> String {
    things.name
}

fn main() {}
