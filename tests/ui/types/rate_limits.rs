//! Facts about a rate limit that are looked for in the wrong place.

use connectors_client::{Error, FromResponse, RateLimit, api_client};

#[derive(FromResponse)]
pub struct Limited {
    #[header("RateLimit")]
    //~ The facts are not one header.
    pub limit: RateLimit,
}

#[api_client]
pub trait Things {
    #[get("v1/things")]
    async fn list(&self) -> Vec<String>;

    #[get("v1/limit")]
    //~ The facts are not data.
    async fn facts(&self) -> RateLimit;
}

async fn of_data(things: ThingsClient) -> Result<(), Error> {
    //~ Only a raw client gives what a response has beside its data.
    things.list().await?.rate_limit();
    Ok(())
}

fn of_request(things: RawThingsClient) {
    //~ The call is not awaited.
    things.list().rate_limit();
}

async fn of_raw_response(things: RawThingsClient) -> Result<Option<u64>, Error> {
    //~ The server need not tell.
    Ok(things.list().await?.rate_limit().remaining)
}

fn main() {}
