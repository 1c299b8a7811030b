//! Duplicate names.

use connectors_client::{Nullable, api_client};

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/things?<limit>")]
    //~ Two arguments have one name.
    async fn argument_twice(&self, limit: Option<u32>, limit: Option<u32>) -> String;

    #[get("v1/things?<limit>&<maybe_limit>")]
    //~ Two arguments give one setter.
    async fn maybe_beside_name(&self, limit: Option<u32>, maybe_limit: Option<bool>) -> String;

    #[post("v1/things")]
    //~ Two arguments give one setter, that of a null.
    async fn null_beside_nullable(&self, name_null: Option<bool>, name: Nullable<&str>) -> String;
}

#[api_client]
pub trait EndpointTwice {
    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;

    #[get("v2/things/<id>")]
    //~ Two endpoints have one name.
    async fn get(&self, id: &str) -> String;
}

#[api_client]
pub trait EndpointsOfOneConstant {
    #[get("v1/things/<id>")]
    async fn get_one(&self, id: &str) -> String;

    #[get("v2/things/<id>")]
    //~ Two endpoints give one constant.
    async fn GET_ONE(&self, id: &str) -> String;
}

#[api_client]
pub trait EndpointsOfOneRequest {
    #[get("v1/things/<id>")]
    async fn get_one(&self, id: &str) -> String;

    #[get("v2/things/<id>")]
    //~ Two endpoints give one request.
    async fn getOne(&self, id: &str) -> String;
}

#[api_client]
pub trait RequestsOfOneName {
    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;

    #[get("v2/things/<id>", request = RequestsOfOneNameGetRequest)]
    //~ The request has the name of another one.
    async fn old(&self, id: &str) -> String;
}

#[api_client]
pub trait MethodBesideEndpoint {
    #[get("v1/things/<id>")]
    async fn get(&self, id: &str) -> String;

    //~ An ordinary method has the name of an endpoint.
    fn get(&self) -> u32 {
        1
    }
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
