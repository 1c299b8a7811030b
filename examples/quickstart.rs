//! The connectors API from end to end: `cargo run --example quickstart`.
//!
//! It talks to its own server on loopback. With `-- --live` and a key in the environment it talks
//! to the real API.

use std::env;
use std::error::Error as StdError;
use std::process::ExitCode;

use connectors_client::cohere::{Cohere, ConnectorsError, CreateConnectorOAuth};
use connectors_client::{Error, api_client};
use connectors_examples::embedded::Server;
use serde::Deserialize;

const USAGE: &str = "\
usage: cargo run --example quickstart [-- --live]

  --live   talk to the real API, with the key in CO_API_KEY or COHERE_API_KEY";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> =
        env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => on_loopback().await,
        ["--live"] => live().await,
        ["--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nquickstart: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn on_loopback() -> Result<(), Box<dyn StdError>> {
    let server = Server::start().await?;
    println!("A connectors server of this example's own runs at {}\n", server.url());
    let cohere = Cohere::builder()
        .base_url(server.url())
        .token("demo-token")
        .client_name("quickstart")
        .build()?;
    Ok(tour(&cohere).await?)
}

async fn live() -> Result<(), Box<dyn StdError>> {
    println!(
        "This talks to the real Cohere API, with your key. It creates one connector and deletes it again."
    );
    println!("Cohere retired connectors on 2025-09-15, so calls may be refused.\n");
    Ok(tour(&Cohere::from_env()?).await?)
}

async fn tour(cohere: &Cohere) -> Result<(), Error> {
    let mut steps = Steps::default();
    let connectors = life_of_a_connector(cohere, &mut steps).await;
    let models = an_endpoint_of_your_own(cohere, &mut steps).await;
    connectors.and(models)?;
    println!("\nNext: declare an API of your own, as in guide/src/getting-started.md");
    Ok(())
}

async fn life_of_a_connector(cohere: &Cohere, steps: &mut Steps) -> Result<(), Error> {
    let connectors = cohere.connectors();
    let oauth = CreateConnectorOAuth::new(
        "https://auth.example.com/authorize",
        "https://auth.example.com/token",
    )
    .client("quickstart", "not-a-secret");
    let made = connectors
        .create("Quickstart wiki", "https://search-api.example.com/search")
        .description("Searches the wiki")
        .excludes(&["drafts", "archive"])
        .oauth(&oauth)
        .await?;
    let id = made.connector.id;
    steps.show("create(\"Quickstart wiki\", url)", format!("made {id}"));

    let used = use_it(cohere, &id, steps).await;

    // Nothing stays behind, whatever failed in between.
    let deleted = connectors.delete(&id).await;
    let deleted = deleted.map(|_| steps.show("delete(id)", format!("deleted {id}")));
    used.and(deleted)
}

async fn use_it(cohere: &Cohere, id: &str, steps: &mut Steps) -> Result<(), Error> {
    let connectors = cohere.connectors();

    let page = connectors.list().limit(10).await?;
    let names: Vec<_> = page.connectors.iter().map(|connector| connector.name.as_str()).collect();
    steps.show("list().limit(10)", format!("{} found: {}", names.len(), names.join(", ")));

    let raw = connectors.with_raw_response().get(id).await?;
    let request_id = raw.headers().get("x-request-id").and_then(|value| value.to_str().ok());
    let head = format!("{}, x-request-id: {}", raw.status(), request_id.unwrap_or("none"));
    steps.show("with_raw_response().get(id)", head);

    let renamed = connectors.update(id).name("Team wiki").await?;
    steps.show("update(id).name(\"Team wiki\")", format!("name: {}", renamed.connector.name));

    let cleared = connectors.update(id).excludes_null().await?;
    let (before, after) = (renamed.connector.excludes, cleared.connector.excludes);
    steps.show(
        "update(id).excludes_null()",
        format!("excludes: {}, before: {}", listed(after), listed(before)),
    );

    let authorize = connectors
        .o_auth_authorize(id)
        .after_token_redirect("https://app.example.com/done")
        .await?;
    steps.show("o_auth_authorize(id)", authorize.authorization_url()?);

    let missing = match connectors.get("no-such-connector").await {
        Ok(found) => format!("found {}, to our surprise", found.connector.name),
        Err(error) => match error.class() {
            Some(ConnectorsError::NotFound) => {
                format!("ConnectorsError::NotFound: {}", error.message().unwrap_or("?"))
            }
            _ => return Err(error),
        },
    };
    steps.show("get(\"no-such-connector\")", missing);
    Ok(())
}

/// An endpoint that the library does not know. A declaration is all it needs.
#[api_client]
trait Models {
    /// Lists the models that serve an endpoint.
    #[get("v1/models?<page_size>&<endpoint>")]
    async fn list(&self, page_size: Option<u32>, endpoint: Option<&str>) -> ModelPage;
}

#[derive(Debug, Deserialize)]
struct ModelPage {
    models: Vec<Model>,
}

#[derive(Debug, Deserialize)]
struct Model {
    name: String,
}

async fn an_endpoint_of_your_own(cohere: &Cohere, steps: &mut Steps) -> Result<(), Error> {
    let models = ModelsClient::new(cohere.client().clone());
    let page = models.list().page_size(3).endpoint("chat").await?;
    let names: Vec<_> = page.models.into_iter().map(|model| model.name).collect();
    steps.show("models.list().endpoint(\"chat\")", names.join(", "));
    Ok(())
}

/// Numbers the calls and prints each result next to its call.
#[derive(Default)]
struct Steps(u32);

impl Steps {
    fn show(&mut self, call: &str, came_back: impl AsRef<str>) {
        self.0 += 1;
        println!("{:>2}  {call:<32}  {}", self.0, came_back.as_ref());
    }
}

fn listed(values: Option<Vec<String>>) -> String {
    values.map_or("not set".to_owned(), |values| values.join(" and "))
}
