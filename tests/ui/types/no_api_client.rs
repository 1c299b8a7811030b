//! Endpoints in a trait that is not one of an API.

pub trait Things {
    //~ The trait has no `#[api_client]`.
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
