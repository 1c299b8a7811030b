//! Traits with items or parameters that an API trait cannot have.

use connectors_client::api_client;

#[api_client]
pub trait AssociatedConst {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The trait has a constant.
    const VERSION: u32;
}

async fn associated_const(client: AssociatedConstClient, things: impl AssociatedConst) {
    let _ = client.list().await;
    let _ = client.with_raw_response().list().await;
    let _ = things.list().await;
}

#[api_client]
pub trait AssociatedConstWithValue {
    //~ The trait has a constant with a value.
    const VERSION: u32 = 1;
}

#[api_client]
pub trait AssociatedType {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The trait has a type.
    type Thing;
}

async fn associated_type(client: AssociatedTypeClient, things: impl AssociatedType) {
    let _ = client.list().await;
    let _ = client.with_raw_response().list().await;
    let _ = things.list().await;
}

#[allow(unused_macros)]
macro_rules! endpoints {
    () => {};
}

#[api_client]
pub trait MacroCall {
    //~ The trait has a macro call.
    endpoints!();
}

#[api_client]
//~ The trait has a const parameter.
pub trait ConstParameter<const N: usize> {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

#[api_client]
//~ The trait has a lifetime parameter.
pub trait LifetimeParameter<'a> {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

#[api_client]
//~ The trait has a type parameter.
pub trait TypeParameter<T> {
    #[get("v1/things")]
    async fn list(&self) -> Vec<T>;
}

fn type_parameter(_: impl TypeParameter<u32>, _: TypeParameterClient) {}

#[api_client]
//~ The trait is `unsafe`.
pub unsafe trait UnsafeTrait {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;
}

fn main() {}
