//! A default method has the coercions of any `async fn`: it knows its return type.

#![deny(warnings)]

use connectors_client::api_client;

#[api_client]
trait Things {
    async fn find<'a>(&self, names: &[&'a str]) -> Option<&'a str> {
        for name in names {
            if name.starts_with('x') {
                return Some(name);
            }
        }
        None
    }

    async fn boxed(&self) -> Option<Box<dyn Fn(u8) -> u8 + Send>> {
        Some(Box::new(|x| x))
    }
}
