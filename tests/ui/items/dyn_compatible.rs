//! Traits that cannot have trait objects.

use connectors_client::api_client;

#[api_client(dyn_compatible)]
//~ A trait for trait objects has a supertrait that needs a size.
pub trait DynCompatibleClone: Clone {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

#[api_client(dyn_compatible)]
//~ A trait for trait objects needs a size.
pub trait DynCompatibleSized: Sized {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

#[api_client(dyn_compatible)]
pub trait DynCompatibleWhereSized
where
    //~ A trait for trait objects needs a size, in its bounds.
    Self: Sized,
{
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

//~ The flag for trait objects has brackets.
#[api_client(dyn_compatible(Arc))]
pub trait DynCompatibleInBrackets {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

//~ The flag for trait objects has a value.
#[api_client(dyn_compatible = true)]
pub trait DynCompatibleWithValue {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

//~ The flag for trait objects is given twice.
#[api_client(dyn_compatible, dyn_compatible)]
pub trait DynCompatibleTwice {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

struct Service {
    things: std::sync::Arc<dyn DynDynCompatibleTwice>,
}

async fn dyn_compatible_twice(
    service: Service,
    client: DynCompatibleTwiceClient,
) -> Result<(), connectors_client::Error> {
    service.things.list().await?;
    client.list().await?;
    Ok(())
}

fn main() {}
