//! An API that accepts one token, and a server that issues tokens.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use connectors_client::auth::ClientCredentials;
use connectors_client::{Client, ClientBuilder};
use support::clock::TestClock;
use support::server::{Recorded, Reply, Server};

use crate::ThingsClient;

/// An API that answers 401, or another status, to each token but one.
pub(crate) struct Api {
    pub(crate) server: Server,
    accepted: Arc<Mutex<String>>,
}

impl Api {
    pub(crate) fn accepting(token: &str) -> Self {
        Self::refusing_by(token, 401)
    }

    pub(crate) fn refusing_by(token: &str, status: u16) -> Self {
        let accepted = Arc::new(Mutex::new(format!("Bearer {token}")));
        let own = Arc::clone(&accepted);
        let server = Server::answer(move |request| {
            let accepted = own.lock().unwrap_or_else(PoisonError::into_inner);
            if request.header("authorization") == Some(&accepted) {
                Reply::text(200, "text/plain", "done")
            } else {
                Reply::json(status, r#"{"message": "the token is not valid"}"#)
            }
        });
        Self { server, accepted }
    }

    /// Accepts another token from now on.
    pub(crate) fn accept(&self, token: &str) {
        *self.accepted.lock().unwrap() = format!("Bearer {token}");
    }

    pub(crate) fn tokens(&self) -> Vec<String> {
        let token =
            |request: &Recorded| request.header("authorization").unwrap_or("none").to_owned();
        self.server.requests().iter().map(token).collect()
    }

    /// Returns a builder for this API. Waits between attempts take no time.
    pub(crate) fn builder(&self) -> ClientBuilder {
        builder(&self.server)
    }
}

pub(crate) fn builder(server: &Server) -> ClientBuilder {
    support::client(server.url()).env_proxies(false).clock(TestClock::new())
}

pub(crate) fn things(client: Client) -> ThingsClient {
    ThingsClient::new(client)
}

/// A server that issues the tokens `t-1`, `t-2` and so on, each for an hour.
pub(crate) struct Issuer {
    pub(crate) server: Server,
}

impl Issuer {
    pub(crate) fn start() -> Self {
        Self::with(Reply::clone)
    }

    /// Starts an issuer whose replies are changed, for example delayed.
    pub(crate) fn with(change: impl Fn(&Reply) -> Reply + Send + Sync + 'static) -> Self {
        let count = AtomicU32::new(0);
        let server = Server::answer(move |_| {
            let number = count.fetch_add(1, Ordering::Relaxed) + 1;
            let token = format!(
                r#"{{"access_token": "t-{number}", "token_type": "Bearer", "expires_in": 3600}}"#
            );
            change(&Reply::json(200, &token))
        });
        Self { server }
    }

    /// Starts an issuer that answers in the given order, and then with the last reply.
    pub(crate) fn answering(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self { server: Server::start(replies) }
    }

    pub(crate) fn grant(&self) -> ClientCredentials {
        ClientCredentials::new(&format!("{}/token", self.server.url()), "id", "secret")
    }

    pub(crate) fn requests(&self) -> usize {
        self.server.requests().len()
    }
}

pub(crate) const HOUR: Duration = Duration::from_secs(3600);

/// Returns the reply with a token that is valid for an hour.
pub(crate) fn token(token: &str) -> Reply {
    let body =
        format!(r#"{{"access_token": "{token}", "token_type": "Bearer", "expires_in": 3600}}"#);
    Reply::json(200, &body)
}

/// Waits until a condition holds, for tasks in the background.
pub(crate) async fn until(condition: impl Fn() -> bool) {
    for _ in 0..1000 {
        if condition() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the condition did not come to hold within 5 s");
}
