//! reqwest by hand, as its documentation shows it.

use calls::{Created, Failure, Found, NewConnector, Page, TOKEN, Way};

struct ByHand {
    client: reqwest::Client,
    url: String,
}

impl ByHand {
    fn new(url: &str) -> Result<Self, Failure> {
        // A provider may be installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let redirects = reqwest::redirect::Policy::none();
        let client = reqwest::Client::builder().no_proxy().redirect(redirects).build()?;
        Ok(Self { client, url: url.to_owned() })
    }
}

impl Way for ByHand {
    async fn get(&self, id: &str) -> Result<Found, Failure> {
        let request =
            self.client.get(format!("{}/v1/connectors/{id}", self.url)).bearer_auth(TOKEN);
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    async fn create(&self, new: NewConnector<'static>) -> Result<Created, Failure> {
        let request =
            self.client.post(format!("{}/v1/connectors", self.url)).bearer_auth(TOKEN).json(&new);
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    async fn list(&self, limit: u32) -> Result<Page, Failure> {
        let request =
            self.client.get(format!("{}/v1/connectors?limit={limit}", self.url)).bearer_auth(TOKEN);
        Ok(request.send().await?.error_for_status()?.json().await?)
    }
}

fn main() -> Result<(), Failure> {
    calls::load(ByHand::new)
}
