//! The attribute is not imported.

#[api_client]
pub trait Things {
    fn first(&self) -> Option<String>;
}

fn main() {}
