//! Six operations of the connectors API, async and blocking.

use connectors_client::cohere::{BlockingRawConnectorsClient, RawConnectorsClient};
use connectors_client::{Client, Error, HttpResponse, RequestOptions};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    List,
    Create,
    Get,
    Delete,
    Update,
    Authorize,
}

impl Operation {
    pub(crate) const ALL: [Self; 6] =
        [Self::List, Self::Create, Self::Get, Self::Delete, Self::Update, Self::Authorize];

    /// Returns true if the method can be retried: GET or DELETE, not POST or PATCH.
    pub(crate) fn is_idempotent(self) -> bool {
        matches!(self, Self::List | Self::Get | Self::Delete)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Async,
    Blocking,
}

/// Outcome of a call. The data are dropped once they decoded.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    pub(crate) attempts: u32,
}

impl<T> From<HttpResponse<T>> for Answer {
    fn from(reply: HttpResponse<T>) -> Self {
        Self {
            status: reply.status().as_u16(),
            request_id: reply.request_id().map(str::to_owned),
            attempts: reply.attempts(),
        }
    }
}

/// Makes one call. A blocking call runs on a thread that may wait.
pub(crate) async fn call(
    client: &Client,
    operation: Operation,
    way: Way,
    options: RequestOptions,
) -> Result<Answer, Error> {
    let client = client.clone();
    match way {
        Way::Async => call_async(client, operation, options).await,
        Way::Blocking => {
            let call =
                tokio::task::spawn_blocking(move || call_blocking(client, operation, options));
            call.await.expect("a call does not panic")
        }
    }
}

async fn call_async(
    client: Client,
    operation: Operation,
    options: RequestOptions,
) -> Result<Answer, Error> {
    let connectors = RawConnectorsClient::new(client);
    match operation {
        Operation::List => connectors.list().options(options).await.map(Answer::from),
        Operation::Create => connectors.create("n", "u").options(options).await.map(Answer::from),
        Operation::Get => connectors.get("c").options(options).await.map(Answer::from),
        Operation::Delete => connectors.delete("c").options(options).await.map(Answer::from),
        Operation::Update => {
            connectors.update("c").name("n").options(options).await.map(Answer::from)
        }
        Operation::Authorize => {
            connectors.o_auth_authorize("c").options(options).await.map(Answer::from)
        }
    }
}

fn call_blocking(
    client: Client,
    operation: Operation,
    options: RequestOptions,
) -> Result<Answer, Error> {
    let connectors = BlockingRawConnectorsClient::new(client);
    match operation {
        Operation::List => connectors.list().options(options).send().map(Answer::from),
        Operation::Create => connectors.create("n", "u").options(options).send().map(Answer::from),
        Operation::Get => connectors.get("c").options(options).send().map(Answer::from),
        Operation::Delete => connectors.delete("c").options(options).send().map(Answer::from),
        Operation::Update => {
            connectors.update("c").name("n").options(options).send().map(Answer::from)
        }
        Operation::Authorize => {
            connectors.o_auth_authorize("c").options(options).send().map(Answer::from)
        }
    }
}
