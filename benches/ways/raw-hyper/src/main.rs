//! hyper-util's client and nothing else: the lowest cost of a call on this stack.

use bytes::Bytes;
use calls::{Created, Failure, Found, NewConnector, Page, TOKEN, Way};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Request};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::de::DeserializeOwned;

struct RawHyper {
    client: Client<HttpConnector, Full<Bytes>>,
    url: String,
    token: HeaderValue,
}

impl RawHyper {
    fn new(url: &str) -> Result<Self, Failure> {
        let client = Client::builder(TokioExecutor::new()).build_http();
        let mut token = HeaderValue::from_str(&format!("Bearer {TOKEN}"))?;
        token.set_sensitive(true);
        Ok(Self { client, url: url.to_owned(), token })
    }

    async fn send<T: DeserializeOwned>(
        &self,
        request: http::request::Builder,
        body: Bytes,
    ) -> Result<T, Failure> {
        let request = request.header(AUTHORIZATION, self.token.clone());
        let request = request.header(ACCEPT, HeaderValue::from_static("application/json"));
        let reply = self.client.request(request.body(Full::new(body))?).await?;
        if !reply.status().is_success() {
            return Err(reply.status().to_string().into());
        }
        Ok(serde_json::from_slice(&reply.into_body().collect().await?.to_bytes())?)
    }
}

impl Way for RawHyper {
    async fn get(&self, id: &str) -> Result<Found, Failure> {
        let url = format!("{}/v1/connectors/{id}", self.url);
        self.send(Request::get(url), Bytes::new()).await
    }

    async fn create(&self, new: NewConnector<'static>) -> Result<Created, Failure> {
        let request = Request::post(format!("{}/v1/connectors", self.url));
        let request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        self.send(request, serde_json::to_vec(&new)?.into()).await
    }

    async fn list(&self, limit: u32) -> Result<Page, Failure> {
        self.send(Request::get(format!("{}/v1/connectors?limit={limit}", self.url)), Bytes::new())
            .await
    }
}

fn main() -> Result<(), Failure> {
    calls::load(RawHyper::new)
}
