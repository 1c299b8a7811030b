//! reqwest's blocking client by hand.

use calls::{BlockingWay, Created, Failure, Found, NewConnector, Page, TOKEN};

struct ByHand {
    client: reqwest::blocking::Client,
    url: String,
}

impl ByHand {
    fn new(url: &str) -> Result<Self, Failure> {
        // A provider may be installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let redirects = reqwest::redirect::Policy::none();
        let client = reqwest::blocking::Client::builder().no_proxy().redirect(redirects).build()?;
        Ok(Self { client, url: url.to_owned() })
    }
}

impl BlockingWay for ByHand {
    fn get(&self, id: &str) -> Result<Found, Failure> {
        let request =
            self.client.get(format!("{}/v1/connectors/{id}", self.url)).bearer_auth(TOKEN);
        Ok(request.send()?.error_for_status()?.json()?)
    }

    fn create(&self, new: NewConnector<'static>) -> Result<Created, Failure> {
        let request =
            self.client.post(format!("{}/v1/connectors", self.url)).bearer_auth(TOKEN).json(&new);
        Ok(request.send()?.error_for_status()?.json()?)
    }

    fn list(&self, limit: u32) -> Result<Page, Failure> {
        let request =
            self.client.get(format!("{}/v1/connectors?limit={limit}", self.url)).bearer_auth(TOKEN);
        Ok(request.send()?.error_for_status()?.json()?)
    }
}

fn main() -> Result<(), Failure> {
    calls::load_blocking(ByHand::new)
}
