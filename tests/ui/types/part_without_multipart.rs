//! A part goes where there is no multipart form.

use connectors_client::{Part, api_client};

#[api_client]
pub trait Things {
    #[post("v1/things")]
    async fn call(&self, data: Part);
}

fn main() {}
