//! The future of an ordinary method cannot be sent to another thread.

use std::rc::Rc;

use connectors_client::api_client;

//~ The future of `first` keeps an `Rc`.
#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    async fn first(&self) -> Option<String> {
        let none = Rc::new(None);
        let first = self.list().await.ok().and_then(|things| things.into_iter().next());
        first.or((*none).clone())
    }
}

fn main() {}
