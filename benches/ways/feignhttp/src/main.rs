//! feignhttp: a trait, over reqwest.

use calls::{Created, Failure, Found, NewConnector, Page, TOKEN, Way};
use feignhttp::{Context, FeignClientBuilder as _, feign};

/// Settings shared by all calls.
#[derive(Context)]
struct Shared {
    #[url_path]
    host: String,
    #[param]
    token: &'static str,
}

/// Three endpoints of the connectors API.
#[feign(url = "{host}", headers = "authorization: Bearer {token}")]
pub trait Connectors {
    #[get("/v1/connectors/{id}")]
    async fn get(&self, #[path] id: &str) -> feignhttp::Result<Found>;

    #[post("/v1/connectors")]
    async fn create(&self, #[body] new: NewConnector<'static>) -> feignhttp::Result<Created>;

    #[get("/v1/connectors")]
    async fn list(&self, #[query] limit: u32) -> feignhttp::Result<Page>;
}

struct Feign(Connectors);

impl Way for Feign {
    async fn get(&self, id: &str) -> Result<Found, Failure> {
        Ok(self.0.get(id).await?)
    }

    async fn create(&self, new: NewConnector<'static>) -> Result<Created, Failure> {
        Ok(self.0.create(new).await?)
    }

    async fn list(&self, limit: u32) -> Result<Page, Failure> {
        Ok(self.0.list(limit).await?)
    }
}

fn main() -> Result<(), Failure> {
    calls::load(|url| {
        let shared = Shared { host: url.to_owned(), token: TOKEN };
        Ok(Feign(Connectors::builder().context(shared).build()?))
    })
}
