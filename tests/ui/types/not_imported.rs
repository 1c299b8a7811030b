//! The attribute is not imported.

//~ The name is not in scope.
#[api_client]
pub trait Things {
    fn first(&self) -> Option<String>;
}

fn main() {}
