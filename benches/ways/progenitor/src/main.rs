//! progenitor: a client generated from an `OpenAPI` document, with the types of the other ways
//! instead of its own.

use calls::{Created, Failure, Found, NewConnector, Page, TOKEN, Way};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};

#[allow(missing_docs, clippy::all, clippy::pedantic, reason = "generated")]
mod generated {
    progenitor::generate_api!(
        spec = "connectors.json",
        replace = {
            Found = calls::Found,
            Created = calls::Created,
            Page = calls::Page,
            NewConnector = calls::NewConnector<'static>,
        }
    );
}

struct Progenitor(generated::Client);

impl Progenitor {
    fn new(url: &str) -> Result<Self, Failure> {
        // A provider may be installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut token = HeaderValue::from_str(&format!("Bearer {TOKEN}"))?;
        token.set_sensitive(true);
        let redirects = reqwest::redirect::Policy::none();
        let client = reqwest::Client::builder().no_proxy().redirect(redirects);
        let client =
            client.default_headers(HeaderMap::from_iter([(AUTHORIZATION, token)])).build()?;
        Ok(Self(generated::Client::new_with_client(url, client)))
    }
}

impl Way for Progenitor {
    async fn get(&self, id: &str) -> Result<Found, Failure> {
        Ok(self.0.get(id).await?.into_inner())
    }

    async fn create(&self, new: NewConnector<'static>) -> Result<Created, Failure> {
        Ok(self.0.create(&new).await?.into_inner())
    }

    async fn list(&self, limit: u32) -> Result<Page, Failure> {
        Ok(self.0.list(Some(limit)).await?.into_inner())
    }
}

fn main() -> Result<(), Failure> {
    calls::load(Progenitor::new)
}
