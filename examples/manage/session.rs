//! Account that the commands use, and the lifetime of its server.

use connectors_client::cohere::{Cohere, CohereBuilder};

use super::cli::Place;
use super::failure::Failure;
use super::output::Output;
use crate::embedded::Server;

const NOTICE: &str = "\
This talks to the real Cohere API, with your key.
Cohere retired connectors on 2025-09-15, so calls may be refused.

";

/// An account, and its server if that is our own.
pub(crate) struct Session {
    cohere: Cohere,
    _server: Option<Server>,
}

impl Session {
    pub(crate) async fn open(
        place: Place,
        url: Option<String>,
        output: &mut Output<'_>,
    ) -> Result<Self, Failure> {
        if place.live {
            let cohere = account().build()?;
            output.note(NOTICE)?;
            return Ok(Self { cohere, _server: None });
        }
        if let Some(url) = place.url.or(url) {
            return Ok(Self { cohere: demo_account(url)?, _server: None });
        }
        let server = Server::start_with_samples(0).await.map_err(Failure::Server)?;
        Ok(Self { cohere: demo_account(server.url())?, _server: Some(server) })
    }

    pub(crate) fn cohere(&self) -> &Cohere {
        &self.cohere
    }
}

/// The real key is sent only with `--live`, whatever server the URL names.
fn demo_account(url: String) -> Result<Cohere, Failure> {
    Ok(account().base_url(url).token("demo-token").build()?)
}

fn account() -> CohereBuilder {
    Cohere::builder().client_name("manage")
}
