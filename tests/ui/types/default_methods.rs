//! Ordinary methods and supertraits with a mistake of their own.

use connectors_client::api_client;

#[api_client]
pub trait DefaultMethodHasAMistake {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    async fn first(&self) -> Option<String> {
        //~ An ordinary method has a mistake of its own.
        self.list().await.ok()
    }
}

pub trait Named {
    fn name(&self) -> String;
}

//~ A supertrait is not implemented for the client.
#[api_client]
pub trait SupertraitIsNotImplemented: Named {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
