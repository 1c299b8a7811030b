//! A trait for trait objects needs a size, in its bounds.

use connectors_client::api_client;

#[api_client(dyn_compatible)]
pub trait Things
where
    Self: Sized,
{
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
