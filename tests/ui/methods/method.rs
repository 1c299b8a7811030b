//! Endpoints without a valid method, or with two.

use connectors_client::api_client;

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    //~ The endpoint has no method.
    async fn get(&self) -> String;

    //~ The method is misspelt.
    #[gett("v1/things")]
    async fn misspelt(&self) -> String;

    //~ The method is written in capitals.
    #[GET("v1/things")]
    async fn in_capitals(&self) -> String;

    //~ The method has the path of the crate.
    #[connectors_client::get("v1/things")]
    async fn with_path(&self) -> String;

    //~ An ordinary method has no body.
    fn name(&self) -> String;

    #[get("v1/things")]
    //~ An endpoint has a body.
    async fn on_method_with_body(&self) -> String {
        Ok(String::new())
    }

    #[get("v1/things")]
    //~ The endpoint has its method twice.
    #[get("v2/things")]
    async fn same_twice(&self) -> String;

    #[get("v1/things")]
    //~ The endpoint has two methods.
    #[post("v1/things")]
    async fn two(&self) -> String;

    //~ The method depends on a `cfg`.
    #[cfg_attr(unix, get("v1/things"))]
    async fn conditional(&self) -> String;

    //~ The two methods depend on a `cfg`.
    #[cfg_attr(unix, get("v1/things"))]
    #[cfg_attr(not(unix), doc = "", post("v1/things"))]
    async fn conditional_twice(&self) -> String;

    //~ A second method depends on a `cfg`.
    #[cfg_attr(unix, post("v1/things"))]
    #[get("v1/things")]
    async fn conditional_second(&self) -> String;

    //~ The method is for proxies.
    #[request("CONNECT", "v1/things")]
    async fn request_connect(&self);

    //~ The method has a space.
    #[request("PURGE ALL", "v1/things")]
    async fn request_with_bad_method(&self);
}

async fn uses(client: ThingsClient, things: impl Things) -> Result<(), connectors_client::Error> {
    client.list().await?;
    client.conditional().await?;
    client.with_raw_response().list().await?;
    things.list().await?;
    Ok(())
}

fn main() {}
